"""Statistics tables held against each other: village, school, township, county."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lbt_audit.checks.base import Check, Nothing, Outcome, Word
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.statistics.sides import Said, Side, Subject, said_of, side_of
from lbt_audit.checks.statistics.tables import Sheet, number, several
from lbt_audit.frames.book import Book
from lbt_audit.links.links import Links
from lbt_audit.model.rule import Rule
from lbt_audit.model.statistics import Indicator
from lbt_audit.model.text import Text, filled, listed
from lbt_audit.model.unit import Unit

MOST = 4  # figures told in a message; all of them are pointed at
_RANK = {"county": 0, "township": 1, "village": 2, "school": 2}
_ROSTER = "roster"


def run(rule: Rule[Nothing], book: Book) -> Mapping[str, Outcome] | None:
    """What several statistics tables say of one unit: the line a higher unit keeps of it and its own tables, a sum and
    the tables of all units below that handed one in. Tables of schools and of civil affairs count different children
    and are not held against each other, nor are tables of different months. One issue for each unit tells every figure
    in which they differ."""
    said = said_of(rule, book)
    hits: list[PlaceHit] = []
    checked = 0
    for subject, places in said.items():
        sides = [
            side_of(sheet, at) for sheet, at in sorted(places, key=lambda p: _RANK[p[0].table.unit.level])
        ]
        below = _together(book, subject, said)
        if below is not None and not any(_has_lines(sheet) for sheet, _ in places):
            sides.append(below)
        if len(sides) > 1:
            checked += 1
            hits += _compare(rule, subject, sides)
    return {"": PlaceHits(tuple(hits), checked=checked)} if checked else None


def _has_lines(sheet: Sheet) -> bool:
    """Whether the table itself has the lines of units below, so that its sum is held against these."""
    return sum(1 for line in sheet.counts.lines if line.role == "unit") > 1


def _together(book: Book, subject: Subject, said: Said) -> Side | None:
    """The tables of all units right below, added up; None where one is missing."""
    sides = []
    for lower in _below(book, subject.unit):
        own = [
            (sheet, at)
            for other, places in said.items()
            if replace(other, unit=subject.unit) == subject
            and (other.unit.level, other.unit.name) == (lower.level, lower.name)
            and other.unit.township in (lower.township, None)
            for sheet, at in places
            if (sheet.table.unit.level, sheet.table.unit.name) == (other.unit.level, other.unit.name)
        ]
        if not own:
            return None
        sides.append(side_of(*own[0]))
    if not sides:
        return None
    common = set.intersection(*(set(side.figures) for side in sides))
    figures = {
        i: (sum(s.figures[i][0] for s in sides), tuple(p for s in sides for p in s.figures[i][1]))
        for i in common
    }
    return Side(tuple(s.sheets[0] for s in sides), figures)


def _below(book: Book, unit: Unit) -> list[Unit]:
    """The units right below: those of the county's list, else the villages the township's own roster names."""
    if unit.level == "county" and book.units.listed:
        return [Unit("township", t, t) for t in book.units.townships]
    if unit.level != "township":
        return []
    villages: Iterable[str] = book.units.townships.get(unit.name, ())
    if not book.units.listed:
        paths = set(Links.of(book).home(_ROSTER).village.tolist()) if _ROSTER in book.frames else set()
        villages = sorted(p.rpartition("/")[2] for p in paths if p.startswith(f"{unit.name}/"))
    return [Unit("village", v, unit.name) for v in villages]


def _compare(rule: Rule[Nothing], subject: Subject, sides: Sequence[Side]) -> Iterator[PlaceHit]:
    parts: list[Text] = []
    places: list[Place] = []
    tables: set[str] = set()
    for indicator in dict.fromkeys(i for side in sides for i in side.figures):
        found = [(side, *side.figures[indicator]) for side in sides if indicator in side.figures]
        if len({value for _, value, _ in found}) < 2 or _by_lines(found, indicator):
            continue
        first = found[0][0].sheets[0]
        heading = next(
            j for j, h in enumerate(first.counts.headings) if h.indicator == indicator and not h.share
        )
        values = [
            filled(rule.words["value"], {"table": _called(rule, side, sides), "figure": number(value)})
            for side, value, _ in found
        ]
        parts.append(filled(rule.words["each"], {"column": first.title(heading), "values": listed(values)}))
        places += [place for _, _, cells in found for place in cells]
        tables |= {f"{s.table.path}|{s.table.sheet}" for side, _, _ in found for s in side.sheets[:1]}
    if parts:
        details: dict[str, str | Text] = {
            "unit": subject.unit.name,
            "what": several(parts, MOST, rule.words["more"]),
            "columns": str(len(parts)),
            "count": str(len(tables)),
        }
        key = f"{subject.unit.path}|{subject.definition}|{'.'.join(sorted(subject.base))}"
        yield PlaceHit(tuple(dict.fromkeys(places)), key, details)


def _by_lines(found: Sequence[tuple[Side, float, tuple[Place, ...]]], indicator: Indicator) -> bool:
    """Whether sums differ by just as much as the lines they add up, which are told for themselves."""
    lines = [_of_lines(side.sheets[0], indicator) if len(side.sheets) == 1 else {} for side, _, _ in found]
    first, total = lines[0], found[0][1]
    for other, (_, value, _) in zip(lines[1:], found[1:], strict=True):
        common = first.keys() & other.keys()
        if len(common) < 2 or sum(first[u] - other[u] for u in common) != total - value:
            return False
    return True


def _of_lines(sheet: Sheet, indicator: Indicator) -> dict[Unit, float]:
    j = next(
        (j for j, h in enumerate(sheet.counts.headings) if h.indicator == indicator and not h.share), None
    )
    lines = enumerate(sheet.counts.lines)
    return {
        line.unit: float(sheet.value[at, j])
        for at, line in lines
        if j is not None
        and line.role == "unit"
        and line.unit is not None
        and not np.isnan(sheet.value[at, j])
    }


def _called(rule: Rule[Nothing], side: Side, sides: Sequence[Side]) -> Text:
    """A table by its unit; by its file where the unit has several."""
    if len(side.sheets) > 1:
        names = listed(dict.fromkeys(s.table.unit.name for s in side.sheets))
        return filled(rule.words["together"], {"units": names})
    table = side.sheets[0].table
    alike = sum(1 for other in sides if len(other.sheets) == 1 and other.sheets[0].table.unit == table.unit)
    name = table.unit.name if alike == 1 else table.path.rpartition("/")[2].rpartition(".")[0] or table.path
    return Text(name, name)


CHECK = Check(
    name="tables_agree",
    params=Nothing,
    crosses="county",
    details={
        "unit": "the unit they speak of",
        "count": "tables",
        "what": "every figure that differs, in words",
        "columns": "figures that differ",
    },
    words={
        "each": Word("one figure: `{column}` and its `{values}`", ("column", "values")),
        "value": Word("what one `{table}` says", ("table", "figure")),
        "together": Word("the tables of several units added up", ("units",)),
        "more": Word("that there are more than are told (`{count}` in all)", ("count",)),
    },
    about="places",
    on_book=run,
    needs="needs_tables",
)
