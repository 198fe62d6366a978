"""Group H: agreements on care, children alone, harm nobody reported.

=====  =========================================================================================
H01    no agreement on a child of a township, of a village with a register of its own, of another township
H02    a bare letter; principal and term blank; neither signed nor witnessed; a register without columns for duties
H03    run out; not begun; runs out within 30 days (notice); signed two months after its term began
H04    the name misheard; misread; somebody else altogether
H05    a brother of fifteen, the mother herself, a trustee with a mental disability, one who drinks
H06    poor care, unattended, a guardian not able enough, and no agreement, helper or visit; or no more than calls
H07    alone at home by a remark of roster and village book, by a visit
H08    twelve, eleven and ten agreements of one day, official and length of text
H09    school not told; told by word of mouth; nobody told; a register without such columns
H10    run away, beaten, bullied: no report on record
H11    unattended day pupils of schools that board
=====  =========================================================================================
"""

from __future__ import annotations

from datetime import date

from sample_data.generate import ids
from sample_data.generate.defects.tools import (
    at_school,
    child_of,
    clear,
    leave_out,
    pupil,
    put,
    row_in,
    rows_of,
)
from sample_data.generate.people import Child
from sample_data.generate.sheet import Row
from sample_data.generate.world import World

_NOBODY = dict.fromkeys(("guardian_name", "guardian_id", "guardian_rel", "guardian_phone", "guardian_addr"), "") | {
    "has_guardian": "否", "actual_guard": "无委托照料人",
}  # fmt: skip
_SPELT = {
    "同音": {"珍": "贞", "芬": "纷", "富": "付", "秀": "绣", "忠": "中", "明": "鸣", "素": "塑", "芳": "坊"},
    "形近": {
        "幺": "么",
        "妹": "味",
        "永": "水",
        "大": "太",
        "贵": "责",
        "桂": "佳",
        "国": "固",
        "开": "井",
        "文": "交",
    },
}
LESSONS = (
    "到校开展防性侵、防溺水、防欺凌安全教育，孩子能说出求助电话",
    "未发现虐待、欺凌等情况，孩子情绪稳定，作业按时完成",
    "讲解预防性侵害知识，提醒监护人不得让孩子单独在家过夜",
)


def _one(world: World, unit: str, *fields: str) -> Row:
    (row,) = world.take("agreements", 1, *fields, where=lambda r: r.book.unit == unit and pupil(r))
    return row


def _listed(world: World, child: Child) -> list[Row]:
    """The child's rows in the lists that name a guardian."""
    return [r for r in rows_of(world, child) if r.book.kind in ("roster", "village_book", "school_ledger")]


def h01(world: World) -> None:
    for unit in ("云台镇", "白石镇", "花竹村"):
        child = child_of(_one(world, unit))
        leave_out(world, "agreements", child)
        world.expect(
            "H01", "协议台账中没有", rows=[row_in(world, "roster", child)], fields=("guardian_name",)
        )


def h02(world: World) -> None:
    row = put(_one(world, "云台镇"), ag_type="委托书")
    world.expect("H02", "只有委托书", rows=[row], fields=("ag_type",))
    row = clear(_one(world, "白石镇"), "ag_principal", "ag_start", "ag_end")
    world.expect("H02", "缺委托人、委托期限", rows=[row], fields=("ag_principal", "ag_end"))
    row = clear(_one(world, "柏杨林村"), "ag_principal_signed", "ag_trustee_signed", "ag_witness")
    world.expect(
        "H02", "无签字、无见证", rows=[row], fields=("ag_principal_signed", "ag_trustee_signed", "ag_witness")
    )
    (book,) = [b for b in world.of("agreements") if b.unit == "花竹村"]
    book.drop("ag_duties", "ag_notified")
    world.expect("H02", "台账没有监护职责栏", book=book, fields=("ag_duties",))
    world.expect("H09", "台账没有书面告知栏", book=book, fields=("ag_notified_school", "ag_notified_village"))


def h03(world: World) -> None:
    row = put(_one(world, "云台镇"), ag_sign_date=date(2025, 9, 1), ag_term="2025.9.1-2026.8.31")
    world.expect("H03", "已经到期", rows=[row], fields=("ag_term", "ag_sign_date"))
    row = put(_one(world, "花竹村"), ag_sign_date=date(2026, 12, 1), ag_term="2026年12月1日至2027年11月30日")
    world.expect("H03", "尚未开始", rows=[row], fields=("ag_term", "ag_sign_date"))
    row = put(_one(world, "云台镇"), ag_sign_date=date(2025, 11, 15), ag_term="一年")
    world.expect("H03", "30天内到期", rows=[row], fields=("ag_term", "ag_sign_date"), severity="notice")
    row = put(
        _one(world, "白石镇"),
        ag_sign_date=date(2026, 5, 8),
        ag_start=date(2026, 3, 1),
        ag_end=date(2027, 2, 28),
    )
    world.expect("H03", "签订晚于起始日", rows=[row], fields=("ag_start", "ag_end", "ag_sign_date"))


def h04(world: World) -> None:
    for unit, says in (("云台镇", "同音"), ("白石镇", "形近"), ("花竹村", "姓名完全不同")):
        stranger = "石老三" if says == "姓名完全不同" else ""
        fits = (lambda r, s=says: bool(_misspelt(r, s))) if not stranger else pupil
        (row,) = world.take(
            "agreements", 1, where=lambda r, u=unit, f=fits: r.book.unit == u and pupil(r) and f(r)
        )
        put(row, ag_trustee=stranger or _misspelt(row, says))
        if stranger:
            put(row, ag_trustee_rel="叔父", ag_trustee_id="")
        rows = [row, *_listed(world, child_of(row))]
        world.expect("H04", f"受托人{says}", rows=rows, fields=("ag_trustee", "guardian_name"), says=says)


def _misspelt(row: Row, how: str) -> str:
    """The trustee's name with one character written otherwise; "" where none offers itself."""
    name = str(row.values["ag_trustee"])
    for written, other in _SPELT[how].items():
        if written in name[1:]:
            return name[0] + name[1:].replace(written, other, 1)
    return ""


def h05(world: World) -> None:
    row = _one(world, "花竹村")
    name = str(row.values["child_name"])
    put(
        row, ag_trustee=name[0] + "小勇", ag_trustee_rel="兄", ag_trustee_id=ids.number(date(2011, 6, 2), 531)
    )
    cause = world.expect("H05", "受托人15岁", rows=[row], fields=("ag_trustee", "ag_trustee_id"))
    world.follow(
        cause, "H04", rows=[row, *_listed(world, child_of(row))], fields=("ag_trustee", "guardian_name")
    )
    row = _one(world, "云台镇")
    mother = child_of(row).family.mother.name
    put(row, ag_trustee=mother, ag_principal=f"{row.values['ag_principal']}、{mother}")
    world.expect("H05", "受托人就是外出的母亲", rows=[row], fields=("ag_trustee", "ag_principal"))
    row = put(_one(world, "白石镇"), ag_trustee_health="精神残疾二级")
    world.expect("H05", "受托人精神残疾", rows=[row], fields=("ag_trustee", "ag_trustee_health"))
    row = put(_one(world, "云台镇"), ag_trustee_special="长期酗酒")
    world.expect("H05", "受托人酗酒", rows=[row], fields=("ag_trustee", "ag_trustee_special"))


def h06(world: World) -> None:
    for unit, care in (("云台镇", "监护情况差"), ("白石镇", "无人监护"), ("花竹村", "监护能力不足")):
        nobody = care == "无人监护"
        (row,) = world.take(
            "agreements", 1, where=lambda r, u=unit: r.book.unit == u and pupil(r) and child_of(r).boarding
        )
        child = child_of(row)
        for kind in ("agreements", "helpers", "visits"):
            while any(r.book.kind == kind for r in rows_of(world, child)):
                leave_out(world, kind, child)
        for listed in _listed(world, child):
            put(listed, guard_eval=care, **(_NOBODY if nobody else {}))
        row = clear(row_in(world, "roster", child), "helper_name", "helper_phone", "helper_measure")
        cause = world.expect("H06", f"{care}，无协议、帮扶、走访", rows=[row], fields=("guard_eval",))
        if not nobody:
            world.follow(cause, "H01", rows=[row])
    _only_called(world)


def _only_called(world: World) -> None:
    """Calls are no visits: of the last thirty days there is nothing else."""
    (row,) = world.take(
        "visits",
        1,
        where=lambda r: (
            r.book.unit == "云台镇中心小学"
            and r.values.get("visit_kind") == "家访"
            and child_of(r).grade in (1, 2)
        ),
    )
    child = child_of(row)
    for kind in ("agreements", "helpers"):
        while any(r.book.kind == kind for r in rows_of(world, child)):
            leave_out(world, kind, child)
    for each in [r for r in rows_of(world, child) if r.book.kind == "visits"]:
        put(each, visit_kind="亲情通话", visit_sign="", visit_date=date(2026, 10, 20))
    for listed in _listed(world, child):
        put(listed, guard_eval="监护情况差")
    row = clear(row_in(world, "roster", child), "helper_name", "helper_phone", "helper_measure")
    cause = world.expect("H06", "监护情况差，只有亲情通话", rows=[row], fields=("guard_eval",))
    world.follow(cause, "H01", rows=[row])
    world.follow(cause, "J07", rows=[row])
    world.follow(cause, "J13", rows=[row])


def h07(world: World) -> None:
    for kind, unit, remark in (
        ("roster", "梨园镇", "父母外出后孩子一个人在家生活"),
        ("village_book", "斗篷山村", "孩子独自居住，姐姐在县城读书"),
    ):
        (row,) = world.take(kind, 1, where=lambda r, u=unit: r.book.unit == u and at_school(r))
        cause = world.expect("H07", "备注写明独自生活", rows=[put(row, remark=remark)], fields=("remark",))
        world.follow(cause, "H10", note="独自生活未报告")
    (row,) = world.take("visits", 1, where=lambda r: r.book.unit == "双龙井村")
    put(row, visit_content="孩子独自生活已有两个月，饮食起居无人照管")
    cause = world.expect("H07", "走访发现独自生活", rows=[row], fields=("visit_content",))
    world.follow(cause, "H10", note="独自生活未报告")


def h08(world: World) -> None:
    for unit, count, day in (("云台镇", 12, 16), ("白石镇", 11, 17), ("云台镇", 10, 18)):
        rows = world.take("agreements", count, where=lambda r, u=unit: r.book.unit == u)
        for row in rows:
            put(row, ag_sign_date=date(2026, 3, day), ag_start=date(2026, 3, day), ag_end=date(2027, 3, day - 1), ag_term="一年",
                ag_duties="照料孩子的生活起居和学习，保障人身安全", ag_agent="吴明菊")  # fmt: skip
        world.expect("H08", f"{count}份协议同日同人同文", rows=rows, fields=("ag_sign_date",))


def h09(world: World) -> None:
    row = clear(_one(world, "白石镇"), "ag_notified_school")
    world.expect("H09", "未告知学校", rows=[row], fields=("ag_notified_school",))
    row = put(_one(world, "云台镇"), ag_notified_village="口头告知")
    world.expect("H09", "口头告知", rows=[row], fields=("ag_notified_village",))
    row = put(_one(world, "柏杨林村"), ag_notified="未告知")
    world.expect("H09", "都未告知", rows=[row], fields=("ag_notified",))


def h10(world: World) -> None:
    for kind, unit, field, text in (
        ("roster", "响石乡", "remark", "孩子9月离家出走，至今未归"),
        ("village_book", "麻窝村", "remark", "该生在校被高年级学生多次欺凌"),
        ("visits", "梨园镇中心小学", "visit_content", "孩子手臂有伤，疑似被继父殴打，情绪低落"),
    ):
        (row,) = world.take(kind, 1, where=lambda r, u=unit: r.book.unit == u and at_school(r))
        world.expect("H10", text, rows=[put(row, **{field: text})], fields=(field,))


def h11(world: World) -> None:
    """In every list that says who boards."""
    for unit in ("清水乡", "望溪乡", "云台镇"):
        (row,) = world.take("roster", 1, where=lambda r, u=unit: r.book.unit == u and _day_pupil(r))
        rows = [put(r, guard_eval="无人监护", **_NOBODY) for r in _listed(world, child_of(row))]
        for at, listed in enumerate(
            [r for r in rows if r.book.has("boarding", "guard_eval") and _day_pupil(r)]
        ):
            if not at:
                cause = world.expect(
                    "H11", "无人监护，有寄宿的学校走读", rows=[listed], fields=("guard_eval", "boarding")
                )
            else:
                world.follow(cause, "H11", rows=[listed])


def _day_pupil(row: Row) -> bool:
    """Old enough, and goes home from a school of which others of the list board."""
    own = [r for r in row.book.rows if r.values["school_name"] == row.values["school_name"]]
    boards = any(r.values["boarding"] == "是" for r in own)
    return at_school(row) and child_of(row).age >= 9 and row.values["boarding"] == "否" and boards


def lessons(world: World) -> None:
    """Lessons about harm, and that none was found, are no harm."""
    for text in LESSONS:
        (row,) = world.take("visits", 1, where=lambda r: r.book.unit == "梨园镇中心小学")
        put(row, visit_content=text)


ALL = (h01, h02, h03, h04, h05, h06, h07, h08, h09, h10, h11, lessons)
