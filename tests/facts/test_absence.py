"""Absence from school: days by the calendar, attempts over several rows, reports."""

from __future__ import annotations

import pytest
from tests.checks.registers import book, table

from lbt_audit.frames.frame import Frame

AWAY = {"child_name": "何小川", "class_name": "七(1)班"}


def frame(*rows: dict[str, str], **more: object) -> Frame:
    return book(table([{**AWAY, **row} for row in rows], "attendance", **more)).frames["attendance"]  # type: ignore[arg-type]


def days(**values: str) -> int | None:
    facet = frame(values).facet("absence.school_days")
    return int(facet.values[0]) if facet.known[0] else None


def truth(a_frame: Frame, name: str) -> bool | None:
    logic = a_frame.facet(f"absence.{name}").as_logic()
    return True if logic.true[0] else False if logic.false[0] else None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"absent_since": "2026-10-12", "absent_until": "2026-10-16"}, 5),
        ({"absent_since": "2026-10-15", "absent_until": "2026-10-21"}, 5),  # over a weekend
        ({"absent_since": "2026-09-29", "absent_until": "2026-10-09"}, 4),  # over the National Day
        ({"absent_since": "2026-10-08", "absent_until": "2026-10-10"}, 3),  # Saturday is made up
        ({"absent_since": "2026-10-08", "absent_days": "12"}, 9),
        ({"absent_range": "2026.10.12-10.16"}, 5),
        ({"absent_range": "10月12日至16日"}, 5),
        ({"absent_range": "12.28-1.5"}, 5),
        ({"absent_since": "2026-07-01", "absent_until": "2026-09-02"}, 9),  # over the summer
        ({"absent_since": "2026-10-26"}, 5),  # still away on the cut-off day
        ({"absent_since": "2026-10-12", "returned_date": "2026-10-15"}, 3),
        ({"absent_since": "2026-10-12", "persuade_result": "已返校"}, None),  # nobody says when
        ({"absent_since": "2026-10"}, None),
        ({"absent_total": "9"}, None),
        ({"absence_marks": "2026-10-01 休休休休休休休到到到休旷旷旷旷旷休休旷到"}, 6),
        ({"absence_marks": "2026-10-12 旷旷旷空空空旷"}, 3),  # blank on a school day: there
        ({"absence_marks": "2026-10-15 旷旷空空旷"}, 3),  # blank at the weekend
        ({"absence_marks": "0000-00-01 旷旷休旷到"}, 3),
    ],
)
def test_school_days(values: dict[str, str], expected: int | None) -> None:
    assert days(**values) == expected


@pytest.mark.parametrize(
    ("record", "back", "failed"),
    [
        ("10月21日已返校", True, None),
        ("两次上门，均未返校", False, True),
        ("家长承诺下周返校", None, None),
        ("成功劝返，10月8日到校", True, None),
        ("不愿返校，躲避不见", False, True),
        ("拒绝返校，10月20日再次家访后返校", True, True),
        ("", None, None),
    ],
)
def test_what_came_of_it(record: str, back: bool | None, failed: bool | None) -> None:
    found = frame({"persuade_record": record})
    assert (truth(found, "back"), truth(found, "failed")) == (back, failed)


def test_rows_of_one_absence_speak_together() -> None:
    found = frame(
        {
            "absent_since": "2026-10-08",
            "persuade_date": "2026-10-13",
            "persuade_result": "无果",
            "township_reported": "",
        },
        {
            "absent_since": "",
            "persuade_date": "2026-10-20",
            "persuade_result": "无果",
            "township_reported": "2026-10-21",
        },
        {"absent_since": "2026-10-26", "persuade_date": "", "persuade_result": "", "township_reported": ""},
    )
    assert found.facet("absence.attempts").values.tolist() == [2, 2, 0]
    assert found.facet("absence.to_township").as_logic().true.tolist() == [True, True, False]
    assert found.facet("absence.first").as_logic().true.tolist() == [True, False, True]


def test_pupils_of_one_name_in_two_classes_are_two() -> None:
    found = frame({"persuade_count": "1"}, {"class_name": "八(2)班", "persuade_count": "0"})
    assert found.facet("absence.persuaded").as_logic().true.tolist() == [True, False]


@pytest.mark.parametrize(
    ("reports", "township", "education", "police"),
    [
        ("10月21日书面报白石镇政府、县教育局；10月22日报白石派出所", True, True, True),
        ("10月19日报白石镇人民政府", True, False, False),
        ("已报警", False, False, True),
        ("未上报乡镇", False, False, False),
        ("", False, False, False),
    ],
)
def test_reports_in_one_column(reports: str, township: bool, education: bool, police: bool) -> None:
    found = frame({"absence_reports": reports})
    assert [truth(found, f"to_{who}") for who in ("township", "education", "police")] == [
        township,
        education,
        police,
    ]


def test_no_place_for_a_report_is_no_missing_report() -> None:
    assert truth(frame({"whereabouts": "去向不明"}), "to_police") is None
    assert truth(frame({"police_reported": "否"}), "to_police") is False
    assert truth(frame({"police_reported": "2026-10-20"}), "to_police") is True


@pytest.mark.parametrize(
    ("where", "lost"),
    [
        ("去向不明", True),
        ("不详", True),
        ("在外婆家", False),
        ("", False),
        ("联系不上", True),
        ("随父母到温州，地址不详细", False),
    ],
)
def test_lost(where: str, lost: bool) -> None:
    assert truth(frame({"whereabouts": where}), "lost") is lost


def test_leave_is_no_truancy() -> None:
    assert truth(frame({"absent_kind": "病假", "absent_since": "2026-10-12"}), "on_leave") is True
    assert truth(frame({"absent_kind": "无故旷课"}), "on_leave") is False
    assert truth(frame({"absent_since": "2026-10-12"}, path="缺勤登记.xlsx"), "on_leave") is None
    assert truth(frame({"absent_since": "2026-10-12"}, path="旷课登记.xlsx"), "on_leave") is False
