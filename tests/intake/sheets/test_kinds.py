"""Kinds of register by their fields."""

from __future__ import annotations

import pytest
from tests.intake.grids import dictionary, grid, submit

from lbt_audit.intake.sheets.kinds import chosen_kind, recognise

FAMILY = {"child_name", "sex", "id_no", "father_name", "mother_name", "guardian_name"}


def kind(fields: set[str], title: str = "", level: str | None = None, file: str = "") -> str | None:
    return recognise(fields, title, file, level, dictionary().kinds).kind


def test_level_and_title_part_similar_registers() -> None:
    assert kind(FAMILY, "白石镇农村留守儿童花名册", "township") == "roster"
    assert kind(FAMILY, "珠岩村留守儿童台账", "village") == "village_book"
    assert kind({*FAMILY, "class_name", "head_teacher"}, "留守儿童情况登记表", "school") == "school_ledger"


def test_file_names_alone_make_no_register() -> None:
    assert kind({"child_name", "sex"}, "", None, "白石镇留守儿童花名册.xlsx") is None
    assert kind(set(), "白石镇农村留守儿童花名册") is None


def test_a_roster_with_helper_columns_is_a_roster() -> None:
    fields = {*FAMILY, "father_work_place", "mother_work_place", "helper_name", "helper_phone", "guard_eval"}
    assert kind(fields, "白石镇留守儿童花名册", "township") == "roster"


def test_alternatives_are_kept_where_the_choice_is_close() -> None:
    verdict = recognise(FAMILY, "留守儿童", "", None, dictionary().kinds)
    assert verdict.kind is not None
    assert verdict.alternatives


def test_what_the_user_says_wins_last() -> None:
    rules = [("*.xls", "roster"), ("村/*", "village_book")]
    assert chosen_kind("村/a.xls", rules) == "village_book"
    assert chosen_kind("镇/a.xls", rules) == "roster"
    assert chosen_kind("镇/a.csv", rules) is None


@pytest.mark.parametrize(
    ("title", "head", "kind", "means"),
    [
        ("孤儿名册", ["姓名", "身份证号", "类别", "金额"], "orphans", {"类别": "orphan_kind", "金额": "allowance"}),
        ("走访台账", ["儿童姓名", "走访时间", "走访人员", "职务", "类别"], "visits",
         {"职务": "visit_role", "类别": "visit_kind"}),
        ("结对帮扶花名册", ["儿童姓名", "帮扶人姓名", "单位", "职务"], "helpers", {"职务": "helper_post", "单位": "helper_unit"}),
        ("委托监护协议台账", ["儿童姓名", "受托人", "签订日期", "类型", "见证人"], "agreements",
         {"类型": "ag_type", "见证人": "ag_witness"}),
        ("学生旷课台账", ["学生姓名", "旷课时间", "天数", "结果"], "attendance",
         {"天数": "absent_days", "结果": "persuade_result"}),
    ],
)  # fmt: skip
def test_the_kind_claims_bare_headers(title: str, head: list[str], kind: str, means: dict[str, str]) -> None:
    found = submit(grid([[title], head, ["杨晓峰", *("甲" for _ in head[1:])]]), path="a.xlsx")
    (table,) = found.tables
    assert table.kind == kind
    assert {c.header: c.field for c in table.columns.values() if c.header in means} == means


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (["幼儿姓名", "性别", "身份证号", "入园日期", "班级名称", "所在幼儿园"], "enrolment"),
        (["学生姓名", "身份证号", "年级", "辍学时间", "辍学原因", "第一次劝返时间", "第一次劝返结果", "第二次劝返时间",
          "第二次劝返结果"], "attendance"),
        (["您孩子的姓名", "您孩子的性别是？", "您孩子的身份证号码", "父亲姓名", "母亲姓名", "监护人与孩子的关系",
          "监护人姓名"], "roster"),
    ],
)  # fmt: skip
def test_more_is_recognised(head: list[str], kind: str) -> None:
    titles = {"enrolment": "幼儿信息", "attendance": "疑似辍学学生劝返台账", "roster": "农村留守儿童花名册"}
    row = ["杨晓峰", "男", "529901201503120017", *("甲" for _ in head[3:])]
    found = submit(grid([[titles[kind]], head, row]), path="a.xlsx")
    assert {t.kind for t in found.tables} == {kind}
    assert all("child_name" in t.columns for t in found.tables)


def test_a_header_may_stand_anywhere() -> None:
    lines = [[f"（{i}）按户口簿填写"] for i in range(70)]
    head = ["序号", "姓名", "性别", "身份证号码", "父亲姓名", "母亲姓名", "监护人姓名"]
    row = ["1", "杨晓峰", "男", "529901201503120017", "杨大山", "李秀英", "杨老汉"]
    found = submit(grid([["农村留守儿童花名册填报要求"], *lines, head, row]), path="a.xlsx")
    assert [(t.kind, t.rows.tolist()) for t in found.tables] == [("roster", [73])]
