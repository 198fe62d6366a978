"""Figures of a statistics table held against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

import numpy as np
from pydantic import Field

from lbt_audit.checks.base import Check, Outcome, Word
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.statistics.shares import wrong_shares
from lbt_audit.checks.statistics.tables import Sheet, number, several, sheets
from lbt_audit.checks.statistics.totals import wrong_totals
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Figure
from lbt_audit.model.rule import Rule
from lbt_audit.model.statistics import ALL, Indicator
from lbt_audit.model.text import Text, filled
from lbt_audit.rulebook.params import Params

_MINORS: Indicator = frozenset({"minors"})
MOST = 8  # figures told in a message; all of them are pointed at
_FAULTS = {
    "full_width": Figure.FULL_WIDTH,
    "negative": Figure.NEGATIVE,
    "decimal": Figure.DECIMAL,
    "text": Figure.TEXT,
}


class Figures(Params):
    of: Literal["formulas", "totals", "numbers", "shares", "population"] = Field(
        description="formulas: those of the published form the table follows (schemas/statistics), and those printed "
        "under it; totals: 合计 and 小计 against their lines; numbers: what is no number of children; shares: percentages; "
        "population: left-behind children against the rural minors of the unit (a column of the table, else `minors` "
        "in the county file)"
    )


Found = tuple[int | None, list[Text], list[Place]]
"""Line (None: the whole table), what is told of each figure, the cells."""


def run(rule: Rule[Figures], book: Book) -> Mapping[str, Outcome] | None:
    """Figures that do not go together: formulas that do not balance, totals that are not the sum of their lines, cells
    that hold no number, wrong percentages. One issue per line of the table (numbers: per table) tells every figure
    with both sides and the difference."""
    hits, checked = [], 0
    for sheet in sheets(rule, book):
        found = _FIND[rule.params.of](sheet, rule, book)
        checked += len(sheet.counts.lines)
        for line, parts, places in found:
            source = sorted({b.source.zh for b in sheet.counts.balances})
            english = sorted({b.source.en for b in sheet.counts.balances})
            reading = sheet.counts.reading
            said = rule.words.get("reading")
            details: dict[str, str | Text] = {
                "unit": sheet.table.unit.name,
                "line": sheet.line(line) if line is not None else "",
                "what": several(parts, MOST, rule.words["more"]),
                "count": str(len(parts)),
                "source": Text("、".join(source), ", ".join(english)),
                "reading": filled(said, {"reading": reading}) if said and reading else "",
                "sheet": sheet.table.sheet,
            }
            name = (
                "" if line is None else f"{line}" if not sheet.counts.lines[line].name else sheet.line(line)
            )
            key = f"{sheet.table.unit.path}|{sheet.counts.form or ''}|{name}"
            whose = (
                sheet.counts.lines[line].unit if line is not None and rule.params.of == "population" else None
            )
            hits.append(PlaceHit(tuple(places), key, details, unit=whose))
    return {"": PlaceHits(tuple(hits), checked=checked)} if checked else None


def _formulas(sheet: Sheet, rule: Rule[Figures], book: Book) -> Iterator[Found]:
    """Formulas that do not balance. A total that is out of balance by as much as its lines are together says nothing
    new, nor does one with a column that is not the sum of its lines."""
    counts, value = sheet.counts, sheet.value
    wrong = {line: {h for h, _, _ in totals} for line, totals in wrong_totals(sheet)}
    found: dict[int, tuple[list[Text], list[Place]]] = {}
    for balance in counts.balances:
        left, right = (_sum(sheet, side) for side in balance.sides)
        off = left - right
        units = [i for i, line in enumerate(counts.lines) if line.role == "unit" and not np.isnan(off[i])]
        together = sum(off[i] for i in units)
        for i, line in enumerate(counts.lines):
            if np.isnan(off[i]) or off[i] == 0 or line.role == "share":
                continue
            if line.role != "unit" and any(off[k] for k in units) and off[i] == together:
                continue
            if wrong.get(i, set()) & {h for side in balance.sides for h in side}:
                continue
            formula = balance.print if balance.print[:1].isdigit() else ""
            values: dict[str, str | Text] = {
                "formula": Text(f"{formula}：", f"{formula}: ") if formula else "",
                "left": _spoken(sheet, i, balance.sides[0], left[i]),
                "right": _spoken(sheet, i, balance.sides[1], right[i]),
                "difference": number(abs(off[i])),
            }
            parts, places = found.setdefault(i, ([], []))
            parts.append(filled(rule.words["each"], values))
            places += [sheet.place(i, h) for side in balance.sides for h in side if not np.isnan(value[i, h])]
    for i, (parts, places) in sorted(found.items()):
        yield i, parts, list(dict.fromkeys(places))


def _sum(sheet: Sheet, side: tuple[int, ...]) -> np.ndarray:
    """The sum of every line; blank cells count nothing, unless all are blank; NaN where a figure is not known."""
    state, value = sheet.counts.state[:, list(side)], sheet.value[:, list(side)]
    blank = state == Figure.BLANK
    unknown = (np.isnan(value) & ~blank).any(axis=1) | blank.all(axis=1)
    return np.where(unknown, np.nan, np.nansum(value, axis=1))


def _spoken(sheet: Sheet, line: int, side: tuple[int, ...], total: float) -> str:
    """“合计”128; “0-5岁”30+“6-13岁”81=111."""
    value = sheet.value[line]
    filled_in = [h for h in side if not np.isnan(value[h])] or side[:1]
    parts = [f"“{sheet.title(h)}”{number(value[h])}" for h in filled_in]
    return parts[0] if len(parts) == 1 else f"{'+'.join(parts)}={number(total)}"


def _totals(sheet: Sheet, rule: Rule[Figures], book: Book) -> Iterator[Found]:
    for line, wrong in wrong_totals(sheet):
        parts = [
            filled(
                rule.words["each"],
                {"column": sheet.title(h), "a": number(a), "b": number(b), "difference": number(abs(a - b))},
            )
            for h, a, b in wrong
        ]
        yield line, parts, [sheet.place(line, h) for h, _, _ in wrong]


def _numbers(sheet: Sheet, rule: Rule[Figures], book: Book) -> Iterator[Found]:
    parts, places = [], []
    counts = sheet.counts
    for name, fault in _FAULTS.items():
        for i, j in np.argwhere(counts.state == fault).tolist():
            heading = counts.headings[j]
            if (
                heading.share
                or counts.lines[i].role == "share"
                or (heading.indicator is None and fault != fault.NEGATIVE)
            ):
                continue
            values = {
                "line": sheet.line(i),
                "column": sheet.title(j),
                "value": " ".join(counts.text[i][j].split()),
            }
            parts.append(filled(rule.words[name], values))
            places.append(sheet.place(i, j))
    if parts:
        yield None, parts, places


def _shares(sheet: Sheet, rule: Rule[Figures], book: Book) -> Iterator[Found]:
    for line, wrong in wrong_shares(sheet):
        parts, places = [], []
        for share in wrong:
            values = {
                "column": share.title, "shown": share.shown, "part": number(share.part),
                "whole": number(share.whole), "right": share.right,
            }  # fmt: skip
            parts.append(filled(rule.words["each"], values))
            places.append(share.place)
        yield line, parts, places


def _population(sheet: Sheet, rule: Rule[Figures], book: Book) -> Iterator[Found]:
    counts = sheet.counts
    if counts.base != ALL:
        return
    total = next((j for j, h in enumerate(counts.headings) if h.indicator == ALL and not h.share), None)
    column = next((j for j, h in enumerate(counts.headings) if h.indicator == _MINORS), None)
    for i, line in enumerate(counts.lines):
        if total is None or np.isnan(sheet.value[i, total]) or line.role == "share":
            continue
        places = [sheet.place(i, total)]
        if column is not None and not np.isnan(sheet.value[i, column]):
            most = float(sheet.value[i, column])
            places.append(sheet.place(i, column))
        elif line.unit is not None and line.unit.path in book.units.minors:
            most = float(book.units.minors[line.unit.path])
        else:
            continue
        if sheet.value[i, total] > most:
            values = {"a": number(sheet.value[i, total]), "b": number(most)}
            yield i, [filled(rule.words["each"], values)], places


_FIND: Mapping[str, Callable[[Sheet, Rule[Figures], Book], Iterator[Found]]] = {
    "formulas": _formulas,
    "totals": _totals,
    "numbers": _numbers,
    "shares": _shares,
    "population": _population,
}

CHECK = Check(
    name="figures",
    params=Figures,
    crosses="record",
    details={
        "unit": "the unit that handed the table in",
        "line": "the line of the table",
        "what": "every figure found, in words",
        "count": "how many were found",
        "source": "where the formulas are printed",
        "reading": "how a form of two readings was understood (`words.reading`)",
        "sheet": "the sheet",
    },
    words={
        "each": Word(
            "one figure: `{column}`, what stands there `{a}`, what is right `{b}`, their `{difference}`; of a formula its "
            "`{formula}`, both sides `{left}`, `{right}`; of a percentage what is `{shown}`, `{part}`, `{whole}` and what "
            "is `{right}`",
            ("column", "a", "b", "difference", "formula", "left", "right", "shown", "part", "whole"),
            required=False,
        ),
        "more": Word("that there are more than are told (`{count}` in all)", ("count",)),
        "reading": Word("how the form was read", ("reading",), required=False),
        **{
            name: Word("a figure of this fault", ("line", "column", "value"), required=False)
            for name in _FAULTS
        },
    },
    about="places",
    on_book=run,
    needs="no_table",
)
