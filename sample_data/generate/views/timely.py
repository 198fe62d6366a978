"""Books about time: truancy and attempts to bring pupils back (B8), marks of the days, exits."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from sample_data.generate import ids
from sample_data.generate.people import Child, Register
from sample_data.generate.places import SCHOOLS
from sample_data.generate.record import CHINESE, class_text, record
from sample_data.generate.register import pupils_of
from sample_data.generate.sheet import Book, Column, Row, Sheet, Value

_ABSENCES = (
    ("序号", "seq"), ("班级", "class_name"), ("学生姓名", "child_name"), ("身份证号", "id_no"), ("缺勤类型", "absent_kind"),
    ("旷课起始日期", "absent_since"), ("旷课结束日期", "absent_until"), ("连续旷课天数", "absent_days"),
    ("劝返次数", "persuade_count"), ("劝返日期", "persuade_date"), ("劝返情况", "persuade_record"),
    ("上报乡镇日期", "township_reported"), ("上报教育局日期", "education_reported"), ("报派出所日期", "police_reported"),
    ("去向", "whereabouts"), ("备注", "remark"),
)  # fmt: skip
_ATTEMPTS = (
    ("序号", "seq"), ("班级", "class_name"), ("学生姓名", "child_name"), ("旷课起始日", "absent_since"),
    ("第几次劝返", "persuade_count"), ("劝返时间", "persuade_date"), ("劝返人", "persuader"), ("劝返结果", "persuade_result"),
    ("书面上报乡镇日期", "township_reported"), ("书面上报教育行政部门日期", "education_reported"), ("去向", "whereabouts"),
)  # fmt: skip
_EXITS = (
    ("序号", "seq"), ("村(居)", "village"), ("儿童姓名", "child_name"), ("性别", "sex"), ("身份证号码", "id_no"),
    ("退出日期", "exit_date"), ("退出原因", "exit_reason"), ("备注", "remark"),
)  # fmt: skip
_CENSUS = (
    ("序号", "seq"), ("组", "group"), ("姓名", "child_name"), ("性别", "sex"), ("出生日期", "birth_date"), ("身份证号", "id_no"),
    ("父亲姓名", "father_name"), ("母亲姓名", "mother_name"), ("就学情况", "school_status"), ("就读学校", "school_name"),
    ("备注", "remark"),
)  # fmt: skip
COUNTED = ("清水乡", "马鞍山村")
ABSENCES, ATTEMPTS, MARKED, LEAVING = "白石镇初级中学", "清水初级中学", "云台镇初级中学", "清水乡"
DAYS = [date(2026, 10, day) for day in range(1, 32)]
_SCHOOL_DAYS = {
    8,
    9,
    10,
    *range(12, 17),
    *range(19, 24),
    *range(26, 31),
}  # the tenth is a Saturday worked for the holiday

_LAWFUL: tuple[dict[str, Value], ...] = (
    {"absent_kind": "旷课", "absent_since": date(2026, 10, 12), "absent_until": date(2026, 10, 13), "absent_days": 2,
     "persuade_count": 0, "whereabouts": "在家"},
    {"absent_kind": "病假", "absent_since": date(2026, 10, 12), "absent_until": date(2026, 10, 23), "absent_days": 10,
     "whereabouts": "在家养病"},
    # eleven days over the National Day are four school days
    {"absent_kind": "旷课", "absent_since": date(2026, 9, 29), "absent_until": date(2026, 10, 9), "persuade_count": 0,
     "whereabouts": "随父母去县城"},
    {"absent_kind": "旷课", "absent_since": date(2026, 10, 12), "absent_until": date(2026, 10, 20), "absent_days": 7,
     "persuade_count": 1, "persuade_date": date(2026, 10, 15), "persuade_record": "班主任家访，10月21日已返校",
     "whereabouts": "在家"},
    {"absent_kind": "旷课", "absent_since": date(2026, 10, 8), "absent_days": 16, "persuade_count": 2,
     "persuade_date": date(2026, 10, 20), "persuade_record": "两次上门均未返校", "township_reported": date(2026, 10, 21),
     "education_reported": "2026年10月21日", "whereabouts": "在家帮工"},
    {"absent_kind": "旷课", "absent_since": date(2026, 10, 19), "absent_days": 10, "persuade_count": 1,
     "persuade_date": date(2026, 10, 22), "persuade_record": "家访，家中无人", "township_reported": date(2026, 10, 22),
     "education_reported": "2026年10月22日", "police_reported": "10月22日报白石派出所，已受理", "whereabouts": "去向不明"},
    {"absent_kind": "事假", "absent_since": date(2026, 10, 19), "absent_until": date(2026, 10, 23), "absent_days": 5,
     "whereabouts": "父亲返乡探亲"},
    {"absent_kind": "旷课", "absent_since": date(2026, 10, 19), "absent_until": date(2026, 10, 22), "absent_days": 4,
     "persuade_count": 0, "whereabouts": "在家"},
)  # fmt: skip
_TRIED: tuple[tuple[date, tuple[tuple[date, str], ...], date | None], ...] = (
    (date(2026, 10, 12), ((date(2026, 10, 15), "无果"), (date(2026, 10, 21), "已返校")), None),
    (date(2026, 9, 14), ((date(2026, 9, 18), "未返校"), (date(2026, 9, 23), "未返校")), date(2026, 9, 24)),
    (date(2026, 10, 14), ((date(2026, 10, 20), "无果"),), None),
)


def timely(register: Register, townships: list[str]) -> list[Book]:
    """The books of all units of ``townships`` that keep them."""
    town_of = {s.name: s.township for s in SCHOOLS}
    made = [
        (ABSENCES, _absences), (ATTEMPTS, _attempts), (MARKED, _marked),
    ]  # fmt: skip
    books = [make(register, school) for school, make in made if town_of[school] in townships]
    return [*books, *([_exits(register), _census(register)] if LEAVING in townships else [])]


def _book(kind: str, path: str, unit: str, title: str, columns: list[Column], **facts: str) -> Book:
    book = Book(kind, path, unit, title, columns)
    book.style = {"date": "dot", "since": "dot", "encoding": "gbk", "seed": sum(map(ord, path))}
    book.facts = facts
    return book


def _absences(register: Register, school: str) -> Book:
    """One row per absence."""
    book = _book("attendance", f"白石镇/学校/{school}学生旷课登记台账.xlsx", school, f"{school}学生旷课登记台账",
                 [Column("", header, key) for header, key in _ABSENCES], 填报单位=school)  # fmt: skip
    sheet = Sheet("10月", book)
    for child, values in zip(pupils_of(register, school)[3::4], _LAWFUL, strict=False):
        sheet.rows.append(Row(child, _pupil(child) | values, sheet))
    book.sheets.append(sheet)
    return book


def _attempts(register: Register, school: str) -> Book:
    """One row per attempt to bring a pupil back."""
    book = _book("attendance", f"清水乡/学校/{school}疑似辍学学生劝返记录.csv", school, f"{school}疑似辍学学生劝返记录",
                 [Column("", header, key) for header, key in _ATTEMPTS], 填报单位=school)  # fmt: skip
    sheet = Sheet("劝返", book)
    for child, (since, attempts, reported) in zip(pupils_of(register, school)[5::4], _TRIED, strict=False):
        sheet.rows += attempted(sheet, child, since, attempts, reported)
    book.sheets.append(sheet)
    return book


def attempted(
    sheet: Sheet, child: Child, since: date, attempts: tuple[tuple[date, str], ...], reported: date | None
) -> list[Row]:
    """The rows of one pupil."""
    told: dict[str, Value] = (
        {"township_reported": reported, "education_reported": reported} if reported else {}
    )
    return [
        Row(child, _pupil(child) | {
            "absent_since": since, "persuade_count": at, "persuade_date": day, "persuader": "班主任、包保教师",
            "persuade_result": result, "whereabouts": "在家", **told,
        }, sheet)
        for at, (day, result) in enumerate(attempts, 1)
    ]  # fmt: skip


def _marked(register: Register, school: str) -> Book:
    """A sheet per class, a column per day: √ there, × truant, ○ ill, △ on leave; nothing on holidays."""
    columns = [Column("", "序号", "seq"), Column("", "姓名", "child_name")]
    columns += [Column("日期", str(day.day), mark(day.day)) for day in DAYS]
    columns += [Column("", "旷课合计", "absent_total"), Column("", "备注", "remark")]
    book = _book("attendance", f"云台镇/学校/{school}10月考勤表.xls", school, f"{school}学生考勤表(2026年10月)", columns,
                 填报单位=school)  # fmt: skip
    book.notes = ("说明：√到校 ×旷课 ○病假 △事假；节假日不填。",)
    pupils = pupils_of(register, school)
    for (grade, class_no), members in groupby(pupils, key=lambda c: (c.grade, c.class_no)):
        label = f"{CHINESE[grade]}({class_no})班"
        sheet = Sheet(label, book, subtitle=f"{school}{label}学生考勤表(2026年10月)")
        for at, child in enumerate(members):
            marks = {mark(day): "√" for day in _SCHOOL_DAYS}
            if at % 9 == 4:
                marks |= {mark(day): "○" for day in range(12, 17)}
            if at % 9 == 6:  # four in a row, and two more another week
                marks |= {mark(day): "×" for day in (13, 14, 15, 16, 27, 28)} | {"absent_total": 6}
            sheet.rows.append(Row(child, {"child_name": child.name, **marks}, sheet))
        book.sheets.append(sheet)
    return book


def mark(day: int) -> str:
    """The column of a day."""
    return f"day{day}"


def _exits(register: Register) -> Book:
    """Children taken off the register: their parents came home."""
    book = _book("exits", f"{LEAVING}/{LEAVING}农村留守儿童退出登记册.xlsx", LEAVING, f"{LEAVING}农村留守儿童退出登记册",
                 [Column("", header, key) for header, key in _EXITS], 填报单位=f"{LEAVING}人民政府")  # fmt: skip
    sheet = Sheet("退出登记", book)
    home = [c for c in register.pupils if c.family.township == LEAVING and not c.trap]
    for at, child in enumerate(home[2:30:4]):
        sheet.rows.append(
            exit_row(sheet, child, date(2026, 3 + at, 4 + 3 * at), "父母返乡" if at % 2 else "母亲返乡照料")
        )
    book.sheets.append(sheet)
    return book


def exit_row(sheet: Sheet, child: Child, day: date | None, reason: str) -> Row:
    values = {
        key: value for key, value in record(child).items() if key in ("village", "child_name", "sex", "id_no")
    }
    return Row(child, values | {"exit_date": day, "exit_reason": reason}, sheet)


def _census(register: Register) -> Book:
    """Every child of school age of a village, left behind or not; and lawful ones without enrolment here."""
    township, village = COUNTED
    book = _book("census", f"{township}/村级台账/{village}适龄儿童少年花名册.xls", village, f"{village}适龄儿童少年花名册",
                 [Column("", header, key) for header, key in _CENSUS], 填报单位=f"{township}{village}村民委员会")  # fmt: skip
    sheet = Sheet("适龄儿童", book)
    children = [
        c for c in (*register.children, *register.pupils)
        if (c.family.township, c.family.village) == COUNTED and 6 <= c.age < 16 and not c.trap
        and c.status in ("小学", "初中") and not c.outside_school
    ]  # fmt: skip
    sheet.rows = [census_row(sheet, child) for child in children]
    for name, birth, more in (
        ("安小禾", date(2021, 3, 4), {"school_status": "幼儿园", "school_name": "清水乡中心幼儿园"}),
        ("安小川", date(2016, 5, 6), {"remark": "户口在本村，一直在外县就读"}),
        ("田小雨", date(2015, 8, 9), {"remark": "随父母在浙江温州就读"}),
        ("田小满", date(2010, 12, 3), {"school_status": "初中毕业"}),
    ):
        sheet.rows.append(counted(sheet, name, birth, **more))
    book.sheets.append(sheet)
    return book


def census_row(sheet: Sheet, child: Child) -> Row:
    keys = [key for _, key in _CENSUS if key not in ("seq", "remark")]
    return Row(child, {key: value for key, value in record(child).items() if key in keys}, sheet)


def counted(sheet: Sheet, name: str, birth: date, **more: Value) -> Row:
    """A child no other register knows."""
    number = ids.number(birth, 801 + 2 * len(sheet.rows) % 90)
    values: dict[str, Value] = {"child_name": name, "sex": "男", "birth_date": birth, "id_no": number}
    values["father_name"] = f"{name[0]}大海"
    return Row(None, values | more, sheet)


def _pupil(child: Child) -> dict[str, Value]:
    return {"class_name": class_text(child), "child_name": child.name, "id_no": child.id_no}
