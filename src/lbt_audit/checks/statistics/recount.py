"""Every figure of a statistics table counted anew from the registers of its unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
from pydantic import Field

from lbt_audit.checks.base import Check, Outcome, Word
from lbt_audit.checks.hits import Named, PlaceHit, PlaceHits, Told
from lbt_audit.checks.statistics.bands import shifted
from lbt_audit.checks.statistics.explanation import Difference, Explainer
from lbt_audit.checks.statistics.population import Population, Register, population
from lbt_audit.checks.statistics.tables import Days, Sheet, days_of, number, several, sheets
from lbt_audit.frames.book import Book
from lbt_audit.frames.days import day_of
from lbt_audit.intake.table import Figure
from lbt_audit.model.rule import Rule
from lbt_audit.model.statistics import ALL, Definition
from lbt_audit.model.text import Text, filled
from lbt_audit.model.unit import Unit
from lbt_audit.rulebook.params import Params, TableKind

MOST = 4  # figures of one difference told in a message; all of them are pointed at
_FAR = 45  # days between the table and the closing day: it is another period's


class Recount(Params):
    counted_from: Mapping[Literal["county", "township", "village", "school"], tuple[TableKind, ...]] = Field(
        description="level of the unit → registers its figures are counted from, the first that was handed in"
    )
    held_against: Mapping[TableKind, tuple[TableKind, ...]] = Field(
        default={}, description="register → other registers in which children it lacks are looked for"
    )
    finds: Literal["difference", "shift"] = Field(
        "difference",
        description="difference: figures that are not what the register gives; shift: age bands that are right once "
        "their bounds are moved (not told as differences)",
    )


def run(rule: Rule[Recount], book: Book) -> Mapping[str, Outcome] | None:
    """Figures counted anew, at the day of the table, from the unit's own register as handed in: children under the age
    limit who have not left, each once. One issue per line of the table tells every wrong figure, what was counted and
    the children who make the difference. Totals are not counted where there are lines; a line of a higher unit's table
    only where the unit handed in no table of its own. What a record leaves open is never a difference."""
    found = list(sheets(rule, book))
    kept: dict[object, Register] = {}
    hits: list[PlaceHit] = []
    checked = unverifiable = 0
    own = {(s.table.unit, s.counts.definition) for s in found}
    counted = False
    for sheet in found:
        if sheet.counts.base is None:
            continue
        days = days_of(sheet.table, _as_of(book))
        for at, unit in _lines(sheet, own):
            people = _people(rule, book, sheet, unit, days, kept)
            if people is None:
                continue
            counted = True
            checked += 1
            hit, unknown = _hit(rule, book, sheet, at, unit, people)
            unverifiable += unknown
            hits += [hit] if hit else []
    return {"": PlaceHits(tuple(hits), checked, unverifiable)} if counted else None


def _as_of(book: Book) -> int:
    return int(next(iter(book.frames.values())).context.as_of)


def _lines(sheet: Sheet, own: set[tuple[Unit, Definition]]) -> Iterator[tuple[int, Unit]]:
    """Lines that are to be counted, with the unit whose children they count."""
    counts, table = sheet.counts, sheet.table
    alone = not any(line.role == "unit" for line in counts.lines)
    for at, line in enumerate(counts.lines):
        unit = line.unit
        if unit is None or line.role in ("share", "subtotal") or (line.role == "total" and not alone):
            continue
        if unit != table.unit and unit.level != "village" and (unit, counts.definition) in own:
            continue
        if counts.definition == "school" and unit.level != "school":
            continue
        yield at, unit


def _people(
    rule: Rule[Recount], book: Book, sheet: Sheet, unit: Unit, days: Days, kept: dict[object, Register]
) -> Population | None:
    """Who is to be counted. The line of a village in a township's table is the township's: it comes from its roster."""
    as_of = _as_of(book)
    if min(abs(days.lo - as_of), abs(days.hi - as_of)) > _FAR:
        return None
    kinds = rule.params.counted_from.get(unit.level, ())
    if unit != sheet.table.unit and unit.level == "village":
        kinds = tuple(k for k in kinds if book.kinds[k].level != "village")
    return population(book, kinds, unit, days, kept)


def _hit(
    rule: Rule[Recount], book: Book, sheet: Sheet, at: int, unit: Unit, people: Population
) -> tuple[PlaceHit | None, int]:
    """(the issue of one line, figures that cannot be told to be right or wrong)."""
    found, unknown = _differences(sheet, at, people, book)
    shift = shifted(sheet, at, found, people, book) if found else None
    if rule.params.finds == "shift":
        if shift is None:
            return None, 0
        found = [d for d in found if d.heading in shift.headings]
        told = [
            Told(
                _figures(rule, sheet, found), (Named(rule.words["moved"], people.register.kind, shift.rows),)
            )
        ]
        more: dict[str, str | Text] = {"shift": filled(rule.words[shift.kind], shift.values)}
    else:
        found = [d for d in found if shift is None or d.heading not in shift.headings]
        if not found:
            return None, unknown
        against = rule.params.held_against
        told = list(_told(rule, Explainer(book, sheet, at, unit, people, found, against, rule.words)))
        more = {}
    days = people.register.days
    details: dict[str, str | Text] = {
        "unit": unit.name,
        "line": sheet.line(at),
        "list": book.kinds[people.register.kind].title,
        "day": day_of(days.hi).isoformat(),
        "count": str(len(found)),
        "reading": sheet.counts.reading or "",
        **more,
    }
    places = tuple(sheet.place(at, d.heading) for d in found)
    key = f"{sheet.table.unit.path}|{sheet.counts.form or ''}|{unit.path}"
    return PlaceHit(places, key, details, told=tuple(told), unit=_owner(sheet, unit)), unknown


def _owner(sheet: Sheet, unit: Unit) -> Unit:
    return sheet.table.unit if sheet.table.unit.known else unit


def _differences(sheet: Sheet, at: int, people: Population, book: Book) -> tuple[list[Difference], int]:
    found, unknown = [], 0
    for j, heading in enumerate(sheet.counts.headings):
        value = sheet.value[at, j]
        if heading.indicator is None or heading.share or np.isnan(value):
            continue
        if book.statistics.is_base(heading.indicator) or sheet.counts.state[at, j] == Figure.BLANK:
            continue
        least, most = people.count(heading.indicator | (sheet.counts.base or ALL), book.statistics)
        unknown += least != most
        if not least <= value <= most:
            found.append(Difference(j, float(value), least, most))
    return found, unknown


def _told(rule: Rule[Recount], explainer: Explainer) -> Iterator[Told]:
    """Figures that are off by as much, and because of the same children, are told together."""
    groups: dict[object, tuple[list[Difference], list[Named]]] = {}
    for difference, named in explainer.explain():
        same = (difference.off, tuple((n.word.zh, n.kind, tuple(n.row.tolist())) for n in named))
        groups.setdefault(same, ([], named))[0].append(difference)
    for differences, named in groups.values():
        text = _figures(rule, explainer.sheet, differences)
        if not named:
            text = Text(text.zh + rule.words["unexplained"].zh, text.en + rule.words["unexplained"].en)
        yield Told(text, tuple(named))


def _figures(rule: Rule[Recount], sheet: Sheet, found: Sequence[Difference]) -> Text:
    parts = []
    for d in found:
        values = {
            "column": sheet.title(d.heading),
            "figure": number(d.figure),
            "counted": d.counted(),
            "difference": str(abs(d.off)),
        }
        parts.append(filled(rule.words["more_than" if d.off > 0 else "less_than"], values))
    return several(parts, MOST, rule.words["more"])


CHECK = Check(
    name="recount",
    params=Recount,
    crosses="county",
    details={
        "unit": "the unit whose children are counted",
        "line": "the line of the table",
        "list": "the register they were counted from",
        "day": "the day they were counted at",
        "count": "figures that differ",
        "told": "every figure with what was counted, and the children who make the difference",
        "reading": "how a form of two readings was understood",
        "shift": "how the bounds of the ages were moved",
    },
    words={
        "more_than": Word(
            "a figure that is too high", ("column", "figure", "counted", "difference"), required=False
        ),
        "less_than": Word(
            "a figure that is too low", ("column", "figure", "counted", "difference"), required=False
        ),
        "more": Word("that there are more than are told (`{count}` in all)", ("count",)),
        "unexplained": Word("no child explains it", required=False),
        "moved": Word("children whose age lies at a bound", required=False),
        **{
            key: Word(f"children who make the difference: {says}", required=False)
            for key, says in {
                "again": "entered twice",
                "over_age": "over the age limit",
                "exited": "left the list",
                "not_listed": "recorded as not left behind",
                "elsewhere": "of another unit",
                "missing": "in another register only",
                "other_band": "of the next age band",
                "entered_late": "entered after the day",
                "not_eligible": "who do not meet the definition",
                "not_in_other": "another register lacks",
                "inferred": "who stand in every figure too low and in none that is right",
                "all_counted": "everybody who was counted",
            }.items()
        },
        "bound": Word("a bound moved", ("bound", "column"), required=False),
        "nominal": Word("nominal ages (虚岁)", required=False),
        "by_year": Word("ages by the year alone", required=False),
    },
    about="places",
    on_book=run,
    needs="needs_register",
)
