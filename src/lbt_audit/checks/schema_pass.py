"""The pandera pass over a frame: run once, asked by every rule about single values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

import numpy as np

from lbt_audit.checks.template import schema_of
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.schemas.validate import validate

_Found = Mapping[tuple[str, str], np.ndarray]
_passes: WeakKeyDictionary[Frame, tuple[frozenset[str], _Found]] = WeakKeyDictionary()


def failing(frame: Frame, field: str, names: Iterable[str]) -> Mask:
    """Rows in which ``field`` has any of the faults ``names``, or fails the pandera check of that name."""
    known, found = _pass(frame)
    mask = np.zeros(len(frame), np.bool_)
    if field not in known:  # a column the schema does not declare: its parser's word stands
        own = [n for n in names if n in frame[field].kind.faults]
        return frame[field].has_fault(*own) if own else mask
    for name in names:
        rows = found.get((field, name))
        if rows is not None:
            mask[rows] = True
    return mask


def _pass(frame: Frame) -> tuple[frozenset[str], _Found]:
    done = _passes.get(frame)
    if done is None:
        schema = schema_of(frame.kind)
        present = {field for table in frame.tables for field in table.columns}
        declared = frozenset(f for f in (schema.columns if schema else ()) if f in present)
        columns = {field: frame[field] for field in declared}
        failures = validate(schema, columns) if schema else []
        done = _passes[frame] = (declared, {(f.field, f.what): f.rows for f in failures})
    return done
