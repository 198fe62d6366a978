"""The pandera pass over a frame: run once, asked by every rule about single values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

import numpy as np

from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.schemas.validate import validate

_Found = Mapping[tuple[str, str], np.ndarray]
_passes: WeakKeyDictionary[Frame, _Found] = WeakKeyDictionary()


def failing(frame: Frame, field: str, names: Iterable[str]) -> Mask:
    """Rows in which ``field`` has any of the faults ``names``, or fails the pandera check of that name."""
    found = _passes.get(frame)
    if found is None:
        present = dict.fromkeys(field for table in frame.tables for field in table.columns)
        columns = {name: frame[name] for name in present}
        # A column the kind does not declare is held against what its field must hold anywhere.
        checks = {name: frame.schema.columns.get(name, frame.fields[name].checks) for name in present}
        failures = validate(frame.kind, checks, columns)
        found = _passes[frame] = {(f.field, f.what): f.rows for f in failures}
    mask = np.zeros(len(frame), np.bool_)
    for name in names:
        rows = found.get((field, name))
        if rows is not None:
            mask[rows] = True
    return mask
