"""Rule F02: one child under two names. Everywhere the name is right but in one list.

=====  =========================================================================================
1–4    near sound (n–l, in–ing), same sound, look-alike
5, 6   traditional form (notice), variant form
7–9    characters swapped, one less, one more
10     the mother's surname at school
11     the village's pet name
12, 13 a name misheard in a list that lacks the ID number (warning)
14, 15 renamed: the former name in the enrolment export explains it (notice)
例2    the girl of the domain notes' row 2: 覃晶莲, 覃金莲, and 谭金莲 on the dormitory door
=====  =========================================================================================
"""

from __future__ import annotations

from sample_data.generate.defects.tools import child_of, clear, everywhere, pupil, put, row_in, rows_of
from sample_data.generate.people import Child
from sample_data.generate.world import World

LEDGER, VILLAGE, EXPORT = "school_ledger", "village_book", "enrolment"
# (list that differs, name, name there, sex, words of the issue)
SPELLINGS = (
    (LEDGER, "陈雪兰", "陈雪南", "女", "音近"),
    (EXPORT, "刘雨欣", "刘雨星", "女", "音近"),
    (LEDGER, "张静琪", "张静奇", "女", "同音"),
    (VILLAGE, "何晓晴", "何晓睛", "女", "形近"),
    (VILLAGE, "李国强", "李國强", "男", "繁简体不同"),
    (VILLAGE, "罗永峰", "罗永峯", "男", "异体字"),
    (LEDGER, "吴海燕", "吴燕海", "女", "字序颠倒"),
    (LEDGER, "杨晓冬", "杨冬", "男", "少一字"),
    (EXPORT, "周丽", "周丽华", "女", "多一字"),
    (LEDGER, "罗家豪", "陈家豪", "男", "姓不同"),
    (VILLAGE, "王雪琴", "王幺妹", "女", ""),
)
# The same in a list that has no ID number of the child either.
UNNUMBERED = ((LEDGER, "赵晓琳", "赵晓玲", "女", "音近"), (VILLAGE, "黄志恒", "黄志衡", "男", "同音"))


def _named(world: World, name: str, sex: str) -> Child:
    """A pupil of this surname and sex who from now on bears the name in every list."""
    taken = {c.name for c in [*world.register.children, *world.register.pupils]}
    assert name not in taken, name
    (row,) = world.take(
        LEDGER, 1, where=lambda r: pupil(r) and child_of(r).name[0] == name[0] and child_of(r).sex == sex
    )
    everywhere(world, child_of(row), child_name=name)
    return child_of(row)


def spelt_otherwise(world: World) -> None:
    for kind, name, other, sex, says in SPELLINGS:
        child = _named(world, name, sex)
        row = put(row_in(world, kind, child), child_name=other)
        lawful = {"severity": "notice"} if says == "繁简体不同" else {}
        world.aim("F02", f"{name}写成{other}", [row], says=says, **lawful)


def without_number(world: World) -> None:
    for kind, name, other, sex, says in UNNUMBERED:
        child = _named(world, name, sex)
        row = clear(put(row_in(world, kind, child), child_name=other), "id_no", "xueji_no")
        defect = world.aim("F02", f"{name}写成{other}，没有证号", [row], says=says, severity="warning")
        world.expect("B12", "没有证号，未说明", rows=[row], defect=defect, fields=("id_no",), side=True)


def renamed(world: World) -> None:
    """The export knows both names; once the export alone has the new one, once the ledger too."""
    for old, new, sex, kinds in (
        ("马小妹", "马诗涵", "女", (EXPORT,)),
        ("冯狗娃", "冯子轩", "男", (EXPORT, LEDGER, "dormitory")),
    ):
        child = _named(world, old, sex)
        rows = [put(r, child_name=new) for r in rows_of(world, child) if r.book.kind in kinds]
        put(row_in(world, EXPORT, child), former_name=old)
        world.aim("F02", f"{old}已改名{new}，学籍注明曾用名", rows, says="曾用名", severity="notice")


def girl_of_row_2(world: World) -> None:
    (child,) = {r.child for b in world.of(LEDGER) for r in b.rows if r.values["child_name"] == "覃金莲"}
    assert child is not None
    for row in rows_of(world, child):
        row.note = ""
    everywhere(world, child, boarding="是", study_mode="住校")
    row = put(row_in(world, "roster", child), child_name="覃晶莲")
    world.aim("F02", "例2：花名册“覃晶莲”，台账“覃金莲”", [row], says="音近")


ALL = (spelt_otherwise, without_number, renamed, girl_of_row_2)
