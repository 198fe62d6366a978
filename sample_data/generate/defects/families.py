"""Group E and F11: the same child, guardian, mother or number where it cannot be.

=====  =========================================================================================
E03    in the rosters of two townships, the books of two villages, the ledgers of two schools, and
       enrolled at two schools
E08    a neighbour as guardian of the children of four families
E11    two births of one mother 95 days apart
E12    five children of one village whose numbers differ in the sequence only
F11    siblings whose mother works in two cities; whose father has two telephones
=====  =========================================================================================
"""

from __future__ import annotations

from datetime import date, timedelta

from sample_data.generate import ids
from sample_data.generate.defects.tools import child_of, everywhere, pupil, put, row_in, rows_of
from sample_data.generate.people import AS_OF, Child, years
from sample_data.generate.sheet import Row, Value
from sample_data.generate.world import World

PRESCHOOL = ("未入园", "幼儿园")


def _copy(row: Row, beside: Row, **values: Value) -> Row:
    """The row once more, below ``beside``."""
    copy = Row(row.child, dict(row.values) | values, beside.sheet, again=True)
    beside.sheet.rows.insert(beside.sheet.rows.index(beside) + 1, copy)
    return copy


def _other(world: World, kind: str, unit: str, **values: Value) -> Row:
    """Some row of the unit's list, in the middle of a sheet."""
    (book,) = [b for b in world.of(kind) if b.unit == unit]
    rows = [r for r in book.rows if all(r.values.get(k) == v for k, v in values.items())]
    return rows[len(rows) // 2]


def e03_townships(world: World) -> None:
    (row,) = world.take("roster", 1, where=lambda r: r.book.unit == "云台镇")
    address = "青禾县梨园镇青杠村二组"
    beside = _other(world, "roster", "梨园镇", village="青杠村", group="二组")
    copy = _copy(
        row,
        beside,
        village="青杠村",
        group="二组",
        hukou_addr=address,
        live_addr=address,
        guardian_addr=address,
    )
    world.expect("E03", "云台镇、梨园镇花名册都有", rows=[row, copy], fields=("id_no",))


def e03_villages(world: World) -> None:
    (row,) = world.take("village_book", 1, where=lambda r: r.book.unit == "岩脚寨村")
    beside = _other(world, "village_book", "大坪子村")
    address = f"青禾县白石镇大坪子村{beside.values['group']}"
    copy = _copy(row, beside, group=beside.values["group"], household_no="041", live_addr=address)
    world.expect("E03", "岩脚寨村、大坪子村台账都有", rows=[row, copy], fields=("id_no",))


def e03_schools(world: World) -> None:
    """The second school has no enrolment of the child: F06, F04 and F05 follow."""
    (row,) = world.take("school_ledger", 1, where=lambda r: r.book.unit == "望溪乡中心小学" and pupil(r))
    grade = row.values["class_name"]
    copy = _copy(row, _other(world, "school_ledger", "响石乡中心小学"), class_name=grade, head_teacher="陆文秀", xueji_no="",
                 father_name=child_of(row).family.father.name, mother_name=child_of(row).family.mother.name)  # fmt: skip
    world.expect("E03", "两所学校台账都有", rows=[row, copy], fields=("id_no",))


def e03_enrolments(world: World) -> None:
    (row,) = world.take("enrolment", 1, where=lambda r: r.values["school_code"] == "2199010101")
    (book,) = [b for b in world.of("enrolment") if "(二)" in b.path]
    beside = next(r for r in book.rows if r.values["school_code"] == "2199010401")
    world.expect(
        "E03",
        "白石镇中心小学、响石乡中心小学都有学籍",
        rows=[
            row,
            _copy(
                row,
                beside,
                school_code="2199010401",
                xueji_no="",
                left_type="双亲留守",
                hukou_type="农业户口",
            ),
        ],
        fields=("id_no",),
    )


def e08(world: World) -> None:
    rows = world.take(
        "roster", 4, where=lambda r: r.book.unit == "云台镇" and r.values["village"] == "茶园村"
    )
    for row in rows:
        everywhere(world, child_of(row), guardian_name="石老四", guardian_rel="其他", guardian_phone="13985731642",
                   guardian_id=ids.number(date(1968, 4, 9), 571), guardian_addr="青禾县云台镇茶园村一组",
                   actual_guard="亲戚朋友", ag_trustee="石老四", ag_trustee_rel="其他")  # fmt: skip
    for kind in ("roster", "village_book"):
        members = [row_in(world, kind, child_of(r)) for r in rows]
        world.expect("E08", "邻居照料四户互不相关的儿童", rows=members, fields=("guardian_name",))


def _siblings(world: World, township: str, preschool: bool) -> list[Child]:
    """The children of an untouched family with two."""
    for family in world.register.families:
        small = all(c.status in PRESCHOOL for c in family.children)
        if (
            family.township == township
            and family.village not in ("石桥村", "响泉村")  # whose books are not handed in, once or at all
            and len(family.children) == 2
            and family.kind == "both"
            and family.key not in world.used
            and small == preschool
            and not any(r.note for c in family.children for r in rows_of(world, c))
        ):
            world.used.add(family.key)
            return family.children
    raise LookupError(township)


def born(world: World, child: Child, birth: date, sequence: int) -> None:
    """Another birth date and the number that goes with it, in every list."""
    everywhere(world, child, birth_date=birth, age=years(birth, AS_OF),
               id_no=ids.number(birth, sequence + (sequence % 2 != (child.sex == "男"))))  # fmt: skip


def e11(world: World) -> None:
    elder, younger = _siblings(world, "响石乡", preschool=True)
    born(world, elder, date(2021, 3, 2), 710)
    born(world, younger, date(2021, 3, 2) + timedelta(days=95), 720)
    for kind in ("roster", "village_book"):
        rows = [row_in(world, kind, c) for c in (elder, younger)]
        world.expect("E11", "同母两孩相隔95天", rows=rows, fields=("birth_date",))


def e12(world: World) -> None:
    rows = world.take(
        "roster",
        5,
        where=lambda r: r.values["village"] == "高原村" and child_of(r).status in PRESCHOOL,
    )
    for at, row in enumerate(rows):
        born(world, child_of(row), date(2021, 5, 6), 30 + 2 * at)
    for kind in ("roster", "village_book"):
        members = [row_in(world, kind, child_of(r)) for r in rows]
        world.expect("E12", "五个证号只有顺序码不同", rows=members, fields=("id_no",))


def f11(world: World) -> None:
    for kind, township, values in (
        ("roster", "清水乡", {"mother_work_place": "海南省三亚市", "mother_away_since": date(2024, 2, 20)}),
        ("village_book", "白石镇", {"father_phone": "13985731755"}),
    ):
        rows = [row_in(world, kind, c) for c in _siblings(world, township, preschool=False)]
        put(rows[1], **values)  # type: ignore[arg-type]
        world.expect("F11", "同胞的父母信息不同", rows=rows, fields=tuple(values))


ALL = (e03_townships, e03_villages, e03_schools, e03_enrolments, e08, e11, e12, f11)
