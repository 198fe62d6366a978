"""School ledgers (B2) and the enrolment exports (B7)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from sample_data.generate.people import Child, Register
from sample_data.generate.places import SCHOOLS
from sample_data.generate.record import CHINESE, class_text, common, grade_text, record
from sample_data.generate.register import pupils_of
from sample_data.generate.sheet import Book, Row, Sheet, Value
from sample_data.generate.views import columns

# (format, joint columns of both parents, a sheet per class, dates, since)
_LEDGERS: dict[str, tuple[str, bool, bool, str, str]] = {
    "白石镇中心小学": ("xlsx", False, True, "iso", "dot"),
    "珠岩小学": ("xls", False, False, "dot", "cn"),
    "清水乡中心小学": ("xlsx", True, False, "dot", "dot"),
    "沙坝小学": ("csv", True, False, "iso", "cn"),
    "云台镇中心小学": ("xls", False, True, "cn", "dot"),
    "落水洞小学": ("xlsx", False, False, "slash", "dash"),
    "响石乡中心小学": ("xlsx", True, True, "serial", "cn"),
    "梨园镇中心小学": ("csv", False, False, "dot", "dot"),
    "望溪乡中心小学": ("xls", True, False, "iso", "dot"),
    "白石镇初级中学": ("xlsx", True, True, "dot", "cn"),
    "清水初级中学": ("xlsx", False, False, "iso", "dot"),
    "云台镇初级中学": ("xls", False, True, "compact", "dot"),
}
_TEACHERS = "龙罗吴马韦覃石陈田安陆熊高胡徐孙郭林宋韩许曾潘袁蔡余叶杜程魏"


def teacher(school: str, child: Child) -> str:
    """Head teacher of the child's class."""
    at = (sum(map(ord, school)) + child.grade * 5 + child.class_no * 3) % len(_TEACHERS)
    return _TEACHERS[at] + ("文秀", "国华", "明芳", "志平")[(child.grade + child.class_no) % 4]


def _rows(sheet: Sheet, children: Iterable[Child], school: str) -> list[Row]:
    rows = []
    for child in children:
        values = record(child) | common(child)
        values["left_type"] = "双亲留守" if child.family.kind == "both" else "单亲留守"
        values["guard_eval"] = child.family.guard_eval
        values["head_teacher"] = teacher(school, child)
        values["visits_count"] = 1 + int(child.id_no[-2] or 0) % 3 if child.id_no else 1
        rows.append(Row(child, values, sheet))
    return rows


def ledgers(register: Register, schools: list[str]) -> list[Book]:
    books = []
    for at, name in enumerate(schools):
        fmt, joint, by_class, dates, since = _LEDGERS[name]
        listed = {id(c) for c in register.children}
        children = [c for c in pupils_of(register, name) if id(c) in listed]
        township = next(s.township for s in SCHOOLS if s.name == name)
        book = Book(
            "school_ledger", f"{township}/学校/{name}留守儿童情况登记表.{fmt}", name,
            f"{name}留守儿童情况登记表", columns.ledger(joint, by_class),
        )  # fmt: skip
        book.style = {
            "date": dates,
            "since": since,
            "encoding": "gbk" if at % 2 else "utf8",
            "seed": 200 + at,
        }
        book.facts = {
            "填报单位": name,
            "填报时间": f"2026年10月{20 + at % 9}日",
            "校长": _TEACHERS[at * 2] + "明德",
            "填表人": _TEACHERS[at * 2 + 1] + "晓燕",
        }
        book.notes = ("注：本表每学期初普查后填写，每月更新。",)
        if by_class:
            for (grade, class_no), members in groupby(children, key=lambda c: (c.grade, c.class_no)):
                label = f"{CHINESE[grade]}({class_no})班"
                sheet = Sheet(label, book, subtitle=f"{name}{label}留守儿童情况登记表")
                sheet.rows = _rows(sheet, members, name)
                book.sheets.append(sheet)
        else:
            sheet = Sheet(
                "登记表", book, subtotal_by="class_name" if at % 3 == 1 else "", repeat_header=45 * (at % 2)
            )
            sheet.rows = _rows(sheet, children, name)
            book.sheets.append(sheet)
        books.append(book)
    return books


def _members(child: Child) -> dict[str, Value]:
    family = child.family
    people = [("父亲", family.father), ("母亲", family.mother)]
    people = [(word, p) for word, p in people if p.alive]
    if len(people) < 2:
        people.append((family.relation, family.guardian))
    values: dict[str, Value] = {}
    for at, (word, person) in enumerate(people, 1):
        home = not person.place or person.place == "在家"
        values |= {
            f"member{at}_name": person.name,
            f"member{at}_relation": word,
            f"member{at}_live": family.address if home else person.place,
            f"member{at}_phone": person.phone,
            f"member{at}_is_guardian": "是",
            f"member{at}_id_type": "居民身份证",
            f"member{at}_id": person.id_no,
        }
    return values


def _pupil(child: Child, codes: bool) -> dict[str, Value]:
    values = record(child)
    left = {"both": ("2", "双亲留守"), "one": ("1", "单亲留守"), "dead": ("1", "单亲留守")}
    kind = left.get(child.family.kind, ("0", "非留守儿童"))
    stage = 6 if child.grade > 6 else 0
    entered = 2026 - (child.grade - stage) + 1
    area = child.id_no[:6] if child.id_no else "529901"
    values |= _members(child) | {
        "school_code": child.school.code if child.school else "",
        "birth_place": area, "hukou_area": area, "native_place": "青禾县", "nationality": "中国",
        "overseas": "否", "political": "少先队员" if child.grade < 8 else "群众",
        "id_type": child.id_type, "health": "健康或良好" if child.health == "健康" else child.health,
        "hukou_type": "1" if codes else "农业户口", "class_code": f"{entered}{child.class_no:02d}",
        "enroll_ym": f"{entered}09", "enroll_mode": "就近入学", "study_mode": "住校" if child.boarding else "走读",
        "post_addr": child.family.address, "home_addr": child.family.address,
        "contact_phone": child.family.guardian.phone if kind[0] == "2" else child.family.mother.phone,
        "only_child": "是" if len(child.family.children) == 1 else "否", "preschool": "是",
        "left_type": kind[0 if codes else 1], "needs_grant": "否", "has_grant": "是" if child.boarding else "否",
        "is_orphan": "否", "martyr": "否", "school_way": "步行", "school_bus": "否", "pupil_source": "正常入学",
        "bought_place": "否", "inclusive": "否", "migrant_child": "否", "grade": grade_text(child),
        "class_name": class_text(child), "enrolment_status": "在校",
    }  # fmt: skip
    if not values["contact_phone"]:
        values["contact_phone"] = child.family.father.phone
    return values


def exports(register: Register, schools: list[str]) -> list[Book]:
    """Three files: primary schools of the first and of the other townships, and the junior schools."""
    junior = {s.name for s in SCHOOLS if s.stage == "junior"}
    primary = [s for s in schools if s not in junior]
    plan: list[tuple[str, list[str], str, dict[str, Any]]] = [
        ("小学学生信息导出(一).xls", primary[:4], "compact", {"codes": True}),
        ("小学学生信息导出(二).xlsx", primary[4:], "iso", {}),
        ("初中学生信息导出.csv", [s for s in schools if s in junior], "compact", {"codes": True}),
    ]
    books = []
    for at, (file, names, dates, more) in enumerate(plan):
        if not names:
            continue
        book = Book("enrolment", f"县教育局/{file}", "青禾县", "", columns.enrolment())
        book.style = {"date": dates, "since": "dot", "encoding": "gbk", "seed": 300 + at, "plain": True}
        sheet = Sheet("学生信息", book)
        for name in names:
            for number, child in enumerate(pupils_of(register, name), 1):
                values = _pupil(child, more.get("codes", False)) | {"class_no": str(number)}
                sheet.rows.append(Row(child, values, sheet))
        book.sheets.append(sheet)
        books.append(book)
    return books
