"""Forms for one child (F08, and B09, F04 on forms) in a folder of 落水洞小学; made last, from rosters with all their defects.

=====  =========================================================================================
F08    pupils of whom something is wrong in some list have no form (not by chance: the school waits for the right
       data); two forms of children nobody knows
B09    two boxes ticked, none ticked, two of yes and no
F04    another mother, another guardian, another father than the roster
=====  =========================================================================================

Lawful: siblings, twins, children of one name; forms for every other child of the school.
"""

from __future__ import annotations

from datetime import date

from sample_data.generate import ids
from sample_data.generate.defects.tools import child_of, rows_of
from sample_data.generate.sheet import Book, Row
from sample_data.generate.views.forms import add_form, form_book, place, tick
from sample_data.generate.world import World

SCHOOL = "落水洞小学"
_FOLDER = f"云台镇/学校/{SCHOOL}一人一表"
_NOT_EXPECTED = ("G01", "G03", "G04", "G05", "G11")
"""Who is no left-behind child by the roster is owed no form."""


def plant_forms(world: World) -> None:
    (roster,) = [b for b in world.of("roster") if b.unit == "云台镇"]
    told = {id(r) for e in [*world.expected, *world.across] for r in e.rows}
    pupils = [r for r in roster.rows if r.values.get("school_name") == SCHOOL and r.child is not None]
    spoken = [r for r in pupils if any(id(o) in told for o in rows_of(world, child_of(r)))]
    plain = [r for r in pupils if r not in spoken]
    books = [form_book(f"{_FOLDER}/{SCHOOL}一人一表{part}", SCHOOL, layout) for part, layout in (
        ("1.xlsx", "sheets"), ("2.xls", "below"), ("3.xlsx", "below"), ("4.xlsx", "beside"))]  # fmt: skip
    forms: dict[int, Row] = {}
    for at, row in enumerate(plain):
        forms[id(row)] = add_form(_book(books, at), row, **_CHANGES.get(at, {}))
    for at, note in (
        (1, "监护类型勾了两项"),
        (6, "双方外出一项也没勾"),
        (11, "双方外出是、否都勾了"),
    ):
        (key,) = _CHANGES[at]
        world.expect("B09", note, rows=[place(forms[id(plain[at])], key)], fields=(key,))
    for at, field in ((3, "mother_name"), (8, "guardian_name"), (13, "father_name")):
        world.expect(
            "F04",
            "登记表与花名册不一致",
            rows=[plain[at], place(forms[id(plain[at])], field)],
            fields=(field,),
        )
    for row in spoken:
        if not _excused(world, row):
            world.expect("F08", "没有登记表", rows=[row])
    for at, (name, birth) in enumerate((("欧阳春雷", date(2016, 9, 8)), ("宗正小梅", date(2017, 3, 5)))):
        sex = "男" if at == 0 else "女"
        parents = {"father_name": f"{name[:2]}大海", "father_id": ids.number(date(1988, 4, 5 + at), 775),
                   "mother_name": "何桂珍", "mother_id": ids.number(date(1990, 4, 5 + at), 776),
                   "father_birth": f"1988年4月{5 + at}日", "mother_birth": f"1990年4月{5 + at}日",
                   "father_phone": f"1398573611{at}", "mother_phone": f"1508573618{at}"}  # fmt: skip
        born = {
            "birth_date": f"{birth.year}年{birth.month}月{birth.day}日",
            "id_no": ids.number(birth, 770 + (at == 0)),
        }
        stray = add_form(books[at], plain[5 + at], child_name=name, sex=sex, **born, **parents)
        world.expect(
            "F08",
            "花名册没有登记表上的儿童",
            rows=[place(stray, "child_name"), place(stray, "id_no")],
        )
    world.books += books


def _excused(world: World, row: Row) -> bool:
    return any(e.rule in _NOT_EXPECTED and row in e.rows for e in world.expected)


def _book(books: list[Book], at: int) -> Book:
    return books[0 if at < 6 else 1 if at < 9 else 2 if at < 12 else 3]


_CHANGES: dict[int, dict[str, str]] = {
    1: {"guard_eval": tick("guard_eval", "监护情况一般", "监护情况较好")},
    6: {"both_away": tick("both_away")},
    11: {"both_away": tick("both_away", "是", "否")},
    3: {"mother_name": "陈桂花"},
    8: {"guardian_name": "石大昌"},
    13: {"father_name": "陈志勇"},
}
