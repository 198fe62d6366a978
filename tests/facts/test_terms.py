"""When a parent counts as unable to care, and when that is still to be checked (closing day 31 October 2026)."""

from __future__ import annotations

import pytest
from tests.checks.registers import book, table
from tests.facts.test_parents import NAMES, PARAMS, frame, truth

from lbt_audit.frames import days


@pytest.mark.parametrize(
    ("cells", "proved"),
    [
        ({"father_status": "服刑"}, False),
        ({"remark": "父亲服刑"}, False),
        ({"remark": "父亲被判刑五年"}, True),
        ({"remark": "父亲判刑8个月"}, True),
        ({"remark": "父亲被判有期徒刑六年"}, True),
        ({"remark": "父亲关押四个月"}, False),
        ({"remark": "父亲2024年3月入狱"}, True),
        ({"remark": "父亲2026年9月入狱"}, False),
        ({"remark": "父亲2026年入狱"}, False),  # as late as December
        ({"father_work_place": "2025.11服刑"}, True),
        ({"father_work_place": "2026年5月1日被羁押"}, False),  # six months on 1 November
        ({"father_work_place": "2026年4月30日被羁押"}, True),
        ({"father_status": "强制隔离戒毒"}, True),
        ({"remark": "父亲强戒"}, True),
        ({"father_status": "失联"}, False),
        ({"father_status": "失联", "remark": "2025年3月已报警"}, True),
        ({"remark": "父亲失联，2026年4月报案"}, True),
        ({"remark": "父亲失联，2026年5月报案"}, False),
        ({"remark": "父亲2020年外出后失联"}, False),  # counts from the report, not from leaving
        ({"remark": "父亲失联，未报警"}, False),
        ({"remark": "父亲失联，已报警（2025-01-09）"}, True),
        ({"remark": "父亲被法院宣告失踪"}, True),
        ({"father_status": "重残"}, True),
        ({"father_status": "残疾"}, False),
        ({"father_status": "撤销监护资格"}, True),
        ({"remark": "父亲被驱逐出境"}, True),
        ({"father_work_place": "广东东莞"}, False),
        ({"remark": "母亲被判刑五年"}, False),
    ],
)
def test_what_the_record_shows(cells: dict[str, str], proved: bool) -> None:
    assert truth("father.unable_proved", **cells) is proved


@pytest.mark.parametrize(
    ("remark", "first", "last"),
    [
        ("2025年3月12日已报警，父亲失联", "2025-03-12", "2025-03-12"),
        ("父亲失联，2025年3月报案", "2025-03-01", "2025-03-31"),
        ("父亲失联，已报警（2025.12）", "2025-12-01", "2025-12-31"),
        ("父亲失联，2025年报警", "2025-01-01", "2025-12-31"),
        ("父亲失联，2024年2月立案", "2024-02-01", "2024-02-29"),
        ("2025年3月12日离家；未报警", None, None),
        ("2025年3月12日离家", None, None),
        ("已报警", None, None),
        ("", None, None),
    ],
)
def test_the_report_to_the_police(remark: str, first: str | None, last: str | None) -> None:
    made = frame(remark=remark)
    for name, expected in (("parents.reported_lo", first), ("parents.reported_hi", last)):
        facet = made.facet(name)
        got = days.day_of(int(facet.values[0])).isoformat() if facet.known[0] else None
        assert got == expected


def test_rows_keep_their_own_dates() -> None:
    remarks = ["父亲失联", "2025年3月报警", "", "2024年1月报案", "2025年3月报警"]
    made = book(table([{**NAMES, "remark": r} for r in remarks]), **PARAMS).frames["roster"]
    known = made.facet("parents.reported_lo")
    assert known.known.tolist() == [False, True, False, True, True]
    assert [days.day_of(int(v)).isoformat() for v in known.values[known.known]] == [
        "2025-03-01",
        "2024-01-01",
        "2025-03-01",
    ]
