"""A column of text → typed values, parsing every distinct value once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.cell import UNREAD, CellKind, State
from lbt_audit.values.kind import Context, ValueKind

UNLISTED = "unlisted"
"""Fault of every kind of value with a list of options."""


@dataclass(frozen=True)
class Typed:
    """A field over all records of a frame.

    ``text``: the cells as they are (string, never null); ``state``: uint8 ``State``; ``faults``:
    uint32 bits in the order of ``kind.faults``; ``facets``: what is known of each value, numpy
    arrays of the facet's type (string facets are numpy object-free ``pa.Array``).
    """

    kind: ValueKind
    text: pa.Array
    state: np.ndarray
    faults: np.ndarray
    facets: dict[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.state)

    def has_fault(self, *names: str) -> np.ndarray:
        """Rows (bool) with any of these faults."""
        return np.asarray((self.faults & _bits(self.kind, names)) != 0, np.bool_)


def type_column(
    text: pa.Array, cells: np.ndarray, kind: ValueKind, context: Context, codes: str | None = None
) -> Typed:
    """Type ``text`` (string array, never null) whose cell kinds are ``cells`` (uint8)."""
    if isinstance(text, pa.ChunkedArray):
        text = text.combine_chunks()
    n = len(text)
    state = np.full(n, State.BLANK, np.uint8)
    faults = np.zeros(n, np.uint32)
    facets: dict[str, Any] = {k: _blank(v, n) for k, v in kind.facets.items()}
    for cell_kind in np.unique(cells):
        if cell_kind in (CellKind.BLANK, *UNREAD):
            if cell_kind == CellKind.LONG and UNLISTED in kind.faults:  # whatever it says, it is no option
                state[cells == cell_kind] = State.FAULTY
                faults[cells == cell_kind] = _bits(kind, (UNLISTED,))
            continue
        at = np.flatnonzero(cells == cell_kind)
        part = text if len(at) == n else text.take(pa.array(at))
        encoded = pc.dictionary_encode(part)
        distinct = _parse_distinct(encoded.dictionary, CellKind(int(cell_kind)), kind, context, codes)
        codes_at = encoded.indices.to_numpy(zero_copy_only=False)
        state[at] = distinct[0][codes_at]
        faults[at] = distinct[1][codes_at]
        for name, values in distinct[2].items():
            facets[name][at] = values[codes_at]
    return Typed(kind, text, state, faults, {k: _seal(v) for k, v in facets.items()})


def absent(kind: ValueKind, n: int) -> Typed:
    """A field no file of the frame has: nothing is known, nothing can be wrong."""
    text = pa.array([""]).take(pa.array(np.zeros(n, np.int32)))
    facets = {k: _seal(_blank(v, n)) for k, v in kind.facets.items()}
    return Typed(kind, text, np.full(n, State.ABSENT, np.uint8), np.zeros(n, np.uint32), facets)


def _parse_distinct(
    values: pa.Array, cell: CellKind, kind: ValueKind, context: Context, codes: str | None
) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    m = len(values)
    state = np.zeros(m, np.uint8)
    faults = np.zeros(m, np.uint32)
    facets = {k: _blank(v, m) for k, v in kind.facets.items()}
    todo = np.arange(m)
    if kind.bulk is not None and cell == CellKind.TEXT:
        fast = kind.bulk(values, context)
        if fast is not None:
            handled, bits, arrays = fast
            grave = bits[handled] & ~_bits(kind, kind.remarks)
            state[handled] = np.where(grave != 0, State.FAULTY, State.OK)
            faults[handled] = bits[handled]
            for name, array in zip(kind.facets, arrays, strict=True):
                facets[name][handled] = np.asarray(array)[handled]
            todo = np.flatnonzero(~handled)
    bit = {name: 1 << i for i, name in enumerate(kind.faults)}
    names = tuple(kind.facets)
    rest = values.to_pylist() if len(todo) == m else values.take(pa.array(todo)).to_pylist()
    for i, raw in zip(todo.tolist(), rest, strict=True):
        parsed = kind.parse(raw, cell, context, codes)
        state[i] = parsed.state
        for fault in parsed.faults:
            faults[i] |= bit[fault]
        for name, value in zip(names, parsed.facets, strict=False):
            facets[name][i] = value
    return state, faults, facets


def _bits(kind: ValueKind, faults: Iterable[str]) -> np.uint32:
    return np.uint32(sum(1 << kind.faults.index(name) for name in faults))


def _blank(default: Any, n: int) -> np.ndarray:
    if isinstance(default, bool):
        return np.full(n, default, np.bool_)
    if isinstance(default, int):
        return np.full(n, default, np.int32)
    if isinstance(default, float):
        return np.full(n, default, np.float64)
    return np.full(n, default, object)


def _seal(values: np.ndarray) -> Any:
    return pa.array(values, pa.string()) if values.dtype == object else values
