"""Group G: who counts as a left-behind child.

=====  =========================================================================================
G01    see ``examples`` (row 5); 16 years old in a village book and a ledger
G02    see ``examples`` (row 4); two children who stand on the orphan list
G03    both parents at home (village book, roster)
G04    see ``examples`` (row 8); mother at home and able (roster; both kinds denied: D04)
G05    away since September and 20 August 2026
G06    春节后, 年初, a spreadsheet's number for a day as text
G07    town registration
G08    father in custody and mother unable; father dead and mother gone
G09    lives where the parents work (roster, enrolment)
G11    custody, divorce, the other parent at home
G13    back home by the remarks
=====  =========================================================================================
"""

from __future__ import annotations

from datetime import date

from sample_data.generate import ids
from sample_data.generate.defects.tools import child_of, new_number, put
from sample_data.generate.people import Month
from sample_data.generate.sheet import Raw, Row
from sample_data.generate.world import World


def g01(world: World) -> None:
    for kind, sequence in (("village_book", 540), ("school_ledger", 542)):
        (row,) = world.take(kind, 1, where=lambda r: child_of(r).grade == 9)
        birth = date(2010, 6, 12)
        number = ids.number(birth, sequence + (child_of(row).sex == "男"))
        new_number(put(row, birth_date=birth, age=16), number)
        world.expect("G01", "已满16周岁", rows=[row], fields=("birth_date",))


def g02(world: World) -> None:
    book = world.of("orphans")[0]
    sheet = book.sheets[0]
    for row in world.take("roster", 2, where=lambda r: child_of(r).school is None or child_of(r).grade < 1):
        child = child_of(row)
        values = dict(row.values) | {
            "orphan_kind": "孤儿", "approve_date": date(2024, 5, 9), "allowance": "1250", "remark": "",
        }  # fmt: skip
        sheet.rows.append(Row(child, values, sheet, note="G02"))
        other = next(r for b in world.of("village_book") for r in b.rows if r.child is child)
        world.expect("G02", "在孤儿名册中", rows=[row], fields=("id_no",))
        world.expect("G02", "在孤儿名册中", rows=[other], fields=("id_no",))


HOME = {
    "father_work_place": "在家务农",
    "mother_work_place": "在家",
    "father_away_since": "",
    "mother_away_since": "",
}


def g03(world: World) -> None:
    (row,) = world.take("village_book", 1)
    world.expect(
        "G03",
        "父母都在家",
        rows=[put(row, left_type="其他", **HOME)],
        fields=("father_work_place", "mother_work_place"),
    )
    (row,) = world.take("roster", 1)
    cause = world.expect(
        "G03", "父母都在家", rows=[put(row, **HOME)], fields=("father_work_place", "mother_work_place")
    )
    world.follow(cause, "D03", note="双方外出=是而父母在家")


def g04(world: World) -> None:
    (row,) = world.take("roster", 1)
    put(row, both_away="否", mother_work_place="在家带孩子", mother_away_since="")
    cause = world.expect("G04", "母亲在家，有监护能力", rows=[row], fields=("mother_work_place",))
    world.follow(cause, "D04", note="两项都是“否”")


def g05(world: World) -> None:
    (row,) = world.take("roster", 1)
    world.expect(
        "G05",
        "8月20日外出",
        rows=[put(row, mother_away_since=date(2026, 8, 20))],
        fields=("mother_away_since",),
    )
    (row,) = world.take("village_book", 1, "father_away_since")
    world.expect(
        "G05", "9月外出", rows=[put(row, father_away_since=Month(2026, 9))], fields=("father_away_since",)
    )


def g06(world: World) -> None:
    (row,) = world.take("roster", 1)
    world.expect(
        "G06",
        "外出时间写“春节后”",
        rows=[put(row, father_away_since=Raw("春节后"))],
        fields=("father_away_since",),
    )
    (row,) = world.take("village_book", 1, "mother_away_since")
    world.expect(
        "G06",
        "外出时间写“年初”",
        rows=[put(row, mother_away_since=Raw("年初"))],
        fields=("mother_away_since",),
    )
    (row,) = world.take("roster", 1, "mother_away_since")
    world.expect(
        "G06",
        "外出时间是文本存放的日期序号",
        rows=[put(row, mother_away_since=Raw("45789"))],
        fields=("mother_away_since",),
    )


def g07(world: World) -> None:
    for text in ("城镇居民户口", "非农业户口"):
        (row,) = world.take("roster", 1)
        world.expect("G07", f"户籍性质“{text}”", rows=[put(row, hukou_type=text)], fields=("hukou_type",))


def g08(world: World) -> None:
    (row,) = world.take("roster", 1)
    put(row, both_away="否", father_work_place="监狱服刑", father_away_since="", mother_work_place="在家",
        mother_away_since="", incap_who="母亲", incap_reason="精神残疾一级", remark="父亲服刑，母亲精神残疾一级")  # fmt: skip
    world.expect(
        "G08", "父亲服刑、母亲重残，刑期待核", rows=[row], fields=("father_work_place", "incap_reason", "remark"),
        severity="notice",
    )  # fmt: skip
    (row,) = world.take("village_book", 1, "father_away_since")
    put(row, parents_alive="父亡母在", left_type="父母一方外出", remark="爹死娘改嫁，母亲失联", mother_work_place="失联",
        mother_away_since="", father_name="—", father_work_place="—", father_away_since="—", father_phone="—")  # fmt: skip
    world.expect("G08", "父亲去世、母亲改嫁失联", rows=[row], fields=("parents_alive", "remark"))


def g09(world: World) -> None:
    for kind in ("roster", "enrolment"):
        (row,) = world.take(kind, 1)
        put(row, live_addr="浙江省宁波市海曙区春华路18号", father_work_place="浙江省宁波市", mother_work_place="浙江省宁波市",
            member1_live="浙江省宁波市", member2_live="浙江省宁波市", post_addr="浙江省宁波市海曙区春华路18号",
            home_addr="浙江省宁波市海曙区春华路18号")  # fmt: skip
        world.expect("G09", "住在父母务工地", rows=[row], fields=("live_addr",))


def g11(world: World) -> None:
    (row,) = world.take("roster", 1)
    put(
        row,
        both_away="否",
        father_work_place="服刑",
        father_away_since="",
        mother_work_place="在家务农",
        mother_away_since="",
    )
    world.expect("G11", "父亲服刑、母亲在家", rows=[row], fields=("father_work_place",))
    (row,) = world.take("village_book", 1, "mother_away_since")
    put(
        row,
        left_type="其他",
        father_work_place="在家",
        father_away_since="",
        mother_work_place="离异后改嫁",
        mother_away_since="",
    )
    world.expect("G11", "母亲改嫁、父亲在家", rows=[row], fields=("mother_work_place",))


def g13(world: World) -> None:
    for kind, text in (("roster", "父亲已返乡创业"), ("village_book", "父母现已回家务农")):
        (row,) = world.take(kind, 1)
        world.expect("G13", f"备注“{text}”", rows=[put(row, remark=text)], fields=("remark",))


ALL = (g01, g02, g03, g04, g05, g06, g07, g08, g09, g11, g13)
