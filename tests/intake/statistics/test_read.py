"""Statistics tables in the layouts they come in: what each figure counts, whose it is, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from tests.intake.grids import UNCOMPUTED, grid, submit

from lbt_audit.intake.table import Counts, Figure, Table

BANDS = [
    ["白石镇农村留守儿童统计表"],
    ["填报单位(盖章)：白石镇人民政府", "", "", "", "填报日期：2026年10月31日"],
    ["单位", "合计", "0-5岁", "", "", "6-13岁", "", "", "14-16岁", "", ""],
    ["", "", "小计", "男", "女", "小计", "男", "女", "小计", "男", "女"],
    ["甲", *range(1, 11)],
    ["珠岩村", 10, 3, 1, 2, 4, 2, 2, 3, 2, 1],
    ["大坪村", 5, 1, 1, 0, 2, 1, 1, 2, 1, 1],
    ["合计", 15, 4, 2, 2, 6, 3, 3, 5, 3, 2],
    ["注：1=2+5+8；2=3+4。"],
    ["单位负责人：王建国", "", "复核人：张明"],
]
MERGES = [(1, 0, 1, 10), (3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 3, 4), (3, 5, 3, 7), (3, 8, 3, 10)]


def tables(
    lines: Sequence[Sequence[Any]], merges: Any = (), path: str = "统计表.xlsx", **more: Any
) -> tuple[Table, ...]:
    return submit(grid(lines, merges, **more), path=path).tables


def counts(*args: Any, **more: Any) -> Counts:
    (table,) = tables(*args, **more)
    assert table.counts is not None and table.kind == "statistics"
    return table.counts


def what(found: Counts) -> list[str | None]:
    return [None if h.indicator is None else ".".join(sorted(h.indicator)) for h in found.headings]


AGES = ["", *(f"age_{a}{s}" for a in ("0_5", "6_13", "14_16") for s in ("", ".male", ".female"))]
AGES = [".".join(sorted(a.split("."))) if "." in a else a for a in AGES]


def test_three_level_header_with_repeated_leaves() -> None:
    found = counts(BANDS, MERGES)
    assert what(found) == AGES
    assert [h.number for h in found.headings] == list(range(1, 11))
    assert [(line.role, line.name, line.unit and line.unit.path) for line in found.lines] == [
        ("unit", "珠岩村", "白石镇/珠岩村"), ("unit", "大坪村", "白石镇/大坪村"), ("total", "合计", "白石镇"),
    ]  # fmt: skip
    assert found.form == "annex3_2016"
    assert (found.row[1, 5], found.column[1, 5], found.value[1, 5]) == (7, 6, 1)
    assert {b.print for b in found.balances} == {"1=2+5+8", "2=3+4", "5=6+7", "8=9+10"}


def test_groups_survive_without_merges() -> None:
    """CSV files, and sheets somebody unmerged."""
    assert what(counts(BANDS)) == AGES


def test_numbers_that_begin_at_the_unit_are_no_numbers_of_the_form() -> None:
    lines = [["附件3 白石镇农村留守儿童统计表"], *BANDS[1:4], list(range(1, 12)), *BANDS[5:8]]
    found = counts(lines, MERGES)
    assert what(found) == AGES and found.headings[1].number == 3
    assert {b.print: b.sides for b in found.balances}["1=2+5+8"] == ((0,), (1, 4, 7))


def test_what_headers_leave_open_the_number_settles() -> None:
    lines = [
        ["附件3 农村留守儿童统计表"],
        [
            "单位",
            "合计",
            "0-5岁",
            "男",
            "女",
            "6-13岁",
            "男",
            "女",
            "14-16岁",
            "男",
            "女",
            "就学甲",
            "就学乙",
            "小学",
            "初中",
            "高中",
        ],
    ]
    lines += [["甲", *range(1, 16)], ["白石镇", 10, 3, 1, 2, 4, 2, 2, 3, 2, 1, 2, 1, 4, 2, 1]]
    found = what(counts(lines))
    assert found[0] == "" and found[10:15] == [
        "kindergarten",
        "not_in_kindergarten",
        "primary",
        "junior",
        "senior",
    ]


def test_things_below_each_other_with_percentages() -> None:
    found = counts([
        ["农村留守儿童基本情况排查汇总表"], ["填报单位：清水乡人民政府"], ["项目", "", "数量", "占总统计量情况(%)"],
        ["数量", "", 128, "100%"], ["年龄段", "0-5岁", 30, "23.44"], ["", "6-13岁", 81, 63.28], ["", "14-16岁", 17, 13.28],
        ["健康状况", "健康", 120, 93.75], ["", "残疾", 8, 6.25], ["寄宿情况", "寄宿生", 60, 46.88], ["", "非寄宿生", 68, 53.1],
    ])  # fmt: skip
    assert found.form == "survey_summary" and len(found.lines) == 1
    assert found.lines[0].unit is not None and found.lines[0].unit.path == "清水乡"
    assert what(found)[::2] == [
        "",
        "age_0_5",
        "age_6_13",
        "age_14_16",
        "healthy",
        "disabled",
        "boarder",
        "day_pupil",
    ]
    share = found.headings[3]
    assert share.share and (share.part, share.whole) == (2, 0)
    assert (found.row[0, 3], found.column[0, 3]) == (5, 3)


def test_units_side_by_side() -> None:
    found = counts([
        ["留守儿童统计表"], ["项目", "白石镇", "清水乡", "合计"], ["总数", 10, 20, 30], ["其中：男", 5, 11, 16],
        ["女", 5, 9, 14], ["0-5岁", 1, 2, 3], ["6-13岁", 8, 10, 18],
    ])  # fmt: skip
    assert [(line.role, line.name) for line in found.lines] == [
        ("unit", "白石镇"),
        ("unit", "清水乡"),
        ("total", "合计"),
    ]
    assert what(found) == ["", "male", "female", "age_0_5", "age_6_13"]
    assert (found.row[2, 4], found.column[2, 4]) == (7, 3)


def test_grades_by_sex() -> None:
    found = counts([
        ["白石镇中心小学留守儿童统计表"], ["年级", "男", "女", "合计"], ["一年级", 3, 4, 7], ["二年级", 1, 1, 2],
        ["合计", 4, 5, 9],
    ])  # fmt: skip
    assert what(found) == [
        "grade_1.male",
        "female.grade_1",
        "grade_1",
        "grade_2.male",
        "female.grade_2",
        "grade_2",
        "male",
        "female",
        "",
    ]
    assert (
        found.definition == "school"
        and found.lines[0].unit is not None
        and found.lines[0].unit.level == "school"
    )


def test_part_of_the_line_before() -> None:
    """其中 and what follows it count within what stands before, not all children."""
    found = counts([
        ["留守儿童统计表"], ["填报单位：白石镇"], ["项目", "人数"], ["总数", 30], ["0-5岁", 10], ["其中：男", 6],
        ["女", 4], ["6-13岁", 20],
    ])  # fmt: skip
    assert what(found) == ["", "age_0_5", "age_0_5.male", "age_0_5.female", "age_6_13"]


def test_what_is_not_understood_counts_nothing() -> None:
    found = counts(
        [["留守儿童统计表"], ["单位", "合计", "男", "女", "户数", "其他"], ["白石镇", 9, 5, 4, 7, 1]]
    )
    assert what(found) == ["", "male", "female", None, None]


def test_the_same_count_twice_is_nobodys() -> None:
    found = counts(
        [["留守儿童统计表"], ["单位", "合计", "男", "女", "0-5岁", "男"], ["白石镇", 9, 5, 4, 1, 2]]
    )
    assert what(found) == ["", None, "female", "age_0_5", None]


def test_sums_nobody_computed_are_worked_out() -> None:
    lines = [
        ["留守儿童统计表"],
        ["单位", "合计", "男", "女"],
        ["珠岩村", UNCOMPUTED, 5, 4],
        ["大坪村", UNCOMPUTED, 2, 1],
        ["合计", UNCOMPUTED, UNCOMPUTED, UNCOMPUTED],
    ]
    formulas = {
        (3, 1): "C3+D3",
        (4, 1): "=SUM(C4:D4)",
        (5, 1): "SUM(B3:B4)",
        (5, 2): "SUM(C3,C4)",
        (5, 3): "IF(D3>0,D3,0)",
    }
    found = counts(lines, formulas=formulas)
    assert found.value[:, 0].tolist() == [9, 3, 12] and found.value[2, 1] == 7
    assert np.isnan(found.value[2, 2]) and found.state[2, 2] == Figure.UNKNOWN


def test_what_stands_in_place_of_a_number() -> None:
    found = counts(
        [
            ["留守儿童统计表"],
            ["单位", "合计", "男", "女"],
            ["珠岩村", "１２", "7人", -5],
            ["大坪村", "1,016", "—", 4.5],
        ]
    )
    states = [[Figure(s).name for s in line] for line in found.state.tolist()]
    assert states == [["FULL_WIDTH", "TEXT", "NEGATIVE"], ["RIGHT", "BLANK", "DECIMAL"]]


def test_several_tables_in_a_sheet() -> None:
    found = tables([
        ["白石镇留守儿童统计表"], ["单位", "合计", "男", "女"], ["珠岩村", 9, 5, 4], [None], ["清水乡留守儿童统计表"],
        ["单位", "合计", "0-5岁", "6-13岁"], ["河边村", 9, 5, 4], ["注：一式两份"],
    ])  # fmt: skip
    assert [t.counts.lines[0].name for t in found if t.counts] == ["珠岩村", "河边村"]


def test_a_sheet_per_township() -> None:
    head = [["青禾县农村留守儿童统计表"], ["填报单位：青禾县民政局"], ["单位", "合计", "男", "女"]]
    found = submit(
        grid([*head, ["珠岩村", 9, 5, 4], ["合计", 9, 5, 4]], sheet="白石镇"),
        grid([*head, ["河边村", 3, 2, 1], ["合计", 3, 2, 1]], sheet="清水乡"),
        path="统计表.xls",
    )
    assert [t.unit.path for t in found.tables] == ["白石镇", "清水乡"]


def test_subtotals_of_townships() -> None:
    found = counts([
        ["青禾县农村留守儿童统计表"], ["乡镇", "村", "合计", "男", "女"], ["白石镇", "珠岩村", 12, 7, 5], ["", "大坪村", 9, 5, 4],
        ["", "小计", 21, 12, 9], ["清水乡", "河边村", 5, 3, 2], ["", "小计", 5, 3, 2], ["总计", "", 26, 15, 11],
    ])  # fmt: skip
    assert [line.role for line in found.lines] == ["unit", "unit", "subtotal", "unit", "subtotal", "total"]
    assert [line.unit.path for line in found.lines if line.unit][2:5:2] == ["白石镇", "清水乡"]


def test_lists_of_children_are_no_statistics() -> None:
    roster = [
        ["留守儿童统计表"],
        ["序号", "姓名", "性别", "年龄", "联系电话"],
        [1, "杨晓峰", "男", 11, "13885720001"],
    ]
    assert [t.kind for t in tables(roster)] != ["statistics"]
    prices = [["采购情况统计表"], ["品名", "单价", "数量"], ["铅笔", 1, 100], ["合计", "", 100]]
    assert tables(prices) == ()


def test_formulas_printed_under_the_table() -> None:
    found = counts([
        ["留守儿童统计表"], ["单位", "总数", "双亲外出", "单亲外出"], ["", 1, 2, 3], ["白石镇", 9, 5, 4],
        ["说明：第1栏=第2栏+第3栏"],
    ])  # fmt: skip
    assert [b.sides for b in found.balances] == [((0,), (1, 2))]


def test_headers_as_offices_word_them() -> None:
    found = counts([
        ["农村留守儿童情况统计表（2026年第三季度）"],
        ["序号", "单位", "农村留守儿童总数（人）", "按性别分", "", "按年龄分", "", "", "备注"],
        ["", "", "", "男", "女", "6周岁以下", "6-14周岁", "14-16周岁", ""],
        [1, "白石镇", 120, 60, 60, 30, 70, 20, ""], [2, "清水乡", 80, 40, 40, 10, 60, 10, "较上月增加"],
        ["合计", "", 200, 100, 100, 40, 130, 30, ""],
    ])  # fmt: skip
    assert what(found) == ["", "male", "female", "age_0_5", "age_6_13", "age_14_16"]
    assert [(line.role, line.name) for line in found.lines][2] == ("total", "合计")
    assert found.lines[1].remark == "较上月增加"


def test_minors_beside_left_behind_children() -> None:
    """留守儿童 over 总数 is no child's name; the village count is nobody's."""
    found = counts([
        ["青禾县农村留守儿童统计报表"], ["填报单位：青禾县民政局", "", "", "2026年10月31日"],
        ["乡镇", "村（居）数", "户籍未成年人数", "留守儿童", "", "", "监护情况", "", ""],
        ["", "", "", "总数", "其中：女", "父母双方外出", "好", "一般", "差"],
        ["白石镇", 5, 1200, 120, 50, 100, 100, 18, 2], ["清水乡", 4, 900, 80, 41, 70, 70, 10, 0],
    ])  # fmt: skip
    assert what(found) == [None, "minors", "", "female", "both_away", "care_good", "care_fair", "care_poor"]
