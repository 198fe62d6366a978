"""What a workbook says of a cell (type, style, value) → cell kind and text."""

from __future__ import annotations

from dataclasses import field
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.readers.cells import Piece
from lbt_audit.intake.readers.number_formats import NumberFormats
from lbt_audit.intake.readers.numbers import iso_dates, padded_decimals, padded_zeros
from lbt_audit.intake.readers.texts import blank, put, shortened
from lbt_audit.model.cell import LONGEST, CellKind
from lbt_audit.model.record import dataclass

NUMBER, SHARED, STRING, INLINE, BOOL, ERROR, ISO = range(7)
TYPES: Final = {
    "": NUMBER,
    "n": NUMBER,
    "s": SHARED,
    "str": STRING,
    "inlineStr": INLINE,
    "b": BOOL,
    "e": ERROR,
    "d": ISO,
}

_KIND = np.array(
    [
        CellKind.NUMBER,
        CellKind.TEXT,
        CellKind.TEXT,
        CellKind.TEXT,
        CellKind.BOOL,
        CellKind.ERROR,
        CellKind.DATE,
    ],
    np.uint8,
)


@dataclass(frozen=True)
class RawCells:
    """Cells as spelt in the file, in its order. ``own`` has a text for every cell that is not SHARED.

    ``row`` int32 1-based, ``column`` int32 0-based, ``type`` uint8, ``style`` int32, ``shared`` int32
    (index, for SHARED), ``formula`` and ``given`` (it has a value element) bool.
    """

    row: np.ndarray
    column: np.ndarray
    type: np.ndarray
    style: np.ndarray
    shared: np.ndarray
    formula: np.ndarray
    given: np.ndarray
    own: pa.Array

    @classmethod
    def join(cls, one: RawCells, other: RawCells) -> RawCells:
        names = ("row", "column", "type", "style", "shared", "formula", "given")
        arrays = {n: np.concatenate([getattr(one, n), getattr(other, n)]) for n in names}
        return cls(**arrays, own=pa.concat_arrays([one.own, other.own]))


@dataclass
class Workbook:
    """What all sheets of a workbook share."""

    formats: NumberFormats = field(default_factory=NumberFormats)
    epoch_1904: bool = False
    shared: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))
    shared_blank: np.ndarray = field(default_factory=lambda: np.zeros(0, np.bool_))

    def set_shared(self, texts: pa.Array) -> None:
        texts = shortened(texts, LONGEST + 1)  # many cells may hold one text
        self.shared = texts
        self.shared_blank = blank(texts)


@dataclass
class Oddities:
    """Things met in a sheet that its notes tell of."""

    bad_references: int = 0
    bad_strings: int = 0
    padded: set[int] = field(default_factory=set)  # columns

    def notes(self) -> list[tuple[str, dict[str, str]]]:
        from lbt_audit.model.location import column_letter

        found: list[tuple[str, dict[str, str]]] = []
        if self.bad_references:
            found.append(("bad_references", {"count": str(self.bad_references)}))
        if self.bad_strings:
            found.append(("bad_strings", {"count": str(self.bad_strings)}))
        found += [("padded_numbers", {"column": column_letter(c)}) for c in sorted(self.padded)]
        return found


def to_piece(raw: RawCells, book: Workbook, odd: Oddities) -> Piece:
    """Cells with kind and text; blank ones left out."""
    is_shared = raw.type == SHARED
    kind = _KIND[raw.type]
    ref = np.empty(len(raw.row), np.int32)
    keep = np.ones(len(raw.row), np.bool_)
    if is_shared.any():
        index = raw.shared[is_shared]
        known = (index >= 0) & (index < len(book.shared))
        if not known.all():
            odd.bad_strings += int((~known).sum())
            index = np.where(known, index, 0)
        ref[is_shared] = index
        filled = known & ~book.shared_blank[index] if known.any() else known
        keep[is_shared] = filled
    own = raw.own
    if len(own):
        mine = np.flatnonzero(~is_shared)
        ref[mine] = ~np.arange(len(mine), dtype=np.int32)
        own = _settle_own(raw, mine, kind, keep, own, book, odd)
    if keep.all():
        return Piece(raw.row, raw.column, kind, ref, own)
    return Piece(raw.row[keep], raw.column[keep], kind[keep], ref[keep], own)


def _settle_own(
    raw: RawCells,
    mine: np.ndarray,
    kind: np.ndarray,
    keep: np.ndarray,
    own: pa.Array,
    book: Workbook,
    odd: Oddities,
) -> pa.Array:
    """Sets kind and keep of the cells with a text of their own; → their texts."""
    type_ = raw.type[mine]
    empty = blank(own)
    formula = raw.formula[mine]
    keep[mine] = ~empty
    if formula.any():
        # A formula whose text is "" was computed; one without any value was not.
        lacks = empty & formula & ((type_ != STRING) | ~raw.given[mine])
        kind[mine[lacks]] = CellKind.UNCOMPUTED
        keep[mine[lacks]] = True
        if lacks.any():
            own = pc.if_else(pa.array(lacks), "", own)
    failed = empty & (type_ == ERROR)
    keep[mine[failed]] = True
    number = (type_ == NUMBER) & ~empty
    texts: list[tuple[np.ndarray, pa.Array]] = []
    if number.any():
        date, zeros, decimals = book.formats.pick(raw.style[mine])
        at = np.flatnonzero(number & (date > 0))
        if len(at):
            iso, days = iso_dates(own.take(pa.array(at)), book.epoch_1904, date[at])
            at = at[days]
            kind[mine[at]] = CellKind.DATE
            texts.append((at, iso.filter(pa.array(days))))
        at = np.flatnonzero(number & (zeros > 0))
        if len(at):
            texts.append(_padded(at, own, zeros, raw.column[mine], odd))
        at = np.flatnonzero(number & (decimals > 0))
        if len(at):
            old = zip(own.take(pa.array(at)).to_pylist(), decimals[at].tolist(), strict=True)
            texts.append((at, pa.array([padded_decimals(t, n) for t, n in old], pa.string())))
    at = np.flatnonzero(type_ == BOOL)
    if len(at):
        true = [t in ("1", "true", "TRUE") for t in own.take(pa.array(at)).to_pylist()]
        texts.append((at, pa.array(["TRUE" if t else "FALSE" for t in true], pa.string())))
    at = np.flatnonzero((type_ == ISO) & ~empty)
    if len(at):
        texts.append((at, pa.array([_iso(t) for t in own.take(pa.array(at)).to_pylist()], pa.string())))
    at = np.flatnonzero(failed)
    if len(at):
        texts.append((at, pa.array(["#VALUE!"] * len(at), pa.string())))
    return put(own, texts)


def _padded(
    at: np.ndarray, own: pa.Array, zeros: np.ndarray, column: np.ndarray, odd: Oddities
) -> tuple[np.ndarray, pa.Array]:
    """Whole numbers shown with leading zeros."""
    old = own.take(pa.array(at)).to_pylist()
    new = []
    for text, width, c in zip(old, zeros[at].tolist(), column[at].tolist(), strict=True):
        new.append(padded_zeros(text, width))
        if new[-1] != text:
            odd.padded.add(c)
    return at, pa.array(new, pa.string())


def _iso(text: str) -> str:
    day, _, time = text.partition("T")
    time = time.split(".")[0].rstrip("Z")
    return day if time in ("", "00:00:00") else f"{day} {time}"
