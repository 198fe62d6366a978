"""Books beside the lists: E10, F09, F10, F12.

=====  =========================================================================================
E10    one text for six visits of a school, one measure for five children (commas moved)
F09    谭金莲 on the door (domain notes, row 2); names misheard and misread; a boarder nobody knows
F10    listed as without de facto support, as an orphan (without number), as a child in difficulty
F12    a helper for, visits to and an agreement about children on no list
=====  =========================================================================================
"""

from __future__ import annotations

from datetime import date

from sample_data.generate import ids
from sample_data.generate.defects.families import PRESCHOOL
from sample_data.generate.defects.tools import child_of, put, row_in
from sample_data.generate.people import Child
from sample_data.generate.sheet import Row, Value
from sample_data.generate.world import World

VISIT = "向家长了解孩子在家学习和生活情况，叮嘱注意交通安全，鼓励其好好学习"
HELP = "每周到家中检查一次作业，每月与父母视频通话一次，节假日开展安全教育"


def e10(world: World) -> None:
    rows = world.take("visits", 6, where=lambda r: r.book.unit == "清水初级中学")
    for at, row in enumerate(rows):
        put(row, visit_content=VISIT + ("", "。", "！")[at % 3])
    world.expect("E10", "六次家访记录雷同", rows=rows, fields=("visit_content",))
    rows = world.take("helpers", 5, where=lambda r: r.book.unit == "白石镇")
    for at, row in enumerate(rows):
        put(row, helper_measure=HELP.replace("，", "；", at % 2))
    world.expect("E10", "五名儿童帮扶措施雷同", rows=rows, fields=("helper_measure",))


def _in_room(world: World, school: str, child: Child) -> Row:
    """The child's row on the dormitory list; a bed is put in where it has none."""
    (book,) = [b for b in world.of("dormitory") if b.unit == school]
    found = next((r for r in book.rows if r.child is child), None)
    if found is None:
        sheet = next(s for s in book.sheets if s.rows[0].values["sex"] == child.sex)
        beside = sheet.rows[9]
        values = dict(beside.values) | {
            "child_name": row_in(world, "school_ledger", child).values["child_name"],
            "class_name": row_in(world, "school_ledger", child).values["class_name"],
            "dorm_bed": "9号床",
            "remark": "加床",
        }
        found = Row(child, values, sheet)
        sheet.rows.insert(10, found)
    return found


def f09(world: World) -> None:
    (girl,) = {
        child_of(r) for b in world.of("school_ledger") for r in b.rows if r.values["child_name"] == "覃金莲"
    }
    row = put(_in_room(world, "清水乡中心小学", girl), child_name="谭金莲")
    world.aim("F09", "例2：宿舍门上是“谭金莲”", [row])
    for school, names, says in (
        ("白石镇初级中学", {"志": "智", "小": "晓", "文": "雯", "玉": "钰", "嘉": "佳", "永": "咏"}, "同音"),
        ("云台镇初级中学", {"晓": "骁", "金": "今", "春": "椿", "思": "恩", "宇": "字", "家": "冢"}, ""),
    ):
        (row,) = world.take(
            "dormitory",
            1,
            where=lambda r, s=school, n=names: r.book.unit == s and len(_name(r)) == 3 and _name(r)[1] in n,
        )
        name = _name(row)
        put(row, child_name=name[0] + names[name[1]] + name[2])
        world.aim("F09", f"{name}写错一字", [row], says=says)
    (book,) = [b for b in world.of("dormitory") if b.unit == "云台镇初级中学"]
    sheet = book.sheets[0]
    values: dict[str, Value] = {"child_name": "瞿卫东", "sex": "男", "class_name": "八（2）班"}
    values |= {"dorm_room": sheet.rows[-1].values["dorm_room"], "dorm_bed": "9号床"}
    sheet.rows.append(Row(None, values | {"dorm_keeper": sheet.rows[-1].values["dorm_keeper"]}, sheet))
    world.aim("F09", "查无此人", [sheet.rows[-1]])


def _name(row: Row) -> str:
    return str(row.values["child_name"])


def f10(world: World) -> None:
    sheet = world.of("orphans")[0].sheets[0]
    for kind, allowance, numbered, severity in (
        ("事实无人抚养儿童", "1000", True, "warning"),
        ("孤儿", "1250", False, None),
        ("困境儿童", "", True, "notice"),
    ):
        (row,) = world.take("roster", 1, where=lambda r: child_of(r).status in PRESCHOOL)
        child = child_of(row)
        values = dict(row.values) | {
            "township": child.family.township, "orphan_kind": kind, "approve_date": date(2025, 3, 12),
            "allowance": allowance, "remark": "",
        }  # fmt: skip
        other = Row(child, values | ({} if numbered else {"id_no": ""}), sheet)
        sheet.rows.append(other)
        world.expect("F10", f"在名册中为{kind}，花名册未注明", rows=[row, other], severity=severity)


def _stranger(world: World, unit: str, kind: str, name: str, birth: date, count: int = 1) -> None:
    """``count`` records of a child on no list, made up of other children's."""
    (book,) = [b for b in world.of(kind) if b.unit == unit]
    rows = []
    for at in range(count):
        sheet = book.sheets[at % len(book.sheets)]
        values = dict(sheet.rows[7 + at].values) | {
            "child_name": name,
            "sex": "男",
            "id_no": ids.number(birth, 651),
        }
        rows.append(Row(None, values, sheet))
        sheet.rows.insert(8 + at, rows[-1])
    world.aim("F12", "台账中的儿童查无登记", rows)


def f12(world: World) -> None:
    _stranger(world, "响石乡", "helpers", "瞿建波", date(2014, 9, 9))
    _stranger(world, "双龙井村", "visits", "瞿小松", date(2016, 4, 21), 2)
    _stranger(world, "柏杨林村", "agreements", "瞿志远", date(2015, 2, 11))


ALL = (e10, f09, f10, f12)
