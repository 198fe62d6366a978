"""A column of text → typed values, parsing every distinct value once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.cell import UNREAD, CellKind, State
from lbt_audit.model.record import dataclass
from lbt_audit.values.kind import Context, ValueKind

UNLISTED = "unlisted"
"""Fault of every kind of value with a list of options."""


class Facets(Mapping[str, Any]):
    """What is known of each value: numpy arrays of the facet's type, string facets as ``pa.Array``, spread over the records
    when first asked for.

    ``distinct``: facet → its values, each parsed once; ``state``: of each (uint8); ``which`` (int32): position of every
    record's value among them.
    """

    def __init__(self, distinct: Mapping[str, Any], state: np.ndarray, which: np.ndarray) -> None:
        self.distinct = distinct
        self.state = state
        self.which = which
        self._spread: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        found = self._spread.get(name)
        if found is None:
            values = self.distinct[name]
            spread = values.take(pa.array(self.which)) if isinstance(values, pa.Array) else values[self.which]
            found = self._spread[name] = spread
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.distinct)

    def __len__(self) -> int:
        return len(self.distinct)


@dataclass(frozen=True)
class Typed:
    """A field over all records of a frame.

    ``text``: the cells as they are (string, never null); ``state``: uint8 ``State``; ``faults``:
    uint32 bits in the order of ``kind.faults``.
    """

    kind: ValueKind
    text: pa.Array
    state: np.ndarray
    faults: np.ndarray
    facets: Facets

    def __len__(self) -> int:
        return len(self.state)

    def has_fault(self, *names: str) -> np.ndarray:
        """Rows (bool) with any of these faults."""
        return np.asarray((self.faults & _bits(self.kind, names)) != 0, np.bool_)


def type_column(
    text: pa.Array,
    cells: np.ndarray,
    kind: ValueKind,
    context: Context,
    codes: str | None = None,
    encoded: pa.DictionaryArray | None = None,
) -> Typed:
    """Type ``text`` (string array, never null) whose cell kinds are ``cells`` (uint8); ``encoded``: the same texts, where
    they are encoded already."""
    if isinstance(text, pa.ChunkedArray):
        text = text.combine_chunks()
    parts = [_Distinct.blank(kind)]
    which = np.zeros(len(text), np.int32)  # value of every cell in the parts laid end to end; 0 = blank
    count = 1
    for cell_kind in np.flatnonzero(np.bincount(cells)).tolist():
        if cell_kind in (CellKind.BLANK, *UNREAD):
            if cell_kind == CellKind.LONG and UNLISTED in kind.faults:  # whatever it says, it is no option
                parts.append(_Distinct.faulty(kind, UNLISTED))
                which[cells == cell_kind] = count
                count += 1
            continue
        at = np.flatnonzero(cells == cell_kind)
        if len(at) == len(text):
            found = encoded if encoded is not None else pc.dictionary_encode(text)
        else:
            found = pc.dictionary_encode(text.take(pa.array(at)))
        parts.append(_parsed(found.dictionary, CellKind(cell_kind), kind, context, codes))
        which[at] = found.indices.to_numpy(zero_copy_only=False) + count
        count += len(found.dictionary)
    distinct = {
        name: pa.concat_arrays([p.facets[name] for p in parts])
        if isinstance(default, str)
        else np.concatenate([p.facets[name] for p in parts])
        for name, default in kind.facets.items()
    }
    state = np.concatenate([p.state for p in parts])
    faults = np.concatenate([p.faults for p in parts])[which]
    return Typed(kind, text, state[which], faults, Facets(distinct, state, which))


def absent(kind: ValueKind, n: int) -> Typed:
    """A field no file of the frame has: nothing is known, nothing can be wrong."""
    distinct = {name: _filled(default, 1) for name, default in kind.facets.items()}
    facets = Facets(distinct, np.array([State.ABSENT], np.uint8), np.zeros(n, np.int32))
    return Typed(kind, pa.repeat("", n), np.full(n, State.ABSENT, np.uint8), np.zeros(n, np.uint32), facets)


@dataclass(frozen=True)
class _Distinct:
    """Distinct values, parsed; arrays as in ``Typed``."""

    state: np.ndarray
    faults: np.ndarray
    facets: dict[str, Any]

    @classmethod
    def blank(cls, kind: ValueKind) -> _Distinct:
        facets = {name: _filled(default, 1) for name, default in kind.facets.items()}
        return cls(np.array([State.BLANK], np.uint8), np.zeros(1, np.uint32), facets)

    @classmethod
    def faulty(cls, kind: ValueKind, fault: str) -> _Distinct:
        bits = np.array([_bits(kind, (fault,))], np.uint32)
        return cls(np.array([State.FAULTY], np.uint8), bits, cls.blank(kind).facets)


def _parsed(
    values: pa.Array, cell: CellKind, kind: ValueKind, context: Context, codes: str | None
) -> _Distinct:
    """The regular ones by the column, the others one by one."""
    fast = kind.bulk(values, context) if kind.bulk is not None and cell == CellKind.TEXT else None
    todo = np.arange(len(values)) if fast is None else np.flatnonzero(~fast[0])
    rest = values if fast is None else values.take(pa.array(todo))
    parsed = [kind.parse(raw, cell, context, codes) for raw in rest.to_pylist()]
    bit = {name: 1 << i for i, name in enumerate(kind.faults)}
    state = np.array([p.state for p in parsed], np.uint8)
    faults = np.array([sum(bit[f] for f in p.faults) for p in parsed], np.uint32)
    facets = {
        name: _array([p.facets[i] if i < len(p.facets) else default for p in parsed], default)
        for i, (name, default) in enumerate(kind.facets.items())
    }
    if fast is None:
        return _Distinct(state, faults, facets)
    handled, bits, arrays = fast
    grave = bits & ~_bits(kind, kind.remarks)
    every = np.where(grave != 0, np.uint8(State.FAULTY), np.uint8(State.OK))
    every[todo] = state
    bits = bits.astype(np.uint32)
    bits[todo] = faults
    for (name, default), array in zip(kind.facets.items(), arrays, strict=True):
        facets[name] = _joined(_array(array, default), ~handled, todo, facets[name])
    return _Distinct(every, bits, facets)


def _joined(values: Any, others: np.ndarray, at: np.ndarray, theirs: Any) -> Any:
    """``values`` with ``theirs`` where ``others`` (bool), which is ``at`` these positions."""
    if not len(at):
        return values
    if isinstance(values, pa.Array):
        return pc.replace_with_mask(values, pa.array(others), theirs)
    values = values.copy()
    values[at] = theirs
    return values


def _bits(kind: ValueKind, faults: Iterable[str]) -> np.uint32:
    return np.uint32(sum(1 << kind.faults.index(name) for name in faults))


_DTYPES: Final[Mapping[type, Any]] = {bool: np.bool_, int: np.int32, float: np.float64}


def _filled(default: Any, n: int) -> Any:
    return pa.repeat(default, n) if isinstance(default, str) else np.full(n, default, _DTYPES[type(default)])


def _array(values: Any, default: Any) -> Any:
    """Values of a facet in the form of its default: a string array, or numpy's."""
    if isinstance(default, str):
        return values if isinstance(values, pa.Array) else pa.array(values, pa.string())
    return np.asarray(values, _DTYPES[type(default)])
