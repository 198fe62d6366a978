"""Cells as readers find them, in any number of pieces → one `Grid`."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.grid import Grid, Visibility
from lbt_audit.intake.readers.texts import blank_column, storable
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.model.cell import CellKind
from lbt_audit.model.record import dataclass

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_SMALL = 10_000  # cells of a sheet whose columns are laid out together
_BATCH = 4_000_000  # cells put into columns at once; bounds the memory for their positions


@dataclass(frozen=True)
class Piece:
    """Non-blank cells in the order of the file.

    ``row`` int32 (1-based), ``column`` int32 (0-based), ``kind`` uint8 `CellKind`; ``ref`` int32 is an
    index into the shared texts of the sheet, or ``~index`` into this piece's ``own`` texts.
    """

    row: np.ndarray
    column: np.ndarray
    kind: np.ndarray
    ref: np.ndarray
    own: pa.Array

    def __len__(self) -> int:
        return len(self.row)


@dataclass
class SheetInfo:
    """Everything about a sheet besides its cells; readers fill it in as they meet it."""

    name: str
    visibility: Visibility = "visible"
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    notes: list[str] = field(default_factory=list)


class Collector:
    """Takes pieces and puts them into columns, a few million cells at a time."""

    def __init__(
        self, info: SheetInfo, limit: int, shared: pa.Array | None = None, batch: int = _BATCH
    ) -> None:
        self.info = info
        self.limit = limit
        self.batch = batch
        none = pa.array([""], pa.string())
        self._blank = 0 if shared is None else len(shared)
        self._shared = none if shared is None else pa.concat_arrays([shared, none])
        self._pieces: list[Piece] = []
        self._waiting = 0
        self._done: list[tuple[np.ndarray, list[pa.Array | None], np.ndarray]] = []

    def add(self, piece: Piece) -> None:
        if len(piece):
            self._pieces.append(piece)
            self._waiting += len(piece)
            if self._waiting >= self.batch:
                self._settle()

    @property
    def in_order(self) -> bool:
        """False where a row of one batch comes again in a later one: collect again in one batch."""
        ends = [(int(r[0]), int(r[-1])) for r, _, _ in self._done if len(r)]
        return all(a[1] < b[0] for a, b in itertools.pairwise(ends))

    def grid(self) -> Grid:
        """The sheet; `in_order` must hold after `finish`."""
        self.finish()
        info = self.info
        rows = np.concatenate([r for r, _, _ in self._done]) if self._done else np.zeros(0, np.int32)
        width = max((len(t) for _, t, _ in self._done), default=0)
        kinds = np.zeros((len(rows), width), np.uint8, order="F")
        at = 0
        for numbers, _, part in self._done:
            kinds[at : at + len(numbers), : part.shape[1]] = part
            at += len(numbers)
        return Grid(
            sheet=info.name,
            visibility=info.visibility,
            row_numbers=rows.astype(np.int32),
            text=[self._column(c) for c in range(width)],
            kinds=kinds,
            merges=tuple(sorted(info.merges)),
            hidden_rows=frozenset(info.hidden_rows),
            hidden_columns=frozenset(info.hidden_columns),
            filtered=info.filtered,
            notes=tuple(info.notes),
        )

    def finish(self) -> None:
        if self._pieces:
            self._settle()

    def _column(self, column: int) -> pa.Array:
        parts = []
        for numbers, texts, _ in self._done:
            text = texts[column] if column < len(texts) else None
            if column < len(texts):
                texts[column] = None  # let go of each part as its column is made
            parts.append(blank_column(len(numbers)) if text is None else text)
        return parts[0] if len(parts) == 1 else pa.concat_arrays(parts)

    def _settle(self) -> None:
        pieces, self._pieces, self._waiting = self._pieces, [], 0
        row = np.concatenate([p.row for p in pieces])
        column = np.concatenate([p.column for p in pieces]).astype(np.uint16)
        kind = np.concatenate([p.kind for p in pieces])
        refs, start = [], 0
        for p in pieces:
            refs.append(np.where(p.ref < 0, p.ref - start, p.ref) if start else p.ref)
            start += len(p.own)
        ref = np.concatenate(refs).astype(np.int32)
        own = pa.concat_arrays([*(p.own for p in pieces), pa.array([""], pa.string())])
        numbers, position = _rows_of(row)
        width = int(column.max()) + 1
        seen = sum(len(r) for r, _, _ in self._done) + len(numbers)
        if seen * max([width, *(len(t) for _, t, _ in self._done)]) > self.limit:
            raise RefusedError(
                "too_many_cells",
                sheet=self.info.name,
                rows=str(seen),
                columns=str(width),
                limit=str(self.limit),
            )
        kinds = np.zeros((len(numbers), width), np.uint8, order="F")
        order = np.argsort(column, kind="stable")
        ends = np.cumsum(np.bincount(column, minlength=width))
        position, ref, kind = position[order], ref[order], kind[order]
        if kinds.size <= _SMALL:
            self._done.append((numbers, self._small(kinds, column[order], position, ref, kind, own), kinds))
            return
        texts: list[pa.Array | None] = []
        begin = 0
        for c, end in enumerate(ends.tolist()):
            if begin == end:
                texts.append(None)
                continue
            at = position[begin:end]
            kinds[at, c] = kind[begin:end]
            texts.append(self._texts(at, ref[begin:end], len(numbers), own))
            begin = end
        self._done.append((numbers, texts, kinds))

    def _small(
        self,
        kinds: np.ndarray,
        column: np.ndarray,
        position: np.ndarray,
        ref: np.ndarray,
        kind: np.ndarray,
        own: pa.Array,
    ) -> list[pa.Array | None]:
        """All columns at once, slices of one array; fills ``kinds``. Forms come by the thousand."""
        rows, width = kinds.shape
        kinds[position, column] = kind
        laid = self._texts(column.astype(np.int64) * rows + position, ref, rows * width, own)
        return [laid.slice(c * rows, rows) for c in range(width)]

    def _texts(self, at: np.ndarray, ref: np.ndarray, rows: int, own: pa.Array) -> pa.Array:
        full = np.full(rows, self._blank, np.int32)
        full[at] = ref
        mine = full < 0
        if not mine.any():
            return self._shared.take(pa.array(full))
        private = own.take(pa.array(np.where(mine, ~full, len(own) - 1)))
        if (mine | (full == self._blank)).all():
            return private
        shared = self._shared.take(pa.array(np.where(mine, self._blank, full)))
        return pc.if_else(pa.array(mine), private, shared)


def _rows_of(row: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(distinct row numbers, rising; position of every cell's row among them)."""
    step = np.diff(row)
    if (step >= 0).all():
        new = np.concatenate(([True], step > 0))
        return row[new], np.cumsum(new) - 1
    numbers, position = np.unique(row, return_inverse=True)
    return numbers, position


def listed(row: Sequence[int], column: Sequence[int], kind: Sequence[int], texts: Sequence[str]) -> Piece:
    """A piece of cells given one by one."""
    return Piece(
        np.asarray(row, np.int32),
        np.asarray(column, np.int32),
        np.asarray(kind, np.uint8),
        ~np.arange(len(row), dtype=np.int32),
        pa.array(map(storable, texts), pa.string(), size=len(row)),
    )


class CellList:
    """Cells of one sheet, given one by one; those beyond a sheet's edge are dropped."""

    def __init__(self) -> None:
        self.row: list[int] = []
        self.column: list[int] = []
        self.kind: list[int] = []
        self.text: list[str] = []

    def add(self, row: int, column: int, kind: CellKind, text: str) -> None:
        if row <= MAX_ROW and column < MAX_COLUMN:
            self.row.append(row)
            self.column.append(column)
            self.kind.append(kind)
            self.text.append(storable(text))

    def grid(self, info: SheetInfo, limits: Limits) -> Grid:
        collector = Collector(info, limits.cells)
        collector.add(listed(self.row, self.column, self.kind, self.text))
        collector.finish()
        return collector.grid()
