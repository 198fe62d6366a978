"""Lists held against each other, as the kinds of check along links see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.checks.registers import book, rule
from tests.links.test_links import PARAMS, UNITS

from lbt_audit.checks.base import Outcome
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.registry import checks
from lbt_audit.model.rule import Rule

LISTS = ("roster", "village_book", "school_ledger", "enrolment")
SAYS = {
    "perhaps": {"zh": "请先核对", "en": "check first"},
    "candidate": {"zh": "疑似", "en": "perhaps"},
    "assumed": {"zh": "推定", "en": "assumed"},
}


def found(a_rule: Rule, *tables: Any) -> list[tuple[str, Outcome]]:
    """What a rule finds, by kind of register."""
    on_book = checks()[a_rule.check].on_book
    assert on_book is not None
    outcomes = on_book(a_rule, book(*tables, units=UNITS, **PARAMS, min_away_months=0))
    return [] if outcomes is None else list(outcomes.items() if hasattr(outcomes, "items") else outcomes)


def run(check: str, *tables: Any, kinds: Sequence[str] = LISTS, **params: Any) -> list[tuple[str, Outcome]]:
    return found(rule(check, kinds, **params), *tables)


def only(outcomes: list[tuple[str, Outcome]]) -> tuple[str, RowHits]:
    """The one register something was found in."""
    (hit,) = [(k, o) for k, o in outcomes if isinstance(o, RowHits) and o.count]
    return hit


def none(outcomes: list[tuple[str, Outcome]]) -> bool:
    return not any(isinstance(o, RowHits) and o.count for _, o in outcomes)
