"""The reply workbooks as units send them back, keyed by the numbers of the planted issues.

=============  ==================================================================================
白石镇         rows sorted another way; days as 2026.11.12, 2026年11月13日, 2026/11/14, 20261115
清水乡         a column of its own in front, headers renamed, a title above; one number was changed
清水初级中学   saved as .xls, days as date cells
石桥村         saved as CSV in GB18030; its own village then hands nothing in
=============  ==================================================================================

Every workbook lists all issues of its unit, as it was sent; unanswered rows stay blank.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import xlsxwriter
import xlwt

from lbt_audit.values.mask import mask_value
from sample_data.generate.periods.reckon import Course
from sample_data.generate.periods.story import ABSENT, FIRST, REPLIED
from sample_data.generate.periods.worlds import books_of

HEADERS = ("序号", "问题编号", "规则", "等级", "儿童", "问题描述", "出处", "整改要求", "整改时限（含当日）", "当前状态",
           "整改情况", "整改措施", "整改人", "完成日期", "佐证材料")  # fmt: skip
_STATES = {"done": "已整改", "under_way": "整改中", "disputed": "有异议"}
_PEOPLE = {"白石镇": "王建国", "清水乡": "罗文彬", "石桥村": "李主任", "清水初级中学": "陈晓燕"}
Cells = list[list[Any]]


@dataclass(frozen=True)
class Returned:
    """One file; ``refused``: the cell with a changed number, "" = none."""

    path: str
    content: bytes
    refused: str = ""


def returned(courses: list[Course], keys: list[str]) -> list[Returned]:
    """All workbooks. Marks the course whose number was changed (``Course.refused``)."""
    files = []
    for unit, make in _MAKERS.items():
        own = [c for c in courses if c.responsible == unit and c.present[0]]
        answered = [c for c in own if c.reply]
        if not answered:
            raise LookupError(f"{unit} has nothing to answer")
        if unit == "清水乡":
            next(c for c in reversed(answered) if c.reply == "done").refused = True
        files.append(make(unit, own, keys))
    return files


def _day(at: int) -> date:
    return min(FIRST + timedelta(days=4 + at % 11), REPLIED)


def _row(
    at: int, course: Course, keys: list[str], unit: str, written: Callable[[int, date], Any]
) -> list[Any]:
    expected = course.expected
    child = (
        str(expected.rows[0].values.get("child_name", "")) if expected.rows else ""
    )  # as the file writes it
    book = books_of(expected)[0]
    row = f"!{expected.rows[0].number}" if expected.rows else ""
    due = course.first_due.isoformat() if course.first_due else ""
    fixed = [at + 1, keys[course.at], expected.rule, "", mask_value(child, "name"),
             expected.note, f"{book.path}{row}", "", due, "新增"]  # fmt: skip
    if not course.reply:
        return [*fixed, "", "", "", "", ""]
    if course.reply == "done":
        return [
            *fixed,
            "已整改",
            "已对照户口簿和本人核实更正",
            _PEOPLE[unit],
            written(at, _day(at)),
            f"附件{at + 1}",
        ]
    measure = {"under_way": "正在联系家长补齐资料", "disputed": "经核实，所填属实"}[course.reply]
    return [*fixed, _STATES[course.reply], measure, _PEOPLE[unit], "", ""]


def _baishi(unit: str, own: list[Course], keys: list[str]) -> Returned:
    def written(at: int, day: date) -> str:
        return (f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日",
                f"{day.year}/{day.month:02d}/{day.day:02d}", f"{day:%Y%m%d}")[at % 4]  # fmt: skip

    rows = [_row(at, c, keys, unit, written) for at, c in enumerate(own)]
    rows.sort(key=lambda r: (r[2], str(r[4])), reverse=True)
    cells = [[f"{unit}整改回复表"], list(HEADERS), *rows, ["填表人：王建国        审核人：张明远"]]
    return Returned(f"{unit}-整改回复表.xlsx", _xlsx(cells))


def _qingshui(unit: str, own: list[Course], keys: list[str]) -> Returned:
    rows = [
        _row(at, c, keys, unit, lambda _, day: f"{day.year}-{day.month}-{day.day}")
        for at, c in enumerate(own)
    ]
    names = {"问题编号": "编号", "整改情况": "整改完成情况", "完成日期": "完成时间", "整改人": "责任人"}
    header = ["村联系人", *(names.get(h, h) for h in HEADERS)]
    top = [["清水乡人民政府关于报送整改情况的附表"], ["报送日期：2026年11月16日"], [], header]
    refused = ""
    for at, (course, row) in enumerate(zip(own, rows, strict=True)):
        if course.refused:
            row[1] = row[1][:-1]  # the last character was lost in copying
            refused = f"{unit}整改回复(已填).xlsx:整改回复!C{len(top) + at + 1}"
        row.insert(0, "乡民政办")
    return Returned(f"{unit}整改回复(已填).xlsx", _xlsx([*top, *rows]), refused)


def _xlsx(cells: Cells) -> bytes:
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    workbook.set_properties({"created": datetime(2026, 11, 16, 9), "author": ""})
    sheet = workbook.add_worksheet("整改回复")
    head = workbook.add_format({"bold": True, "border": 1, "text_wrap": True})
    for r, row in enumerate(cells):
        for c, value in enumerate(row):
            if value != "":
                sheet.write(r, c, value, head if "规则" in row else None)
    workbook.close()
    return out.getvalue()


def _school(unit: str, own: list[Course], keys: list[str]) -> Returned:
    workbook = xlwt.Workbook(encoding="utf-8", style_compression=2)
    sheet = workbook.add_sheet("Sheet1")
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    rows = [
        _row(at, c, keys, unit, lambda _, d: datetime(d.year, d.month, d.day)) for at, c in enumerate(own)
    ]
    for r, row in enumerate([list(HEADERS), *rows]):
        for c, value in enumerate(row):
            if value != "":
                sheet.write(r, c, value, day if isinstance(value, datetime) else xlwt.Style.default_style)
    out = io.BytesIO()
    workbook.save(out)
    return Returned(f"{unit}-整改回复表.xls", out.getvalue())


def _village(unit: str, own: list[Course], keys: list[str]) -> Returned:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    writer.writerows(_row(at, c, keys, unit, lambda _, day: day.isoformat()) for at, c in enumerate(own))
    return Returned(f"{unit}-整改回复表.csv", out.getvalue().encode("gb18030"))


_MAKERS: dict[str, Callable[[str, list[Course], list[str]], Returned]] = {
    "白石镇": _baishi,
    "清水乡": _qingshui,
    "清水初级中学": _school,
    ABSENT: _village,
}
