"""Simple books (B6, B8): dormitory lists, helpers, visits."""

from __future__ import annotations

from sample_data.generate.people import Child, Register
from sample_data.generate.places import SCHOOLS
from sample_data.generate.record import class_text
from sample_data.generate.register import pupils_of
from sample_data.generate.sheet import Book, Row, Sheet, Value
from sample_data.generate.views.helpers import helper_lists
from sample_data.generate.views.plain import book as _book
from sample_data.generate.views.registers import WORKERS
from sample_data.generate.views.visits import visit_registers

_DOORS = (  # lists of the rooms, as they hang on the doors: no ID numbers
    ("宿舍号", "dorm_room"), ("床位", "dorm_bed"), ("姓名", "child_name"), ("性别", "sex"), ("班级", "class_name"),
    ("寝室长", "dorm_keeper"), ("备注", "remark"),
)  # fmt: skip
_BOARDERS = (
    ("序号", "seq"), ("班级", "class_name"), ("学生姓名", "child_name"), ("性别", "sex"), ("身份证号", "id_no"),
    ("寝室号", "dorm_room"), ("床号", "dorm_bed"), ("宿管员", "dorm_keeper"), ("家长电话", "contact_phone"),
)  # fmt: skip
_DORMITORIES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "清水乡中心小学": ("xlsx", _DOORS),
    "白石镇初级中学": ("xls", _BOARDERS),
    "云台镇初级中学": ("csv", _DOORS),
}
_BEDS = 8


def records(register: Register, townships: list[str]) -> list[Book]:
    """The books of all units of ``townships`` that keep them."""
    town_of = {s.name: s.township for s in SCHOOLS}
    return [
        *(_dormitory(register, s) for s in _DORMITORIES if town_of[s] in townships),
        *helper_lists(register, townships),
        *visit_registers(register, townships),
    ]


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
