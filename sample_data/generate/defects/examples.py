"""The worked example rows of the domain notes (F), as far as these kinds of file can show them.

Row 2 (one girl under three spellings) and rows 11–15 need matching or other files: the girl, 覃金莲,
is in the county under her right name.
"""

from __future__ import annotations

from datetime import date

from sample_data.generate import ids
from sample_data.generate.defects.tools import aged, child_of, clear, new_number, put
from sample_data.generate.people import Month
from sample_data.generate.sheet import Num, Raw, Row
from sample_data.generate.world import World


def _in(world: World, kind: str, part: str, sex: str | None = None, low: int = 0, high: int = 15) -> Row:
    fits = aged(low, high)
    return world.take(
        kind, 1, where=lambda r: part in r.book.path and fits(r) and sex in (None, child_of(r).sex)
    )[0]  # fmt: skip


def row_1(world: World) -> None:
    row = _in(world, "roster", "白石镇农村", "男", 10, 12)
    put(
        row,
        child_name="杨晓峰",
        sex="男",
        ethnicity="苗",
        birth_date=Raw("2015.3.12"),
        id_no="52990120150312001X",
    )
    fields = ("live_addr", "mother_work_place", "mother_phone", "guardian_name", "guardian_rel", "guard_eval")
    clear(row, *fields, "guardian_id")
    cause = world.expect("B02", "例1：六项空白", rows=[row], fields=fields, defect="F1")
    world.follow(cause, "B04", fields=("mother_work_place", "mother_phone"))
    world.follow(cause, "B06", fields=("guardian_name", "guardian_rel", "guardian_id"))


def row_3(world: World) -> None:
    rows: list[Row] = []
    villages: set[str] = set()
    for surname, tail in zip("罗吴马韦", ("78", "79", "71", "72"), strict=True):
        row = world.take(
            "school_ledger", 1,
            where=lambda r: "清水初级中学" in r.book.path and child_of(r).family.village not in villages,
        )[0]  # fmt: skip
        villages.add(child_of(row).family.village)
        at = len(rows) + 1
        put(row, child_name=surname + child_of(row).name[1:], mother_name="陈明秀", mother_id="",
            mother_work_place="浙江温州", father_work_place="浙江温州", mother_away_since=Month(2016, 2),
            father_away_since=Month(2016, 2), mother_phone=f"139123456{tail}", father_phone=f"1378472160{at}",
            guardian_phone=f"1588573942{at}", guardian_rel="祖母",
            guardian_id=ids.number(date(1957, 5, 6 + at), 560 + 2 * at))  # fmt: skip
        rows.append(row)
    cause = world.expect(
        "E04", "例3：四村四户，母亲都是“陈明秀”", rows=rows, fields=("mother_name",), defect="F3"
    )
    world.follow(cause, "E09", note="父母各栏照抄，电话只差末两位")
    for row in rows:
        world.follow(cause, "B01", rows=[row], note="母亲证号空白", fields=("mother_id",))
    world.follow(cause, "C15", rows=[rows[0]], note="电话含12345678", fields=("mother_phone",))


def row_4(world: World) -> None:
    row = _in(world, "school_ledger", "珠岩小学")
    columns = row.book.columns
    at = next(i for i, c in enumerate(columns) if c.field == "parents_alive")
    columns.insert(at + 1, type(columns[0])("", "是否孤儿", "is_orphan"))
    for other in row.book.rows:
        other.values["is_orphan"] = "否"
    put(
        row,
        parents_alive="双方去世",
        father_work_place="浙江宁波打工",
        father_away_since=Month(2016, 3),
        is_orphan="是",
    )
    cause = world.expect(
        "D01", "例4：孤儿填有父亲去向", rows=[row], fields=("parents_alive", "father_work_place"), defect="F4"
    )
    world.follow(cause, "G02", note="双方去世", fields=("parents_alive", "is_orphan"))


def row_5(world: World) -> None:
    row = _in(world, "roster", "白石镇农村", None, 15, 15)
    put(row, birth_date=date(2009, 11, 2), id_no=Num(5.29901200911026e17))
    cause = world.expect("C03", "例5：证号成了数字", rows=[row], fields=("id_no",), defect="F5")
    world.follow(cause, "G01", note="按出生日期已满16周岁", fields=("birth_date",))


def row_6(world: World) -> None:
    row = _in(world, "village_book", "", None, 9, 11)
    put(row, child_name="李 明", sex="女", birth_date=date(2016, 8, 29), age=10, id_no="529901201608290072")
    cause = world.expect("C02", "例6：第17位写错", rows=[row], fields=("id_no",), defect="F6")
    world.follow(cause, "C08", note="写错的一位恰是性别位", fields=("sex", "id_no"))
    world.follow(cause, "C10", note="姓名中间有空格", fields=("child_name",), severity="notice")


def row_7(world: World) -> None:
    row = _in(world, "school_ledger", "白石镇中心小学")
    put(
        row,
        child_name="石　莎莎",
        sex="女",
        birth_date=Raw("20180100"),
        id_no="",
        xueji_no="",
        class_name="七(3)班",
    )
    cause = world.expect(
        "C06", "例7：出生日期20180100，没有证号", rows=[row], fields=("birth_date",), defect="F7"
    )
    world.follow(cause, "D12", note="8岁读七年级", fields=("class_name",))
    world.follow(cause, "J01", note="只在学校台账中，乡镇帮扶表没有", fields=("helper_name",))
    world.follow(cause, "B12", note="没有证号，未说明", fields=("id_no",))
    world.follow(cause, "C10", note="姓名中间有空格", fields=("child_name",), severity="notice")


def row_8(world: World) -> None:
    row = _in(world, "roster", "清水乡农村")
    put(row, father_away_since=Month(2026, 9), mother_work_place="在家务农", mother_away_since="")
    cause = world.expect("G05", "例8：9月才外出", rows=[row], fields=("father_away_since",), defect="F8")
    world.follow(cause, "D03", note="双方外出=是而母亲在家", fields=("both_away", "mother_work_place"))
    world.follow(cause, "G04", note="母亲在家，有监护能力", fields=("mother_work_place",))


def row_9(world: World) -> None:
    row = _in(world, "roster", "望溪乡农村", "男")
    put(row, child_name="王" + child_of(row).name[1:], father_name="王大贵", father_work_place="广东",
        guardian_name="王大贵", guardian_rel="父子", guard_eval="较好", guardian_id=row.values["father_id"],
        guardian_phone=row.values["father_phone"])  # fmt: skip
    cause = world.expect(
        "D08", "例9：监护人就是外出的父亲", rows=[row], fields=("guardian_name", "father_name"), defect="F9"
    )
    world.follow(cause, "B05", note="只写到省", fields=("father_work_place",))
    world.follow(cause, "D07", note="外出的父亲监护“较好”", fields=("guard_eval", "guardian_name"))


def row_10(world: World) -> None:
    row = _in(world, "roster", "响石乡农村")
    put(row, guardian_name="周老奶", guardian_rel="奶奶", guardian_id=ids.complete("52990119570403019"))
    world.expect(
        "D09", "例10：奶奶的证号为男性", rows=[row], fields=("guardian_rel", "guardian_id"), defect="F10"
    )


def girl_of_row_2(world: World) -> None:
    """覃金莲, for the mismatches between files that come with matching; right in every file."""
    child = next(
        child_of(r).family.children[0] for r in world.free("school_ledger")
        if "清水乡中心小学" in r.book.path and child_of(r).sex == "女" and child_of(r).grade == 6
    )  # fmt: skip
    world.used.add(child.family.key)
    birth = date(2013, 7, 4)
    for book in world.books:
        for row in book.rows:
            if row.child is child:
                put(row, child_name="覃金莲", birth_date=birth, age=13)
                new_number(row, ids.number(birth, 12))
                row.note = row.note or "F2"


ALL = (row_1, row_3, row_4, row_5, row_6, row_7, row_8, row_9, row_10, girl_of_row_2)
