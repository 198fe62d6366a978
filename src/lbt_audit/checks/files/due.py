"""Registers that are due: not handed in, not filled in anew since a day, or the same as last period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from lbt_audit.checks.base import Check, Outcome, Skipped, Word
from lbt_audit.checks.files.sheet_facts import Day, stated_day
from lbt_audit.checks.files.tables import sheet_place
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.frames.book import Book
from lbt_audit.frames.days import day_number, day_of
from lbt_audit.intake.table import Table
from lbt_audit.links.handed_in import handed_in
from lbt_audit.links.unchanged import same_as_before
from lbt_audit.model.due import DEFAULT_DUE, Due
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text, filled, listed
from lbt_audit.model.unit import Unit
from lbt_audit.rulebook.params import Params
from lbt_audit.values.kind import NO_DATE

Since = Literal["month", "term"]
_WHAT = ("missing", "old", "unchanged")


class DueParams(Params):
    missing: bool = Field(
        False, description="units of the county's list that did not hand in what most others did"
    )
    older_than: Since | None = Field(
        None,
        description=(
            "a unit's newest day of filling in lies before the start of the month reported on, or of the term"
        ),
    )
    but_term: bool = Field(
        False, description="school registers older than the term are another rule's, and passed over"
    )
    grace_days: int = Field(
        0, ge=0, description="until this day of a month the month before is the one reported on"
    )
    terms: tuple[str, ...] = Field(("09-01", "03-01"), description="days on which terms start, month and day")
    unchanged_rows: int | None = Field(
        None, ge=1, description="registers of so many records that say what last period's said"
    )


@dataclass
class _Said:
    """What is wrong with a unit's registers, by what; with the places of it."""

    unit: Unit
    why: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    places: list[Place] = field(default_factory=list)


def run(rule: Rule[DueParams], book: Book) -> Mapping[str, Outcome] | Skipped | None:
    """What the county wants each month (`[due]` of the county file) was not handed in, was not filled in anew, or says
    what it said last period. One issue per unit. Who handed in nothing can only be said against the county's list of
    units, and only where most of them did; a school owes a ledger where a list names pupils of it, or where it
    handed one in last period. A unit of which a file cannot be read is passed over."""
    p = rule.params
    due: Due = book.params.get("due", DEFAULT_DUE)
    asked = rule.tables or due.all_kinds
    kinds = [kind for kind in asked if kind in book.frames]
    if not kinds:
        return Skipped("no_table", asked)
    said: dict[str, _Said] = {}
    checked = 0
    for kind in kinds:
        levels = (
            {book.kinds[kind].level} if rule.tables else {lv for lv, its in due.kinds.items() if kind in its}
        )
        tables = _by_unit(book, kind, levels, due.exempt)
        checked += len(tables)
        for unit, its in tables.items():
            entry = said.setdefault(unit.path, _Said(unit))
            _old(p, book, kind, its, entry)
            _unchanged(p, book, kind, its, entry)
    if p.missing:
        owed = [
            o
            for level, names in due.kinds.items()
            for kind in names
            for o in handed_in(book, due, kind, level)
        ]
        checked += sum(o.lacks for o in owed)
        for o in owed:
            if o.lacks:
                said.setdefault(o.unit.path, _Said(o.unit)).why["missing"].append((o.kind, ""))
    hits = [_hit(rule, book, entry) for entry in said.values() if entry.why]
    return {"": PlaceHits(tuple(hits), checked=checked)}


def _by_unit(
    book: Book, kind: str, levels: Collection[str], exempt: Collection[str]
) -> dict[Unit, list[Table]]:
    """The tables of the units of these levels, by unit."""
    found: dict[Unit, list[Table]] = defaultdict(list)
    for table in book.frames[kind].tables:
        if table.unit.level in levels and table.unit.name not in exempt:
            found[table.unit].append(table)
    return found


def _old(p: DueParams, book: Book, kind: str, tables: Sequence[Table], said: _Said) -> None:
    """The newest day they were filled in lies before the month, or the term."""
    if p.older_than is None:
        return
    context = book.frames[kind].context
    days = [d for d in (stated_day(t, "fill_date", context) for t in tables if len(t)) if d is not None]
    known = [d for d in days if d.hi != NO_DATE]
    if not known or len(known) < len(days):  # what cannot be read may be the newest
        return
    newest, as_of = max(d.hi for d in known), day_of(context.as_of)
    term = day_number(_term(p.terms, as_of))
    start = term if p.older_than == "term" else day_number(_month(as_of, p.grace_days))
    if newest >= start or (p.but_term and book.kinds[kind].level == "school" and newest < term):
        return
    said.why["old"].append((kind, _written(known)))
    said.places += list(dict.fromkeys(d.place for d in known))


def _written(days: Sequence[Day]) -> str:
    return "、".join(dict.fromkeys((d.place.value or "").strip() for d in days))


def _month(as_of: date, grace: int) -> date:
    """First day of the month reported on: until so many days into a month, of the one before."""
    first = as_of.replace(day=1)
    return first if as_of.day > grace else (first - timedelta(days=1)).replace(day=1)


def _term(terms: Sequence[str], as_of: date) -> date:
    """The newest start of a term not after ``as_of``."""
    starts = (date(year, *map(int, t.split("-"))) for year in (as_of.year - 1, as_of.year) for t in terms)
    return max(start for start in starts if start <= as_of)


def _unchanged(p: DueParams, book: Book, kind: str, tables: Sequence[Table], said: _Said) -> None:
    if p.unchanged_rows is None or book.previous is None or kind not in book.previous.frames:
        return
    before = [t for t in book.previous.frames[kind].tables if t.unit == tables[0].unit]
    if sum(len(t) for t in tables) >= p.unchanged_rows and same_as_before(tables, before):
        said.why["unchanged"].append((kind, ""))
        said.places += [sheet_place(t) for t in tables if len(t)]


def _hit(rule: Rule[DueParams], book: Book, said: _Said) -> PlaceHit:
    parts = [text for what in _WHAT for text in _parts(rule, book, what, said.why.get(what, []))]
    details: dict[str, str | Text] = {"unit": said.unit.name, "why": listed(parts)}
    return PlaceHit(tuple(said.places), "", details, unit=said.unit)


def _parts(rule: Rule[DueParams], book: Book, what: str, found: Sequence[tuple[str, str]]) -> Iterator[Text]:
    """The words of one thing that is wrong, once per wording of the days."""
    by_days: dict[str, list[Text]] = defaultdict(list)
    for kind, days in found:
        by_days[days].append(book.kinds[kind].title)
    for days, titles in by_days.items():
        yield filled(rule.words[what], {"kinds": listed(titles), "dates": days})


CHECK = Check(
    name="due",
    params=DueParams,
    crosses="county",
    details={"unit": "the unit", "why": "what is wrong with its registers"},
    words={
        "missing": Word("registers that were not handed in", ("kinds",), required=False),
        "old": Word("registers that were not filled in anew", ("kinds", "dates"), required=False),
        "unchanged": Word("registers that say what they said last period", ("kinds",), required=False),
    },
    about="places",
    on_book=run,
)
