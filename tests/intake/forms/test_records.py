"""Forms of one visit, or one agreement, each: kinds that also come as lists."""

from __future__ import annotations

from typing import Any

import pytest
from tests.intake.grids import grid, submit, topics

from lbt_audit.intake.table import Submission, Table

VISIT = [
    ["白石镇中心小学留守儿童家访记录表"],
    ["学生姓名", "杨晓峰", "性别", "男", "班级", "三（2）班"],
    ["家长姓名", "杨大山", "联系电话", "13885720001", "家庭住址", "珠岩村三组"],
    ["家访时间", "2026年10月12日", "家访教师", "龙秀华", "家访方式", "入户"],
    ["家访目的", "了解孩子在家学习生活情况"],
    ["家访内容", "祖父年纪大，作业无人辅导，周末独自在家。"],
    ["存在问题", "作业不按时完成"],
    ["家长意见", "希望学校多关心"],
    ["处理结果", "班主任每周电话联系一次"],
    ["家长签字", "杨老根", "", "教师签字", "龙秀华"],
]
VILLAGE = [
    ["走访记录"],
    ["走访时间：2026-09-20    走访人：罗永贵"],
    ["走访对象", "杨晓峰", "儿童姓名", "杨晓峰"],
    ["走访情况记录"],
    ["与祖父同住，生活正常，已提醒防溺水。"],
    ["发现问题", "无"],
]
AGREEMENT = [
    ["农村留守儿童委托监护协议书"],
    ["协议编号：珠岩2026-03"],
    ["甲方（委托人）", "姓名", "杨大山", "身份证号", "529901198505060015", "联系电话", "13885720001"],
    ["", "外出地点", "浙江省宁波市", "与儿童关系", "父亲"],
    ["乙方（受托人）", "姓名", "杨老根", "身份证号", "529901195003080013", "联系电话", "13885720005"],
    ["", "与儿童关系", "祖父", "家庭住址", "珠岩村三组"],
    ["被监护人", "姓名", "杨晓峰", "性别", "男", "身份证号", "52990120150312001X"],
    ["委托期限", "2026年3月1日至2027年2月28日"],
    ["监护职责", "照顾生活起居，督促学习，保障安全。"],
    ["甲方签字", "杨大山", "乙方签字", "杨老根", "见证单位", "珠岩村村民委员会"],
    ["签订日期", "2026年2月20日"],
]
TYPED = [
    ["委托照护协议书"],
    ["甲方：杨大山    身份证号码：529901198505060015    联系电话：13885720001"],
    ["乙方：杨老根    身份证号码：529901195003080013    联系电话：13885720005"],
    ["被监护人姓名：杨晓峰    身份证号码：52990120150312001X"],
    ["委托期限：2026年3月1日至2027年2月28日"],
    ["监护职责：照顾生活起居，督促学习。"],
    ["签订日期：2026年2月20日    见证人：罗永贵"],
]


def read(*sheets: list[list[Any]], **more: Any) -> Submission:
    return submit(*(grid(lines, sheet=f"表{n}") for n, lines in enumerate(sheets)), **more)


def only(lines: list[list[Any]], **more: Any) -> Table:
    (table,) = read(lines, **more).tables
    return table


def said(table: Table) -> dict[str, str]:
    return {f: c.text[0].as_py() for f, c in table.columns.items() if len(table) and c.text[0].as_py()}


def test_a_home_visit() -> None:
    table = only(VISIT)
    assert (table.kind, table.form, len(table)) == ("visits", True, 1)
    assert (table.unit.name, table.unit.level) == ("白石镇中心小学", "school")
    wanted = {
        "child_name": "杨晓峰", "sex": "男", "class_name": "三（2）班", "parents_name": "杨大山", "visit_date": "2026年10月12日",
        "visit_visitor": "龙秀华", "visit_method": "入户", "visit_content": "祖父年纪大，作业无人辅导，周末独自在家。",
        "visit_problem": "作业不按时完成", "visit_result": "班主任每周电话联系一次", "visit_sign": "杨老根",
    }  # fmt: skip
    assert wanted.items() <= said(table).items()
    assert int(table.rows_of("visit_content")[0]) == 6
    assert not {"missing_fact", "empty_register"} & set(topics(table))


def test_a_short_record_of_a_visit() -> None:
    table = only(VILLAGE, path="珠岩村/走访.xlsx")
    assert table.kind == "visits"
    told = said(table)
    assert (told["child_name"], told["visit_date"], told["visit_visitor"]) == (
        "杨晓峰",
        "2026-09-20",
        "罗永贵",
    )
    assert told["visit_content"] == "与祖父同住，生活正常，已提醒防溺水。"


@pytest.mark.parametrize("blank", [0, 2])
def test_visits_one_below_the_other(blank: int) -> None:
    second = [[c.replace("10月12日", "10月20日") for c in line] for line in VISIT]
    tables = read([*VISIT, *[[]] * blank, *second]).tables
    assert [said(t)["visit_date"] for t in tables] == ["2026年10月12日", "2026年10月20日"]
    assert {t.unit.name for t in tables} == {"白石镇中心小学"}


def test_a_sheet_for_each_visit() -> None:
    found = read(*(VISIT for _ in range(3)))
    assert [t.kind for t in found.tables] == ["visits"] * 3 and found.status == "audited"


def test_an_agreement() -> None:
    table = only(AGREEMENT, path="珠岩村/协议.xlsx")
    assert (table.kind, table.form) == ("agreements", True)
    told = said(table)
    wanted = {
        "ag_no": "珠岩2026-03", "ag_principal": "杨大山", "ag_principal_phone": "13885720001", "ag_principal_rel": "父亲",
        "ag_principal_place": "浙江省宁波市", "ag_trustee": "杨老根", "ag_trustee_id": "529901195003080013",
        "ag_trustee_phone": "13885720005", "child_name": "杨晓峰", "sex": "男", "id_no": "52990120150312001X",
        "ag_term": "2026年3月1日至2027年2月28日",
        "ag_duties": "照顾生活起居，督促学习，保障安全。", "ag_sign_date": "2026年2月20日",
        "ag_principal_signed": "杨大山", "ag_trustee_signed": "杨老根", "ag_witness": "珠岩村村民委员会",
    }  # fmt: skip
    assert wanted.items() <= told.items()
    assert "guardian_rel" not in told or told["guardian_rel"] == "祖父"


def test_an_agreement_typed_line_by_line() -> None:
    table = only(TYPED, path="珠岩村/协议.xlsx")
    assert table.kind == "agreements"
    told = said(table)
    assert (told["ag_principal"], told["ag_principal_phone"]) == ("杨大山", "13885720001")
    assert (told["ag_trustee"], told["ag_trustee_id"]) == ("杨老根", "529901195003080013")
    assert (told["child_name"], told["id_no"]) == ("杨晓峰", "52990120150312001X")
    assert told["ag_sign_date"] == "2026年2月20日" and told["ag_witness"] == "罗永贵"


def test_parties_over_the_columns_of_a_list() -> None:
    lines = [
        ["珠岩村委托监护协议台账"],
        ["序号", "儿童姓名", "委托人", "", "受托人", "", "", "签订日期"],
        ["", "", "姓名", "联系电话", "姓名", "身份证号", "联系电话", ""],
        ["1", "杨晓峰", "杨大山", "13885720001", "杨老根", "529901195003080013", "13885720005", "2026-02-20"],
    ]
    table = only(lines)
    assert table.kind == "agreements" and not table.form
    told = said(table)
    assert (told["ag_principal"], told["ag_principal_phone"]) == ("杨大山", "13885720001")
    assert (told["ag_trustee"], told["ag_trustee_id"]) == ("杨老根", "529901195003080013")
    assert told["child_name"] == "杨晓峰" and "id_no" not in told


SECTIONS = [
    ["农村留守儿童委托监护协议书"],
    ["甲方（委托人）"],
    ["委托人姓名", "杨大山", "身份证号", "529901198505060015", "联系电话", "13885720001"],
    ["乙方（受托人）"],
    ["受托人姓名", "杨老根", "身份证号", "529901195003080013", "联系电话", "13885720005"],
    ["与被监护人关系", "祖父", "居住地地址", "珠岩村三组"],
    ["丙方（被监护儿童）"],
    ["儿童姓名", "杨晓峰", "性别", "男", "出生日期", "2015-03-12"],
    ["公民身份号码", "52990120150312001X", "就读学校", "白石镇中心小学"],
    ["委托期限", "自2026年1月13日起至2027年1月12日止"],
    ["签订日期", "2026-01-13", "村（居）委会见证", "村委会（珠岩村）"],
]


def test_parties_as_sections_of_an_agreement() -> None:
    """Under 甲方 nothing is the child's; the witness tells whose agreement it is where nothing else does."""
    table = only(SECTIONS, path="协议书/01杨晓峰委托监护协议.xlsx")
    told = said(table)
    assert (told["ag_principal"], told["ag_trustee"], told["child_name"]) == ("杨大山", "杨老根", "杨晓峰")
    assert told["ag_trustee_id"] == "529901195003080013" and told["id_no"] == "52990120150312001X"
    assert (told["ag_principal_phone"], told["ag_trustee_phone"]) == ("13885720001", "13885720005")
    assert told["ag_trustee_rel"] == "祖父" and "guardian_rel" not in told
    assert table.unit.name == "珠岩村"


@pytest.mark.parametrize("way", ["入户", "电话", "微信视频"])
def test_a_way_of_visiting_that_is_a_label_elsewhere(way: str) -> None:
    lines = [["联系方式", way, "走访对象", "杨老根"] if line[0] == "家访时间" else line for line in VISIT]
    lines.insert(3, ["家访时间", "2026年10月12日", "家访教师", "龙秀华"])
    table = only(lines)
    assert said(table)["visit_method"] == way and "13885720001" in said(table).values()
