"""Directories of the files kept of children (档案目录): a village with a column for each document, one with a row for each.

Lawful oddities, all of them silent: page numbers and 有 in place of a tick, an agreement that is said not to be owed, papers
that nobody asks for.
"""

from __future__ import annotations

from sample_data.generate.people import Child, Register
from sample_data.generate.record import record
from sample_data.generate.sheet import Book, Column, Row, Sheet, Value

PAPERS = {
    "file_form": "农村留守儿童基本情况登记表",
    "file_agreement": "委托监护协议书",
    "file_visits": "家访记录",
    "file_help": "结对帮扶记录",
    "file_counselling": "心理辅导记录",
}
_MATRIX = {
    "seq": "序号",
    "child_name": "儿童姓名",
    "sex": "性别",
    "id_no": "身份证号码",
    **PAPERS,
    "remark": "备注",
}
_ENTRIES = {
    "seq": "序号",
    "child_name": "姓名",
    "id_no": "身份证号",
    "file_name": "文件名称",
    "file_pages": "页数",
    "remark": "备注",
}
_KEPT = {
    ("清水乡", "马鞍山村"): ("清水乡/村级台账/马鞍山村留守儿童一人一档目录.xlsx", _MATRIX),
    ("响石乡", "高原村"): ("响石乡/村级台账/高原村留守儿童档案目录.xls", _ENTRIES),
}


def directories(register: Register, townships: list[str]) -> list[Book]:
    """The directories of all villages of ``townships`` that keep one."""
    return [_book(register, *unit, *kept) for unit, kept in _KEPT.items() if unit[0] in townships]


def _book(register: Register, township: str, village: str, path: str, layout: dict[str, str]) -> Book:
    title = path.rpartition("/")[2].rpartition(".")[0]
    book = Book("file_list", path, village, title, [Column("", h, f) for f, h in layout.items()])
    book.style = {"date": "dot", "since": "dot", "encoding": "gbk", "seed": sum(map(ord, path))}
    book.facts = {"填报单位": f"{township}{village}村民委员会", "填报日期": "2026年10月27日"}
    sheet = Sheet("目录", book)
    book.sheets.append(sheet)
    children = [c for c in register.children if (c.family.township, c.family.village) == (township, village)]
    for at, child in enumerate(children):
        if layout is _MATRIX:
            sheet.rows.append(Row(child, record(child) | _ticks(at), sheet))
        else:
            sheet.rows += [Row(child, record(child) | paper, sheet) for paper in _papers(child, at)]
    return book


def _ticks(at: int) -> dict[str, Value]:
    marks = ("√", "有", "√", f"{at + 1}-{at + 4}")[at % 4]
    return {**dict.fromkeys(PAPERS, marks), "remark": ""}


def _papers(child: Child, at: int) -> list[dict[str, Value]]:
    names = (
        [*PAPERS.values(), "户口簿复印件"] if at % 3 else [f"{child.name}{name}" for name in PAPERS.values()]
    )
    return [
        {"file_name": name, "file_pages": str(1 + (at + n) % 4), "remark": ""} for n, name in enumerate(names)
    ]
