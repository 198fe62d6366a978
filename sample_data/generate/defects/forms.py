"""Group A: forms, sheets and files.

=====  =========================================================================================
A01    落水洞小学 lacks 监护情况 and 监护人电话; 高原村 lacks both 外出时间
A02    望溪乡中心小学 (父母姓名, 家长电话 …, own column), 斗篷山村, 望溪乡's roster
A03    竹林寨村: two ID columns; 沙坝小学: 联系电话 without saying whose
A04    柏杨林村: a very hidden sheet; 清水乡中心小学: hidden rows; 云台镇's roster: a hidden column
A07    梨园镇's roster without reviewer and writer; 云台镇初级中学 without head
A08    云台镇's roster of 31 September; 白石镇's of next year
A09    响石乡's roster skips a number; 麻窝村 has one twice
A10    小河边村 同上, 回龙村 〃, 望溪乡's roster merged over siblings
A11    双龙井村: #REF! and a formula without value in 年龄; 白石镇初级中学: #N/A in 家访次数
A12    a village misspelt in 清水乡's roster; an unknown school in 白石镇's
=====  =========================================================================================
"""

from __future__ import annotations

import itertools

from sample_data.generate.sheet import Book, Column, Err, Raw, Row, Uncomputed
from sample_data.generate.world import World


def a01(world: World) -> None:
    book = world.book("落水洞小学")
    book.drop("guard_eval", "guardian_phone")
    world.expect(
        "A01", "台账删去“监护情况”“监护人电话”两栏", book=book, fields=("guard_eval", "guardian_phone")
    )
    book = world.book("高原村")
    book.drop("father_away_since", "mother_away_since")
    world.expect(
        "A01", "村级台账删去父母外出时间两栏", book=book, fields=("father_away_since", "mother_away_since")
    )


def a02(world: World) -> None:
    book = world.book("望溪乡中心小学")
    for key, header in (
        ("father_name", "父母姓名"), ("parents_phone", "家长电话"), ("guardian_name", "监护人"),
        ("live_addr", "家庭住址"), ("boarding", "是否寄宿"), ("guardian_rel", "与学生关系"),
    ):  # fmt: skip
        book.rename(key, header, "")
    book.rename("parents_work_place", "父母去向", "")
    book.rename("parents_away_since", "外出时间", "")
    book.rename("guardian_id", "监护人身份证号", "")
    book.rename("guardian_phone", "监护人电话", "")
    book.rename("guard_eval", "监护情况", "")
    book.drop("mother_name")
    for row in book.rows:
        row.values["father_name"] = f"{row.values['father_name']}/{row.values['mother_name']}"
    _own_column(book, "兴趣爱好", ("打篮球", "画画", "唱歌", "跳绳"))
    world.expect("A02", "父母姓名、家长电话等改名，自增“兴趣爱好”", book=book)
    book = world.book("斗篷山村")
    book.rename("birth_date", "出生年月日")
    book.rename("live_addr", "家庭住址")
    book.rename("health", "身体状况")
    _own_column(book, "养猪头数", ("2", "0", "3", "5"))
    world.expect("A02", "出生日期等改名，自增“养猪头数”", book=book)
    book = world.book("望溪乡农村留守儿童花名册")
    book.rename("ethnicity", "族别")
    _own_column(book, "是否参加医保", ("是",))
    world.expect("A02", "民族改为“族别”，自增“是否参加医保”", book=book)


def _own_column(book: Book, header: str, texts: tuple[str, ...]) -> None:
    book.columns.insert(len(book.columns) - 1, Column("", header, "own", extra=True))
    for at, row in enumerate(book.rows):
        row.values["own"] = texts[at % len(texts)]


def a03(world: World) -> None:
    book = world.book("竹林寨村")
    at = next(i for i, c in enumerate(book.columns) if c.field == "id_no")
    book.columns.insert(at + 1, Column("", "公民身份号码", "id_again"))
    for row in book.rows:
        row.values["id_again"] = row.values["id_no"]
    world.expect("A03", "身份证号码、公民身份号码两栏重复", book=book)
    book = world.book("沙坝小学")
    book.columns.insert(len(book.columns) - 1, Column("", "联系电话", "contact_phone"))
    for row in book.rows:
        row.values["contact_phone"] = row.child.family.guardian.phone if row.child else ""
    world.expect("A03", "“联系电话”没有写明是谁的", book=book)


def a04(world: World) -> None:
    sheet = next(
        s for s in world.book("柏杨林村").sheets if not any(r.child and r.child.trap for r in s.rows)
    )
    sheet.hidden = "veryHidden"
    world.expect("A04", "工作表深度隐藏", sheet=sheet)
    book = world.book("清水乡中心小学")
    rows = [r for r in book.rows if world.is_free(r)][20:22]
    for row in rows:
        row.hidden = True
    world.expect("A04", "隐藏行中有学生", sheet=rows[0].sheet)
    sheet = world.book("云台镇农村留守儿童花名册").sheets[0]
    sheet.hidden_fields = ("helper_phone",)
    world.expect("A04", "隐藏列中有数据", sheet=sheet)


def a07(world: World) -> None:
    book = world.book("梨园镇农村留守儿童花名册")
    book.facts |= {"复核人(签名)": "", "填表人(签名)": ""}
    world.expect("A07", "复核人、填表人未签", book=book, fields=("reviewer", "filler"))
    book = world.book("云台镇初级中学")
    book.facts["校长"] = ""
    world.expect("A07", "校长未签", book=book, fields=("unit_head",))


def a08(world: World) -> None:
    book = world.book("云台镇农村留守儿童花名册")
    book.facts["填报日期"] = "2026年9月31日"
    world.expect("A08", "没有9月31日", book=book)
    book = world.book("白石镇农村留守儿童花名册")
    book.facts["填报日期"] = "2027年10月24日"
    world.expect("A08", "晚于统计截止日近一年", book=book)


def a09(world: World) -> None:
    sheet = world.book("响石乡农村留守儿童花名册").sheets[0]
    for at, row in enumerate(sheet.rows, 1):
        row.values["seq"] = at if at < 17 else at + 1
    world.expect("A09", "缺17号", sheet=sheet, fields=("seq",))
    sheet = world.book("麻窝村").sheets[0]
    for at, row in enumerate(sheet.rows, 1):
        row.values["seq"] = at if at < 9 else at - 1
    world.expect("A09", "8号重复", sheet=sheet, fields=("seq",))


def _younger_siblings(rows: list[Row]) -> list[Row]:
    return [
        row
        for before, row in itertools.pairwise(rows)
        if row.child
        and before.child
        and row.child.family is before.child.family
        and row.child.family.kind == "both"
    ]


_SHARED = tuple(
    f"{p}_{key}" for p in ("father", "mother") for key in ("name", "work_place", "away_since", "phone")
)


def a10(world: World) -> None:
    for part, mark in (("小河边村", "同上"), ("回龙村", "〃")):
        sheet = world.book(part).sheets[0]
        for row in _younger_siblings(sheet.rows):
            row.values |= {key: Raw(mark) for key in _SHARED}
        world.expect("A10", f"弟妹的父母各栏写“{mark}”", sheet=sheet, fields=_SHARED)
    sheet = world.book("望溪乡农村留守儿童花名册").sheets[0]
    sheet.merge_siblings = _SHARED
    world.expect("A10", "同胞的父母各栏合并单元格", sheet=sheet, fields=_SHARED)


def a11(world: World) -> None:
    sheet = max(world.book("双龙井村").sheets, key=lambda s: len(s.rows))
    first, second, third = [r for r in sheet.rows if r.child and not r.child.trap][:3]
    first.values["age"] = Err("#REF!")
    second.values["age"] = Uncomputed('=DATEDIF(G9,DATE(2026,10,31),"y")')
    third.values["age"] = Err("#VALUE!")
    world.expect("A11", "年龄公式出错", sheet=sheet, fields=("age",))
    sheet = world.book("白石镇初级中学").sheets[0]
    sheet.rows[0].values["visits_count"] = Err("#N/A")
    world.expect("A11", "家访次数公式出错", sheet=sheet, fields=("visits_count",))


def a12(world: World) -> None:
    book = world.book("清水乡农村留守儿童花名册")
    rows = [r for r in book.rows if r.values["village"] == "清塘村" and world.is_free(r)][:2]
    for row in rows:
        row.values["village"] = "青塘村"
    world.expect("A12", "“清塘村”误为“青塘村”", rows=rows, fields=("village",))
    book = world.book("白石镇农村留守儿童花名册")
    row = next(r for r in book.rows if r.values["school_name"] == "白石镇中心小学" and world.is_free(r))
    row.values["school_name"] = "白石镇第九小学"
    world.expect("A12", "学校不在名录", rows=[row], fields=("school_name",), severity="notice")
    for row in rows:
        world.used.add(row.child.family.key if row.child else "")


ALL = (a01, a02, a03, a04, a07, a08, a09, a10, a11, a12)
