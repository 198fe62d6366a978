"""Lawful patterns of single lists (see ``alike``), and the notices some patterns still lead to.

Silent: a pupil the school counts as left behind by one parent (单亲留守) and no civil-affairs list knows; a
boarder who is not left behind; an officer for children who helps a whole village; a child without de
facto support whose record says so. Notices: the grandmother of six (E08), dots and blanks (C12, C10).
"""

from __future__ import annotations

from datetime import date

from sample_data.generate.alike import ODDITIES
from sample_data.generate.defects.tools import child_of, everywhere, put, row_in, rows_of
from sample_data.generate.people import Child, Month
from sample_data.generate.record import common, record
from sample_data.generate.sheet import Row, Value
from sample_data.generate.views.schools import teacher
from sample_data.generate.world import World

SCHOOLS_ONLY, BOARDER, HELPED, MARKED, _ = ODDITIES


def _home_pupil(world: World, unit: str, boards: bool) -> Child:
    """A pupil of the school who lives with the parents, and whom no defect has touched."""
    return next(
        c for c in world.register.pupils
        if c.school and c.school.name == unit and c.boarding == boards and not c.trap
        and not any(r.note for r in rows_of(world, c))
    )  # fmt: skip


def left_behind_by_the_schools_count(world: World) -> None:
    """The father is away, the mother at home and able: 单亲留守 in ledger and export, nowhere else."""
    for unit, flag in (("云台镇中心小学", "1"), ("落水洞小学", "单亲留守")):
        (book,) = [b for b in world.of("school_ledger") if b.unit == unit]
        child = _home_pupil(world, unit, boards=False)
        child.trap = SCHOOLS_ONLY
        father = child.family.father
        father.place, father.since = "福建省泉州市", Month(2025, 3)
        values: dict[str, Value] = record(child) | common(child)
        values |= {
            "left_type": "单亲留守", "guard_eval": "较好", "head_teacher": teacher(unit, child), "visits_count": 1,
            "mother_away_since": "", "guardian_name": child.family.mother.name, "guardian_rel": "母亲",
            "guardian_id": child.family.mother.id_no, "guardian_phone": child.family.mother.phone,
        }  # fmt: skip
        sheet = book.sheets[0]
        if len(book.sheets) > 1:
            label = f"{values['class_name']}".replace("（", "(").replace("）", ")")
            sheet = next(s for s in book.sheets if s.name == label)
        at = next(
            (i for i, r in enumerate(sheet.rows) if r.values["class_name"] == values["class_name"]),
            len(sheet.rows) - 1,
        )
        sheet.rows.insert(at + 1, Row(child, values, sheet))
        put(row_in(world, "enrolment", child), left_type=flag, member1_live=father.place)


def boarders(world: World) -> None:
    for unit in ("白石镇初级中学", "云台镇初级中学"):
        _home_pupil(world, unit, boards=True).trap = BOARDER


def helped_by_the_officer(world: World) -> None:
    for row in world.take(
        "helpers", 2, where=lambda r: r.values["helper_post"] == "儿童主任" and child_of(r).grade < 1
    ):
        child_of(row).trap = HELPED


def marked(world: World) -> None:
    (row,) = world.take("roster", 1, where=lambda r: child_of(r).status == "幼儿园")
    child = child_of(row)
    child.trap = MARKED
    everywhere(world, child, special="事实无人抚养儿童", remark="2025年3月起享受事实无人抚养儿童保障")
    sheet = world.of("orphans")[0].sheets[0]
    values = dict(row.values) | {
        "township": child.family.township, "orphan_kind": "事实无人抚养儿童", "approve_date": date(2025, 3, 12),
        "allowance": "1000", "remark": "",
    }  # fmt: skip
    sheet.rows.append(Row(child, values, sheet))


def _of_trap(world: World, kind: str, trap: str) -> list[Row]:
    return [r for b in world.of(kind) for r in b.rows if r.child is not None and r.child.trap == trap]


def six_grandchildren(world: World) -> None:
    for kind in ("roster", "village_book"):
        rows = _of_trap(world, kind, "祖母照料三个儿子的六个孙辈")
        world.expect("E08", "祖母照料六个孙辈", rows=rows, fields=("guardian_name",), severity="notice")


def dots_and_blanks(world: World) -> None:
    for kind, girl, boy in (
        ("village_book", "古丽娜尔艾合买提", "周明"),
        ("school_ledger", "古丽娜尔•艾合买提", "周　明"),
    ):
        one, other = _of_trap(world, kind, "各处间隔号、空格不同")
        put(one, child_name=girl)
        put(other, child_name=boy)
        if kind == "school_ledger":
            world.expect("C12", "间隔号写成圆点", rows=[one], fields=("child_name",))
            world.expect(
                "C10", "姓名中间有空格", rows=[other], fields=("child_name",), side=True, severity="notice"
            )


ALL = (
    left_behind_by_the_schools_count,
    boarders,
    helped_by_the_officer,
    marked,
    six_grandchildren,
    dots_and_blanks,
)
