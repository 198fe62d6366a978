"""Small integers for the values of an operand, kept as long as the frame: many rules group by the same names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from weakref import WeakKeyDictionary

import numpy as np

from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import dense, text_codes
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.parts import TEXT
from lbt_audit.model.cell import State

Coded = tuple[np.ndarray, Mask]
"""(code of every record's value, int64 ≥ 0; the value is known)."""

_coded: WeakKeyDictionary[Frame, dict[str, Coded]] = WeakKeyDictionary()


def encode(facets: Sequence[Facet]) -> Coded:
    """Codes over several facets, one after the other."""
    known = np.concatenate([f.known for f in facets])
    if len(facets) == 1 and facets[0].is_text:
        return facets[0].codes(), known
    if facets[0].is_text:
        return text_codes(*(f.values for f in facets)), known
    return dense(np.concatenate([np.asarray(f.values) for f in facets])), known


def coded(frame: Frame, name: str, read: Callable[[], Facet]) -> Coded:
    """Codes of what ``read`` gives, read once per frame and name."""
    kept = _coded.setdefault(frame, {})
    if name not in kept:
        kept[name] = encode([read()])
    return kept[name]


def codes(frame: Frame, operand: str) -> Coded:
    """Codes of an operand."""
    field, _, part = operand.partition(".")
    if part != TEXT:
        return coded(frame, operand, lambda: frame.facet(operand))
    kept = _coded.setdefault(frame, {})
    if operand not in kept:  # cells are encoded already; without blanks two of their texts may be one
        column = frame.squeezed_encoded(field)
        values = text_codes(column.dictionary)[column.indices.to_numpy(zero_copy_only=False)]
        kept[operand] = values, frame[field].state >= State.FAULTY
    return kept[operand]
