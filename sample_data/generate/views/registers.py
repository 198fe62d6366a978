"""Township rosters (B1), village books (B3) and the orphan list as files."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from sample_data.generate.people import Child, Register
from sample_data.generate.places import COUNTY, TOWNSHIPS
from sample_data.generate.record import colloquial, record
from sample_data.generate.sheet import Book, Row, Sheet, Value
from sample_data.generate.views import columns

# How each township writes: file format, notation of dates, layout.
_ROSTERS: dict[str, dict[str, Any]] = {
    "白石镇": {"file": "xls", "date": "dot", "since": "dot", "subtotal": "village"},
    "清水乡": {"file": "xlsx", "date": "iso", "since": "cn", "repeat": 60},
    "云台镇": {
        "file": "xlsx",
        "date": "serial",
        "since": "dot",
        "merge": ("village", "group"),
        "numbered": True,
    },
    "响石乡": {"file": "gbk.csv", "date": "compact", "since": "dash"},
    "梨园镇": {"file": "utf8.csv", "date": "slash", "since": "cn"},
    "望溪乡": {"file": "xlsx", "date": "cn", "since": "cn", "subtotal": "village", "repeat": 80},
}
_PEOPLE = {
    "白石镇": ("王建国", "张明远", "李志强"), "清水乡": ("罗文彬", "何春梅", "石成贵"),
    "云台镇": ("龙在田", "覃玉兰", "韦正刚"), "响石乡": ("陆朝阳", "马秀芬", "安国庆"),
    "梨园镇": ("高志远", "蔡明芬", "冯德江"), "望溪乡": ("田景明", "邓小兰", "熊开贵"),
}  # fmt: skip
_NOTES = (
    "注：1.本表由乡镇人民政府填报，一人一行，不得缺项漏项。",
    "2.务工地点填写到省、市；父母、祖父母去世的，姓名栏填“—”。",
    "3.统计截止日期为2026年10月31日。",
)


def rosters(register: Register, townships: list[str]) -> list[Book]:
    books = []
    for at, township in enumerate(townships):
        plan = _ROSTERS[township]
        children = [c for c in register.children if c.family.township == township]
        name = f"{township}农村留守儿童花名册(10月)"
        fmt = plan["file"].rpartition(".")[2]
        encoding = plan["file"].partition(".")[0]
        book = Book(
            "roster", f"{township}/{name}.{fmt}", township, f"{township}农村留守儿童花名册", columns.roster()
        )
        book.style = {"date": plan["date"], "since": plan["since"], "encoding": encoding, "seed": at}
        head, reviewer, filler = _PEOPLE[township]
        book.facts = {
            "填报单位(盖章)": f"{township}人民政府",
            "填报日期": f"2026年10月{25 + at}日",
            "单位负责人(签名)": head,
            "复核人(签名)": reviewer,
            "填表人(签名)": filler,
        }
        book.notes, book.numbered = _NOTES, plan.get("numbered", False)
        sheet = Sheet(
            "花名册" if at % 2 else "Sheet1", book, subtotal_by=plan.get("subtotal", ""),
            repeat_header=plan.get("repeat", 0), merge_family=plan.get("merge", ()),
        )  # fmt: skip
        sheet.rows = [Row(c, record(c), sheet) for c in children]
        book.sheets.append(sheet)
        books.append(book)
    return books


def _in_village_words(child: Child) -> dict[str, Value]:
    values = record(child)
    values["guardian_rel"] = colloquial(values["guardian_rel"])
    values["guard_eval"] = child.family.guard_eval
    return values


_BOOK_FORMATS = ("xls", "xlsx", "xlsx", "xls", "csv", "xlsx", "xls", "xlsx", "csv", "xlsx")
_BOOK_DATES = ("dot", "iso", "cn", "serial", "iso", "slash", "compact", "dot")
ONE_WORKBOOK = ("云台镇", "梨园镇")  # all village books of the township in one workbook
WORKERS = "杨李王张陈罗吴刘黄周"


def village_books(register: Register, townships: list[str]) -> list[Book]:
    books: list[Book] = []
    count = 0
    for township in townships:
        together: Book | None = None
        for at, village in enumerate(TOWNSHIPS[township]):
            count += 1
            children = [
                c for c in register.children if c.family.township == township and c.family.village == village
            ]
            fmt = "xlsx" if township in ONE_WORKBOOK else _BOOK_FORMATS[count % len(_BOOK_FORMATS)]
            if together is None:
                path = (
                    f"{township}/{township}各村留守儿童台账.xlsx" if township in ONE_WORKBOOK
                    else f"{township}/村级台账/{village}留守儿童台账.{fmt}"
                )  # fmt: skip
                unit = township if township in ONE_WORKBOOK else village
                book = Book("village_book", path, unit, f"{village}留守儿童台账", columns.village_book())
                book.style = {
                    "date": _BOOK_DATES[count % len(_BOOK_DATES)], "since": ("dot", "cn", "dash")[count % 3],
                    "encoding": "gbk" if count % 2 else "utf8", "seed": 100 + count,
                }  # fmt: skip
                books.append(book)
                together = book if township in ONE_WORKBOOK else None
            else:
                book = together
            book.facts = {
                "填报单位": f"{township}{village}村民委员会" if book.unit == village else "",
                "填报日期": "2026年10月26日",
                "村委联系人": WORKERS[count % 10] + "主任",
                "村委联系电话": village_phone(township, at),
            }
            if book is together:
                book.facts["填报单位"] = f"{township}人民政府"
                unit = f"{township}{village}村民委员会"
                sheet = Sheet(village, book, subtitle=f"{township}{village}留守儿童台账", unit=unit)
                sheet.rows = [Row(c, _in_village_words(c), sheet) for c in children]
                book.sheets.append(sheet)
            elif at == 1 and fmt != "csv":
                for group, members in groupby(children, key=lambda c: c.family.group):
                    sheet = Sheet(group, book, subtitle=f"{village}{group}留守儿童台账")
                    sheet.rows = [Row(c, _in_village_words(c), sheet) for c in members]
                    book.sheets.append(sheet)
            else:
                merged = ("group", "household_no") if at in (0, 3) and fmt != "csv" else ()
                sheet = Sheet("台账" if fmt != "csv" else village, book, merge_family=merged)
                sheet.rows = [Row(c, _in_village_words(c), sheet) for c in children]
                book.sheets.append(sheet)
    return books


def village_phone(township: str, at: int) -> str:
    return f"0857-7210{[*TOWNSHIPS].index(township) + 1}{at + 1:02d}"


def village_phones(township: str) -> list[str]:
    """Telephones of the township's village committees."""
    return [village_phone(township, at) for at in range(len(TOWNSHIPS[township]))]


def orphan_list(register: Register) -> Book:
    book = Book(
        "orphans",
        "县民政局/孤儿和事实无人抚养儿童名册.xlsx",
        COUNTY,
        "青禾县孤儿和事实无人抚养儿童名册",
        columns.orphans(),
    )
    book.style = {"date": "iso", "since": "dot", "seed": 900, "encoding": ""}
    book.facts = {"填报单位": "青禾县民政局", "填报日期": "2026年10月30日"}
    sheet = Sheet("2026年10月", book)
    for at, child in enumerate(register.orphans):
        values = record(child)
        orphan = at % 3 != 2
        values |= {
            "orphan_kind": "孤儿" if orphan else "事实无人抚养儿童",
            "approve_date": date(2018 + at % 7, 1 + at % 12, 3 + at % 25),
            "allowance": "1250" if orphan else "1000",
            "remark": child.remark,
        }
        sheet.rows.append(Row(child, values, sheet))
    book.sheets.append(sheet)
    return book
