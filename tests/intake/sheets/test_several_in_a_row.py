"""Several visits or helpers in a row: records of their own in a register of these, the first alone in a list of children."""

from __future__ import annotations

from tests.intake.grids import grid, submit, values

NAMES = ("杨晓峰", "李小梅", "韦晨曦")


def test_two_helpers_of_a_child() -> None:
    lines = [
        ["白石镇留守儿童“一对一”帮扶台账"],
        ["填报单位：白石镇人民政府   2026年10月31日"],
        ["序号", "儿童姓名", "第一帮扶人", "", "", "第二帮扶人", "", "", "帮扶措施"],
        ["", "", "姓名", "单位", "联系电话", "姓名", "单位", "联系电话", ""],
        [
            "1",
            NAMES[0],
            "龙秀华",
            "白石镇政府",
            "13885720001",
            "罗永贵",
            "白石小学",
            "13885720002",
            "每周辅导作业",
        ],
        ["2", NAMES[1], "龙秀华", "白石镇政府", "13885720001", "", "", "", "申请低保"],
    ]
    found = submit(grid(lines, [(3, 2, 3, 4), (3, 5, 3, 7)]))
    assert {t.kind for t in found.tables} == {"helpers"}
    pairs = {
        p for t in found.tables for p in zip(values(t, "child_name"), values(t, "helper_name"), strict=True)
    }
    assert pairs == {(NAMES[0], "龙秀华"), (NAMES[0], "罗永贵"), (NAMES[1], "龙秀华")}
    assert found.tables[0].unit.name == "白石镇" and found.tables[0].facts["fill_date"][0] == "2026年10月31日"


def test_a_list_of_children_is_not_divided_by_visits() -> None:
    head = ["序号", "姓名", "身份证号码", "父亲姓名", "父亲务工地点", "母亲姓名", "母亲务工地点", "监护人姓名",
            "第一次走访时间", "第二次走访时间"]  # fmt: skip
    rows = [
        [
            str(i),
            n,
            f"52990120150312001{i}",
            "杨大山",
            "浙江省宁波市",
            "李秀英",
            "浙江省宁波市",
            "杨老根",
            "2026.9.1",
            "",
        ]
        for i, n in enumerate(NAMES, 1)
    ]
    (table,) = submit(grid([["珠岩村农村留守儿童台账"], head, *rows])).tables
    assert table.kind == "village_book" and values(table, "child_name") == list(NAMES)
    assert values(table, "visit_date") == ["2026.9.1"] * 3


def test_months_of_a_village_are_visits() -> None:
    lines = [
        ["珠岩村2026年农村留守儿童入户走访登记表"],
        ["序号", "村民组", "儿童姓名", "监护人", "走访人员", "走访月份", "", "备注"],
        ["", "", "", "", "", "9月", "10月", ""],
        ["1", "一组", NAMES[0], "杨老根", "罗支书", "√", "☑", ""],
        ["2", "一组", NAMES[1], "李老根", "罗支书", "", "v", ""],
    ]
    found = submit(grid(lines, [(2, 5, 2, 6)]))
    assert {t.kind for t in found.tables} == {"visits"}
    days = {
        p for t in found.tables for p in zip(values(t, "child_name"), values(t, "visit_date"), strict=True)
    }
    assert days == {(NAMES[0], "2026年9月"), (NAMES[0], "2026年10月"), (NAMES[1], "2026年10月")}
