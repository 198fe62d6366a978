"""Columns of cells as XML: each gives the pieces that follow ``<c r="F7`` in every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.record import dataclass
from lbt_audit.reports.text.columns import join, one, words
from lbt_audit.reports.text.safe import FORMULA_PATTERN
from lbt_audit.reports.xlsx.style import Style, Styles
from lbt_audit.reports.xlsx.text import MAX_LITERAL, acts, clean, clean_column

_EPOCH = date(1899, 12, 30).toordinal()


@dataclass
class Strings:
    """The shared strings of a book."""

    index: dict[str, int] = field(default_factory=dict)

    def id(self, text: str) -> int:
        return self.index.setdefault(clean(text), len(self.index))

    def xml(self) -> str:
        items = "".join(f'<si><t xml:space="preserve">{t}</t></si>' for t in self.index)
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'uniqueCount="{len(self.index)}">{items}</sst>'
        )


class Cells(Protocol):
    """A column of a block of rows."""

    def parts(self, strings: Strings, styles: Styles) -> list[Any]:
        """Strings and string arrays whose concatenation ends each ``<c r="F7``."""
        ...

    def lines(self, columns: float) -> np.ndarray | int:
        """How many lines each cell needs in a column ``columns`` characters wide."""
        ...

    def take(self, rows: np.ndarray) -> Cells: ...


@dataclass(frozen=True)
class Words:
    """A dictionary column: each word stands once in the book. ``styles`` gives single words their own."""

    column: Any
    style: Style
    styles: Mapping[str, Style] = field(default_factory=dict)

    def parts(self, strings: Strings, styles: Styles) -> list[Any]:
        def cell(word: str) -> str:
            style = self.styles.get(word, self.style)
            if not word:
                return f'" s="{styles.id(style)}"/>'
            number = styles.id(style.quoted() if acts(word) else style)
            return f'" s="{number}" t="s"><v>{strings.id(word)}</v></c>'

        return [words(self.column, cell, f'" s="{styles.id(self.style)}"/>')]

    def lines(self, columns: float) -> np.ndarray | int:
        column = one(self.column)
        per_word = np.append(_lines(column.dictionary, columns), 1)
        result: np.ndarray = per_word[column.indices.fill_null(len(per_word) - 1).to_numpy()]
        return result

    def take(self, rows: np.ndarray) -> Words:
        return Words(one(self.column).take(pa.array(rows)), self.style, self.styles)


@dataclass(frozen=True)
class Inline:
    """Texts that are all different."""

    column: Any
    style: Style

    def parts(self, strings: Strings, styles: Styles) -> list[Any]:
        column = one(self.column)
        tail = ' t="inlineStr"><is><t xml:space="preserve">'
        start: Any = f'" s="{styles.id(self.style)}"{tail}'
        risky = pc.fill_null(pc.match_substring_regex(column, FORMULA_PATTERN), False)
        if pc.any(risky).as_py():
            start = pc.if_else(risky, f'" s="{styles.id(self.style.quoted())}"{tail}', start)
        if column.null_count == 0:
            return [start, clean_column(column), "</t></is></c>"]
        full = join(start, clean_column(column), "</t></is></c>")
        return [pc.fill_null(full, f'" s="{styles.id(self.style)}"/>')]

    def lines(self, columns: float) -> np.ndarray | int:
        return _lines(one(self.column), columns)

    def take(self, rows: np.ndarray) -> Inline:
        return Inline(one(self.column).take(pa.array(rows)), self.style)


@dataclass(frozen=True)
class Links:
    """HYPERLINK formulas: ``target`` as the formula's text would hold it, ``shown`` what is read.

    Where either is longer than a formula may hold, or ``target`` is null, the text stands without link.
    """

    target: Any
    shown: Any
    style: Style
    plain: Style

    def parts(self, strings: Strings, styles: Styles) -> list[Any]:
        shown = one(self.shown)
        text = join(*Inline(shown, self.plain).parts(strings, styles))
        if one(self.target).null_count == len(shown):
            return [text]
        xml = clean_column(shown)
        address = clean_column(pc.replace_substring(one(self.target), '"', '""'))
        label = pc.replace_substring(xml, '"', '""')
        linked = join(
            f'" s="{styles.id(self.style)}" t="str"><f>HYPERLINK("',
            address, '","', label, '")</f><v>', xml, "</v></c>",
        )  # fmt: skip
        fits = pc.and_(
            pc.less_equal(pc.utf8_length(self.target), MAX_LITERAL),
            pc.less_equal(pc.utf8_length(shown), MAX_LITERAL),
        )
        return [pc.if_else(pc.fill_null(fits, False), linked, text)]

    def lines(self, columns: float) -> np.ndarray | int:
        return _lines(one(self.shown), columns)

    def take(self, rows: np.ndarray) -> Links:
        at = pa.array(rows)
        return Links(one(self.target).take(at), one(self.shown).take(at), self.style, self.plain)


@dataclass(frozen=True)
class Numbers:
    """Whole numbers."""

    values: np.ndarray
    style: Style

    def parts(self, strings: Strings, styles: Styles) -> list[Any]:
        return [f'" s="{styles.id(self.style)}"><v>', pa.array(self.values).cast(pa.string()), "</v></c>"]

    def lines(self, columns: float) -> np.ndarray | int:
        return 1

    def take(self, rows: np.ndarray) -> Numbers:
        return Numbers(self.values[rows], self.style)


@dataclass(frozen=True)
class Counts:
    """An integer column; where it is null the cell is empty."""

    column: Any
    style: Style

    def parts(self, strings: Strings, styles: Styles) -> list[Any]:
        start = f'" s="{styles.id(self.style)}"'
        encoded = one(self.column).cast(pa.string()).dictionary_encode()
        return [words(encoded, lambda n: f"{start}><v>{n}</v></c>", f"{start}/>")]

    def lines(self, columns: float) -> np.ndarray | int:
        return 1

    def take(self, rows: np.ndarray) -> Counts:
        return Counts(one(self.column).take(pa.array(rows)), self.style)


@dataclass(frozen=True)
class Dates:
    """A date32 column, as real dates of the spreadsheet."""

    column: Any
    style: Style

    def parts(self, strings: Strings, styles: Styles) -> list[Any]:
        start = f'" s="{styles.id(self.style)}"'
        encoded = one(self.column).cast(pa.string()).dictionary_encode()
        return [
            words(encoded, lambda d: f"{start}><v>{day_serial(date.fromisoformat(d))}</v></c>", f"{start}/>")
        ]

    def lines(self, columns: float) -> np.ndarray | int:
        return 1

    def take(self, rows: np.ndarray) -> Dates:
        return Dates(one(self.column).take(pa.array(rows)), self.style)


@dataclass(frozen=True)
class Empty:
    """Cells to be filled in by hand."""

    style: Style

    def parts(self, strings: Strings, styles: Styles) -> list[Any]:
        return [f'" s="{styles.id(self.style)}"/>']

    def lines(self, columns: float) -> np.ndarray | int:
        return 1

    def take(self, rows: np.ndarray) -> Empty:
        return self


def day_serial(day: date) -> int:
    """The number a spreadsheet keeps for a day."""
    return day.toordinal() - _EPOCH


def _lines(column: Any, columns: float) -> np.ndarray:
    """Lines each text wraps to; wide characters (three bytes in UTF-8) count two."""
    chars = pc.fill_null(pc.utf8_length(column), 0).to_numpy()
    size = pc.fill_null(pc.binary_length(column), 0).to_numpy()
    lines = np.ceil((chars + (size - chars) / 2) / max(columns - 1, 1)).astype(np.int64)
    if pc.any(pc.match_substring(column, "\n")).as_py():
        lines += pc.fill_null(pc.count_substring(column, "\n"), 0).to_numpy()
    result: np.ndarray = np.maximum(lines, 1)
    return result
