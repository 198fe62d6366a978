"""Registers of visits (B6): by month, by class, by village, one list for a village."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from random import Random

from sample_data.generate.people import Child, Register
from sample_data.generate.places import SCHOOLS, TOWNSHIPS
from sample_data.generate.record import CHINESE, record
from sample_data.generate.register import pupils_of
from sample_data.generate.sheet import Book, Row, Sheet, Value
from sample_data.generate.views.plain import book, director
from sample_data.generate.views.registers import WORKERS
from sample_data.generate.views.schools import teacher
from sample_data.generate.views.wording import found

HOME_VISITS = (
    ("序号", "seq"), ("班级", "class_name"), ("学生姓名", "child_name"), ("性别", "sex"), ("家访时间", "visit_date"),
    ("家访教师", "visit_visitor"), ("联系方式", "visit_method"), ("受访人", "visit_target"), ("家访内容", "visit_content"),
    ("处理结果", "visit_result"), ("家长签字", "visit_sign"),
)  # fmt: skip
_OF_A_CLASS = (
    ("序号", "seq"), ("学生姓名", "child_name"), ("性别", "sex"), ("时间", "visit_date"), ("类别", "visit_kind"),
    ("家访教师", "visit_visitor"), ("走访人职务", "visit_role"), ("谈话内容", "visit_content"), ("存在问题", "visit_problem"),
    ("处理结果", "visit_result"), ("家长签字", "visit_sign"),
)  # fmt: skip
VILLAGE_VISITS = (
    ("序号", "seq"), ("走访时间", "visit_date"), ("儿童姓名", "child_name"), ("性别", "sex"), ("身份证号", "id_no"),
    ("走访人员", "visit_visitor"), ("走访人职务", "visit_role"), ("走访对象", "visit_target"), ("走访记录", "visit_content"),
    ("处理结果", "visit_result"), ("监护人签字", "visit_sign"), ("备注", "remark"),
)  # fmt: skip
_OF_A_TOWNSHIP = (
    ("序号", "seq"), ("儿童姓名", "child_name"), ("身份证号码", "id_no"), ("走访日期", "visit_date"),
    ("走访人", "visit_visitor"), ("走访人身份", "visit_role"), ("走访方式", "visit_method"), ("走访情况", "visit_content"),
    ("发现问题", "visit_problem"), ("群众诉求", "visit_request"), ("办结状态", "visit_result"), ("监护人签名", "visit_sign"),
    ("备注", "remark"),
)  # fmt: skip
_SCHOOLS = {"清水初级中学": "xlsx", "梨园镇中心小学": "xls"}
_BY_CLASS = {"云台镇中心小学": "xlsx", "望溪乡中心小学": "xls"}
_VILLAGES = {("白石镇", "珠岩村"): "xls", ("望溪乡", "双龙井村"): "csv"}
_TOWNSHIPS = {"清水乡": "xlsx"}
_PROBLEMS = (
    ("作业常拖到夜里", "已与祖辈约定作业时间"), ("灶房电线老化", "已联系电工更换"), ("想念父母，情绪低落", "已安排每周视频两次"),
)  # fmt: skip


def visit_registers(register: Register, townships: list[str]) -> list[Book]:
    """Of all units of ``townships`` that keep them."""
    town_of = {s.name: s.township for s in SCHOOLS}
    return [
        *(_by_month(register, s) for s in _SCHOOLS if town_of[s] in townships),
        *(_by_class(register, s) for s in _BY_CLASS if town_of[s] in townships),
        *(_of_village(register, t, v) for t, v in _VILLAGES if t in townships),
        *(_by_village(register, t) for t in _TOWNSHIPS if t in townships),
    ]


def visit(child: Child, turn: int) -> dict[str, Value]:
    """A visit in September (``turn`` 0) or October, as a home visit is entered."""
    family = child.family
    rng = Random(f"visit/{child.name}/{child.birth}/{turn}")
    return record(child) | {
        "visit_date": date(2026, 9 + turn, rng.randrange(3, 29)),
        "visit_method": rng.choice(("入户家访", "电话家访", "入户家访")) if turn else "入户家访",
        "visit_target": family.guardian.name, "visit_content": found(child, turn), "visit_sign": family.guardian.name,
        "visit_result": rng.choice(("已办结", "已反馈家长", "持续跟踪")), "visit_problem": "无",
        "visit_request": "无", "remark": "",
    }  # fmt: skip


def _listed(register: Register, school: str) -> list[Child]:
    listed = {id(c) for c in register.children}
    return [c for c in pupils_of(register, school) if id(c) in listed]


def _by_month(register: Register, school: str) -> Book:
    """Each pupil of the ledger once or twice; names and classes, no numbers."""
    town = next(s.township for s in SCHOOLS if s.name == school)
    made = book("visits", f"{town}/学校/{school}留守儿童家访记录.{_SCHOOLS[school]}", school,
                f"{school}留守儿童家访记录表", HOME_VISITS, 填报单位=school, 填报日期="2026年10月29日")  # fmt: skip
    children = _listed(register, school)
    for turn in (0, 1):
        sheet = Sheet(f"{CHINESE[9] if not turn else '十'}月", made)
        for child in children[turn :: turn + 1]:
            values = visit(child, turn) | {"visit_visitor": teacher(school, child)}
            sheet.rows.append(Row(child, values, sheet))
        made.sheets.append(sheet)
    return made


def _by_class(register: Register, school: str) -> Book:
    """A sheet per class; home visits, and between them counselling and calls, which are no visits."""
    town = next(s.township for s in SCHOOLS if s.name == school)
    made = book("visits", f"{town}/学校/{school}家访和心理辅导记录.{_BY_CLASS[school]}", school,
                f"{school}家访和心理辅导记录", _OF_A_CLASS, 填报单位=school, 填报日期="2026年10月30日")  # fmt: skip
    for (grade, class_no), members in groupby(_listed(register, school), key=lambda c: (c.grade, c.class_no)):
        sheet = Sheet(f"{CHINESE[grade]}({class_no})班", made)
        for at, child in enumerate(members):
            by = {"visit_visitor": teacher(school, child), "visit_role": "班主任"}
            sheet.rows.append(Row(child, visit(child, at % 2) | by | {"visit_kind": "家访"}, sheet))
            if at % 3 == 0:
                sheet.rows.append(Row(child, counselling(child) | by, sheet))
            if at % 4 == 1:
                called = (
                    visit(child, 1)
                    | by
                    | {"visit_kind": "亲情通话", "visit_sign": "", "visit_content": found(child, 3)}
                )
                sheet.rows.append(Row(child, called, sheet))
        made.sheets.append(sheet)
    return made


def counselling(child: Child) -> dict[str, Value]:
    return visit(child, 0) | {
        "visit_kind": "心理健康辅导", "visit_sign": "", "visit_content": found(child, 2), "visit_result": "情绪平稳",
    }  # fmt: skip


def _of_village(register: Register, township: str, village: str) -> Book:
    fmt = _VILLAGES[township, village]
    made = book("visits", f"{township}/村级台账/{village}走访台账.{fmt}", village, f"{village}留守儿童走访台账",
                VILLAGE_VISITS, 填报单位=f"{township}{village}村民委员会", 填报日期="2026年10月28日")  # fmt: skip
    sheet = Sheet("走访", made)
    children = [c for c in register.children if (c.family.township, c.family.village) == (township, village)]
    by = {"visit_visitor": director(township, village), "visit_role": "儿童主任"}
    for turn in (0, 1):
        for child in children[1 - turn :]:
            values = visit(child, turn) | {"visit_date": _late(child, turn)} | by
            sheet.rows.append(Row(child, values, sheet))
    made.sheets.append(sheet)
    return made


def _late(child: Child, turn: int) -> date:
    """Not more than fifteen days before the cut-off day, in the newer turn."""
    rng = Random(f"late/{child.name}/{child.birth}/{turn}")
    return date(2026, 10, rng.randrange(17, 28)) if turn else date(2026, 9, rng.randrange(3, 29))


def _by_village(register: Register, township: str) -> Book:
    """The township's workbook, a sheet per village. In the last village a team goes from house to house on two days."""
    made = book("visits", f"{township}/{township}各村走访台账.{_TOWNSHIPS[township]}", township,
                f"{township}留守儿童走访台账", _OF_A_TOWNSHIP, 填报单位=f"{township}人民政府",
                填报日期="2026年10月29日")  # fmt: skip
    made.style["date"] = "cn"
    for number, village in enumerate(TOWNSHIPS[township]):
        sheet = Sheet(village, made, subtitle=f"{village}10月走访台账")
        team = number == len(TOWNSHIPS[township]) - 1
        cadre = WORKERS[number] + ("正华", "启明", "世荣", "朝富", "德友")[number]
        children = [
            c for c in register.children if (c.family.township, c.family.village) == (township, village)
        ]
        for at, child in enumerate(children):
            problem, result = _PROBLEMS[at % 3] if at % 9 == 4 else ("无", "—")
            values = visit(child, 1) | {
                "visit_date": date(2026, 10, 20 + at % 2) if team else _late(child, 1),
                "visit_visitor": f"{cadre}、{director(township, village)}" if team else cadre,
                "visit_role": "包村干部、儿童主任" if team else "包村干部", "visit_method": "入户走访",
                "visit_problem": problem, "visit_result": result,
            }  # fmt: skip
            sheet.rows.append(Row(child, values, sheet))
        made.sheets.append(sheet)
    return made
