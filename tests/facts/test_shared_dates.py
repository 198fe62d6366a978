"""One cell for the dates of both parents."""

from __future__ import annotations

import pytest
from tests.checks.registers import book, table

from lbt_audit.frames.days import day_of
from lbt_audit.values.kind import NO_DATE


def month(text: str, field: str = "parents_away_since", **more: str) -> tuple[str, str]:
    """Year and month since which father and mother are away, "" where it is not known."""
    row = {"child_name": "覃金莲", "father_name": "覃大山", "mother_name": "李秀英", field: text, **more}
    frame = book(table([row])).frames["roster"]
    days = [int(frame.facet(f"{p}.away_lo").values[0]) for p in ("father", "mother")]
    father, mother = ("" if d == NO_DATE else f"{day_of(d):%Y-%m}" for d in days)
    return father, mother


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2019年3月", ("2019-03", "2019-03")),
        ("父2019年3月 母2020年5月", ("2019-03", "2020-05")),
        ("母亲：2020年5月；父亲：2019年3月", ("2019-03", "2020-05")),
        ("2019年3月（父）、2020年5月（母）", ("2019-03", "2020-05")),
        ("2019.3/2020.5", ("2019-03", "2020-05")),
        ("2019-03-01\n2020-05-01", ("2019-03", "2020-05")),
        ("父母均2019年3月", ("2019-03", "2019-03")),
        ("双方都是2019年3月", ("", "")),  # no date is made up of words that are not understood
        ("父亲2019年3月", ("2019-03", "")),
        ("父2019年3月，母在家", ("2019-03", "")),
        ("2019年3月 5日", ("2019-03", "2019-03")),
    ],
)
def test_each_parent_has_a_date_of_his_own(text: str, months: tuple[str, str]) -> None:
    assert month(text) == months


def test_the_own_cell_is_heard_first() -> None:
    assert month("父2019年3月 母2020年5月", father_away_since="2018.1") == ("2018-01", "2020-05")


def test_only_the_parent_who_left_of_late_is_away_too_short() -> None:
    row = {
        "child_name": "覃金莲", "father_name": "覃大山", "mother_name": "李秀英", "father_work_place": "广东东莞",
        "mother_work_place": "广东东莞",
        "parents_away_since": "父2019年3月 母2026年10月",
    }  # fmt: skip
    frame = book(table([row]), definition="civil").frames["roster"]
    assert [bool(frame.facet(f"{p}.short").values[0]) for p in ("father", "mother")] == [False, True]
