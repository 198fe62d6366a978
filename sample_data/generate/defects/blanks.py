"""Group B: what is missing.

=====  =========================================================================================
B01    roster: 民族 and 身体情况; ledger: 现居住地; village book: 性别
B02    see ``examples`` (row 1); a ledger row with six blanks (B06)
B03    不详, / in required cells
B04    a mother's phone, a father's 外出时间, a father's place
B05    浙江, 外省务工, 沿海
B06    guardian's ID number, phone, relation
B07    残疾 without type, 患病 without illness
B08    a pupil without school and grade
B11    a roster without any 监护类型, a ledger without any guardian's phone
B12    no registration, no ID number, no reason; see ``examples`` (row 7) and ``copies`` (E02)
=====  =========================================================================================
"""

from __future__ import annotations

from sample_data.generate.alike import ODDITIES
from sample_data.generate.defects.tools import at_school, child_of, clear, put, same_place
from sample_data.generate.world import World


def b11(world: World) -> None:
    for part, key, what in (
        ("梨园镇农村留守儿童花名册", "guard_eval", "监护类型整列空白"),
        ("梨园镇中心小学", "guardian_phone", "监护人联系电话整列空白"),
    ):
        book = world.book(part)
        book.hollow = (key,)
        for row in book.rows:
            row.values[key] = ""
        world.expect("B11", what, book=book, fields=(key,))


def b01(world: World) -> None:
    (row,) = world.take("roster", 1)
    world.expect(
        "B01", "民族、身体情况空白", rows=[clear(row, "ethnicity", "health")], fields=("ethnicity", "health")
    )
    (row,) = world.take("school_ledger", 1)
    world.expect("B01", "现居住地空白", rows=[clear(row, "live_addr")], fields=("live_addr",))
    (row,) = world.take("village_book", 1)
    world.expect("B01", "性别空白", rows=[clear(row, "sex")], fields=("sex",))


def b02(world: World) -> None:
    fields = ("ethnicity", "live_addr", "guard_eval", "guardian_name", "guardian_phone", "guardian_rel")
    (row,) = world.take("school_ledger", 1, *fields)
    cause = world.expect("B02", "六项空白", rows=[clear(row, *fields)], fields=fields)
    world.follow(cause, "B06", fields=("guardian_name", "guardian_phone", "guardian_rel"))


def b03(world: World) -> None:
    for kind, key, text in (
        ("roster", "ethnicity", "不详"),
        ("school_ledger", "live_addr", "/"),
        ("roster", "health", "无"),
    ):
        (row,) = world.take(kind, 1)
        world.expect("B03", f"以“{text}”代填", rows=[put(row, **{key: text})], fields=(key,))


def b04(world: World) -> None:
    for kind, key, what in (
        ("roster", "mother_phone", "母亲外出，电话空白"),
        ("village_book", "father_away_since", "父亲外出时间空白"),
        ("school_ledger", "father_work_place", "父亲务工地点空白"),
    ):
        (row,) = world.take(kind, 1, key)
        world.expect("B04", what, rows=[clear(row, key)], fields=(key,))


def b05(world: World) -> None:
    for kind, key, text in (
        ("roster", "father_work_place", "浙江"),
        ("village_book", "mother_work_place", "外省务工"),
        ("school_ledger", "parents_work_place", "沿海"),
    ):
        (row,) = world.take(kind, 1, key, where=same_place)
        world.expect("B05", f"只写“{text}”", rows=[put(row, **{key: text})], fields=(key,))


def b06(world: World) -> None:
    for kind, key, what in (
        ("roster", "guardian_id", "监护人证号空白"),
        ("village_book", "guardian_phone", "监护人电话空白"),
        ("school_ledger", "guardian_rel", "监护人关系空白"),
    ):
        (row,) = world.take(kind, 1, key, "guard_eval")
        world.expect("B06", what, rows=[clear(row, key)], fields=(key,))


def b07(world: World) -> None:
    for health, fields in (("残疾", ("disability_type", "disability_level")), ("患病", ("illness",))):
        (row,) = world.take("roster", 1)
        world.expect("B07", f"{health}而未注明", rows=[put(row, health=health)], fields=fields)


def b08(world: World) -> None:
    (row,) = world.take("roster", 1, where=at_school)
    clear(row, "school_name", "grade", "class_name")
    world.expect("B08", "在读而无学校、年级、班级", rows=[row], fields=("school_name", "grade"))
    (row,) = world.take("village_book", 1, where=at_school)
    world.expect("B08", "在读而无学校", rows=[clear(row, "school_name")], fields=("school_name",))


def b12(world: World) -> None:
    (row,) = world.take("roster", 1)
    put(row, hukou_registered="否", hukou_type="无户口", id_no="", id_type="", hukou_addr="")
    world.expect("B12", "未登记户口，未说明", rows=[row], fields=("hukou_registered", "id_no"))
    (row,) = world.take("village_book", 1)
    world.expect("B12", "证号空白，未说明", rows=[clear(row, "id_no")], fields=("id_no",))


def one_parent(world: World) -> None:
    """Lawful: of the mother of a one-parent family nothing is owed."""
    (row,) = world.take("roster", 1, where=lambda r: child_of(r).grade < 1)
    mother = [f"mother_{what}" for what in ("name", "birth", "id", "work_place", "away_since", "phone")]
    put(clear(row, *mother), remark="单亲家庭").note = "B01-lawful"
    child_of(row).trap = ODDITIES[4]


ALL = (b11, b01, b02, b03, b04, b05, b06, b07, b08, b12)
