"""Small tables beside the register."""

from __future__ import annotations

import pytest
from tests.intake.grids import grid, submit, topics, values

HEAD = ["序号", "姓名", "性别", "公民身份证号码", "出生日期", "父亲姓名", "母亲姓名", "就读学校"]
ROWS = [
    [n, f"杨{n}", "男", f"52990120150312{n:03d}5", "2015-03-12", "杨大", "李花", "白石小学"]
    for n in range(1, 9)
]
TITLE = ["白石镇农村留守儿童花名册"]


def beside(lines: list[list[object]], top: int, *, gap: int = 1, left: bool = False) -> list[list[object]]:
    """The register with another table beside it, whose first row stands in line ``top``."""
    made: list[list[object]] = [list(TITLE), list(HEAD), *(list(r) for r in ROWS)]
    while len(made) < top + len(lines):
        made.append([])
    width = max(len(line) for line in lines)
    for at, line in enumerate(made):
        other = lines[at - top] if top <= at < top + len(lines) else []
        if left:
            made[at] = [*other, *[""] * (width - len(other) + gap), *line]
        else:
            made[at] = [*line, *[""] * (len(HEAD) - len(line) + gap), *other]
    return made


COUNTS: list[list[object]] = [["年级", "人数"], ["一年级", 3], ["二年级", 5], ["合计", 8]]
LONG: list[list[object]] = [
    ["村", "男", "女", "小计"],
    *[[f"{n}村", 1, 0, 1] for n in range(20)],
    ["总计", 20, 0, 20],
]
CODES: list[list[object]] = [["代码", "含义"], ["01", "健康"], ["02", "残疾"]]
SEX: list[list[object]] = [["性别", "人数", "占比"], ["男", 8, "100%"], ["女", 0, "0%"]]


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("gap", [1, 3])
@pytest.mark.parametrize("top", [1, 2, 4])
@pytest.mark.parametrize("other", [COUNTS, LONG, CODES, SEX])
def test_a_small_table_beside_is_no_part_of_the_register(
    other: list[list[object]], top: int, gap: int, left: bool
) -> None:
    (table,) = submit(grid(beside(other, top, gap=gap, left=left))).tables
    assert (table.kind, len(table)) == ("roster", 8)
    assert values(table, "child_name") == [f"杨{n}" for n in range(1, 9)]
    assert table.unmapped == ()
    assert not {"ambiguous_header", "duplicate_field", "headerless_column", "sparse_rows"} & set(
        topics(table)
    )


def test_the_same_columns_without_a_blank_one_between_are_part_of_it() -> None:
    (table,) = submit(grid(beside([["年级", "印象"], *[["三年级", "好"]] * 8], 1, gap=0))).tables
    assert "grade" in table.columns and [u.header for u in table.unmapped] == ["印象"]


def test_a_blank_column_within_the_register_parts_nothing() -> None:
    lines = [TITLE, [*HEAD[:5], "", *HEAD[5:]], *([*r[:5], "", *r[5:]] for r in ROWS)]
    (table,) = submit(grid(lines)).tables
    assert {"child_name", "father_name", "school_name"} <= set(table.columns)


def test_more_fields_behind_a_blank_column_are_part_of_the_register() -> None:
    more: list[list[object]] = [["监护人姓名", "监护人电话"], *[["杨根", "13885720001"]] * 8]
    (table,) = submit(grid(beside(more, 1))).tables
    assert {"guardian_name", "guardian_phone"} <= set(table.columns)


def test_another_list_of_children_beside_is_told() -> None:
    children = [[f"李{n}", f"52990120160408{n:03d}3", 1] for n in range(8)]
    (table,) = submit(grid(beside([["姓名", "公民身份证号码", "人数"], *children], 1))).tables
    assert topics(table).count("ambiguous_header") == 2


def test_a_table_below_keeps_the_columns_beside_the_one_above() -> None:
    lines = beside(COUNTS, 1)
    wide = [*HEAD, "父亲联系电话", "母亲联系电话", "监护人姓名"]
    lines += [
        [],
        ["清水乡农村留守儿童花名册"],
        wide,
        *([*r, "13885720001", "13885720002", "杨根"] for r in ROWS),
    ]
    tables = submit(grid(lines)).tables
    assert [len(t) for t in tables] == [8, 8] or [len(t) for t in tables] == [16]
