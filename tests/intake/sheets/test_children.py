"""No list of children is passed over in silence, whatever it calls itself and however it is laid out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.grids import grid, submit

from lbt_audit.intake.table import Note, Submission

YEAR = 2026
NAMES = ["杨晓峰", "罗成安", "吴雨桐", "马思远", "韦佳怡", "覃金莲", "石浩然", "王梓涵", "李文博", "张雪婷"]


def number(i: int, born: int = 2015) -> str:
    return f"529901{born}03{i + 10}{100 + i}{i % 10}"


CHILDREN = [[str(i + 1), name, number(i)] for i, name in enumerate(NAMES)]
ADULTS = [[str(i + 1), name, number(i, 1985)] for i, name in enumerate(NAMES)]


def read(*rows: Any, **more: Any) -> Submission:
    return submit(grid(list(rows)), path="a.xlsx", year=YEAR, **more)


def topics(found: Submission) -> set[str]:
    return {n.topic for n in (*found.notes, *(n for t in found.tables for n in t.notes))}


def test_a_plain_list_is_audited_by_the_columns_it_has() -> None:
    head = ["序号", "姓名", "性别", "出生日期", "公民身份证号码", "就学情况", "父亲姓名"]
    rows = [[str(i), n, "男", "2015-03-12", number(i), "小学", "杨大山"] for i, n in enumerate(NAMES)]
    found = read(head, *rows)
    assert [(t.kind, len(t)) for t in found.tables] == [("children", 10)]
    assert topics(found) & {"plain_list", "plain_list_like"}


def test_it_is_told_which_register_a_plain_list_comes_nearest_to() -> None:
    head = ["姓名", "身份证号", "父亲务工地点"]
    found = read(head, *[[n, number(i), "浙江省宁波市"] for i, n in enumerate(NAMES)])
    (note,) = [n for n in found.notes if n.topic.startswith("plain_list")]
    assert note.detail["kind"] == "village_book"


@pytest.mark.parametrize(
    "rows",
    [
        CHILDREN,  # no header at all
        [["编号", "称呼", "号码"], *CHILDREN],  # headers nobody knows
        [["编号", "名字", "号码"], *[[a, b, "'" + c] for a, b, c in CHILDREN]],
        [
            ["甲", "乙", "丙"],
            *[[a, b, f"{c[0]}.{c[1:15]}E+17"] for a, b, c in CHILDREN],
        ],  # as Excel keeps them
        [["甲", "乙", "丙"], *[[a, b, f"证号{c}（县）"] for a, b, c in CHILDREN]],
    ],
)
def test_numbers_of_children_in_no_register_are_told(rows: list[list[str]]) -> None:
    found = read(*rows)
    assert (found.status, found.reason) == ("unreadable", "unread_children")
    assert found.detail["count"] == "10"


@pytest.mark.parametrize(
    "rows",
    [
        [["教职工花名册"], ["序号", "姓名", "身份证号码"], *ADULTS],
        [["序号", "姓名", "身份证号码", "任教学科"], *[[*a, "语文"] for a in ADULTS]],
        [["日期", "带班领导", "电话"], ["2026-10-01", "杨大山", "13800000000"]],
        [["姓名", "身份证号"], *[row[1:] for row in ADULTS]],
        [["编号", "称呼", "号码"], *CHILDREN[:2], *ADULTS],  # two numbers make no list
    ],
)
def test_lists_of_others_are_left_alone(rows: list[list[str]]) -> None:
    found = read(*rows)
    assert (found.status, found.reason, found.tables) == ("ignored", "not_register", ())


def test_children_below_a_register_that_it_does_not_hold_are_told() -> None:
    head = ["序号", "姓名", "身份证号码", "父亲姓名", "母亲姓名", "监护人姓名"]
    rows = [[*c, "杨大山", "李秀英", "杨老汉"] for c in CHILDREN]
    other = [
        ["关爱对象", "", ""],
        ["号数", "何人", "凭据"],
        *[["", c[1], c[2][:6] + "2016" + c[2][10:]] for c in CHILDREN[:4]],
    ]
    found = submit(
        grid([["白石镇农村留守儿童花名册"], head, *rows], sheet="花名册"), grid(other, sheet="另册"),
        path="a.xlsx", year=YEAR,
    )  # fmt: skip
    assert len(found.tables[0]) == 10
    (note,) = [n for n in found.notes if n.topic == "unread_children"]
    assert note == Note("unread_children", 3, detail={"sheet": "另册", "count": "4", "rows": "3-6"})


@settings(max_examples=150, deadline=None)
@given(
    st.data(),
    st.lists(
        st.sampled_from(["序号", "姓名", "身份证号", "备注", "班级", "组别", "何人", "号码", "住址", ""]),
        min_size=3,
        max_size=7,
    ),
    st.sampled_from(["", "名单", "白石镇农村留守儿童花名册", "教职工花名册", "2026年10月", "关爱对象台账"]),
    st.integers(0, 60),
)
def test_ten_children_with_numbers_are_never_passed_over(
    data: st.DataObject, head: list[str], title: str, blank: int
) -> None:
    """Audited, or told as not audited: whatever headers stand over them and however far down."""
    at = data.draw(st.integers(0, len(head) - 2))
    rows = [["说明", f"第{i}条"] for i in range(blank)]
    rows += [[title]] if title else []
    rows += [head] if data.draw(st.booleans()) else []
    for _, name, no in CHILDREN:
        cells = [""] * len(head)
        cells[at], cells[at + 1] = data.draw(st.sampled_from([(name, no), (no, name)]))
        rows.append(cells)
    found = read(*rows)
    held = sum(len(t) for t in found.tables)
    told = found.reason == "unread_children" or "unread_children" in topics(found)
    assert held >= 8 or told or "kind_not_audited" in topics(found), (found.status, found.reason, held)


def test_children_numbered_in_one_row_are_records_of_their_own() -> None:
    head = [
        "序号",
        "村组",
        "儿童1姓名",
        "儿童1身份证号",
        "儿童2姓名",
        "儿童2身份证号",
        "父亲姓名",
        "母亲姓名",
        "监护人姓名",
    ]
    rows = [
        ["1", "一组", "杨晓峰", number(0), "杨晓月", number(1), "杨大山", "李秀英", "杨老汉"],
        ["2", "二组", "罗成安", number(2), "", "", "罗大山", "李秀英", "罗老汉"],
    ]
    found = read(["清塘村留守儿童台账"], head, *rows)
    children = [
        (t.kind, t.columns["child_name"].text.to_pylist(), t.columns["father_name"].text.to_pylist())
        for t in found.tables
    ]
    assert children == [
        ("village_book", ["杨晓峰", "罗成安"], ["杨大山", "罗大山"]),
        ("village_book", ["杨晓月"], ["杨大山"]),
    ]
    assert found.tables[1].columns["child_name"].index == 4


@pytest.mark.parametrize(
    "heads", [("老大", "老二"), ("第一个孩子", "第二个孩子"), ("孩子一", "孩子二"), ("子女(1)", "子女(2)")]
)
def test_other_ways_to_number_children(heads: tuple[str, str]) -> None:
    head = [
        "村组",
        *[f"{h}{x}" for h in heads for x in ("姓名", "性别", "身份证号")],
        "父亲姓名",
        "母亲姓名",
        "监护人姓名",
    ]
    found = read(
        ["清塘村留守儿童台账"], head,
        ["一组", "杨晓峰", "男", number(0), "杨晓月", "女", number(1), "杨大山", "李秀英", "杨老汉"],
    )  # fmt: skip
    assert [t.columns["child_name"].text.to_pylist() for t in found.tables] == [["杨晓峰"], ["杨晓月"]]


def test_two_visits_in_one_row_are_two_records() -> None:
    head = [
        "姓名",
        "班级",
        "第一次家访时间",
        "第一次家访内容",
        "第二次家访时间",
        "第二次家访内容",
        "家访教师",
    ]
    found = read(
        ["三年级留守儿童家访记录"], head,
        ["杨晓峰", "三(1)班", "2026-09-10", "了解学习", "2026-10-12", "了解生活", "龙光华"],
        ["罗成安", "三(1)班", "2026-09-11", "了解学习", "", "", "龙光华"],
    )  # fmt: skip
    assert [(t.kind, t.columns["visit_date"].text.to_pylist()) for t in found.tables] == [
        ("visits", ["2026-09-10", "2026-09-11"]),
        ("visits", ["2026-10-12"]),
    ]


@pytest.mark.parametrize(
    ("sheet", "told"),
    [("一年级(2)班", True), ("三（1）班", True), ("六1班", True), ("七年级", True), ("初一(3)班", True),
     ("Sheet1", False), ("10月", False), ("登记表", False), ("1", False)],
)  # fmt: skip
def test_a_sheet_named_after_a_class_needs_no_column_for_it(sheet: str, told: bool) -> None:
    head = ["序号", "姓名", "身份证号码", "班主任", "监护人", "与学生关系"]
    rows = [[*c, "龙光华", "杨秀英", "祖母"] for c in CHILDREN]
    (found,) = submit(
        grid([["白石镇中心小学留守儿童情况登记表"], head, *rows], sheet=sheet), path="a.xlsx"
    ).tables
    assert found.kind == "school_ledger"
    assert ("class_name" in found.columns) == told
    assert not told or set(found.columns["class_name"].text.to_pylist()) == {
        sheet.replace("（", "(").replace("）", ")")
    }


@pytest.mark.parametrize(
    "head",
    [
        ["编号", "名字", "男女", "生日", "身份证号", "住哪个组", "读几年级", "爸爸名字", "妈妈名字"],
        ["1、请问您家孩子叫什么名字？", "2、孩子是男孩还是女孩？", "3、您孩子的生日", "4、请填写孩子的身份证号码",
         "5、孩子现在读几年级？",
         "6、孩子父亲的姓名是？", "7、父亲目前在哪里务工？", "8、妈妈的名字", "9、妈妈的手机号码"],
    ],
)  # fmt: skip
def test_headers_as_people_speak(head: list[str]) -> None:
    row = {"编": "1", "住": "1组", "读": "三年级", "男": "男", "生": "2015-03-10", "身": number(0)}
    cells = [next((v for k, v in row.items() if k in h), "杨大山") for h in head]
    cells = [number(0) if "身份证" in h else c for h, c in zip(head, cells, strict=True)]
    (found,) = read(head, *[cells] * 6).tables
    assert {"child_name", "sex", "birth_date", "id_no", "grade", "father_name", "mother_name"} <= set(
        found.columns
    )


def test_visits_numbered_in_a_group_of_their_own() -> None:
    top = ["序号", "儿童姓名", "第1次入户走访", None, None, "第2次入户走访", None, None]
    head = [None, None, "时间", "走访人", "情况", "时间", "走访人", "情况"]
    rows = [
        [str(i), n, "2026-08-05", "简文彬", "查看作业", "2026-10-10", "敖永芬", "检查电线"]
        for i, n in enumerate(NAMES)
    ]
    found = submit(
        grid([["珠岩村2026年走访记录"], top, head, *rows], merges=[(2, 2, 2, 4), (2, 5, 2, 7), (2, 0, 3, 0), (2, 1, 3, 1)]),
        path="a.xlsx", year=YEAR,
    )  # fmt: skip
    assert [(t.kind, t.columns["visit_date"].text[0].as_py(), len(t)) for t in found.tables] == [
        ("visits", "2026-08-05", 10),
        ("visits", "2026-10-10", 10),
    ]


HEAD = ["序号", "姓名", "身份证号码", "父亲姓名", "母亲姓名", "监护人姓名"]
ELDER = ["1", "杨秀英", "529901195804043021", "", "", ""]


def rows_read(*rows: list[str]) -> list[list[str]]:
    found = submit(grid([["清塘村三留守人员台账"], HEAD, *rows]), year=YEAR)
    return [t.columns["child_name"].text.to_pylist() for t in found.tables]


def test_rows_under_a_heading_of_elders_are_left_out() -> None:
    child = [*CHILDREN[0], "杨大山", "李秀英", "杨老汉"]
    other = [*CHILDREN[1], "罗成安", "石桂芳", "罗老汉"]
    assert rows_read(["留守老人"], ELDER, ["留守儿童"], child, other) == [[child[1], other[1]]]
    assert rows_read(child, ["留守妇女名单（共1人）"], ELDER) == [[child[1]]]
    assert rows_read(
        ["", "（二）留守老人花名册"], ELDER, ["珠岩村"], ELDER, ["留守儿童部分：2人"], child
    ) == [[child[1]]]
    assert rows_read(child, other, ["注：留守老人另册登记"]) == [[child[1], other[1]]]


def test_a_list_with_more_elders_than_children_is_still_one_of_children() -> None:
    head = ["序号", "姓名", "身份证号", "家庭住址", "联系方式"]
    children = [[str(i), f"杨{c}", number(i), "青杠村二组", "13850642491"] for i, c in enumerate("一二三")]
    elders = [
        [str(i), f"石{c}", f"529901195{i}0412122{i}", "青杠村二组", "13850642492"]
        for i, c in enumerate("甲乙丙丁")
    ]
    found = read(["青杠村三留守人员"], head, ["一、留守儿童"], *children, ["二、留守老人"], *elders)
    assert [len(t) for t in found.tables] == [3]
    assert found.status == "audited"


def test_a_column_of_nothing_but_sorts_of_people_tells_them_apart() -> None:
    head = ["人员分类", *HEAD]
    child = ["留守儿童", *CHILDREN[0], "杨大山", "李秀英", "杨老汉"]
    found = submit(grid([["清塘村三留守人员台账"], head, ["留守老人", *ELDER], child]), year=YEAR)
    assert [t.columns["child_name"].text.to_pylist() for t in found.tables] == [[child[2]]]
    assert "others_left_out" in topics(found)
