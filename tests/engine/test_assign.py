"""Who answers for an issue."""

from __future__ import annotations

from datetime import date

import pytest
from tests.checks.registers import UNITS, rule

from lbt_audit.engine.issues.assign import Assigner
from lbt_audit.model.unit import Unit


@pytest.mark.parametrize(
    ("unit", "answers"),
    [
        (Unit("school", "白石镇第二小学", "白石镇", known=False), Unit("township", "白石镇", "白石镇")),
        (Unit("township", "黑石镇", known=False), Unit("county", "青禾县")),
        (Unit("village", "珠岩村", "白石镇"), Unit("village", "珠岩村", "白石镇")),
    ],
)
def test_a_unit_nobody_lists_is_never_ordered_to_do_anything(unit: Unit, answers: Unit) -> None:
    assigner = Assigner(UNITS, lambda _: date(2026, 11, 4))
    assert assigner.responsible(rule("rows", when={"sex": {"filled": True}}), unit) == answers
