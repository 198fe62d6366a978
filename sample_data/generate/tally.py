"""Counting children for statistics tables: from the rows of a list as they are handed in.

Nothing here asks the engine. What a row leaves open is counted by what is true of the child, so that the figures are
those of somebody who knows the children; the engine, which does not, must find them possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sample_data.generate.people import AS_OF, Child, school_year, years
from sample_data.generate.sheet import Row

LIMIT = 16


@dataclass(frozen=True)
class Counted:
    """One child as a statistics table sees it."""

    row: Row
    sex: str
    age: int
    stage: str
    grade: int
    registered: bool
    health: str
    boards: bool
    guard: str
    care: str


def is_plain(row: Row) -> bool:
    """Whether the row says of the child what is true, in everything that is counted."""
    child = row.child
    if child is None or child.trap or row.note:
        return False
    number = str(row.values.get("id_no") or "")
    return row.values.get("birth_date") == child.birth and number == child.id_no


def children(rows: Iterable[Row], day: date = AS_OF) -> tuple[list[Counted], list[Row], list[Row]]:
    """(children counted, rows of those who are too old, second rows of children)."""
    found: list[Counted] = []
    old: list[Row] = []
    again: list[Row] = []
    seen: set[object] = set()
    for row in rows:
        child = row.child
        if child is None:
            continue
        written = row.values.get("birth_date")
        birth = written if isinstance(written, date) else child.birth
        if years(birth, day) >= LIMIT:
            old.append(row)
            continue
        number = str(row.values.get("id_no") or "")
        keys = ([number] if len(number) == 18 else []) + [
            (row.values.get("child_name"), birth, row.values.get("father_name"))
        ]
        if any(k in seen for k in keys):
            again.append(row)
            continue
        seen.update(keys)
        found.append(counted(row, child, birth, day))
    return found, old, again


def counted(row: Row, child: Child, birth: date, day: date = AS_OF) -> Counted:
    status = str(row.values.get("school_status") or child.status)
    status = "未入园" if status == "学龄前" else status
    stage = status if status in STAGES else _by_age(birth)
    class_name = str(row.values.get("class_name") or "")
    care = str(row.values.get("guard_eval") or "").removeprefix("监护情况") or child.family.guard_eval
    return Counted(
        row=row,
        sex=child.sex if row.values.get("sex") not in ("男", "女") else str(row.values["sex"]),
        age=years(birth, day),
        stage=stage,
        grade=_NUMBERS.find(class_name[0]) + 1 if class_name and class_name[0] in _NUMBERS else child.grade,
        registered=str(row.values.get("hukou_registered") or "是") != "否",
        health=str(row.values.get("health") or child.health),
        boards=str(row.values.get("boarding") or "") == "是" if "boarding" in row.values else child.boarding,
        guard=str(row.values.get("actual_guard") or ""),
        care=care if care in ("较好", "一般") else "差",
    )


_NUMBERS = "一二三四五六七八九"
STAGES = ("幼儿园", "未入园", "小学", "初中", "高中", "中职", "辍学", "不在学")


def _by_age(birth: date) -> str:
    year = school_year(birth)
    return "未入园" if year < -2 else "幼儿园" if year < 1 else "小学" if year < 7 else "初中"


Test = Callable[[Counted], bool]


def sexes(test: Test) -> tuple[Test, Test, Test]:
    return test, lambda c: test(c) and c.sex == "男", lambda c: test(c) and c.sex == "女"


def band(first: int, last: int) -> Test:
    return lambda c: first <= c.age <= last


def is_stage(name: str) -> Test:
    return lambda c: c.stage == name
