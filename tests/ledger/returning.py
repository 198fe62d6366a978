"""Reply workbooks sent out and filled in, for the tests of what comes back."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import xlwt
from tests.ledger.factory import Seen

from lbt_audit.engine.audit import Audit
from lbt_audit.ledger.replies.form import COLUMNS
from lbt_audit.notices.reply.workbook import write_reply_book
from lbt_audit.notices.units.shares import shares

OCTOBER, NOVEMBER, LATER = date(2026, 10, 31), date(2026, 11, 30), date(2026, 11, 20)
AT = {c.key: i + 1 for i, c in enumerate(COLUMNS)}
LETTER = {key: openpyxl.utils.get_column_letter(at) for key, at in AT.items()}
HEADER = 4
WHOLE = {
    "state": "已整改",
    "measure": "入户核实后更正",
    "person": "王某",
    "done_on": "2026-11-03",
    "evidence": "附件3",
}
OURS = [Seen(n) for n in range(1, 6)]
"""The issues of 白石镇: all of rule D01 and of children called 杨*峰, each in a row of its own."""
THEIRS = [Seen(9, unit="清水乡")]


def with_columns(of: Audit, **columns: Sequence[Any]) -> Audit:
    """The audit with other columns of its issues."""
    issues = of.issues
    for name, values in columns.items():
        field = issues.schema.field(name)
        at = issues.schema.get_field_index(name)
        issues = issues.set_column(at, field, pa.array(list(values), field.type))
    return replace(of, issues=issues)


def with_children(of: Audit, children: Mapping[int, str | None]) -> Audit:
    """The audit with other children: issue number → masked name."""
    issues = of.issues.select(["fingerprint", "child"]).to_pylist()
    return with_columns(of, child=[children.get(int(i["fingerprint"], 16), i["child"]) for i in issues])


def moved_down(of: Audit) -> Audit:
    """The audit with every issue forty rows further down."""
    field = of.locations.schema.field("row")
    rows = pa.array([row + 40 for row in of.locations["row"].to_pylist()], field.type)
    at = of.locations.schema.get_field_index("row")
    return replace(of, locations=of.locations.set_column(at, field, rows))


def send(of: Audit, path: Path, unit: str = "白石镇") -> Path:
    """The workbook ``unit`` is sent."""
    share = next(s for s in shares(of) if s.unit == unit)
    with path.open("wb") as out:
        write_reply_book(share, out)
    return path


def fill(book: Path, answers: dict[int, dict[str, Any]]) -> Any:
    """The workbook with ``answers``: issue number → column → value."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.active
    for row in range(HEADER + 1, sheet.max_row + 1):
        for key, value in answers.get(int(sheet.cell(row, AT["issue"]).value, 16), {}).items():
            sheet.cell(row, AT[key]).value = value
    return workbook


def statuses(ledger: sqlite3.Connection) -> dict[int, str]:
    return {int(r[0], 16): r[1] for r in ledger.execute("SELECT fingerprint, status FROM issue")}


def save(workbook: Any, path: Path) -> None:
    """As xlsx, or the way people save a workbook as .xls or .csv."""
    if path.suffix == ".xlsx":
        workbook.save(path)
        return
    if path.suffix == ".xls":
        old = xlwt.Workbook()
        for sheet in workbook.worksheets:
            copy = old.add_sheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        copy.write(cell.row - 1, cell.column - 1, cell.value)
        old.save(str(path))
        return
    sheet = workbook.worksheets[-1]
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([[c.value for c in row] for row in sheet.iter_rows()])
