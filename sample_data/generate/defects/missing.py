"""Children missing from one list or on one too many: F01, F06, F07, G10.

=====  =========================================================================================
F01    missing from the roster; from the village book; from the school's ledger
F06    no enrolment; on leave; enrolled at another school
F07    marked 双亲留守 and in no roster; marked 非留守 though listed
G10    both parents away by the school's files, in neither roster nor village book
=====  =========================================================================================
"""

from __future__ import annotations

from sample_data.generate.defects.tools import child_of, leave_out, pupil, put, row_in
from sample_data.generate.people import Child
from sample_data.generate.world import World


def _pupil(world: World, unit: str = "") -> Child:
    (row,) = world.take("school_ledger", 1, where=lambda r: pupil(r) and unit in r.book.unit)
    return child_of(row)


def f01(world: World) -> None:
    for lacking, seen in (
        ("roster", "village_book"),
        ("village_book", "roster"),
        ("school_ledger", "roster"),
    ):
        child = _pupil(world)
        leave_out(world, lacking, child)
        world.aim("F01", f"{lacking}中漏登", [row_in(world, seen, child)])


def f06(world: World) -> None:
    child = _pupil(world)
    leave_out(world, "enrolment", child)
    world.aim("F06", "学籍信息中没有", [row_in(world, "school_ledger", child)])
    child = _pupil(world)
    put(row_in(world, "enrolment", child), enrolment_status="休学")
    world.aim("F06", "学籍状态为休学", [row_in(world, "school_ledger", child)])
    child = _pupil(world, "沙坝小学")
    put(row_in(world, "enrolment", child), school_code="2199010201")
    world.aim("F06", "学籍在清水乡中心小学", [row_in(world, "school_ledger", child)])


def f07(world: World) -> None:
    for file, flag in (("小学学生信息导出(一)", "2"), ("小学学生信息导出(二)", "双亲留守")):
        (book,) = [b for b in world.of("enrolment") if file in b.path]
        row = next(r for r in book.rows[40:] if child_of(r).family.kind == "home" and not r.note)
        put(row, left_type=flag)
        world.aim("F07", "标识双亲留守，花名册中没有", [row])
    for at in range(2):
        child = _pupil(world, "初级中学" if at else "小学")
        row = row_in(world, "enrolment", child)
        put(row, left_type="0" if str(row.values["left_type"]).isdigit() else "非留守儿童")
        world.aim("F07", "标识非留守，名单中有", [row])


def g10(world: World) -> None:
    for _ in range(2):
        child = _pupil(world)
        leave_out(world, "roster", child)
        leave_out(world, "village_book", child)
        world.aim("G10", "花名册和村级台账都漏登", [row_in(world, "school_ledger", child)])


ALL = (f01, f06, f07, g10)
