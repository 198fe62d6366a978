"""Visits, helpers and school terms: what people write, and what the records of a unit say together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.checks.registers import book, loaded, table

from lbt_audit.facts.term import starts
from lbt_audit.frames.days import day_number, day_of
from lbt_audit.frames.frame import Frame
from lbt_audit.model.unit import Unit

SCHOOL = Unit("school", "白石镇中心小学", "白石镇")
VILLAGE = Unit("village", "珠岩村", "白石镇")


def frame(*rows: dict[str, str], kind: str = "visits", **more: Any) -> Frame:
    return book(table(list(rows), kind, **more), **loaded()[0].params).frames[kind]


def truth(fact: str, kind: str = "visits", **cells: str) -> bool | None:
    made = frame({"child_name": "杨晓峰", **cells}, kind=kind).facet(fact)
    return bool(made.values[0]) if made.known[0] else None


def text(fact: str, kind: str = "visits", **cells: str) -> str | None:
    made = frame({"child_name": "杨晓峰", **cells}, kind=kind).facet(fact)
    return made.values[0].as_py() if made.known[0] else None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"visit_kind": "家访"}, True),
        ({"visit_kind": "入户走访"}, True),
        ({"visit_kind": "面谈"}, True),
        ({"visit_method": "上门家访"}, True),
        ({"visit_method": "电话家访"}, False),
        ({"visit_kind": "家访", "visit_method": "电话"}, False),
        ({"visit_kind": "家访", "visit_method": "微信视频"}, False),
        ({"visit_method": "入户、电话"}, True),
        ({"visit_kind": "亲情通话"}, False),
        ({"visit_kind": "心理健康辅导"}, False),
        ({"visit_kind": "心理辅导", "visit_method": "入户"}, True),
        ({"visit_kind": "电话"}, False),
        ({}, True),
        ({"visit_kind": "其他"}, True),
    ],
)
def test_who_went_to_the_child(cells: dict[str, str], expected: bool) -> None:
    assert truth("visit.in_person", visit_date="2026-10-01", **cells) is expected


def test_the_name_of_a_register_says_what_its_records_are() -> None:
    rows = {"child_name": "杨晓峰", "visit_date": "2026-10-01"}
    for path, visited, counselled in (
        ("白石镇中心小学家访记录.xlsx", True, False),
        ("心理辅导记录.xlsx", False, True),
        ("亲情通话记录表.xlsx", False, False),
    ):
        made = frame(rows, path=path)
        assert made.facet("visit.in_person").values.tolist() == [visited], path
        assert made.facet("visit.counselling").values.tolist() == [counselled], path


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("镇党委书记", "leader"),
        ("乡长", "leader"),
        ("副镇长", "leader"),
        ("分管领导", "leader"),
        ("村支书", "village"),
        ("珠岩村党支部书记", "village"),
        ("包村干部", "village"),
        ("儿童主任", "village"),
        ("村主任", "village"),
        ("班主任", "school"),
        ("语文教师", "school"),
        ("校长", "school"),
        ("包村干部、儿童主任", "village"),
        ("镇长、村支书", "leader,village"),
        ("志愿者", None),
        ("", None),
    ],
)
def test_who_came(role: str, expected: str | None) -> None:
    assert text("visit.posts", visit_role=role) == expected


def test_the_post_may_stand_beside_the_name() -> None:
    assert text("visit.posts", visit_visitor="王建国（班主任）") == "school"


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        ("厌学，经常迟到", True), ("无", False), ("无问题", False), ("未发现问题", False), ("暂无突出问题", False), ("—", False),
        ("一切正常", False), ("无人照料", True), ("无户口", True), ("", False),
    ],
)  # fmt: skip
def test_problems(problem: str, expected: bool) -> None:
    assert truth("visit.problem", visit_problem=problem) is expected


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("已办结", True), ("已返校", True), ("办结", True), ("", False), ("正在协调", False), ("未解决", False),
        ("待民政所核实后处理", False),
        ("持续跟踪", False), ("无", False), ("已解决，继续关注", True), ("尚未落实", False),
    ],
)  # fmt: skip
def test_outcomes(result: str, expected: bool) -> None:
    assert truth("visit.settled", visit_result=result) is expected


def test_terms() -> None:
    params = {"term_autumn": "09-01", "term_spring": "03-01"}
    assert starts(params, date(2026, 10, 31))[-1] == date(2026, 9, 1)
    assert starts({**params, "term_spring": "02-30"}, date(2026, 10, 31))[-1] == date(2026, 9, 1)


def test_a_school_owes_visits_of_the_term_and_a_village_of_the_month() -> None:
    poor = {"child_name": "杨晓峰", "guard_eval": "差"}
    well = {"child_name": "罗小梅", "guard_eval": "较好"}
    school = frame(poor, well, kind="school_ledger", unit=SCHOOL).facet("visit.due").values.tolist()
    village = frame(poor, well, kind="village_book", unit=VILLAGE).facet("visit.due").values.tolist()
    assert [day_of(day) for day in school] == [date(2026, 9, 1)] * 2
    assert [day_of(day) for day in village] == [date(2026, 10, 16), date(2026, 10, 1)]


def test_the_newest_visit_of_a_unit() -> None:
    days = ("2026-05-08", "2026-09-01", "2027-01-01", "2026-10-02")
    rows = [{"child_name": "杨晓峰", "visit_date": day, "visit_kind": "家访"} for day in days]
    rows[-1]["visit_kind"] = "电话"
    last = frame(*rows, unit=SCHOOL).facet("visit.unit_last")
    assert last.values.tolist() == [day_number(date(2026, 9, 1))] * 4, "neither days to come nor calls"
    assert not frame(*rows, {"visit_date": "不详"}, unit=SCHOOL).facet("visit.unit_last").known.any()


@pytest.mark.parametrize(
    ("measure", "fault"),
    [
        ("", "blank"), ("无", "blank"), ("/", "blank"), ("送书", "short"), ("经常关心", "stock"), ("经常关心、帮助。", "stock"),
        ("定期走访慰问，关心学习和生活", "stock"), ("关心关爱", "stock"), ("加强教育引导", "stock"),
        ("每周三晚辅导数学作业", None), ("每月送米油，协助办理低保", None), ("经常关心其视力，带去县城配镜", None),
    ],
)  # fmt: skip
def test_measures_that_say_nothing(measure: str, fault: str | None) -> None:
    made = text("helper.measure_fault", kind="helpers", helper_name="龙建国", helper_measure=measure)
    assert (made or None) == fault


def test_one_helper_in_several_rows() -> None:
    rows = [
        {"helper_name": "龙建国", "helper_phone": "15400000001", "helper_unit": "白石镇政府"},
        {"helper_name": "龙建国", "helper_phone": "", "helper_unit": ""},
        {"helper_name": "陆朝阳", "helper_phone": "15400000002", "helper_unit": ""},
        {"helper_name": "陆朝阳", "helper_phone": "15400000003", "helper_unit": "白石镇政府"},
        {"helper_name": "", "helper_phone": "", "helper_unit": ""},
    ]
    made = frame(*({"child_name": "甲", **row} for row in rows), kind="helpers")
    person = made.facet("helper.person")
    assert len(set(person.values[:4].tolist())) == 3 and person.values[0] == person.values[1]
    assert made.facet("helper.first").values.tolist() == [True, False, True, True, False]
    assert made.facet("helper.unit_given").values.tolist()[:4] == [True, True, False, True]
    assert made.facet("helper.phone_given").values.tolist()[:4] == [True] * 4


def test_a_post_or_telephone_beside_the_name_is_the_helpers() -> None:
    rows = [
        {"helper_name": "龙建国（村支书）", "helper_phone": "", "helper_post": ""},
        {"helper_name": "村支书龙建国", "helper_phone": "", "helper_post": ""},
        {"helper_name": "龙建国15400000001", "helper_phone": "", "helper_post": ""},
        {"helper_name": "陆朝阳15400000002", "helper_phone": "", "helper_post": ""},
        {"helper_name": "陆朝阳15400000003", "helper_phone": "", "helper_post": ""},
    ]
    made = frame(*({"child_name": "甲", **row} for row in rows), kind="helpers")
    person = made.facet("helper.person").values.tolist()
    assert len(set(person[:3])) == 1 and len(set(person)) == 3
    assert made.facet("helper.post_given").values.tolist() == [True, True, True, False, False]
    assert made.facet("helper.phone_given").values.tolist() == [True] * 5
