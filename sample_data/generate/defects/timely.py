"""What is due each month and each term (L01, L07), truancy (L04–L06), stale records and exits (L08, L09).

=====  =========================================================================================
L01    响泉村 hands in no ledger; 响石乡's roster is September's, 珠岩小学's ledger too
L04    five days to the Friday, and twelve days on, in 白石镇初级中学; five days over a weekend by 云台镇初级中学's marks
L05    two attempts reported to nobody; to the township alone; three rows of 清水初级中学 with nothing reported
L06    nobody told; the township alone, twice
L08    three records of 响石乡's villages last looked at in spring and in March
L09    exits without reason, without day; a child of 清水乡's register of exits that its roster still lists
F14    three children of 马鞍山村's census whom no export has: two name a school, one none
L07    沙坝小学, 落水洞小学 and 云台镇初级中学 still send last term's ledger
=====  =========================================================================================
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sample_data.generate.defects.tools import child_of, row_in, rows_of
from sample_data.generate.people import Month
from sample_data.generate.register import pupils_of
from sample_data.generate.sheet import Book, Column, Row
from sample_data.generate.views.timely import (
    ABSENCES,
    ATTEMPTS,
    LEAVING,
    MARKED,
    attempted,
    counted,
    exit_row,
    mark,
)
from sample_data.generate.world import World

UNHEARD = "响泉村"


def l01_missing(world: World) -> None:
    """Before anything else is planted: the book is gone with all that could stand in it."""
    world.books.remove(world.book(f"村级台账/{UNHEARD}"))


def l01(world: World) -> None:
    world.expect("L01", f"{UNHEARD}没有报送台账", unit=UNHEARD)
    roster, ledger = world.book("响石乡农村留守儿童花名册"), world.book("珠岩小学")
    roster.facts["填报日期"] = "2026年9月27日"
    world.expect("L01", "花名册填报日期是上月", book=roster)
    ledger.facts["填报时间"] = "2026年9月24日"
    world.expect("L01", "台账填报日期是上月", book=ledger)


def l07(world: World) -> None:
    for name, day in (
        ("沙坝小学", "2026年6月24日"),
        ("落水洞小学", "2026.7.3"),
        ("云台镇初级中学", "2026年3月"),
    ):
        book = world.book(name)
        book.facts["填报时间"] = day
        world.expect("L07", "台账是上学期的", book=book)


def _register(world: World, kind: str, unit: str) -> Book:
    (book,) = [b for b in world.of(kind) if b.unit == unit]
    return book


def _absent(world: World, at: int, **values: Any) -> Row:
    """One more pupil in the register of absences."""
    sheet = _register(world, "attendance", ABSENCES).sheets[0]
    child = pupils_of(world.register, ABSENCES)[at]
    row = Row(child, {"child_name": child.name, "id_no": child.id_no, "class_name": sheet.rows[0].values["class_name"],
                      "absent_kind": "旷课", "whereabouts": "在家", **values}, sheet)  # fmt: skip
    sheet.rows.append(row)
    return row


def l04(world: World) -> None:
    monday, friday = date(2026, 10, 12), date(2026, 10, 16)
    row = _absent(world, 1, absent_since=monday, absent_until=friday, absent_days=5, persuade_count=0)
    world.expect("L04", "周一到周五旷课，没有家访劝返", rows=[row])
    row = _absent(world, 5, absent_since=date(2026, 10, 8), absent_days=12)
    world.expect("L04", "10月8日起12天，没有家访劝返", rows=[row])
    row = _register(world, "attendance", MARKED).sheets[1].rows[2]
    row.values |= {mark(day): "×" for day in (15, 16, 19, 20, 21)} | {"absent_total": 5}
    world.expect("L04", "跨周末连续5个上学日打×", rows=[row])


def l05(world: World) -> None:
    tried = {
        "absent_since": date(2026, 10, 8),
        "absent_days": 15,
        "persuade_count": 2,
        "persuade_date": date(2026, 10, 20),
    }
    row = _absent(world, 9, persuade_record="两次上门，均未返校", **tried)
    world.expect("L05", "劝返两次无果，谁也没报", rows=[row])
    row = _absent(world, 13, persuade_record="家访两次无果", township_reported=date(2026, 10, 21), **tried)
    world.expect("L05", "只报了乡镇，没报教育局", rows=[row], says="教育行政部门")
    sheet = _register(world, "attendance", ATTEMPTS).sheets[0]
    days = (date(2026, 10, 13), date(2026, 10, 19), date(2026, 10, 26))
    rows = attempted(
        sheet,
        pupils_of(world.register, ATTEMPTS)[2],
        date(2026, 10, 8),
        tuple(zip(days, ("未返校", "拒绝返校", "无果"), strict=True)),
        None,
    )
    sheet.rows += rows
    world.expect("L05", "三次劝返逐行登记，都没报告", rows=rows[:1])


def l06(world: World) -> None:
    tried = {
        "absent_since": date(2026, 10, 19),
        "absent_days": 8,
        "persuade_count": 1,
        "persuade_date": date(2026, 10, 21),
    }
    row = _absent(
        world, 17, whereabouts="去向不明", persuade_record="家访，爷爷奶奶不知孩子去了哪里", **tried
    )
    world.expect("L06", "去向不明，乡镇和派出所都没报", rows=[row])
    for at, where in ((21, "失联"), (25, "下落不明")):
        row = _absent(world, at, whereabouts=where, persuade_record="电话联系家长",
                      township_reported=date(2026, 10, 22), **tried)  # fmt: skip
        world.expect("L06", "报了乡镇，没报派出所", rows=[row], says="公安机关")


def l08(world: World) -> None:
    books = [b for b in world.of("village_book") if b.path.startswith("响石乡") and b.format != "csv"]
    for at, book in enumerate(books):
        book.columns.append(Column("", "更新日期", "update_date"))
        for number, row in enumerate(book.rows):
            row.values["update_date"] = date(2026, 5 + (number + at) % 6, 3 + number % 25)
    for day, row in zip(
        (date(2026, 4, 20), Month(2026, 3), date(2025, 10, 9)), _left(world, books), strict=False
    ):
        row.values["update_date"] = day
        world.expect("L08", "半年以上没有更新", rows=[row], fields=("update_date",))


def _left(world: World, books: list[Book]) -> list[Row]:
    found = [row for book in books for row in book.rows if world.is_free(row)][:3]
    for row in found:
        world.used.add(child_of(row).family.key)
    return found


def l09(world: World) -> None:
    sheet = _register(world, "exits", LEAVING).sheets[0]
    home = [c for c in world.register.pupils if c.family.township == LEAVING and not c.trap]
    rows = [
        exit_row(sheet, home[3], date(2026, 9, 10), ""),
        exit_row(sheet, home[5], None, "父母返乡"),
        exit_row(sheet, home[9], date(2026, 10, 12), ""),
    ]
    for row, note in zip(
        rows, ("有退出日期没有原因", "有退出原因没有日期", "有退出日期没有原因"), strict=True
    ):
        sheet.rows.append(row)
        missing = "exit_date" if row.values["exit_date"] is None else "exit_reason"
        cause = world.expect("L09", note, rows=[row])
        world.follow(cause, "B01", rows=[row], fields=(missing,))
    (listed,) = world.take("roster", 1, where=lambda r: r.book.unit == LEAVING)
    sheet.rows.append(exit_row(sheet, child_of(listed), date(2026, 10, 8), "随父母外出"))
    cause = world.expect("L09", "退出登记册已退出，花名册仍在册", rows=[listed])
    world.follow(cause, "L09", rows=[row_in(world, "village_book", child_of(listed))])


def f14(world: World) -> None:
    """Last of all: who is missing in the exports for another reason is missing here, too."""
    book = _register(world, "census", "马鞍山村")
    sheet = book.sheets[0]
    for row in list(book.rows):
        if row.child is not None and not any(r.book.kind == "enrolment" for r in rows_of(world, row.child)):
            world.expect("F14", "学籍导出中没有", rows=[row], side=True)
    for name, birth, school, note in (
        ("石小洋", date(2017, 4, 12), "沙坝小学", "写了沙坝小学，学籍中没有"),
        ("石小江", date(2018, 2, 20), "", "没有学校，全县学籍中没有"),
        ("马小冬", date(2013, 1, 8), "清水初级中学", "写了清水初级中学，学籍中没有"),
    ):
        stage = "小学" if birth.year > 2014 else "初中"
        row = counted(sheet, name, birth, school_name=school, school_status=stage if school else "")
        sheet.rows.append(row)
        world.expect("F14", note, rows=[row])


ALL = (l01, l07, l04, l05, l06, l08, l09, f14)
