"""One more defect of every rule that the other modules show but twice: no code rests on fewer than three.

All of them stand in the four townships of which the story of the periods does not speak. What each changes is what the
module of its group does: see the tables there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from sample_data.generate import ids
from sample_data.generate.defects.copies import _paste
from sample_data.generate.defects.families import PRESCHOOL, _siblings, born
from sample_data.generate.defects.logic import UNABLE
from sample_data.generate.defects.schooling import NO_SCHOOL
from sample_data.generate.defects.scope import HOME
from sample_data.generate.defects.tools import (
    aged,
    at_school,
    child_of,
    clear,
    put,
    row_in,
    spreadsheet,
    years_before,
)
from sample_data.generate.people import Month
from sample_data.generate.sheet import Book, Err, Raw, Row
from sample_data.generate.world import World

_TOWNSHIPS = ("云台镇", "响石乡", "梨园镇", "望溪乡")
Where = Callable[[Row], bool]


def _take(world: World, kind: str, count: int, *fields: str, where: Where = lambda r: True) -> list[Row]:
    return world.take(
        kind,
        count,
        *fields,
        where=lambda r: r.book.path.startswith(_TOWNSHIPS) and where(r),
    )


def _one(world: World, kind: str, *fields: str, where: Where = lambda r: True) -> Row:
    (row,) = _take(world, kind, 1, *fields, where=where)
    return row


def blanks(world: World) -> None:
    fields = (
        "ethnicity",
        "live_addr",
        "guard_eval",
        "guardian_name",
        "guardian_phone",
        "guardian_rel",
    )
    row = _one(world, "school_ledger", *fields)
    cause = world.expect("B02", "六项空白", rows=[clear(row, *fields)], fields=fields)
    world.follow(cause, "B06", fields=("guardian_name", "guardian_phone", "guardian_rel"))
    row = _one(world, "roster")
    world.expect("B07", "患病而未注明", rows=[put(row, health="患病")], fields=("illness",))
    row = _one(world, "roster", where=at_school)
    clear(row, "school_name", "grade", "class_name")
    world.expect("B08", "在读而无学校、年级、班级", rows=[row], fields=("school_name", "grade"))


def values(world: World) -> None:
    row = _one(world, "roster")
    world.expect(
        "C01",
        "少一位",
        rows=[put(row, id_no=child_of(row).id_no[:-1])],
        fields=("id_no",),
    )
    row = _one(world, "roster", where=lambda r: child_of(r).sex == "女")
    number = ids.complete("52990120170931104")
    world.expect("C04", "出生段没有这一天", rows=[put(row, id_no=number)], fields=("id_no",))
    row = _one(world, "roster")
    number = ids.complete("529978" + child_of(row).id_no[6:17])
    world.expect("C05", "地址码529978", rows=[put(row, id_no=number)], fields=("id_no",))
    row = _one(world, "village_book", "age")
    world.expect("C09", "年龄多2岁", rows=[put(row, age=child_of(row).age + 3)], fields=("age",))
    row = _one(world, "roster", where=lambda r: spreadsheet(r) and len(child_of(r).name) == 3)
    name = f"{child_of(row).name}2"
    world.expect(
        "C10",
        "姓名带数字",
        rows=[put(row, child_name=Raw(name))],
        fields=("child_name",),
    )
    row = _one(world, "roster")
    world.expect("C13", "民族写“黔族”", rows=[put(row, ethnicity="黔族")], fields=("ethnicity",))
    row = _one(world, "roster")
    put(row, mother_phone=str(row.values["mother_phone"])[:-1])
    world.expect("C14", "手机号少一位", rows=[row], fields=("mother_phone",))
    row = _one(world, "roster")
    world.expect(
        "C15",
        "13888888888",
        rows=[put(row, mother_phone="13888888888")],
        fields=("mother_phone",),
    )
    row = _one(world, "village_book")
    world.expect("C18", "只写到县", rows=[put(row, live_addr="青禾县")], fields=("live_addr",))
    row = _one(world, "school_ledger")
    world.expect(
        "C19",
        "班级写“尖子班”",
        rows=[put(row, class_name="尖子班")],
        fields=("class_name",),
    )
    row = _one(world, "roster")
    put(
        row,
        health="残疾",
        disability_type="肢体残疾",
        disability_level="三级",
        disability_card=child_of(row).id_no + "44",
    )
    world.expect("C20", "等级码与残疾等级不符", rows=[row], fields=("disability_card",))


def logic(world: World) -> None:
    row = _one(world, "roster")
    put(
        row,
        parents_alive="父亡母在",
        both_away="否",
        one_away_incap="是",
        incap_who="父亲",
        incap_reason="已去世",
    )
    world.expect(
        "D02",
        "父亲已故而有务工地点",
        rows=[row],
        fields=("parents_alive", "father_work_place"),
    )
    row = put(_one(world, "roster"), one_away_incap="是", **UNABLE)
    world.expect("D04", "两项都是“是”", rows=[row], fields=("both_away", "one_away_incap"))
    row = _one(world, "roster")
    put(
        row,
        both_away="否",
        one_away_incap="是",
        mother_work_place="在家",
        mother_away_since="",
        incap_who="母亲",
    )
    world.expect(
        "D06",
        "未写无监护能力的原因",
        rows=[row],
        fields=("one_away_incap", "incap_reason"),
    )
    row = _one(world, "school_ledger", "father_id", "guard_eval", "guardian_phone")
    own = {f"guardian_{key}": row.values[f"father_{key}"] for key in ("name", "id", "phone")}
    put(row, guardian_rel="父亲", guard_eval="差", **own)
    world.expect("D08", "监护人是外出的父亲", rows=[row], fields=("guardian_name", "father_name"))
    row = _one(world, "roster", where=aged(4, 10))
    birth = years_before(child_of(row).birth, 72)
    put(row, father_birth=birth, father_id=ids.number(birth, 523))
    world.expect("D11", "父亲大72岁", rows=[row], fields=("father_birth", "birth_date"))
    row = _one(world, "roster", where=lambda r: child_of(r).status == "幼儿园")
    put(
        clear(row, "school_name", "grade", "class_name"),
        school_status="学龄前",
        boarding="是",
    )
    world.expect("D13", "学龄前却寄宿", rows=[row], fields=("school_status", "boarding"))
    row = put(
        clear(_one(world, "roster", where=aged(11, 13)), *NO_SCHOOL),
        school_status="辍学",
    )
    world.expect("D14", "义务教育年龄辍学", rows=[row], fields=("school_status",))
    row = put(clear(_one(world, "roster", where=aged(4, 4)), *NO_SCHOOL), school_status="辍学")
    world.expect("D15", "4岁填“辍学”", rows=[row], fields=("school_status",))
    row = _one(world, "roster")
    put(row, disability_card=child_of(row).id_no + "43")
    world.expect("D16", "健康而有残疾证", rows=[row], fields=("health", "disability_card"))
    row = put(_one(world, "roster"), health="患病", illness="感冒")
    world.expect("D17", "患病填“感冒”", rows=[row], fields=("illness",))
    row = put(_one(world, "roster"), hukou_registered="否", hukou_note="正在补登户口")
    world.expect(
        "D18",
        "未登记户口而有有效证号",
        rows=[row],
        fields=("hukou_registered", "id_no"),
    )
    row = _one(world, "roster")
    put(row, father_work_place=f"青禾县{child_of(row).family.township}")
    world.expect("D19", "在本乡镇务工", rows=[row], fields=("father_work_place",))
    row = put(_one(world, "roster"), income_source="政府救助")
    world.expect("D21", "外出务工而收入只有“政府救助”", rows=[row], fields=("income_source",))
    row = put(_one(world, "roster", where=at_school), aid="孤儿津贴")
    world.expect("D22", "救助栏含“孤儿津贴”", rows=[row], fields=("aid",))


def copies(world: World) -> None:
    row = _one(world, "roster", where=lambda r: "seq" not in r.values and len(r.sheet.rows) > 8)
    world.expect("E01", "同一名儿童登记两次", rows=[row, _paste(row, 4)], fields=("id_no",))
    row = _one(world, "roster", where=lambda r: "seq" not in r.values)
    copy, number = _paste(row, 5), child_of(row).id_no
    copy.values["id_no"] = ids.complete(f"{number[:14]}9{number[15:17]}")
    fields = ("child_name", "birth_date", "id_no")
    world.expect("E02", "姓名、生日、父母相同，证号差一两位", rows=[row, copy], fields=fields)
    for name, birth, place in (
        ("龙再兴", date(1985, 4, 21), "福建省泉州市"),
        ("安登高", date(1987, 11, 3), "江苏省苏州市"),
    ):
        rows = _take(world, "roster", 3, where=aged(4, 13))
        for row in rows:
            put(row, father_name=name, father_id=ids.number(birth, 533), father_birth=birth, father_work_place=place,
                father_away_since=Month(2024, 3))  # fmt: skip
        world.expect(
            "E05",
            "三户不同母亲，父亲同一人",
            rows=rows,
            fields=("father_name", "father_id"),
        )
    rows = _take(
        world,
        "roster",
        2,
        where=lambda r: r.values["guardian_rel"] == "祖母" and 4 < child_of(r).age < 13,
    )
    put(rows[1], guardian_id=rows[0].values["guardian_id"])
    world.expect(
        "E06",
        "一个监护人证号两个姓名",
        rows=rows,
        fields=("guardian_name", "guardian_id"),
    )
    rows = _take(world, "roster", 4)
    for row in rows:
        put(row, mother_phone="15085736148")
    world.expect("E07", "4户共用一个电话", rows=rows, fields=("mother_phone",))


def alike(world: World) -> None:
    ledger = _with_free(world, "school_ledger", 3, "father_work_place", "mother_phone", "guardian_id")
    rows = _take(world, "school_ledger", 3, where=lambda r: r.book is ledger)
    for at, row in enumerate(rows, 1):
        put(row, father_work_place="江苏省无锡市", mother_work_place="江苏省无锡市", guardian_rel="祖母",
            father_away_since=Month(2023, 4), mother_away_since=Month(2023, 4), father_phone=f"1398461830{at}",
            mother_phone=f"1838574830{at}", guardian_id=ids.number(date(1955, 7, 16 + at), 590 + 2 * at))  # fmt: skip
    world.expect("E09", "三名学生父母去向、时间、关系照抄，电话只差末位", rows=rows)
    visits = _with_free(world, "visits", 6)
    rows = _take(world, "visits", 6, where=lambda r: r.book is visits)
    for at, row in enumerate(rows):
        text = "到家中查看孩子生活起居，与祖辈交谈孩子近期表现，提醒防溺水防火安全"
        put(row, visit_content=text + ("", "。", "！")[at % 3])
    world.expect("E10", "六次走访记录雷同", rows=rows, fields=("visit_content",))


def _with_free(world: World, kind: str, count: int, *fields: str) -> Book:
    """The first book with so many rows nobody has touched."""
    return next(
        b for b in world.of(kind)
        if b.path.startswith(_TOWNSHIPS) and b.has(*fields) and sum(map(world.is_free, b.rows)) >= 2 * count
    )  # fmt: skip


def made_up(world: World) -> None:
    """Early, while a village has five small children nobody has touched."""
    small = [
        r for b in world.of("roster") for r in b.rows if world.is_free(r) and child_of(r).status in PRESCHOOL
    ]
    villages = Counter((r.book.unit, r.values["village"]) for r in small if r.book.unit in _TOWNSHIPS)
    (unit, village), _ = villages.most_common(1)[0]
    rows = _take(world, "roster", 5, where=lambda r: (r.book.unit, r.values["village"]) == (unit, village)
                 and child_of(r).status in PRESCHOOL)  # fmt: skip
    for at, row in enumerate(rows):
        born(world, child_of(row), date(2021, 6, 9), 40 + 2 * at)
    for kind in ("roster", "village_book"):
        members = [row_in(world, kind, child_of(r)) for r in rows]
        world.expect("E12", "五个证号只有顺序码不同", rows=members, fields=("id_no",))


def families(world: World) -> None:
    elder, younger = _siblings(world, "望溪乡", preschool=True)
    born(world, elder, date(2021, 4, 2), 712)
    born(world, younger, date(2021, 4, 2) + timedelta(days=101), 722)
    for kind in ("roster", "village_book"):
        rows = [row_in(world, kind, child) for child in (elder, younger)]
        world.expect("E11", "同母两孩相隔101天", rows=rows, fields=("birth_date",))
    rows = [row_in(world, "roster", child) for child in _siblings(world, "梨园镇", preschool=False)]
    put(rows[1], mother_work_place="海南省三亚市", mother_away_since=date(2024, 2, 20))
    fields = ("mother_work_place", "mother_away_since")
    world.expect("F11", "同胞的父母信息不同", rows=rows, fields=fields)


def scope(world: World) -> None:
    row = put(_one(world, "village_book"), left_type="其他", **HOME)
    world.expect(
        "G03",
        "父母都在家",
        rows=[row],
        fields=("father_work_place", "mother_work_place"),
    )
    row = put(
        _one(world, "roster"),
        both_away="否",
        mother_work_place="在家带孩子",
        mother_away_since="",
    )
    cause = world.expect("G04", "母亲在家，有监护能力", rows=[row], fields=("mother_work_place",))
    world.follow(cause, "D04", note="两项都是“否”")
    row = put(_one(world, "roster"), hukou_type="非农业户口")
    world.expect("G07", "户籍性质“非农业户口”", rows=[row], fields=("hukou_type",))
    row = _one(world, "village_book", "father_away_since")
    put(row, parents_alive="父亡母在", left_type="父母一方外出", remark="爹死娘改嫁，母亲失联", mother_work_place="失联",
        mother_away_since="", father_name="—", father_work_place="—", father_away_since="—", father_phone="—")  # fmt: skip
    world.expect("G08", "父亲去世、母亲改嫁失联", rows=[row], fields=("parents_alive", "remark"))
    home = "江苏省苏州市姑苏区人民路18号"
    row = put(
        _one(world, "roster"),
        live_addr=home,
        father_work_place="江苏省苏州市",
        mother_work_place="江苏省苏州市",
    )
    world.expect("G09", "住在父母务工地", rows=[row], fields=("live_addr",))
    row = _one(world, "village_book", "mother_away_since")
    put(row, left_type="其他", father_work_place="在家", father_away_since="", mother_work_place="离异后改嫁",
        mother_away_since="")  # fmt: skip
    world.expect("G11", "母亲改嫁、父亲在家", rows=[row], fields=("mother_work_place",))
    row = put(_one(world, "roster"), remark="母亲已返乡")
    world.expect("G13", "备注“母亲已返乡”", rows=[row], fields=("remark",))


def forms(world: World) -> None:
    book = _without(world, "village_book", "guardian_phone")
    book.drop("guardian_phone")
    world.expect("A01", "村级台账删去监护人电话一栏", book=book, fields=("guardian_phone",))
    book = world.book("响石乡农村留守儿童花名册")
    book.facts["复核人(签名)"] = ""
    world.expect("A07", "复核人未签", book=book, fields=("reviewer",))
    book = world.book("望溪乡农村留守儿童花名册")
    book.facts["填报日期"] = "2026年9月31日"
    world.expect("A08", "没有9月31日", book=book)
    sheet = world.book("梨园镇农村留守儿童花名册").sheets[0]
    for at, row in enumerate(sheet.rows, 1):
        row.values["seq"] = at if at < 23 else at + 1
    world.expect("A09", "缺23号", sheet=sheet, fields=("seq",))
    ledgers = [b for b in world.of("school_ledger") if b.path.startswith(_TOWNSHIPS) and b.format == "xlsx"]
    row = next(r for b in ledgers for r in b.rows if b.has("visits_count") and world.is_free(r))
    row.values["visits_count"] = Err("#N/A")
    world.expect("A11", "家访次数公式出错", sheet=row.sheet, fields=("visits_count",))
    book = _without(world, "village_book", "guardian_phone")
    book.hollow = ("guardian_phone",)
    for row in book.rows:
        row.values["guardian_phone"] = ""
    world.expect("B11", "监护人联系电话整列空白", book=book, fields=("guardian_phone",))


def _without(world: World, kind: str, field: str) -> Book:
    """A book of which no defect speaks that has to do with the column, nor any trap."""
    spoken = {id(row.book) for e in world.expected for row in e.rows if field in e.fields or e.rule[0] == "E"}
    whole = {id(e.book) for e in world.expected if e.book} | {
        id(e.sheet.book) for e in world.expected if e.sheet
    }
    return next(
        b for b in world.of(kind)
        if b.path.startswith(_TOWNSHIPS) and b.has(field) and id(b) not in spoken | whole
    )  # fmt: skip


ALL = (families, blanks, values, logic, copies, alike, scope, forms)
