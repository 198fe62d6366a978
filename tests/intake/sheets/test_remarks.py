"""Rows that name nobody."""

from __future__ import annotations

import pytest
from tests.intake.grids import grid, submit, table, topics, values

TITLE = ["白石镇农村留守儿童花名册"]
HEAD = [
    "序号",
    "村",
    "姓名",
    "性别",
    "公民身份证号码",
    "出生日期",
    "父亲姓名",
    "父亲联系电话",
    "就读学校",
    "年级",
    "备注",
]
ROWS = [
    [
        n,
        "珠岩村",
        f"杨晓{c}",
        "男",
        f"52990120150312{n:03d}5",
        "2015-03-12",
        "杨大",
        "13885720001",
        "白石小学",
        "三年级",
        "",
    ]
    for n, c in enumerate("峰明海军", 1)
]


def names(*lines: list[object], before: bool = False) -> list[str]:
    rows = [*lines, *ROWS] if before else [*ROWS, *lines]
    found = table([TITLE, HEAD, *rows])
    assert not {"sparse_rows", "child_in_several_rows"} & set(topics(found))
    assert found.template_rows == ()
    return values(found, "child_name")


ALL = ["杨晓峰", "杨晓明", "杨晓海", "杨晓军"]


@pytest.mark.parametrize("column", range(11))
@pytest.mark.parametrize(
    "remark",
    [
        "（以下空白）",
        "以下空白",
        "以下无正文",
        "【以下空白】",
        "此页无正文",
        "完",
        "END",
        "无",
        "暂无",
        "本村无留守儿童",
        "共6人，其中男生3人",
        "共6人，其中男生3人，女生3人",
        "合计：4人",
        "总人数：4",
        "男2人，女2人",
        "本页共4名留守儿童",
        "全村共计4人（含2名孤儿）。",
        "一年级",
        "二年级（共3人）",
        "三年级（2）班",
        "一（1）班",
        "初一",
        "学前班",
        "小班：",
        "小学部",
        "七年级",
        "高三（2）班（12人）",
        "大坪村",
        "大坪村三组（4人）",
        "白石镇中心小学",
        "一、散居孤儿",
        "（二）留守儿童（4人）",
        "留守儿童",
        "三、大坪村",
    ],
)
def test_remarks_in_any_column(remark: str, column: int) -> None:
    line: list[object] = [""] * column + [remark]
    assert names(line) == ALL
    assert names(line, line) == ALL


@pytest.mark.parametrize("remark", ["（以下空白）", "共4人"])
def test_remarks_in_lines_that_are_partly_printed_beforehand(remark: str) -> None:
    assert names([5, "珠岩村", remark, "", "", "", "", "", "白石小学", "三年级"]) == ALL


@pytest.mark.parametrize("mark", ["/", "／", "—", "－"])
def test_lines_struck_out(mark: str) -> None:
    assert names([mark] * 11, [5, *[mark] * 10]) == ALL


@pytest.mark.parametrize(
    "hints",
    [
        "- - 必填 男/女 18位 yyyy-mm-dd 必填 11位手机号 全称 如：三年级 选填",
        "自动生成 下拉选择 与户口簿一致 下拉 18位，末位X大写 格式：2015-03-12 必填 如13800000000 填全称 - 可不填",
        "XH SZC XM XB SFZJH CSRQ FQXM FQDH JDXX NJ BZ",
        "seq village child_name sex id_no birth_date father_name father_phone school grade note",
        "字符(10) 字符(30) 字符(20) 字典 字符(18) 日期型 字符 数字 字符 字典 文本",
    ],
)
def test_hints_and_codes_under_the_header(hints: str) -> None:
    line = ["" if hint == "-" else hint for hint in hints.split()]
    assert names(line, before=True) == ALL
    assert (
        names(
            ["XH", "SZC", "XM", "XB", "SFZJH", "CSRQ", "FQXM", "FQDH", "JDXX", "NJ", "BZ"], line, before=True
        )
        == ALL
    )


def test_children_are_no_remarks() -> None:
    found = names(
        [5, "", "完颜晓", "女", "529901201503120195"],
        [6, "", "初一凡", "女"],
        ["", "", "王小班", "", "529901201503120275"],
        ["", "", "陈思乡"],
        ["", "", "无忌", "男"],
        [9, "", "Tom", "男", "", "2015-03", "Bob", "必填", "小学"],
    )
    assert found == [*ALL, "完颜晓", "初一凡", "王小班", "陈思乡", "无忌", "Tom"]


def test_the_first_child_is_never_a_hint() -> None:
    head = ["姓名", "公民身份证号码", "父亲姓名", "父母务工地点", "备注"]
    for line in (
        ["杨晓峰", "529901201503120019", "杨大", "浙江/宁波", "选择性缄默"],
        ["杨晓峰", "", "杨大/李花", "浙江/宁波", "爷爷/奶奶"],
        ["杨晓峰", "（待填写）", "杨大", "浙江", "留守"],
    ):
        found = submit(
            grid(
                [
                    TITLE,
                    head,
                    line,
                    *([f"李{n}", f"52990120150312{n:03d}5", "王", "浙江", ""] for n in range(3)),
                ]
            )
        )
        assert values(found.tables[0], "child_name")[0] == "杨晓峰"
