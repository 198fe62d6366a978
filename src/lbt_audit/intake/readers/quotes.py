"""Records of text tables with quotation marks: remarks of several lines are read whole, a stray mark costs
the quotes of its own line only."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from lbt_audit.model.regex import regex

SAMPLE = 200  # lines looked at for what a record looks like
_END = "\x03end\x03"  # a line of our own after the last: seen by itself, all quotes are closed
SWALLOWED = 3  # line breaks in one cell that may be swallowed rows
_JUDGED = 50  # lines of such a cell that are looked at
_FEW, _FEW_LINES = 3, 6  # columns and lines in which so many separators may stand by chance
_NUMBER = regex(r"[0-9][0-9Xx.\-/:年月日 ]*")


def lines_of(text: str, start: int = 0) -> Iterator[str]:
    """Lines with their breaks, cut one by one: a province's file must not be held twice."""
    while (end := text.find("\n", start) + 1) > 0:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


class Records:
    """The records of a text, as lists of cells. ``stray``: the lines whose quotation marks do not count,
    known once all records are read."""

    def __init__(self, text: str, separator: str) -> None:
        self.text = text
        self.separator = separator
        self.stray: list[int] = []

    def __iter__(self) -> Iterator[list[str]]:
        if '"' not in self.text:
            yield from csv.reader(lines_of(self.text), delimiter=self.separator)
            return
        shape = _Shape(self.text, self.separator)
        lines = _Lines(self.text)
        while True:
            for record in csv.reader(lines, delimiter=self.separator):
                stray = self._stray(record, lines, shape) if lines.count > 1 else None
                if stray is not None:
                    yield self._unquoted(lines.back_to(stray + 1))
                    self.stray.append(lines.passed)
                    break  # the reader begins anew behind the line
                lines.next_record()
                if record != [_END]:
                    yield record
            else:
                return

    def _stray(self, record: list[str], lines: _Lines, shape: _Shape) -> int | None:
        """Which line of the record, counted from 0, has a mark that is never closed or swallows rows."""
        broken = self._broken(lines)
        line = 0
        for cell in record:
            breaks = cell.count("\n")
            if breaks and (_END in cell or line + breaks == broken):
                return line
            if breaks >= SWALLOWED and cell.count(self.separator) >= breaks:
                inner = [lines.line(k) for k in range(line + 1, line + min(breaks, _JUDGED))]
                if self._swallows(inner, shape):
                    return line
            line += breaks
        return None

    def _broken(self, lines: _Lines) -> int | None:
        """The line in which a mark closes a cell although text goes on behind it: it was to open another."""
        reader = csv.reader(lines_of(lines.record()), delimiter=self.separator, strict=True)
        try:
            list(reader)
        except csv.Error:
            return reader.line_num - 1
        return None

    def _swallows(self, inner: list[str], shape: _Shape) -> bool:
        """Whether ``inner``, the whole lines of a well-closed cell, are rows and not lines of a remark."""
        fits = [shape.fits(next(csv.reader([line], delimiter=self.separator), [])) for line in inner]
        rows = [fit for fit in fits if fit is not False]
        sure = shape.width > _FEW or len(fits) > _FEW_LINES or any(rows)
        return sure and len(rows) * 5 >= len(fits) * 4

    def _unquoted(self, line: str) -> list[str]:
        return [c.strip('"') for c in line.rstrip("\n").split(self.separator)]


class _Lines:
    """The lines of a text as its reader takes them; knows those of the current record, and can go back."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = 0  # of the current record
        self._ends: list[int] = []
        self.passed = 0  # lines before the current record

    def __iter__(self) -> Iterator[str]:
        at = self._start
        for line in itertools.chain(lines_of(self._text, at), ["\n", _END]):
            at = min(at + len(line), len(self._text))
            self._ends.append(at)
            yield line

    @property
    def count(self) -> int:
        return len(self._ends)

    def line(self, number: int) -> str:
        """A line of the current record, counted from 0."""
        start = self._ends[number - 1] if number else self._start
        return self._text[start : self._ends[number]]

    def record(self) -> str:
        return self._text[self._start : self._ends[-1]]

    def next_record(self) -> None:
        self.back_to(len(self._ends))

    def back_to(self, count: int) -> str:
        """The current record ends after ``count`` lines; → its last line."""
        last = self.line(count - 1)
        self._start = self._ends[count - 1]
        self.passed += count
        self._ends.clear()
        return last


class _Shape:
    """What records look like: how many cells they have, and in which columns numbers stand."""

    def __init__(self, text: str, separator: str) -> None:
        even = (line for line in lines_of(text) if line.count('"') % 2 == 0)
        self._records = list(csv.reader(itertools.islice(even, SAMPLE), delimiter=separator))

    @cached_property
    def width(self) -> int:
        widths = Counter(len(r) for r in self._records if r)
        return widths.most_common(1)[0][0] if widths else 0

    @cached_property
    def _numbers(self) -> list[int]:
        """Columns of numbers."""
        found = []
        for column in range(self.width):
            cells = [r[column].strip() for r in self._records if len(r) == self.width]
            given = [c for c in cells if c]
            if given and sum(_NUMBER.fullmatch(c) is not None for c in given) * 10 >= len(given) * 8:
                found.append(column)
        return found

    def fits(self, record: list[str]) -> bool | None:
        """Whether a line is a record like the others; None where only the number of its cells says so."""
        if len(record) != self.width:
            return False
        cells = [record[c].strip() for c in self._numbers if record[c].strip()]
        return all(_NUMBER.fullmatch(c) for c in cells) if cells else None
