"""What stands on a sheet outside its table: 填报单位, 填报日期, 负责人, 复核人, 填表人."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import Field

from lbt_audit.checks.base import Check, Outcome, Word
from lbt_audit.checks.files.tables import by_file
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Table
from lbt_audit.model.cell import CellKind, State
from lbt_audit.model.due import DEFAULT_DUE
from lbt_audit.model.kind import Kind
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text, filled, listed
from lbt_audit.rulebook.params import MarkName, Params
from lbt_audit.values.kind import NO_DATE, Context
from lbt_audit.values.registry import KINDS


class SheetFacts(Params):
    asked: bool = Field(False, description="what the register's own file asks for (`facts`) must be given")
    day: MarkName | None = Field(None, description="a fact that is a day, which must be possible")
    margin_days: int = Field(0, ge=0, description="so far the day may lie from the cut-off day")
    unless_due: bool = Field(
        False,
        description="registers due each month may be too early: who did not renew them another rule tells",
    )


def run(rule: Rule[SheetFacts], book: Book) -> Mapping[str, Outcome] | None:
    """What must stand on a sheet outside its table, and is not given; and a day given there that cannot be right: no
    date, too far from the cut-off day, or another on each sheet. One issue per file and kind of register: a workbook
    with a sheet per class or village need be signed only once. Forms for one child are signed each, on days of their
    own, and one issue per unit counts those that are not."""
    context = next((f.context for f in book.frames.values()), None)
    hits, checked = [], 0
    for (_, kind), tables in by_file(rule, book).items():
        form = any(t.form for t in tables)
        if rule.params.asked:
            checked += len(tables)
            hits += _missing(rule, book.kinds[kind], tables, form)
        if rule.params.day is not None and context is not None:
            days = [d for d in (stated_day(t, rule.params.day, context) for t in tables) if d is not None]
            checked += len(days)
            due = rule.params.unless_due and kind in book.params.get("due", DEFAULT_DUE).all_kinds
            hits += _odd(rule, kind, days, context.as_of, form, due)
    return {"": PlaceHits(tuple(hits), checked=checked)} if checked else None


def _missing(rule: Rule[SheetFacts], kind: Kind, tables: Sequence[Table], form: bool) -> list[PlaceHit]:
    titles = {either[0]: title for either, title in kind.facts.items()}
    lacking = {c[0]: [t for t in tables if not any(_given(t, f) for f in c)] for c in kind.facts}
    missing = {f: ts for f, ts in lacking.items() if ts and (form or len(ts) == len(tables))}
    if not missing:
        return []
    words = [
        filled(rule.words["forms"], {"fact": titles[f], "count": str(len(ts))}) if form else titles[f]
        for f, ts in missing.items()
    ]
    places = (
        [_place([t], f) for f, ts in missing.items() for t in ts]
        if form
        else [_place(tables, f) for f in missing]
    )
    return [PlaceHit(tuple(places), kind.key, {"count": str(len(missing)), "missing": listed(words)})]


def _given(table: Table, fact: str) -> bool:
    """A fact counts when its text is more than blanks, colons and underlines; as a column of the
    register (填报日期 per record) it counts too."""
    if fact in table.columns:
        return True
    text = table.facts[fact][0] if fact in table.facts else ""
    return bool(text.strip(" \t\u3000\u00a0_—-:：/年月日().（）"))


def _place(tables: Sequence[Table], fact: str) -> Place:
    for table in tables:
        if fact in table.facts:  # the label is there, the text is not
            _, row, column = table.facts[fact]
            return Place(table.path, table.sheet, row, column, fact)
    return Place(tables[0].path, tables[0].sheet, None, None, fact)


@dataclass(frozen=True)
class Day:
    """A day as written; ``lo``/``hi``: first and last day it may mean, NO_DATE if none."""

    place: Place
    lo: int
    hi: int


def stated_day(table: Table, fact: str, context: Context) -> Day | None:
    """None where nothing but blanks and 年月日 is written."""
    if fact not in table.facts:
        return None
    text, row, column = table.facts[fact]
    if not any(c.isalnum() for c in text.translate({ord(c): None for c in "年月日"})):
        return None
    kind = KINDS["date"]
    parsed = kind.parse(text.strip(), CellKind.TEXT, context, None)
    facets = {**kind.facets, **dict(zip(kind.facets, parsed.facets, strict=False))}
    place = Place(table.path, table.sheet, row, column, fact, text)
    if parsed.state != State.OK:
        return Day(place, NO_DATE, NO_DATE)
    return Day(place, int(facets["lo"]), int(facets["hi"]))


def _odd(
    rule: Rule[SheetFacts], kind: str, days: Sequence[Day], as_of: int, form: bool, due: bool
) -> list[PlaceHit]:
    known = [d for d in days if d.lo != NO_DATE]
    margin = rule.params.margin_days
    found = {
        "no_day": [d for d in days if d.lo == NO_DATE],
        "late": [d for d in known if d.lo > as_of + margin],
        "early": [] if due else [d for d in known if d.hi < as_of - margin],
    }
    if not form and known and max(d.lo for d in known) > min(d.hi for d in known):
        found["differ"] = known
    places = list(dict.fromkeys(d.place for its in found.values() for d in its))
    if not places:
        return []
    details: dict[str, str | Text] = {
        "why": listed(rule.words[why] for why, its in found.items() if its),
        "dates": listed(dict.fromkeys((p.value or "").strip() for p in places)),
    }
    return [PlaceHit(tuple(places), kind, details)]


CHECK = Check(
    name="sheet_facts",
    params=SheetFacts,
    crosses="record",
    details={
        "count": "facts missing",
        "missing": "their titles",
        "why": "what is odd about the day",
        "dates": "the days as written",
    },
    words={
        "forms": Word("a fact missing on forms for one child", ("fact", "count"), required=False),
        "no_day": Word("it is no date", required=False),
        "late": Word("too long after the cut-off day", required=False),
        "early": Word("too long before the cut-off day", required=False),
        "differ": Word("the sheets of one file differ", required=False),
    },
    about="places",
    on_book=run,
)
