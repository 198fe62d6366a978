"""Registers of helpers (B6): one list per township, in three layouts."""

from __future__ import annotations

from itertools import groupby

from sample_data.generate.people import Child, Register
from sample_data.generate.places import TOWNSHIPS
from sample_data.generate.record import record
from sample_data.generate.sheet import Book, Column, Row, Sheet, Value
from sample_data.generate.views.plain import book, director
from sample_data.generate.views.wording import measure

_ONE_LIST = (
    ("序号", "seq"), ("村(居)", "village"), ("儿童姓名", "child_name"), ("性别", "sex"), ("身份证号码", "id_no"),
    ("监护人姓名", "guardian_name"), ("帮扶人姓名", "helper_name"), ("帮扶人单位", "helper_unit"), ("职务", "helper_post"),
    ("帮扶人电话", "helper_phone"), ("帮扶方式", "helper_mode"), ("帮扶措施", "helper_measure"), ("备注", "remark"),
)  # fmt: skip
_BY_VILLAGE = [
    Column("", "序号", "seq"), Column("儿童情况", "姓名", "child_name"), Column("儿童情况", "性别", "sex"),
    Column("儿童情况", "身份证号", "id_no"), Column("儿童情况", "户号", "household_no"),
    Column("结对帮扶人情况", "姓名", "helper_name"), Column("结对帮扶人情况", "单位", "helper_unit"),
    Column("结对帮扶人情况", "职务", "helper_post"), Column("结对帮扶人情况", "联系电话", "helper_phone"),
    Column("", "具体帮扶措施", "helper_measure"), Column("", "帮扶成效", "helper_result"), Column("", "备注", "remark"),
]  # fmt: skip
_LISTS = {"白石镇": "xlsx", "响石乡": "csv", "梨园镇": "xls"}
_RESULTS = (
    "学习有进步",
    "按时到校",
    "与父母联系增多",
    "情绪稳定",
    "已养成按时作业习惯",
    "家中用电隐患已排除",
)


def helper_lists(register: Register, townships: list[str]) -> list[Book]:
    """In the first village of a township the officer for children helps all of them: lawful."""
    return [_list(register, t) for t in _LISTS if t in townships]


def _list(register: Register, township: str) -> Book:
    by_village = township == "梨园镇"
    title = f"{township}农村留守儿童结对帮扶{'登记表' if by_village else '花名册'}"
    made = book("helpers", f"{township}/{title}.{_LISTS[township]}", township, title,
                [] if by_village else _ONE_LIST, 填报单位=f"{township}人民政府", 填报日期="2026年10月22日")  # fmt: skip
    children = [c for c in register.children if c.family.township == township]
    if by_village:
        made.columns = list(_BY_VILLAGE)
        for village, members in groupby(children, key=lambda c: c.family.village):
            sheet = Sheet(village, made, subtitle=f"{village}结对帮扶情况")
            sheet.rows = [Row(c, _values(c, township, at), sheet) for at, c in enumerate(members)]
            made.sheets.append(sheet)
        return made
    sheet = Sheet(
        "结对帮扶", made, merge_family=("village",), repeat_header=70 if made.format == "xlsx" else 0
    )
    sheet.rows = [Row(c, _values(c, township, at), sheet) for at, c in enumerate(children)]
    made.sheets.append(sheet)
    return made


def _values(child: Child, township: str, at: int) -> dict[str, Value]:
    family = child.family
    alone = family.village == TOWNSHIPS[township][0]
    return record(child) | {
        "helper_name": director(township, family.village) if alone else family.helper[0],
        "helper_unit": f"{family.village}村委会" if alone else f"{township}人民政府",
        "helper_post": "儿童主任" if alone else "包村干部",
        "helper_mode": ("学业辅导", "生活关爱", "心理疏导")[at % 3],
        "helper_measure": measure(child), "helper_result": _RESULTS[sum(map(ord, child.name)) % len(_RESULTS)],
        "remark": "",
    }  # fmt: skip
