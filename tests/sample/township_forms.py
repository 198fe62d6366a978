"""Forms for every child of a roster (一人一表), written as the township's villages and schools write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from tests.intake.form_sheets import form, stacked, tick

Child = dict[str, str]

_PRINTED = {"低保": "享受低保", "教育救助": "其他救助", "监护情况差": "无人监护"}
_CHOICES = (
    "hukou_registered", "health", "boarding", "school_status", "both_away", "one_away_incap", "incap_who", "has_guardian",
    "guard_eval", "income_source", "aid",
)  # fmt: skip


def of_roster(row: Mapping[str, str], unit: str) -> Child:
    """What the form of a child says whose row in the roster is ``row``."""
    child = {field: text.strip() for field, text in row.items()}
    for field in _CHOICES:
        labels = [part for part in child.get(field, "").strip("'").split("、") if part not in ("", "无")]
        child[field] = tick(field, *(_PRINTED.get(label, label) for label in labels))
    child["disability_type"] = row.get("disability_type", "") + row.get("disability_level", "")
    signed = {"unit_name": unit, "fill_date": "2026年10月25日", "unit_head": "王建国", "reviewer": "张明"}
    return {**child, **signed, "filler": "李强"}


def as_xlsx(path: Path, children: Sequence[Child]) -> Path:
    """A workbook with a sheet per child."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, child in enumerate(children):
        title = child["child_name"].replace("·", "")
        sheet = workbook.create_sheet(title if title not in workbook.sheetnames else f"{title}{number}")
        _fill(sheet, *form(child))
    workbook.save(path)
    return path


def as_stack(path: Path, children: Sequence[Child]) -> Path:
    """One sheet, the forms one below the other."""
    workbook = openpyxl.Workbook()
    _fill(workbook.worksheets[0], *stacked(*children))
    workbook.save(path)
    return path


def as_xls(path: Path, child: Child) -> Path:
    """An .xls of one form, ticks typed as letters."""
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("Sheet1")
    lines, merges = form({field: text.replace("√", "v") for field, text in child.items()})
    merged = {(a - 1, b): (c - 1, d) for a, b, c, d in merges}
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            if (row, column) in merged:
                bottom, right = merged[row, column]
                sheet.write_merge(row, bottom, column, right, text)
            elif text:
                sheet.write(row, column, text)
    workbook.save(str(path))
    return path


def _fill(sheet: Any, lines: Sequence[Sequence[str]], merges: Iterable[tuple[int, int, int, int]]) -> None:
    for line in lines:
        sheet.append([text or None for text in line])
    for top, left, bottom, right in merges:
        sheet.merge_cells(start_row=top, start_column=left + 1, end_row=bottom, end_column=right + 1)
