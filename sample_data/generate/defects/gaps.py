"""Registers of visits that end months ago (J09)."""

from __future__ import annotations

from datetime import date

from sample_data.generate.defects.tools import child_of
from sample_data.generate.places import SCHOOLS
from sample_data.generate.sheet import Book, Row, Sheet
from sample_data.generate.views.plain import book
from sample_data.generate.views.schools import teacher
from sample_data.generate.views.visits import HOME_VISITS, VILLAGE_VISITS, visit
from sample_data.generate.views.wording import found
from sample_data.generate.world import World


def ending_in_school(world: World, school: str, last: date) -> Book:
    """The pupils of the ledger in spring, the last two of them on the last day."""
    town = next(s.township for s in SCHOOLS if s.name == school)
    made = book("visits", f"{town}/学校/{school}家访记录表.xlsx", school, f"{school}留守儿童家访记录表", HOME_VISITS,
                填报单位=school, 填报日期="2026年10月26日")  # fmt: skip
    sheet = Sheet("家访", made)
    pupils = [
        r for b in world.of("school_ledger") if b.unit == school for r in b.rows if r.child and not r.again
    ]
    for at, row in enumerate(pupils):
        child, day = child_of(row), last if at >= len(pupils) - 2 else date(2026, 3 + at % 2, 3 + at % 24)
        named = {key: row.values[key] for key in ("child_name", "class_name", "sex")}
        values = visit(child, 0) | named | {"visit_date": day, "visit_visitor": teacher(school, child)}
        sheet.rows.append(Row(child, values | {"visit_content": found(child, 7)}, sheet))
    made.sheets.append(sheet)
    world.books.append(made)
    return made


def ending_in_village(world: World, township: str, village: str) -> Book:
    made = book("visits", f"{township}/村级台账/{village}走访台账.xls", village, f"{village}留守儿童走访台账",
                VILLAGE_VISITS, 填报单位=f"{township}{village}村民委员会", 填报日期="2026年10月27日")  # fmt: skip
    sheet = Sheet("走访", made)
    children = [
        c for c in world.register.children if (c.family.township, c.family.village) == (township, village)
    ]
    for at, child in enumerate(children):
        day = date(2026, 9, 18) if at >= len(children) - 3 else date(2026, 7 + at % 2, 2 + at % 26)
        by = {
            "visit_visitor": "马光荣",
            "visit_role": "村支书",
            "visit_date": day,
            "visit_content": found(child, 8),
        }
        sheet.rows.append(Row(child, visit(child, 0) | by, sheet))
    made.sheets.append(sheet)
    world.books.append(made)
    return made
