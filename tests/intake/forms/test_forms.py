"""Forms for one child (B4): the printed form of 2016 and what people make of it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.intake.form_sheets import BLANK, CHILD, form, stacked
from tests.intake.grids import grid, submit, topics

from lbt_audit.intake.table import Table
from lbt_audit.model.cell import CellKind
from lbt_audit.model.units import Units

READ = {
    "hukou_registered": "是", "health": "健康", "boarding": "否", "school_status": "小学", "both_away": "是",
    "one_away_incap": "否", "has_guardian": "是", "guard_eval": "监护情况较好", "income_source": "打工收入、种养殖业",
    "aid": "医疗救助",
}  # fmt: skip
"""What the ticks of CHILD mean."""
FACTS = ("unit_name", "fill_date", "unit_head", "reviewer", "filler")


def said(table: Table) -> dict[str, str]:
    """The fields in which a form says something."""
    return {f: c.text[0].as_py() for f, c in table.columns.items() if len(table) and c.text[0].as_py()}


def forms(*args: Any, path: str = "一人一表/登记表.xlsx", **more: Any) -> list[Table]:
    return list(submit(grid(*args, **more), path=path).tables)


def only(*args: Any, **more: Any) -> Table:
    (table,) = forms(*args, **more)
    return table


@pytest.mark.parametrize("merged", [True, False])
def test_the_printed_form(merged: bool) -> None:
    """CSV and HTML say nothing of merged cells."""
    lines, merges = form(CHILD)
    table = only(lines, merges if merged else ())
    assert table.kind == "child_form" and len(table) == 1
    assert table.unit.name == "白石镇" and table.unit.known
    wanted = {f: t for f, t in {**CHILD, **READ}.items() if t and f not in FACTS}
    assert said(table) == wanted
    assert {f: table.facts[f][0] for f in FACTS} == {f: CHILD[f] for f in FACTS}
    assert not table.notes and not table.unmapped
    assert all(set(c.text.to_pylist()) <= {t} for f, c in table.columns.items() if (t := wanted.get(f)))


def test_every_value_keeps_its_own_cell() -> None:
    lines, merges = form(CHILD)
    table = only(lines, merges)
    cells = {f: (int(c.rows[0]), c.index) for f, c in table.columns.items() if c.rows is not None}
    assert cells["child_name"] == (3, 2) and cells["birth_date"] == (3, 8)
    assert cells["father_birth"] == (10, 4) and cells["mother_phone"] == (11, 8)
    assert cells["guardian_id"] == (15, 2) and cells["disability_type"] == (6, 6)
    assert table.rows.tolist() == [3]
    assert table.facts["fill_date"][1:] == (2, 6)


def test_nothing_written() -> None:
    table = only(*form(BLANK))
    assert len(table) == 0 and set(CHILD) - set(FACTS) <= set(table.columns)
    assert "empty_register" in topics(table)
    half = only(
        *form({**BLANK, "hukou_addr": "白石镇", "live_addr": "白石镇", "father_phone": "13885720001"})
    )
    assert len(half) == 1 and said(half)["father_phone"] == "13885720001"


def test_forms_one_below_the_other() -> None:
    others = [{**CHILD, "child_name": f"杨晓{c}", "filler": f"李{c}"} for c in "梅兰竹菊"]
    tables = forms(*stacked(*others))
    assert [said(t)["child_name"] for t in tables] == [c["child_name"] for c in others]
    assert [t.facts["filler"][0] for t in tables] == [c["filler"] for c in others]
    assert [t.rows.tolist() for t in tables] == [[3], [27], [51], [75]]
    assert {t.unit.name for t in tables} == {"白石镇"}
    many = forms(*stacked(*others * 10))
    assert len(many) == 40


def test_a_sheet_per_child() -> None:
    grids = [grid(*form({**CHILD, "child_name": n}), sheet=n) for n in ("杨晓梅", "杨晓兰")]
    found = submit(*grids, path="白石镇/一人一表.xlsx")
    assert [(t.sheet, len(t)) for t in found.tables] == [("杨晓梅", 1), ("杨晓兰", 1)]
    assert found.status == "audited"


GROUPED = [
    ["农村留守儿童基本情况登记表"],
    ["填报单位（盖章）：白石镇", "", "", "填报时间：2026.10.20"],
    ["儿童\n基本\n情况", "姓名：", "杨晓峰", "性别：", "男", "民族", "苗"],
    ["", "出生年月", "2015.3", "身份证号", "52990120150312001X"],
    ["家庭\n情况", "父亲", "姓名", "杨大山", "出生日期", "1985.5", "身份证号", "529901198505060015"],
    ["", "", "务工地点", "浙江宁波", "联系电话", "13885720001"],
    ["", "母亲", "姓名", "李秀英", "出生日期", "1987.8", "身份证号", ""],
    ["", "", "务工地点", "在家", "联系电话", "13885720003"],
    ["", "家庭住址", "白石镇珠岩村"],
    ["监护人情况", "姓名", "杨老根", "与儿童关系", "祖父", "联系电话", "13885720005"],
    ["", "身份证号", "529901195003080013", "住址", "珠岩村"],
    ["备注", "无"],
    ["负责人：王建国", "", "审核人：张明", "", "填 表 人：李强"],
]
WANTED = {
    "child_name": "杨晓峰", "sex": "男", "ethnicity": "苗", "birth_date": "2015.3", "id_no": "52990120150312001X",
    "father_name": "杨大山", "father_birth": "1985.5", "father_id": "529901198505060015", "father_work_place": "浙江宁波",
    "father_phone": "13885720001", "mother_name": "李秀英", "mother_birth": "1987.8", "mother_work_place": "在家",
    "mother_phone": "13885720003", "live_addr": "白石镇珠岩村", "guardian_name": "杨老根", "guardian_rel": "祖父",
    "guardian_phone": "13885720005", "guardian_id": "529901195003080013", "guardian_addr": "珠岩村", "remark": "无",
}  # fmt: skip
MERGED = [(3, 0, 4, 0), (5, 0, 9, 0), (5, 1, 6, 1), (7, 1, 8, 1), (10, 0, 11, 0)]


@pytest.mark.parametrize("merged", [True, False])
def test_leaf_labels_belong_to_the_group_beside_them(merged: bool) -> None:
    table = only(GROUPED, MERGED if merged else ())
    assert said(table) == WANTED
    assert table.facts["unit_head"][0] == "王建国" and table.facts["filler"][0] == "李强"
    assert table.facts["fill_date"][0] == "2026.10.20"


def test_whose_a_label_is_goes_on_over_the_row_and_to_the_next() -> None:
    lines = [
        ["留守儿童登记表"],
        ["姓名", "杨晓峰", "性别", "男", "出生日期", "2015.3.12"],
        ["身份证号码", "52990120150312001X", "民族", "苗"],
        ["父亲姓名", "杨大山", "出生日期", "1985.5"],
        ["务工地点", "浙江宁波", "联系电话", "13885720001"],
        ["母亲姓名", "李秀英", "出生日期", "1987.8"],
        ["务工地点", "广东东莞", "联系电话", "13885720003"],
        ["监护人", "杨老根", "关系", "爷爷", "电话", "13885720005"],
        ["就读学校", "白石镇中心小学", "年级", "三年级", "班主任", "龙老师"],
    ]
    found = said(only(lines))
    assert found["father_birth"] == "1985.5" and found["mother_birth"] == "1987.8"
    assert (found["father_work_place"], found["mother_work_place"]) == ("浙江宁波", "广东东莞")
    assert (found["father_phone"], found["mother_phone"]) == ("13885720001", "13885720003")
    assert found["guardian_rel"] == "爷爷" and found["guardian_phone"] == "13885720005"
    assert found["birth_date"] == "2015.3.12" and found["school_name"] == "白石镇中心小学"
    assert "parents_work_place" not in found and "contact_phone" not in found


def test_labels_above_their_values() -> None:
    lines = [
        ["留守儿童登记表"],
        ["填报单位：白石镇人民政府"],
        ["儿童情况", "姓名", "性别", "民族", "出生日期", "身份证号"],
        ["", "杨晓峰", "男", "", "2015-03-12", "52990120150312001X"],
        ["父亲情况", "姓名", "务工地点", "联系电话", "出生日期", "身份证号"],
        ["", "杨大山", "浙江宁波", "13885720001", "", ""],
        ["母亲情况", "姓名", "务工地点", "联系电话", "出生日期", "身份证号"],
        ["", "李秀英", "在家", "13885720003", "1987.8", ""],
        ["监护人情况", "姓名", "与儿童关系", "联系电话"],
        ["", "杨老根", "祖父", "13885720005"],
        ["监护情况", "较好"],
        ["现居住地", "珠岩村"],
    ]
    table = only(lines, [(a, 0, a + 1, 0) for a in (3, 5, 7, 9)])
    found = said(table)
    assert found["child_name"] == "杨晓峰" and found["id_no"] == "52990120150312001X"
    assert (found["father_name"], found["mother_name"], found["guardian_name"]) == (
        "杨大山", "李秀英", "杨老根",
    )  # fmt: skip
    assert found["mother_birth"] == "1987.8" and found["guardian_rel"] == "祖父"
    assert found["guard_eval"] == "较好" and found["live_addr"] == "珠岩村"
    blank = table.columns["father_birth"]
    assert blank.rows is not None and (int(blank.rows[0]), blank.index) == (6, 4)


def test_a_row_for_each_member_of_the_family() -> None:
    lines = [
        ["留守儿童登记表"],
        ["姓名", "杨晓峰", "性别", "男"],
        ["出生日期", "2015-03-12", "身份证号", "52990120150312001X"],
        ["家庭成员", "称谓", "姓名", "出生日期", "务工地点", "联系电话"],
        ["", "父亲", "杨大山", "1985.5", "浙江宁波", "13885720001"],
        ["", "母亲", "李秀英", "1987.8", "", "13885720003"],
        ["", "祖父", "杨老根", "1950.3", "", ""],
        ["现居住地", "珠岩村"],
        ["就学情况", "小学"],
        ["健康状况", "健康"],
        ["监护人", "杨老根", "与被监护人关系", "祖父", "联系电话", "13885720005"],
    ]
    found = said(only(lines, [(4, 0, 7, 0)]))
    assert (found["father_name"], found["father_phone"]) == ("杨大山", "13885720001")
    assert (found["mother_name"], found["mother_birth"]) == ("李秀英", "1987.8")
    assert found["pg_father_name"] == "杨老根" and found["guardian_phone"] == "13885720005"


def test_a_column_for_each_member_of_the_family() -> None:
    lines = [
        ["留守儿童登记表"],
        ["姓名", "杨晓峰", "性别", "男"],
        ["出生日期", "2015-03-12", "身份证号", "52990120150312001X"],
        ["", "父亲", "母亲", "监护人"],
        ["姓名", "杨大山", "李秀英", "杨老根"],
        ["联系电话", "13885720001", "13885720003", "13885720005"],
        ["务工地点", "浙江宁波", "广东东莞"],
        ["现居住地", "珠岩村"],
        ["健康状况", "健康"],
    ]
    found = said(only(lines))
    assert (found["father_name"], found["mother_name"], found["guardian_name"]) == (
        "杨大山", "李秀英", "杨老根",
    )  # fmt: skip
    assert found["mother_phone"] == "13885720003" and found["guardian_phone"] == "13885720005"
    assert found["mother_work_place"] == "广东东莞" and found["live_addr"] == "珠岩村"


def test_sections_on_lines_of_their_own() -> None:
    lines = [
        ["留守儿童登记表"],
        ["一、儿童基本情况"],
        ["姓名", "杨晓峰", "性别", "男"],
        ["出生日期", "2015-03-12", "身份证号", "52990120150312001X"],
        ["二、父亲情况"],
        ["姓名", "杨大山", "联系电话", "13885720001"],
        ["三、母亲情况"],
        ["姓名", "李秀英", "联系电话", "13885720003"],
        ["四、监护人情况"],
        ["姓名", "杨老根", "关系", "祖父"],
        ["联系电话", "13885720005", "住址", "珠岩村"],
    ]
    found = said(only(lines, [(n, 0, n, 5) for n in (2, 5, 7, 9)]))
    assert (found["child_name"], found["father_name"], found["mother_name"]) == ("杨晓峰", "杨大山", "李秀英")
    assert found["guardian_name"] == "杨老根" and found["guardian_phone"] == "13885720005"


def test_label_and_value_in_one_cell() -> None:
    lines = [
        ["留守儿童登记表"],
        ["填报单位：白石镇人民政府        填报日期：2026年10月25日"],
        ["姓名：杨晓峰   性别：男   民族：苗"],
        ["出生日期：2015-03-12", "身份证号：52990120150312001X"],
        ["父亲姓名：杨大山   务工地点：浙江省宁波市   联系电话：13885720001"],
        ["母亲姓名：李秀英   务工地点：                联系电话：13885720003"],
        ["监护人姓名：杨老根", "与被监护人关系：祖父", "联系电话：13885720005"],
        ["父母双方同时外出：是(√)否( )"],
        ["父母一方外出、另一方无监护能力：是( )否(√)"],
        ["现居住地：白石镇珠岩村三组（村口）"],
        ["填表人：李强"],
    ]
    found = said(only(lines))
    assert found["child_name"] == "杨晓峰" and found["ethnicity"] == "苗"
    assert found["father_phone"] == "13885720001" and found["mother_phone"] == "13885720003"
    assert "mother_work_place" not in found and found["guardian_phone"] == "13885720005"
    assert found["both_away"] == "是" and found["one_away_incap"] == "否"
    assert found["live_addr"] == "白石镇珠岩村三组（村口）"


def test_who_is_unable_to_care_within_the_answer() -> None:
    lines, merges = form({**CHILD, "both_away": "是( )否(√)"})
    lines[12][5] = "是(√)否( ) 无监护能力：父亲( )母亲(√)"
    lines[12][6:] = []
    found = said(only(lines, merges))
    assert (found["one_away_incap"], found["incap_who"], found["both_away"]) == ("是", "母亲", "否")


def test_a_box_for_each_digit_and_options_in_cells_of_their_own() -> None:
    number = "52990120150312001X"
    lines = [
        ["留守儿童登记表"],
        ["姓名", "杨晓峰", "性别", "男"],
        ["身份证号", *number],
        ["身体情况", "健康", "√", "残疾", "", "患病", ""],
        ["父亲姓名", "杨大山", "联系电话", "13885720001"],
        ["母亲姓名", "李秀英", "联系电话", "13885720003"],
        ["就学情况", "小学(√)", "初中( )", "高中( )"],
        ["现居住地", "珠岩村"],
    ]
    found = said(only(lines))
    assert found["id_no"] == number and found["health"] == "健康" and found["school_status"] == "小学"


def test_unknown_labels_take_no_value_away() -> None:
    lines, merges = form(CHILD)
    lines[6][4:] = ["就学情况", "小学(√)初中( )", "兴趣爱好", "篮球"]
    table = only(lines, merges)
    assert said(table)["school_status"] == "小学" and "篮球" not in said(table).values()


def test_what_kind_of_cell_a_value_was() -> None:
    lines, merges = form({**CHILD, "id_no": 529901201503120000, "birth_date": ("#REF!", CellKind.ERROR)})
    columns = only(lines, merges).columns
    assert columns["id_no"].kinds.tolist() == [CellKind.NUMBER]
    assert columns["birth_date"].kinds.tolist() == [CellKind.ERROR]
    assert columns["illness"].kinds.tolist() == [CellKind.BLANK]


def test_seals_and_lines_to_write_on_are_no_values() -> None:
    empty = {
        "unit_name": "",
        "fill_date": "    年   月   日",
        "unit_head": "______",
        "birth_date": "  年  月  日",
    }
    table = only(*form({**CHILD, **empty}))
    assert {n.field for n in table.notes if n.topic == "missing_fact"} == {
        "unit_name",
        "fill_date",
        "unit_head",
    }
    assert "birth_date" not in said(table)


def test_no_childs_name_is_a_units() -> None:
    """Without any unit on the form the folder speaks; 杨小村登记表 is no village."""
    lines, merges = form(
        {**CHILD, "unit_name": "", "child_name": "杨小村", "hukou_addr": "", "live_addr": ""}
    )
    here = submit(grid(lines, merges, sheet="杨小村"), path="报送/杨小村登记表.xlsx", units=Units()).tables[0]
    assert here.unit.name == "报送" and here.unit.level == "township"
    alone = submit(grid(lines, merges), path="杨晓村登记表.xlsx", units=Units()).tables[0]
    assert "杨" not in alone.unit.name
    named = submit(grid(lines, merges), path="清水乡/杨小村登记表.xlsx").tables[0]
    assert named.unit.name == "清水乡"
    lines, merges = form({**CHILD, "unit_name": ""})
    by_address = submit(grid(lines, merges), path="报送/杨晓峰登记表.xlsx").tables[0]
    assert by_address.unit.name == "珠岩村" and by_address.unit.township == "白石镇"


def test_two_answers_to_one_question_are_told() -> None:
    lines, _ = form(CHILD)
    lines.insert(18, ["性别", "女"])
    table = only(lines)
    assert said(table)["sex"] == "男"
    assert [(n.field, n.row) for n in table.notes if n.topic == "duplicate_field"] == [("sex", 19)]


def test_other_forms_are_set_aside() -> None:
    """A form that asks for neither parents nor guardian is none of these."""
    lines = [
        ["困境儿童评估表"],
        ["儿童姓名", "杨晓峰", "性别", "男"],
        ["身份证号", "52990120150312001X", "民族", "苗"],
        ["身体情况", "健康"],
        ["就学情况", "小学"],
        ["家庭经济来源", "打工收入"],
        ["救助措施", "低保"],
        ["备注", "无"],
    ]
    found = submit(grid(lines), path="评估.xlsx")
    assert (found.status, found.reason) == ("ignored", "kind_not_audited")


@pytest.mark.parametrize("merged", [True, False])
def test_forms_side_by_side(merged: bool) -> None:
    """Two forms to a sheet, the next two below them; the last place holds none."""
    names = ("杨晓梅", "杨晓兰", "杨晓竹")
    lines: list[list[Any]] = []
    ranges = []
    for top, pair in enumerate((names[:2], names[2:])):
        first = top * 24 + 1
        for place, name in enumerate(pair):
            own, merges = form({**CHILD, "child_name": name, "filler": f"李{name[-1]}"}, first)
            left = place * 11
            for i, line in enumerate(own):
                while len(lines) < first + i:
                    lines.append([])
                lines[first + i - 1] += [""] * (left - len(lines[first + i - 1])) + line
            ranges += [(a, b + left, c, d + left) for a, b, c, d in merges]
    tables = forms(lines, ranges if merged else ())
    assert [said(t)["child_name"] for t in tables] == ["杨晓梅", "杨晓竹", "杨晓兰"]
    assert [t.facts["filler"][0] for t in tables] == ["李梅", "李竹", "李兰"]
    assert {t.facts["unit_name"][0] for t in tables} == {CHILD["unit_name"]}
    wanted = {f: t for f, t in {**CHILD, **READ}.items() if t and f not in (*FACTS, "child_name")}
    for table in tables:
        assert {f: t for f, t in said(table).items() if f != "child_name"} == wanted
    assert tables[2].columns["child_name"].index == 13
