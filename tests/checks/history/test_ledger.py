"""Rules about the history of issues."""

from __future__ import annotations

import pytest
from tests.checks.registers import book, catalogued, outcomes, rule, table

from lbt_audit.checks.history.ledger import CHECK, count_example, finds
from lbt_audit.rulebook.example import WrittenExample


@pytest.mark.parametrize(
    ("code", "status", "overdue", "found"),
    [
        ("L02", "open", 1, True),
        ("L02", "open", 0, False),
        ("L02", "claimed", 5, True),
        ("L02", "relapsed", 5, True),
        ("L02", "waived", 5, False),
        ("L02", "closed", 5, False),
        ("L03", "relapsed", 0, True),
        ("L03", "open", 5, False),
        ("L03", "waived", 5, False),
    ],
)
def test_what_is_found(code: str, status: str, overdue: int, found: bool) -> None:
    assert finds(catalogued(code), status, overdue) == found


def test_examples_are_counted_by_unit() -> None:
    entries = [
        {"unit": "白石镇", "status": "open", "days_overdue": 3},
        {"unit": "白石镇", "status": "open", "days_overdue": 9},
        {"unit": "清水乡", "status": "new", "days_overdue": 1},
        {"unit": "石门乡", "status": "waived", "days_overdue": 1},
    ]
    example = WrittenExample.model_validate({"ledger": tuple(entries)})
    assert count_example(catalogued("L02"), example) == 2
    assert count_example(catalogued("L03"), example) == 0


def test_an_audit_alone_cannot_tell() -> None:
    assert outcomes(catalogued("L02"), book(table([{"child_name": "杨晓峰"}]))) == []
    assert CHECK.needs == "needs_ledger"


def test_another_history_is_refused() -> None:
    with pytest.raises(ValueError):
        rule("ledger", finds="overdu")
