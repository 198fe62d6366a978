"""填报日期 that cannot be: far from the cut-off day, different between sheets, or no date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lbt_audit.checks.base import Check, Outcome, Parameter
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.places import FORM, by_file, complete, listed, listed_texts
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import resolve
from lbt_audit.intake.table import Table
from lbt_audit.model.cell import CellKind, State
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text
from lbt_audit.values.kind import NO_DATE, Context
from lbt_audit.values.registry import KINDS

FIELD = "fill_date"
NO_DAY = Text("不是有效日期", "not a date")
LATE = Text("晚于统计截止日过久", "long after the cut-off day")
EARLY = Text("早于统计截止日过久", "long before the cut-off day")
DIFFER = Text("同一文件各表不一致", "sheets of one file differ")


@dataclass(frozen=True)
class Stated:
    """A filling date as written; ``lo``/``hi``: first and last day it may mean, NO_DATE if none."""

    table: Table
    text: str
    row: int
    column: int
    lo: int
    hi: int

    @property
    def place(self) -> Place:
        return Place(self.table.path, self.table.sheet, self.row, self.column, FIELD, self.text)


def run(rule: Rule, book: Book) -> Mapping[str, Outcome] | None:
    """One issue per file; ``{why}`` says what is odd, ``{dates}`` lists the dates as written."""
    context = next((f.context for f in book.frames.values()), None)
    if context is None:
        return None
    margin = int(resolve(rule.params["margin_days"], book.params))
    hits, checked = [], 0
    for (_, kind), tables in by_file(rule, book).items():
        dates = [d for d in (_stated(t, context) for t in tables) if d is not None]
        checked += len(dates)
        faults = _faults(dates, context.as_of, margin, together=kind != FORM)
        if not faults:
            continue
        concerned = {id(d): d for _, ds in faults for d in ds}
        details = complete(
            rule,
            {
                "why": listed_texts(dict.fromkeys(why for why, _ in faults)),
                "dates": listed(dict.fromkeys(d.text.strip() for d in concerned.values())),
            },
        )
        hits.append(PlaceHit(tuple(d.place for d in concerned.values()), kind, details))
    return {"": PlaceHits(tuple(hits), checked=checked)} if checked else None


def _stated(table: Table, context: Context) -> Stated | None:
    """The filling date outside the records; None where nothing but blanks and 年月日 is written."""
    if FIELD not in table.facts:
        return None
    text, row, column = table.facts[FIELD]
    if not any(c.isalnum() for c in text.translate({ord(c): None for c in "年月日"})):
        return None
    kind = KINDS["date"]
    parsed = kind.parse(text.strip(), CellKind.TEXT, context, None)
    facets = {**kind.facets, **dict(zip(kind.facets, parsed.facets, strict=False))}
    read = parsed.state == State.OK
    lo, hi = (int(facets["lo"]), int(facets["hi"])) if read else (NO_DATE, NO_DATE)
    return Stated(table, text, row, column, lo, hi)


def _faults(
    dates: list[Stated], as_of: int, margin: int, *, together: bool
) -> list[tuple[Text, list[Stated]]]:
    """``together``: the sheets are filled in on one day, as forms of several children are not."""
    known = [d for d in dates if d.lo != NO_DATE]
    found = [
        (NO_DAY, [d for d in dates if d.lo == NO_DATE]),
        (LATE, [d for d in known if d.lo > as_of + margin]),
        (EARLY, [d for d in known if d.hi < as_of - margin]),
    ]
    if together and known and max(d.lo for d in known) > min(d.hi for d in known):
        found.append((DIFFER, known))
    return [(why, concerned) for why, concerned in found if concerned]


CHECK = Check(
    name="fill_date",
    parameters={"margin_days": Parameter((int, dict), required=True)},
    on_book=run,
)
