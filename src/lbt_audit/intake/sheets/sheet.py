"""Looking at a grid: single cells near the top, whole columns everywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.grid import Grid

_SMALL = 10_000  # cells of a sheet that is read at once


class Sheet:
    """A grid with what several steps need of it. Rows are positions (0-based) unless said otherwise."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.numbers = np.asarray(grid.row_numbers, np.int64)
        self.filled = np.asarray(grid.kinds) != 0
        self.text = [_plain(t) for t in grid.text]
        self.rows: int = len(self.numbers)
        self.width: int = len(self.text)

    @cached_property
    def count(self) -> np.ndarray:
        """Non-blank cells per row."""
        return np.asarray(self.filled.sum(axis=1, dtype=np.int32))

    @cached_property
    def first(self) -> np.ndarray:
        """First non-blank column per row."""
        return np.asarray(self.filled.argmax(axis=1)) if self.width else np.zeros(self.rows, np.int64)

    @cached_property
    def merges(self) -> np.ndarray:
        """Merged ranges (first row number, first column, last row number, last column), int64 (m, 4)."""
        return np.asarray(self.grid.merges, np.int64).reshape(-1, 4)

    def without(self, columns: Sequence[int], begin: int, end: int) -> Sheet:
        """The same sheet, these columns blank in the rows from ``begin`` to before ``end``; merges stay."""
        kinds = np.array(self.grid.kinds, order="F")
        kinds[begin:end, list(columns)] = 0
        keep = kinds.any(axis=1)
        blank = pa.array(np.isin(np.arange(self.rows), np.arange(begin, end)))
        text = [pc.if_else(blank, "", t) if c in columns else t for c, t in enumerate(self.text)]
        return Sheet(
            replace(
                self.grid,
                row_numbers=self.grid.row_numbers[keep],
                kinds=kinds[keep],
                text=[t.filter(pa.array(keep)) for t in text],
            )
        )

    def cell(self, row: int, column: int) -> str:
        return str(self.text[column][row].as_py()) if self.filled[row, column] else ""

    def cells(self, row: int) -> Iterator[tuple[int, str]]:
        """(column, text) of every non-blank cell of a row."""
        if self.filled.size <= _SMALL:
            yield from self._lines[row]
            return
        for column in np.flatnonzero(self.filled[row]).tolist():
            yield column, str(self.text[column][row].as_py())

    @cached_property
    def _lines(self) -> list[list[tuple[int, str]]]:
        """The cells of every row: a form is looked at several times."""
        lines: list[list[tuple[int, str]]] = [[] for _ in range(self.rows)]
        for (row, column, _), text in zip(self.places, self.texts, strict=True):
            lines[row].append((column, text))
        return lines

    @property
    def places(self) -> tuple[tuple[int, int, int], ...]:
        """Where the cells of a small sheet are that are not blank."""
        return places(self.filled.tobytes("F"), self.rows, self.width)

    @cached_property
    def texts(self) -> list[str]:
        """What stands in these cells."""
        if not self.places:
            return []
        laid = pa.concat_arrays(self.text)
        offsets = np.frombuffer(laid.buffers()[1], np.int32)[
            laid.offset : laid.offset + len(laid) + 1
        ].tolist()
        data = laid.buffers()[2]
        raw = data.to_pybytes() if data is not None else b""
        return [raw[offsets[at] : offsets[at + 1]].decode() for _, _, at in self.places]

    def texts_of(self, begin: int, end: int) -> list[str]:
        """What stands in the cells of some of the first rows that are not blank, row by row."""
        if self.filled.size > _SMALL:
            return [text for row in range(begin, end) for _, text in self.cells(row)]
        return self.texts[int(self.count[:begin].sum()) : int(self.count[:end].sum())]

    @cached_property
    def layout(self) -> tuple[object, ...]:
        """What small sheets printed alike have in common, whatever their texts: where cells are, and which are merged."""
        return self.numbers.tobytes(), self.filled.tobytes("F"), self.width, self.grid.merges

    def position(self, number: int) -> int | None:
        """The position of a row number, None where the grid holds no such row."""
        at = int(np.searchsorted(self.numbers, number))
        return at if at < self.rows and self.numbers[at] == number else None

    def take(self, column: int, rows: np.ndarray) -> pa.Array:
        """Texts of ``rows`` (rising positions); a slice where they follow each other."""
        text = self.text[column]
        if len(rows) and int(rows[-1]) - int(rows[0]) + 1 == len(rows):
            return text.slice(int(rows[0]), len(rows))
        return text.take(pa.array(rows))

    def first_text(self, rows: np.ndarray) -> list[str]:
        """Text of the first non-blank cell of each of ``rows``."""
        out = np.full(len(rows), "", object)
        first = self.first[rows]
        for column in np.unique(first).tolist():
            at = np.flatnonzero(first == column)
            out[at] = self.text[column].take(pa.array(rows[at])).to_pylist()
        return list(out)


def ranges(numbers: Iterable[int]) -> str:
    """Row numbers in words, none left out: 5-7,9."""
    parts: list[str] = []
    start = last = None
    for n in [*numbers, None]:
        if last is not None and n is not None and n == last + 1:
            last = n
            continue
        if start is not None:
            parts.append(str(start) if start == last else f"{start}-{last}")
        start = last = n
    return ",".join(parts)


@lru_cache(256)
def places(filled: bytes, rows: int, width: int) -> tuple[tuple[int, int, int], ...]:
    """(row, column, place among all cells, column by column) of the cells that are ``filled``."""
    cells = np.frombuffer(filled, np.bool_).reshape((rows, width), order="F")
    return tuple((row, column, column * rows + row) for row, column in np.argwhere(cells).tolist())


def _plain(text: pa.Array) -> pa.Array:
    if isinstance(text, pa.ChunkedArray):
        text = text.combine_chunks()
    if pa.types.is_dictionary(text.type):
        text = text.dictionary_decode()
    return text if pa.types.is_string(text.type) else text.cast(pa.string())
