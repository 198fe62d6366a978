"""How two rows about one child differ, by meaning: names, numbers, births and the key items of rule F04."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from sample_data.generate.people import AS_OF, Month, years
from sample_data.generate.places import SCHOOLS
from sample_data.generate.record import CHINESE
from sample_data.generate.sheet import Num, Raw, Row, Value

_RELATIONS = {"爷爷": "祖父", "奶奶": "祖母", "外公": "外祖父", "外婆": "外祖母"}
_CARE = {"较好": "good", "一般": "fair", "差": "poor", "较差": "poor", "无人监护": "unattended"}
_NO_PUPIL = ("未入园", "幼儿园", "学龄前", "不在学", "辍学", "送教上门")
_SCHOOLS = {name: s.name for s in SCHOOLS for name in (s.name, *s.aliases)} | {
    s.code: s.name for s in SCHOOLS if s.code
}


def text(value: Value) -> str:
    """As written; "" for what is no text."""
    if isinstance(value, Raw):
        return value.text
    return value if isinstance(value, str) else ""


def name(value: Value) -> str:
    """Without blanks, dots and notes in brackets; "" for 同上 and 〃, which name nobody."""
    plain = re.sub(r"[(（].*?[)）]|同上|〃", "", text(value))
    return re.sub(r"[\s·•・.—]", "", unicodedata.normalize("NFKC", plain)).upper()


def _written(row: Row, key: str) -> Value:
    """What the row says in the column, or nothing where the file has none."""
    if key in ("father_name", "mother_name") and row.book.kind == "enrolment":
        word = "父亲" if key == "father_name" else "母亲"
        for at in (1, 2):
            if row.values.get(f"member{at}_relation") == word:
                return row.values.get(f"member{at}_name")
        return None
    if key in ("father_name", "mother_name") and not row.book.has("mother_name"):  # 父母姓名 in one column
        both = text(row.values.get("father_name")).split("/") if row.book.has("father_name") else [""]
        return both[0] if key == "father_name" else both[-1]
    return row.values.get(key) if row.book.has(key) else None


def same_name(one: Row, other: Row) -> bool:
    a, b = (name(_written(r, "child_name")) for r in (one, other))
    return not a or not b or a == b


def number(row: Row) -> str:
    """The ID number as far as it can be compared: digits a number cell lost are lost, O is 0."""
    value = _written(row, "id_no")
    found = re.sub(r"\s", "", text(value)).upper().replace("O", "0")
    if isinstance(value, Num) or "E+" in found or (found.endswith("000") and len(found) == 18):
        return ""
    return found if re.fullmatch(r"\d{15,17}[\dX]?", found) else ""


def over_number(one: Row, other: Row) -> bool:
    """Two different ID numbers."""
    a, b = number(one), number(other)
    return bool(a and b) and a != b


def birth(row: Row) -> tuple[date, date] | None:
    """First and last day the birth date can mean."""
    value = _written(row, "birth_date")
    if isinstance(value, Month):
        following = date(value.year + value.month // 12, value.month % 12 + 1, 1)
        return date(value.year, value.month, 1), date.fromordinal(following.toordinal() - 1)
    if isinstance(value, date):
        return value, value
    if found := re.fullmatch(r"(\d{4})[.-](\d{1,2})[.-](\d{1,2})", text(value)):
        day = date(*map(int, found.groups()))
        return day, day
    return None


def births_differ(one: Row, other: Row) -> bool:
    a, b = birth(one), birth(other)
    return a is not None and b is not None and (a[0] > b[1] or b[0] > a[1])


def likeness(one: Row, other: Row) -> str:
    """Whether an inspector could tell that both rows are one child: same | perhaps | other.

    One number is one child. Name, number and birth all different are two children, whoever the parents;
    one name, and parents, under two numbers and two births may be one child.
    """
    a, b = number(one), number(other)
    if a and a == b:
        return "same"
    agree = same_name(one, other)
    if births_differ(one, other) or birth(one) is None or birth(other) is None:
        return "other" if not agree else "perhaps" if a and b else "same"
    return "same"


def flag(row: Row) -> str:
    """The 留守 flag of an enrolment: both | one | none | ""."""
    words = {
        "2": "both",
        "双亲留守": "both",
        "1": "one",
        "单亲留守": "one",
        "0": "none",
        "非留守儿童": "none",
    }
    return words.get(text(row.values.get("left_type")), "")


def is_over_age(row: Row) -> bool:
    """Sixteen by its own birth date."""
    born = birth(row)
    return born is not None and years(born[0], AS_OF) >= 16


def no_pupil(row: Row) -> bool:
    return text(row.values.get("school_status")) in _NO_PUPIL


def _relation(value: Value) -> str:
    return _RELATIONS.get(text(value), text(value))


def _grade(row: Row) -> str:
    """一 … 九 of 七年级, 七(3)班; "" for kindergarten and what no grade can be read from."""
    for key in ("grade", "class_name"):
        if row.book.has(key) and (
            found := re.match(f"([{CHINESE[1:]}])(年级|[(（])", text(row.values.get(key)))
        ):
            return found[1]
    return ""


def _boards(row: Row) -> str:
    said = text(_written(row, "boarding")) or text(_written(row, "study_mode"))
    return {"是": "yes", "住校": "yes", "否": "no", "走读": "no"}.get(said, "")


def _school(row: Row) -> str:
    if row.book.kind == "school_ledger":
        return row.book.unit
    said = text(row.values.get("school_code" if row.book.kind == "enrolment" else "school_name"))
    return _SCHOOLS.get(said, said)


def _own_parent(row: Row) -> bool:
    return text(_written(row, "guardian_rel")) in ("父亲", "母亲", "父子", "父", "母")


def differences(one: Row, other: Row) -> list[str]:
    """Key items in which both rows say something, and not the same."""
    pairs = {
        key: tuple(name(_written(r, key)) for r in (one, other))
        for key in ("father_name", "mother_name", "guardian_name")
    }
    pairs["sex"] = (text(_written(one, "sex")), text(_written(other, "sex")))
    pairs["guard_eval"] = tuple(
        _CARE.get(text(_written(r, "guard_eval")).removeprefix("监护情况"), "") for r in (one, other)
    )
    pairs["guardian_rel"] = tuple(_relation(_written(r, "guardian_rel")) for r in (one, other))
    pairs["grade"] = (_grade(one), _grade(other))
    pairs["boarding"] = (_boards(one), _boards(other))
    pairs["school_name"] = (_school(one), _school(other))
    found = {key for key, (a, b) in pairs.items() if a and b and a != b}
    if _own_parent(one) or _own_parent(other):
        found -= {"guardian_name", "guardian_rel"}
    if "guardian_name" in found:
        found -= {"guardian_rel"}
    if births_differ(one, other):
        found.add("birth_date")
    return sorted(found)
