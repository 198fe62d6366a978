"""Simple books (B6, B8): dormitory lists, helpers, visits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random

from sample_data.generate.people import Child, Register
from sample_data.generate.places import SCHOOLS, TOWNSHIPS
from sample_data.generate.record import CHINESE, class_text, record
from sample_data.generate.register import pupils_of
from sample_data.generate.sheet import Book, Column, Row, Sheet, Value
from sample_data.generate.views.registers import WORKERS
from sample_data.generate.views.schools import teacher
from sample_data.generate.views.wording import found, measure

_DOORS = (  # lists of the rooms, as they hang on the doors: no ID numbers
    ("宿舍号", "dorm_room"), ("床位", "dorm_bed"), ("姓名", "child_name"), ("性别", "sex"), ("班级", "class_name"),
    ("寝室长", "dorm_keeper"), ("备注", "remark"),
)  # fmt: skip
_BOARDERS = (
    ("序号", "seq"), ("班级", "class_name"), ("学生姓名", "child_name"), ("性别", "sex"), ("身份证号", "id_no"),
    ("寝室号", "dorm_room"), ("床号", "dorm_bed"), ("宿管员", "dorm_keeper"), ("家长电话", "contact_phone"),
)  # fmt: skip
_HELPERS = (
    ("序号", "seq"), ("村(居)", "village"), ("儿童姓名", "child_name"), ("性别", "sex"), ("身份证号码", "id_no"),
    ("监护人姓名", "guardian_name"), ("帮扶人姓名", "helper_name"), ("帮扶人单位", "helper_unit"), ("职务", "helper_post"),
    ("帮扶人电话", "helper_phone"), ("帮扶方式", "helper_mode"), ("帮扶措施", "helper_measure"), ("备注", "remark"),
)  # fmt: skip
_HOME_VISITS = (
    ("序号", "seq"), ("班级", "class_name"), ("学生姓名", "child_name"), ("性别", "sex"), ("家访时间", "visit_date"),
    ("家访教师", "visit_visitor"), ("家访形式", "visit_method"), ("受访人", "visit_target"), ("家访内容", "visit_content"),
    ("处理结果", "visit_result"), ("家长签字", "visit_sign"),
)  # fmt: skip
_VILLAGE_VISITS = (
    ("序号", "seq"), ("走访时间", "visit_date"), ("儿童姓名", "child_name"), ("性别", "sex"), ("身份证号", "id_no"),
    ("走访人员", "visit_visitor"), ("走访人职务", "visit_role"), ("走访对象", "visit_target"), ("走访记录", "visit_content"),
    ("处理结果", "visit_result"), ("监护人签字", "visit_sign"), ("备注", "remark"),
)  # fmt: skip
_DORMITORIES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "清水乡中心小学": ("xlsx", _DOORS),
    "白石镇初级中学": ("xls", _BOARDERS),
    "云台镇初级中学": ("csv", _DOORS),
}
_HELPED = {"白石镇": "xlsx", "响石乡": "csv"}
_VISITING_SCHOOLS = {"清水初级中学": "xlsx", "梨园镇中心小学": "xls"}
_VISITED_VILLAGES = {("白石镇", "珠岩村"): "xls", ("望溪乡", "双龙井村"): "csv"}
_BEDS = 8


def records(register: Register, townships: list[str]) -> list[Book]:
    """The books of all units of ``townships`` that keep them."""
    town_of = {s.name: s.township for s in SCHOOLS}
    return [
        *(_dormitory(register, s) for s in _DORMITORIES if town_of[s] in townships),
        *(_helpers(register, t) for t in _HELPED if t in townships),
        *(_school_visits(register, s) for s in _VISITING_SCHOOLS if town_of[s] in townships),
        *(_village_visits(register, t, v) for t, v in _VISITED_VILLAGES if t in townships),
    ]


def _book(
    kind: str, path: str, unit: str, title: str, columns: Iterable[tuple[str, str]], **facts: str
) -> Book:
    book = Book(kind, path, unit, title, [Column("", header, key) for header, key in columns])
    book.style = {"date": "dot", "since": "dot", "encoding": "gbk", "seed": sum(map(ord, path))}
    book.facts = facts
    return book


def _dormitory(register: Register, school: str) -> Book:
    """Every boarder, left behind or not; girls and boys on sheets of their own where the file has sheets."""
    fmt, columns = _DORMITORIES[school]
    town = next(s.township for s in SCHOOLS if s.name == school)
    book = _book("dormitory", f"{town}/学校/{school}住校生宿舍名单.{fmt}", school, f"{school}住校生宿舍名单",
                 columns, 填报单位=school, 填报日期="2026年9月8日")  # fmt: skip
    boarders = [c for c in pupils_of(register, school) if c.boarding]
    parts = {"女生": [c for c in boarders if c.sex == "女"], "男生": [c for c in boarders if c.sex == "男"]}
    if fmt == "csv":
        parts = {"宿舍": [c for sex in parts.values() for c in sex]}
    for at, (label, children) in enumerate(parts.items()):
        sheet = Sheet(label, book, subtitle=f"{school}{label}寝室安排表", merge_family=("dorm_room",))
        for number, child in enumerate(children):
            room, bed = divmod(number, _BEDS)
            sheet.rows.append(
                Row(child, _boarder(child, f"{at + 1}{room + 1:02d}", bed + 1, children), sheet)
            )
        book.sheets.append(sheet)
    return book


def _boarder(child: Child, room: str, bed: int, others: list[Child]) -> dict[str, Value]:
    return {
        "dorm_room": room, "dorm_bed": f"{bed}号床", "child_name": child.name, "sex": child.sex, "id_no": child.id_no,
        "class_name": class_text(child), "dorm_keeper": f"{WORKERS[int(room) % 10]}秀兰",
        "contact_phone": child.family.guardian.phone,
        "remark": "走读改住校" if child.family.kind == "home" and bed == 5 else "",
    }  # fmt: skip


def _director(township: str, village: str) -> str:
    """The village's officer for children (儿童主任)."""
    at = sum(map(ord, township + village))
    return WORKERS[at % 10] + ("明菊", "朝芬", "国琴", "忠秀")[at % 4]


def _helpers(register: Register, township: str) -> Book:
    """In the first village the officer for children helps all of them: lawful."""
    book = _book("helpers", f"{township}/{township}农村留守儿童结对帮扶花名册.{_HELPED[township]}", township,
                 f"{township}农村留守儿童结对帮扶花名册", _HELPERS,
                 填报单位=f"{township}人民政府", 填报日期="2026年10月22日")  # fmt: skip
    sheet = Sheet(
        "结对帮扶", book, merge_family=("village",), repeat_header=70 if book.format == "xlsx" else 0
    )
    for child in [c for c in register.children if c.family.township == township]:
        family = child.family
        alone = family.village == TOWNSHIPS[township][0]
        values = record(child) | {
            "helper_name": _director(township, family.village) if alone else family.helper[0],
            "helper_unit": f"{family.village}村委会" if alone else f"{township}人民政府",
            "helper_post": "儿童主任" if alone else "包村干部",
            "helper_mode": ("学业辅导", "生活关爱", "心理疏导")[len(sheet.rows) % 3],
            "helper_measure": measure(child), "remark": "",
        }  # fmt: skip
        sheet.rows.append(Row(child, values, sheet))
    book.sheets.append(sheet)
    return book


def _visit(child: Child, turn: int) -> dict[str, Value]:
    family = child.family
    rng = Random(f"visit/{child.name}/{child.birth}/{turn}")
    return record(child) | {
        "visit_date": date(2026, 9 + turn, rng.randrange(3, 29)),
        "visit_method": rng.choice(("入户家访", "电话家访", "入户家访")),
        "visit_target": family.guardian.name, "visit_content": found(child, turn), "visit_sign": family.guardian.name,
        "visit_result": rng.choice(("已办结", "已反馈家长", "持续跟踪")), "remark": "",
    }  # fmt: skip


def _school_visits(register: Register, school: str) -> Book:
    """Each pupil of the ledger once or twice; names and classes, no numbers."""
    town = next(s.township for s in SCHOOLS if s.name == school)
    book = _book("visits", f"{town}/学校/{school}留守儿童家访记录.{_VISITING_SCHOOLS[school]}", school,
                 f"{school}留守儿童家访记录表", _HOME_VISITS, 填报单位=school, 填报日期="2026年10月29日")  # fmt: skip
    listed = {id(c) for c in register.children}
    children = [c for c in pupils_of(register, school) if id(c) in listed]
    for turn in (0, 1):
        sheet = Sheet(f"{CHINESE[9] if not turn else '十'}月", book)
        for child in children[turn :: turn + 1]:
            values = _visit(child, turn) | {"visit_visitor": teacher(school, child)}
            sheet.rows.append(Row(child, values, sheet))
        book.sheets.append(sheet)
    return book


def _village_visits(register: Register, township: str, village: str) -> Book:
    fmt = _VISITED_VILLAGES[township, village]
    book = _book("visits", f"{township}/村级台账/{village}走访台账.{fmt}", village, f"{village}留守儿童走访台账",
                 _VILLAGE_VISITS, 填报单位=f"{township}{village}村民委员会", 填报日期="2026年10月28日")  # fmt: skip
    sheet = Sheet("走访", book)
    children = [c for c in register.children if (c.family.township, c.family.village) == (township, village)]
    for turn in (0, 1):
        for child in children[turn:]:
            values = _visit(child, turn) | {
                "visit_visitor": _director(township, village), "visit_role": "儿童主任",
            }  # fmt: skip
            sheet.rows.append(Row(child, values, sheet))
    book.sheets.append(sheet)
    return book
