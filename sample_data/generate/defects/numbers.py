"""Group F, numbers: F03 one child under two ID numbers.

=====  =========================================================================================
F03    two digits transposed (village book), one mistyped (roster), another sound number (village
       book); an old number that lives on in the enrolment export (notice)
=====  =========================================================================================
"""

from __future__ import annotations

from sample_data.generate import ids
from sample_data.generate.defects.tools import child_of, everywhere, new_number, pupil, put, row_in
from sample_data.generate.people import Child
from sample_data.generate.world import World


def _pupil(world: World) -> Child:
    """A pupil born before the tenth of a month: digits of the number can be swapped within the sequence."""
    (row,) = world.take(
        "school_ledger", 1, where=lambda r: pupil(r) and len({*child_of(r).id_no[14:17]}) == 3
    )
    return child_of(row)


def f03(world: World) -> None:
    child = _pupil(world)
    number = child.id_no
    row = put(row_in(world, "village_book", child), id_no=number[:14] + number[15] + number[14] + number[16:])
    defect = world.aim("F03", "顺序码前两位颠倒", [row])
    world.expect("C02", "颠倒后校验不符", rows=[row], defect=defect, fields=("id_no",), side=True)
    child = _pupil(world)
    number = child.id_no
    typed = f"{number[:15]}{(int(number[15]) + 3) % 10}{number[16:]}"
    row = put(row_in(world, "roster", child), id_no=typed)
    defect = world.aim("F03", "错一位", [row])
    world.expect("C02", "错一位，校验不符", rows=[row], defect=defect, fields=("id_no",), side=True)
    child = _pupil(world)
    other = ids.number(child.birth, 870 + (child.sex == "男"))
    world.aim("F03", "村里另报一个校验正确的号", [put(row_in(world, "village_book", child), id_no=other)])


def corrected_number(world: World) -> None:
    """The police corrected the number; the export keeps the old one."""
    child = _pupil(world)
    new = ids.number(child.birth, 880 + (child.sex == "男"))
    row = row_in(world, "enrolment", child)
    old = dict(row.values)
    everywhere(world, child, id_no=new)
    new_number(row_in(world, "school_ledger", child), new)
    put(row, id_no=old["id_no"], xueji_no=old["xueji_no"])
    world.aim("F03", "公安更正证号，学籍仍是旧号", [row], severity="notice")


ALL = (f03, corrected_number)
