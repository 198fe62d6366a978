"""Headers that mean one thing over words and another over numbers."""

from __future__ import annotations

import pytest
from tests.intake.grids import grid, submit, values

ROWS = (
    ["杨晓峰", "2026.10.12", "龙秀华", "", "了解学习情况，作业能按时完成", "已反馈"],
    ["李小梅", "2026.10.13", "龙秀华", "", "奶奶说近来常头疼，想去县城检查", "待落实"],
)


def visits(*cells: str, header: str = "联系方式") -> list[list[str]]:
    head = ["学生姓名", "家访时间", "家访教师", header, "家访内容", "处理结果"]
    rows = [[*row[:3], cell, *row[4:]] for row, cell in zip(ROWS, cells, strict=True)]
    return [["家访记录表"], head, *rows]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (("电话", "入户"), "visit_method"),
        (("微信视频", ""), "visit_method"),
        (("15400000001", "15400000002"), "contact_phone"),
        (("电话15400000001", "电话15400000002"), "contact_phone"),
        (("", ""), "contact_phone"),
    ],
)
def test_ways_of_visiting_and_numbers(cells: tuple[str, ...], field: str) -> None:
    (table,) = submit(grid(visits(*cells))).tables
    assert table.kind == "visits"
    assert {f for f, column in table.columns.items() if column.index == 3} == {field}


def test_a_way_of_visiting_beside_a_telephone() -> None:
    lines = visits("电话", "入户")
    lines[1].append("联系电话")
    lines[2].append("15400000001")
    lines[3].append("15400000002")
    (table,) = submit(grid(lines)).tables
    assert values(table, "visit_method") == ["电话", "入户"]
    assert values(table, "contact_phone") == ["15400000001", "15400000002"]
    assert not [note for note in table.notes if note.topic in ("ambiguous_header", "duplicate_field")]


def test_what_a_family_asks_for() -> None:
    lines = visits("入户", "入户", header="困难及诉求")
    lines[1].append("群众诉求")
    lines[2].append("无")
    lines[3].append("申请低保")
    (table,) = submit(grid(lines)).tables
    assert values(table, "visit_problem") == ["入户", "入户"]
    assert values(table, "visit_request") == ["无", "申请低保"]
