"""A row per helper, the children in one cell."""

from __future__ import annotations

import pytest
from tests.intake.grids import grid, submit, values

from lbt_audit.model.cell import CellKind


def helpers(*children: str) -> list[list[str]]:
    head = ["序号", "帮扶人姓名", "单位", "职务", "联系电话", "帮扶儿童姓名", "帮扶措施"]
    names = ("龙秀华", "罗永贵", "陆朝阳")
    rows = [
        [str(n + 1), names[n], "白石镇政府", "干部", f"1540000000{n}", cell, "每月入户一次，辅导功课"]
        for n, cell in enumerate(children)
    ]
    return [["白石镇干部结对帮扶留守儿童一览表"], head, *rows]


def test_a_record_for_each_child() -> None:
    found = submit(grid(helpers("杨晓峰、李小梅,韦晨曦（三年级）", "吴小虎", "石莎莎 杨一等")))
    pairs = [
        pair
        for t in found.tables
        for pair in zip(values(t, "child_name"), values(t, "helper_name"), strict=True)
    ]
    assert sorted(pairs) == sorted(
        [
            ("杨晓峰", "龙秀华"), ("李小梅", "龙秀华"), ("韦晨曦（三年级）", "龙秀华"), ("吴小虎", "罗永贵"),
            ("石莎莎", "陆朝阳"), ("杨一", "陆朝阳"),
        ]
    )  # fmt: skip
    assert [t.rows.tolist() for t in found.tables] == [[3, 4, 5], [3, 5], [3]]
    assert "helper_measure" in found.tables[0].columns and "helper_measure" not in found.tables[1].columns
    assert found.tables[1].columns["child_name"].kinds.tolist() == [CellKind.TEXT, CellKind.TEXT]


@pytest.mark.parametrize("cell", ["杨晓峰", "李 明", "全村留守儿童，共12名", "阿依古丽·买买提"])
def test_one_child_or_none(cell: str) -> None:
    (table,) = submit(grid(helpers(cell, "吴小虎"))).tables
    assert values(table, "child_name") == [cell, "吴小虎"]
