"""What checks of statistics tables share: the tables, their days, their cells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from lbt_audit.checks.hits import Place
from lbt_audit.frames.book import Book
from lbt_audit.frames.days import day_number
from lbt_audit.intake.table import Counts, Figure, Table
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text

_DAY = regex(r"((?:19|20)\d\d)\D{1,3}(\d{1,2})(?:\D{1,3}(\d{1,2}))?")
_FAULTY = (Figure.NEGATIVE, Figure.TEXT, Figure.UNKNOWN)


@dataclass(frozen=True)
class Sheet:
    """A statistics table with its figures. ``value``: those that can be worked with, NaN elsewhere."""

    table: Table
    counts: Counts
    value: np.ndarray

    def place(self, line: int, heading: int) -> Place:
        counts = self.counts
        text = " ".join(counts.text[line][heading].split())
        row, column = int(counts.row[line, heading]), int(counts.column[line, heading])
        return Place(self.table.path, self.table.sheet, row, column, None, text or None)

    def blank(self, line: int, heading: int) -> bool:
        return bool(self.counts.state[line, heading] == Figure.BLANK)

    def title(self, heading: int) -> str:
        """The header, its levels with a middle dot between: 6-13岁·女."""
        levels = [part for part in self.counts.headings[heading].header.split("/") if part]
        kept = [p for p in dict.fromkeys(levels) if p not in _OPEN] or levels[:1]
        return "·".join(kept)

    def line(self, at: int) -> str:
        line = self.counts.lines[at]
        return line.name or self.table.unit.name


_OPEN = frozenset({"小计", "计", "数量", "人数"})


def sheets(rule: Rule[Any], book: Book) -> Iterator[Sheet]:
    """The statistics tables of an audit, in file order."""
    for submission in book.submissions:
        for table in submission.tables:
            if table.counts is not None and table.kind in rule.tables:
                yield _sheet(table, table.counts)


def _sheet(table: Table, counts: Counts) -> Sheet:
    share = np.array([h.share for h in counts.headings], np.bool_)
    faulty = np.isin(counts.state, _FAULTY) | ((counts.state == Figure.DECIMAL) & ~share)
    return Sheet(table, counts, np.where(faulty, np.nan, counts.value))


@dataclass(frozen=True)
class Days:
    """The day a table is true for, as day numbers: first and last possible one."""

    lo: int
    hi: int


def days_of(table: Table, as_of: int) -> Days:
    """By 统计截止日期; else somewhere between 填报日期 and the closing day of the audit, if both lie in one month or
    the next; else the day it was filled in."""
    stated = _day(table.facts.get("as_of_date", ("",))[0])
    if stated is not None:
        return Days(stated, stated)
    filled = _day(table.facts.get("fill_date", ("",))[0])
    if filled is None:
        return Days(as_of, as_of)
    if abs(filled - as_of) <= _NEAR:
        return Days(min(filled, as_of), max(filled, as_of))
    return Days(filled, filled)


_NEAR = 31  # days between the closing day and the day a table for it is filled in


def _day(text: str) -> int | None:
    found = _DAY.search(text)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 0)
    try:
        if day:
            return day_number(date(year, month, day))
        following = date(year + month // 12, month % 12 + 1, 1)
        return day_number(following) - 1
    except ValueError:
        return None


def number(value: float) -> str:
    """A figure as people write it."""
    return str(int(value)) if float(value).is_integer() else f"{value:g}"


def several(parts: list[Text], most: int, more: Text) -> Text:
    """The first ``most`` of ``parts``; ``more`` ({count}) says how many there are."""
    shown = parts[:most]
    zh, en = "；".join(p.zh for p in shown), "; ".join(p.en for p in shown)
    if len(parts) > most:
        count = str(len(parts))
        zh, en = zh + more.zh.format(count=count), en + more.en.format(count=count)
    return Text(zh, en)
