"""The blank form of one record, a sheet for each child."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from tests.command import run
from tests.templates.audited import audit_of, dictionary, form, issues
from tests.templates.faults import faults
from tests.templates.lawful import TOWNSHIP, lawful

from lbt_audit.engine.audit import Audit
from lbt_audit.templates.record import make_record, value_cells

CHILDREN, FAULTS = 200, 30
BLANK = form(dictionary().kinds["child_form"], dictionary())


def fill(book: openpyxl.Workbook, values: Mapping[str, list[Any]], count: int, path: Path) -> None:
    at = value_cells(BLANK)
    for number, sheet in enumerate(book.worksheets[:count]):
        for row in (2, max(row for row, _ in at.values()) + 1):
            for column in range(1, 8):
                said = str(sheet.cell(row, column).value or "")
                if said.endswith("："):
                    sheet.cell(row, column).value = said + ("2026年10月25日" if "日期" in said else "石大山")
        for key, cells in values.items():
            if key in at:
                sheet.cell(*at[key]).value = cells[number]
    book.save(path)


def causes(found: Audit) -> dict[str, set[str]]:
    """Sheet → rules of the issues told there that follow from no other."""
    told = {n: issue["rule"] for n, issue in enumerate(issues(found)) if not issue["follows"]}
    sheets: dict[str, set[str]] = {}
    for place in found.locations.to_pylist():
        if place["issue"] in told:
            sheets.setdefault(place["sheet"], set()).add(told[place["issue"]])
    return sheets


def test_lawful_children_audit_clean_and_thirty_faults_are_found(tmp_path: Path) -> None:
    values, path = lawful(BLANK, CHILDREN), tmp_path / "登记表.xlsx"
    assert {c.key for c in BLANK.columns if c.always or c.sometimes} <= values.keys()
    fill(make_record(BLANK, [], TOWNSHIP, "zh", CHILDREN), values, CHILDREN, path)
    found = audit_of(path)
    tables = [table for submission in found.submissions for table in submission.tables]
    assert {table.kind for table in tables} == {"child_form"} and sum(map(len, tables)) == CHILDREN
    assert [issue["message"] for issue in issues(found)] == []
    planted = faults(BLANK, values, FAULTS)
    assert len(planted) == FAULTS
    for fault in planted:
        values[fault.field] = [*values[fault.field]]
        values[fault.field][fault.row] = fault.value
    book = make_record(BLANK, [], TOWNSHIP, "zh", CHILDREN)
    names = book.sheetnames
    fill(book, values, CHILDREN, path)
    assert causes(audit_of(path)) == {names[fault.row]: {fault.rule} for fault in planted}


def test_the_command_makes_as_many_as_are_asked_for(tmp_path: Path) -> None:
    done = run("template", "child_form", "--copies", "3", "--out", "登记表.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(tmp_path / "登记表.xlsx")
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"] * 3 + ["hidden", "visible"]
    sheet = book.worksheets[0]
    row, column = value_cells(BLANK)["has_guardian"]
    assert not sheet.cell(row, column).protection.locked and sheet.cell(row, column - 1).protection.locked
    chosen = next(
        v for v in sheet.data_validations.dataValidation if sheet.cell(row, column).coordinate in str(v.sqref)
    )
    letter = chosen.formula1.split("$")[1]
    assert [book["选项"][f"{letter}{n}"].value for n in (2, 3)] == ["有", "无"]
