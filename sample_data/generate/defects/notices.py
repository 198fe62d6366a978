"""Lawful patterns that the catalogue still wants pointed out, as notices (see ``traps``)."""

from __future__ import annotations

from sample_data.generate.sheet import Row
from sample_data.generate.world import World


def _rows(world: World, kind: str, trap: str) -> list[Row]:
    return [r for b in world.of(kind) for r in b.rows if r.child is not None and r.child.trap == trap]


def remarried_mother(world: World) -> None:
    for kind in ("roster", "village_book", "school_ledger"):
        rows = _rows(world, kind, "母亲再婚、列在两户")
        if len(rows) > 1:  # the village of one of them hands in no book
            world.expect(
                "E04", "同一母亲列在两户，核实是否再婚", rows=rows, fields=("mother_name",), severity="notice"
            )


def other_county_school(world: World) -> None:
    for kind in ("roster", "village_book"):
        rows = _rows(world, kind, "外县就读")
        world.expect("A12", "在外县就读，学校不在名录", rows=rows, fields=("school_name",), severity="notice")


def sixteen_soon(world: World) -> None:
    for trap in ("截止日当天满16周岁", "60天内满16周岁"):
        for row in _rows(world, "roster", trap):
            world.expect("G12", trap, rows=[row], fields=("birth_date",), severity="notice")


def changed_number(world: World) -> None:
    for kind in ("school_ledger", "enrolment"):
        for row in _rows(world, kind, "更正证号后学籍号未变"):
            world.expect("C17", "证号更正后学籍号仍是旧号", rows=[row], fields=("xueji_no", "id_no"))


ALL = (remarried_mother, other_county_school, sixteen_soon, changed_number)
