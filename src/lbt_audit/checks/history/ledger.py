"""Rules about the history of issues: only the rectification ledger can show them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from pydantic import Field

from lbt_audit.checks.base import Check, Outcome, Word
from lbt_audit.checks.hits import PlaceHit, PlaceHits
from lbt_audit.checks.issue_rows import place_of, rows_in_words
from lbt_audit.frames.book import Book
from lbt_audit.links.issue_lists import Entry
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text
from lbt_audit.rulebook.example import WrittenExample
from lbt_audit.rulebook.params import Params


class History(Params):
    finds: Literal["overdue", "relapsed"] = Field(
        description="issues past their deadline, or issues that had been closed and came back"
    )


def finds(rule: Rule[History], status: str, days_overdue: int) -> bool:
    """Whether ``rule`` finds an issue that stands so: a waived or closed one never."""
    if status in ("waived", "closed"):
        return False
    return status == "relapsed" if rule.params.finds == "relapsed" else days_overdue > 0


def speaks_of(rule: Rule[History], entry: Entry, found: Collection[int] | None) -> bool:
    """Whether ``rule`` finds a row of a list handed in. ``found``: issues of this audit it is about; None where that
    cannot be said."""
    if rule.params.finds == "relapsed":
        return entry.answer == "done" and bool(found)
    if found is None:
        return entry.owed
    return entry.overdue and bool(found) and entry.answer not in ("done", "disputed")


def listed(rule: Rule[History], entries: Sequence[Entry], checked: int) -> PlaceHits:
    """One issue for every unit of which lists hold any of ``entries``."""
    by_unit: dict[str, list[Entry]] = {}
    for entry in entries:
        by_unit.setdefault(entry.table.unit.path, []).append(entry)
    return PlaceHits(tuple(_hit(rule, of_unit) for of_unit in by_unit.values()), checked=checked)


def _hit(rule: Rule[History], entries: Sequence[Entry]) -> PlaceHit:
    unit = entries[0].table.unit
    details: dict[str, str | Text] = {
        "unit": unit.name,
        "count": str(len(entries)),
        "rows": rows_in_words(entries),
    }
    return PlaceHit(tuple(map(place_of, entries)), "list", details, message=rule.words["listed"], unit=unit)


def run(rule: Rule[History], book: Book) -> Mapping[str, Outcome] | None:
    """What became of issues of earlier audits: overdue, or back again after they were closed. An audit without a
    ledger skips such a rule; with one, the ledger adds one issue per responsible unit after the audit has been recorded
    (`lbt_audit.ledger.state.standing`). So do lists of issues that units hand in (整改台账), held against what the audit
    found (`lbt_audit.engine.lists`). Examples are entries of a ledger, `ledger: [{status: open, days_overdue: 3}]`, or a list
    beside registers in which the rules it names are looked for."""
    return None


def count_example(rule: Rule[History], example: WrittenExample) -> int:
    """Issues of one example: one per responsible unit with any entry found."""
    units = {entry.unit for entry in example.ledger or () if finds(rule, entry.status, entry.days_overdue)}
    return len(units)


CHECK = Check(
    name="ledger",
    params=History,
    crosses="county",
    details={"unit": "the responsible unit", "count": "its issues", "days": "the longest overdue, in days"},
    words={
        "listed": Word("the message of what lists of issues handed in show", ("unit", "count", "rows")),
    },
    about="places",
    on_book=run,
    needs="needs_ledger",
    on_example=count_example,
)
