"""Rules about the history of issues: only the rectification ledger can show them.

An audit without a ledger skips them; with one, the ledger adds what they find after the audit has been
recorded (``lbt_audit.ledger.state.standing``). Examples of such rules are entries of a ledger::

    found: [{ledger: [{status: open, days_overdue: 3}]}]
"""

from __future__ import annotations

from collections.abc import Mapping

from lbt_audit.checks.base import Check, Outcome, Parameter
from lbt_audit.frames.book import Book
from lbt_audit.model.rule import Rule
from lbt_audit.rulebook.example import WrittenExample

FINDS = ("overdue", "relapsed")


def finds(rule: Rule, status: str, days_overdue: int) -> bool:
    """Whether ``rule`` finds an issue that stands so: a waived or closed one never."""
    if status in ("waived", "closed"):
        return False
    return status == "relapsed" if rule.params["finds"] == "relapsed" else days_overdue > 0


def run(rule: Rule, book: Book) -> Mapping[str, Outcome] | None:
    """Nothing: the audit alone cannot tell."""
    return None


def count_example(rule: Rule, example: WrittenExample) -> int:
    """Issues of one example: one per responsible unit with any entry found."""
    if rule.params["finds"] not in FINDS:
        raise ValueError(f"finds: {rule.params['finds']!r}; one of {', '.join(FINDS)}")
    units = {entry.unit for entry in example.ledger or () if finds(rule, entry.status, entry.days_overdue)}
    return len(units)


CHECK = Check(
    name="ledger",
    parameters={"finds": Parameter(str, required=True)},
    on_book=run,
    needs="needs_ledger",
    on_example=count_example,
)
