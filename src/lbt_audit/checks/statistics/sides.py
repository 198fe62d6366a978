"""What statistics tables say of one unit's children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from lbt_audit.checks.hits import Place
from lbt_audit.checks.statistics.tables import Sheet, days_of, sheets
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Figure
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.model.statistics import Indicator
from lbt_audit.model.unit import Unit

_MONTH = 31  # days


@dataclass(frozen=True)
class Side:
    """What one table, or several together, say of a unit: indicator → (number, cells)."""

    sheets: tuple[Sheet, ...]
    figures: Mapping[Indicator, tuple[float, tuple[Place, ...]]]


@dataclass(frozen=True)
class Subject:
    """Of whom tables can be held against each other: one unit's children by one definition, in one month."""

    unit: Unit
    definition: str
    base: Indicator
    month: int


Said = Mapping[Subject, Sequence[tuple[Sheet, int]]]
"""Sheets and lines that speak of a subject."""


def said_of(rule: Rule[Any], book: Book) -> Said:
    """Every subject with the sheets and lines that speak of it."""
    found: dict[Subject, list[tuple[Sheet, int]]] = defaultdict(list)
    tables = list(sheets(rule, book))
    named = _with_townships(tables)
    for sheet in tables:
        as_of = int(next(iter(book.frames.values())).context.as_of)
        if sheet.counts.base is None:
            continue
        month = (as_of - days_of(sheet.table, as_of).hi + _MONTH // 2) // _MONTH
        for at in _speaking(sheet):
            unit = sheet.counts.lines[at].unit
            if unit is not None:
                unit = named.get((unit.level, unit.name), unit) if unit.township is None else unit
                found[Subject(unit, sheet.counts.definition, sheet.counts.base, month)].append((sheet, at))
    return found


def _with_townships(tables: Sequence[Sheet]) -> dict[tuple[str, str], Unit]:
    """(level, name) → the unit in its township, where only one of that name is spoken of."""
    units = {
        line.unit
        for sheet in tables
        for line in sheet.counts.lines
        if line.unit is not None and line.unit.township
    }
    found: dict[tuple[str, str], Unit] = {}
    twice: set[tuple[str, str]] = set()
    for unit in units:
        key = (unit.level, unit.name)
        twice |= {key} if key in found and found[key].township != unit.township else set()
        found[key] = unit
    return {key: unit for key, unit in found.items() if key not in twice}


def _speaking(sheet: Sheet) -> Iterator[int]:
    """One line for every unit: its own, else the sum; of the table's unit the sum, where there is one."""
    lines = sheet.counts.lines
    chosen: dict[Unit, int] = {}
    for at, line in enumerate(lines):
        if line.unit is None or line.role == "share":
            continue
        if line.unit not in chosen or line.role == "total":
            chosen[line.unit] = at
    yield from chosen.values()


def side_of(sheet: Sheet, at: int) -> Side:
    """What one line says."""
    figures = {}
    for j, heading in enumerate(sheet.counts.headings):
        if heading.indicator is None or heading.share or np.isnan(sheet.value[at, j]):
            continue
        if sheet.counts.state[at, j] != Figure.BLANK:
            figures[heading.indicator] = (float(sheet.value[at, j]), (sheet.place(at, j),))
    return Side((sheet,), figures)
