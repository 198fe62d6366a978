"""One value spread over columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.intake.grids import grid, submit, table, topics, values

TITLE = ["白石镇农村留守儿童花名册"]
BASE = ["序号", "姓名", "性别", "公民身份证号码", "父亲姓名", "母亲姓名"]
CHILDREN = [
    [n, f"杨晓{c}", "男", f"52990120150312{n:03d}5", "杨大", "李花"] for n, c in enumerate("峰明海军", 1)
]


def spread(
    upper: Sequence[str], lower: Sequence[str], rows: Sequence[Sequence[Any]], *, merged: bool = True
) -> Any:
    """The roster with further columns under two header rows; blanks in ``upper`` belong to the header left of them."""
    lines = [TITLE, [*BASE, *upper], [*([""] * len(BASE)), *lower]]
    lines += [[*child, *row] for child, row in zip(CHILDREN, rows, strict=True)]
    merges = [(2, c, 3, c) for c in range(len(BASE))]
    starts = [i for i, text in enumerate(upper) if text]
    for start, end in zip(starts, [*starts[1:], len(upper)], strict=True):
        if end - start > 1:
            merges.append((2, len(BASE) + start, 2, len(BASE) + end - 1))
        elif not lower[start]:
            merges.append((2, len(BASE) + start, 3, len(BASE) + start))
    found = table(lines, merges if merged else ())
    assert (found.kind, len(found)) == ("roster", 4)
    assert found.unmapped == ()
    assert not {"duplicate_field", "ambiguous_header", "headerless_column"} & set(topics(found))
    return found


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("tick", ["√", "✓", "V", "1", "1.0", "是", "☑", "(√)", "●"])
def test_ticks_under_a_group(tick: str, merged: bool) -> None:
    upper = ["身体情况", "", "", "就学情况", "", "", "是否学校寄宿", ""]
    lower = ["健康", "残疾", "患病", "小学", "初中", "辍学", "是", "否"]
    rows = [[tick, "", "", tick, "", "", "", tick], ["", tick, "", "", tick, "", tick, ""],
            ["", "", tick, "", "", tick, "", tick], [tick, "", "", tick, "", "", tick, ""]]  # fmt: skip
    found = spread(upper, lower, rows, merged=merged)
    assert values(found, "health") == ["健康", "残疾", "患病", "健康"]
    assert values(found, "school_status") == ["小学", "初中", "辍学", "小学"]
    assert values(found, "boarding") == ["否", "是", "否", "是"]
    assert found.columns["health"].header == "身体情况"
    assert found.columns["health"].index == len(BASE)


@pytest.mark.parametrize("form", ["{}（{}）", "{}：{}", "{}_{}", "7、{}({})"])
def test_ticks_under_headers_that_name_field_and_option(form: str) -> None:
    upper = [form.format("身体情况", x) for x in ("健康", "残疾")]
    found = spread(upper, ["", ""], [["1", "0"], ["0", "1"], ["√", ""], ["", ""]])
    assert values(found, "health") == ["健康", "残疾", "健康", ""]


def test_crosses_and_boxes_beside_the_tick_are_not_chosen() -> None:
    rows = [["√", "×"], ["0", "1"], ["否", "是"], ["☑", "□"]]
    assert values(spread(["身体情况", ""], ["健康", "残疾"], rows), "health") == [
        "健康",
        "残疾",
        "残疾",
        "健康",
    ]


def test_several_ticks_the_option_itself_and_other_words() -> None:
    upper, lower = ["家庭经济来源", "", "", ""], ["打工收入", "种养殖业", "政府救助", "其他"]
    rows = [["√", "√", "", ""], ["打工收入", "", "", ""], ["", "", "", "做小生意"], ["", "", "", ""]]
    # One cell in five may say in words what else there is.
    found = spread(upper, lower, rows)
    assert values(found, "income_source") == ["打工收入、种养殖业", "打工收入", "做小生意", ""]
    assert found.columns["income_source"].kinds.tolist() == [1, 1, 1, 0]


def test_figures_of_a_statistic_are_no_ticks() -> None:
    lines = [["农村留守儿童统计表"], ["乡镇", "留守儿童总数", "就学情况", "", ""], ["", "", "小学", "初中", "辍学"],
             ["白石镇", 120, 80, 38, 2], ["清水乡", 90, 60, 29, 1]]  # fmt: skip
    for found in submit(grid(lines, [(2, 2, 2, 4)])).tables:
        assert (
            "80" in [t for c in found.columns.values() for t in c.text.to_pylist()] or found.kind != "roster"
        )
        assert "小学、初中、辍学" not in [t for c in found.columns.values() for t in c.text.to_pylist()]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["出生日期", "", ""], ["年", "月", "日"]),
        (["出生年月", "", ""], ["年份", "月份", "日"]),
        (["出生年", "出生月", "出生日"], ["", "", ""]),
        (["出生日期", "", ""], ["", "", ""]),
    ],
)
def test_year_month_and_day(upper: list[str], lower: list[str]) -> None:
    rows = [[2015, 3, 12], ["2015年", "3月", "12日"], ["2015", "03", ""], ["2015-03-12", "", ""]]
    found = spread(upper, lower, rows)
    assert values(found, "birth_date") == ["2015年3月12日", "2015年3月12日", "2015年03月", "2015-03-12"]


def test_year_and_month_of_several_dates() -> None:
    upper, lower = ["父亲外出时间", "", "母亲外出时间", ""], ["年", "月", "年", "月"]
    found = spread(upper, lower, [[2023, 2, 2024, 9]] * 4)
    assert values(found, "father_away_since")[0] == "2023年2月"
    assert values(found, "mother_away_since")[0] == "2024年9月"


@pytest.mark.parametrize("merged", [True, False])
def test_a_box_per_digit(merged: bool) -> None:
    number = "52990120150312001X"
    head = ["序号", "姓名", "性别", "公民身份证号码", *[""] * 17, "出生日期", "父亲姓名"]
    rows = [[n, f"杨晓{c}", "男", *number, "2015-03-12", "杨大"] for n, c in enumerate("峰明海", 1)]
    found = table([TITLE, head, *rows], [(2, 3, 2, 20)] if merged else ())
    assert values(found, "id_no") == [number] * 3
    assert values(found, "birth_date") == ["2015-03-12"] * 3
    assert found.unmapped == () and "headerless_column" not in topics(found)


def test_a_merged_header_over_pieces_of_a_value() -> None:
    upper = ["现居住地", "", "父亲联系电话", ""]
    rows = [["青禾县白石镇", "珠岩村二组", "13885720001", "13885720002"], ["青禾县白石镇", "", "138857", "20001"],
            ["", "", "", ""], ["青禾县白石镇", "珠岩村", "13885720001", ""]]  # fmt: skip
    found = spread(upper, [""] * 4, rows)
    assert values(found, "live_addr") == ["青禾县白石镇珠岩村二组", "青禾县白石镇", "", "青禾县白石镇珠岩村"]
    assert values(found, "father_phone") == ["13885720001、13885720002", "13885720001", "", "13885720001"]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (
            ["现居住地", "", "", "", "", ""],
            ["省", "市（州）", "县（市、区）", "乡镇", "村（社区）", "详细地址"],
        ),
        (
            [
                "现居住地(省)",
                "现居住地(市)",
                "现居住地(县)",
                "现居住地(乡镇)",
                "现居住地(村)",
                "现居住地(详细地址)",
            ],
            [""] * 6,
        ),
        (
            ["现居住地[省]", "现居住地[市]", "现居住地[县]", "现居住地[镇]", "现居住地[村]", "现居住地[组]"],
            [""] * 6,
        ),
    ],
)
def test_parts_of_an_address(upper: list[str], lower: list[str]) -> None:
    rows = [
        ["贵州", "毕节", "青禾", "白石镇", "珠岩村", "二组"],
        ["贵州省", "毕节市", "青禾县", "白石镇", "珠岩村", ""],
        ["内蒙古", "通辽市", "青禾县", "白石镇", "珠岩村", "珠岩村二组"],
        ["贵州省", "毕节市", "青禾县", "白石镇", "珠岩村", "贵州省毕节市青禾县白石镇珠岩村二组"],
    ]
    found = spread(upper, lower, rows)
    assert values(found, "live_addr") == [
        "贵州省毕节市青禾县白石镇珠岩村二组",
        "贵州省毕节市青禾县白石镇珠岩村",
        "内蒙古通辽市青禾县白石镇珠岩村二组",
        "贵州省毕节市青禾县白石镇珠岩村二组",
    ]


def test_groups_with_fields_of_their_own_stay_apart() -> None:
    found = spread(
        ["监护人情况", "", "", "备注"],
        ["姓名", "联系电话", "与儿童关系", ""],
        [["杨根", "13885720001", "祖父", "无"]] * 4,
    )
    assert {"guardian_name", "guardian_phone", "guardian_rel"} <= set(found.columns)


def test_rows_and_notes_keep_their_places() -> None:
    lines = [
        TITLE,
        [*BASE, "身体情况", ""],
        [*[""] * 6, "健康", "残疾"],
        [*CHILDREN[0], "√", ""],
        [],
        [*CHILDREN[1], "", "√"],
        ["注：打√"],
    ]
    (found,) = submit(grid(lines, [(2, 6, 2, 7)])).tables
    assert found.rows.tolist() == [4, 6]
    assert values(found, "health") == ["健康", "残疾"]


def test_birth_over_year_month_and_day() -> None:
    """出生 alone is no header of its own; over 年, 月, 日 it is the date of birth."""
    found = table(
        [
            ["珠岩村留守儿童台账"],
            ["序号", "姓名", "性别", "出生", "", "", "父亲姓名", "母亲姓名"],
            ["", "", "", "年", "月", "日", "", ""],
            [1, "杨晓峰", "男", 2015, 3, 12, "杨大山", "李秀英"],
        ],
        [(2, 3, 2, 5)],
    )
    assert values(found, "birth_date") == ["2015年3月12日"]
