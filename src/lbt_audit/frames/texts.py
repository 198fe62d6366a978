"""Word search in the cells of a frame: every distinct text once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from lbt_audit.config.words import matches, words
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.model.cell import State


def search(frame: Frame, field: str, pattern: str) -> Mask:
    """Rows (bool) whose cell of ``field`` matches the RE2 ``pattern``; false where there is none."""
    return _found(frame, field, lambda texts: matches(texts, pattern))


def holds(frame: Frame, fields: tuple[str, ...], name: str) -> Mask:
    """Rows with a word of the list ``name`` (``rules/words.yaml``) in any of ``fields``."""
    parts = [_found(frame, field, words(name).found) for field in fields]
    return np.asarray(np.logical_or.reduce(parts))


def _found(frame: Frame, field: str, found: Callable[[pa.Array], Mask]) -> Mask:
    if not some(frame, field):
        return np.zeros(len(frame), np.bool_)
    column = frame.squeezed_encoded(field)
    hit = found(column.dictionary)[column.indices.to_numpy(zero_copy_only=False)]
    return np.asarray(hit & (frame[field].state != State.ABSENT))


def some(frame: Frame, field: str) -> bool:
    """Whether any table of the frame has a column for ``field``."""
    return any(field in table.columns for table in frame.tables)


def filled(frame: Frame, field: str) -> Mask:
    """Rows with something written in ``field`` that is no dash and no placeholder."""
    return np.asarray(frame[field].state >= State.FAULTY)


def in_state(frame: Frame, field: str, *states: State) -> Mask:
    return np.isin(frame[field].state, np.array(states, np.uint8))


def code_is(frame: Frame, field: str, *codes: str) -> Logic:
    """Three-valued: the code of ``field`` is one of ``codes``; unknown unless the cell holds a code."""
    if not some(frame, field):
        nowhere = np.zeros(len(frame), np.bool_)
        return Logic(nowhere, nowhere)
    return frame.facet(field).isin(list(codes))


def coded(codes: np.ndarray, vocabulary: tuple[str, ...]) -> pa.Array:
    """Text array of ``vocabulary[codes]``; entry 0 should be "" (not known)."""
    return pa.array(list(vocabulary), pa.string()).take(pa.array(codes.astype(np.int32)))
