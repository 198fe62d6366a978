"""Rules about the history of issues: only the rectification ledger can show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from lbt_audit.checks.base import Check, Outcome
from lbt_audit.frames.book import Book
from lbt_audit.model.rule import Rule
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


def run(rule: Rule[History], book: Book) -> Mapping[str, Outcome] | None:
    """What became of issues of earlier audits: overdue, or back again after they were closed. An audit without a
    ledger skips such a rule; with one, the ledger adds one issue per responsible unit after the audit has been recorded
    (`lbt_audit.ledger.state.standing`). Examples are entries of a ledger: `ledger: [{status: open, days_overdue: 3}]`."""
    return None


def count_example(rule: Rule[History], example: WrittenExample) -> int:
    """Issues of one example: one per responsible unit with any entry found."""
    units = {entry.unit for entry in example.ledger or () if finds(rule, entry.status, entry.days_overdue)}
    return len(units)


CHECK = Check(
    name="ledger",
    params=History,
    details={"unit": "the responsible unit", "count": "its issues", "days": "the longest overdue, in days"},
    about="places",
    on_book=run,
    needs="needs_ledger",
    on_example=count_example,
)
