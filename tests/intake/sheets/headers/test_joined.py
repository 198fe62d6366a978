"""Columns that hold several things, and brackets that say whose a column is."""

from __future__ import annotations

import pytest
from tests.intake import grids
from tests.intake.grids import grid, submit

from lbt_audit.intake.sheets.headers.mapping import find_field

HEAD = ["序号", "姓名", "身份证号", "年级", "班主任"]
ROW = ["1", "杨晓峰", "529901201503120017", "三年级", "龙光华"]


def column(header: str, cells: list[str]) -> dict[str, list[str]]:
    """What the fields of one more column of a school's ledger hold."""
    rows = [[*ROW, cell] for cell in cells]
    (found,) = submit(grid([["白石镇中心小学留守儿童台账"], [*HEAD, header], *rows])).tables
    return {f: c.text.to_pylist() for f, c in found.columns.items() if c.index == len(HEAD)}


@pytest.mark.parametrize(
    ("header", "cells", "means"),
    [
        (
            "父亲（姓名、电话）",
            ["罗成安 15489324648", "罗成安15489324648", "罗成安，15489324648", "15489324648罗成安", "罗成安", "",
             "0857-7210101 罗成安"],
            {"father_name": ["罗成安"] * 5 + ["", "罗成安"],
             "father_phone": ["15489324648"] * 4 + ["", "", "0857-7210101"]},
        ),
        (
            "监护人（姓名、关系、电话）",
            ["杨秀英，祖母，15482026204", "祖母：杨秀英（15482026204）", "杨秀英 外婆", "姓名：杨秀英 电话：15482026204"],
            {"guardian_name": ["杨秀英"] * 4, "guardian_rel": ["祖母", "祖母", "外婆", ""],
             "guardian_phone": ["15482026204", "15482026204", "", "15482026204"]},
        ),
        (
            "母亲姓名及联系电话",
            ["阿依古丽·买买提 15475644876", "石桂芳/15475644876"],
            {"mother_name": ["阿依古丽·买买提", "石桂芳"], "mother_phone": ["15475644876"] * 2},
        ),
        (
            "监护人姓名、身份证号",
            ["杨秀英529901195804043021", "杨秀英 52990119580404302X"],
            {"guardian_name": ["杨秀英"] * 2, "guardian_id": ["529901195804043021", "52990119580404302X"]},
        ),
    ],
)  # fmt: skip
def test_each_field_gets_its_part(header: str, cells: list[str], means: dict[str, list[str]]) -> None:
    assert column(header, cells) == means


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("监护人(父亲)", "father_name"),
        ("监护人（母亲）电话", "mother_phone"),
        ("监护人1（父亲）联系电话", "father_phone"),
        ("家长(母亲)姓名", "mother_name"),
        ("监护人(父亲)身份证号", "father_id"),
        ("父亲（外出时间）", "father_name"),  # brackets that name no person stay remarks
        ("监护人电话(必填)", "guardian_phone"),
        ("监护人姓名（主要）", "guardian_name"),
        ("身份证号（监护人）", "guardian_id"),
        ("姓名（监护人）", "guardian_name"),
        ("联系电话（父）", "father_phone"),
        ("家长姓名（母亲）", "mother_name"),
        ("外出时间(年月)", "parents_away_since"),
    ],
)
def test_brackets_that_say_whose(header: str, field: str) -> None:
    assert list(column(header, ["甲"])) == [field]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("期限（起）", "ag_start"),
        ("期限（止）", "ag_end"),
        ("委托期限(起)", "ag_start"),
        ("委托期限(止)", "ag_end"),
        ("有效期（至）", "ag_end"),
        ("期限", "ag_term"),
        ("期限（起止）", "ag_term"),
        ("受托人（签字）", "ag_trustee"),
        ("签字（受托人）", "ag_trustee_signed"),
        ("签字（委托人）", "ag_principal_signed"),
        ("告知日期（学校）", "ag_notified_school"),
        ("告知日期（村委会）", "ag_notified_village"),
    ],
)
def test_brackets_that_say_which_end(header: str, field: str) -> None:
    found = find_field((header,), grids.dictionary(), "agreement")
    assert found is not None and found[0] == field


@pytest.mark.parametrize(
    "header", ["就读学校及年级", "父亲姓名", "出生年月（公历、农历）", "家庭住址（省、市、县）"]
)
def test_other_headers_hold_one_thing(header: str) -> None:
    assert len(column(header, ["甲"])) <= 1


def test_elders_and_women_of_a_register_of_all_left_behind_are_no_children() -> None:
    head = [
        "序号",
        "姓名",
        "性别",
        "身份证号码",
        "家庭地址",
        "留守人员类型",
        "家庭主要成员姓名",
        "与留守人员关系",
    ]
    people = [
        ("杨晓峰", "03"),
        ("杨秀英", "01"),
        ("罗成安", "留守儿童"),
        ("石桂芳", "02"),
        ("韦国福", "留守老人"),
        ("吴雨桐", ""),
    ]
    rows = [
        [str(i), n, "女", "529901201503120017", "清塘村", kind, "杨大山", "父女"]
        for i, (n, kind) in enumerate(people)
    ]
    (found,) = submit(grid([["清塘村三留守人员台账"], head, *rows])).tables
    assert found.columns["child_name"].text.to_pylist() == ["杨晓峰", "罗成安", "吴雨桐"]
    assert found.rows.tolist() == [3, 5, 8]
