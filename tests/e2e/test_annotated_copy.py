"""A clerk's list of 60 children with 27 slips is put right by the annotated copy alone: its coloured cells, its notes, its
list; handed in as the copy itself, the next check finds nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from tests.benchmarks.registers import write_roster
from tests.command import run

from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit
from lbt_audit.model.secret import Secret
from lbt_audit.reports.annotated.copies import AnnotatedCopy, annotated_copies
from lbt_audit.reports.annotated.originals import Originals
from lbt_audit.reports.tables.places import subset

FIRST, LAST = 5, 64  # rows of the children
CHILD, FATHER, MOTHER, GUARDIAN = "儿童基本情况", "父亲情况", "母亲情况", "监护人情况"
SLIPS: tuple[tuple[int, str, str, Any], ...] = (
    (5, CHILD, "公民身份证号码", "52990120150101123"),  # a digit lost
    (6, CHILD, "公民身份证号码", 5.2990120160302e17),  # typed as a number
    (7, CHILD, "公民身份证号码", "5299O1201603021231"),  # the letter O
    (8, CHILD, "公民身份证号码", ""),
    (9, CHILD, "性别", "女男"),
    (10, CHILD, "性别", ""),
    (11, CHILD, "民族", "火星族"),
    (12, CHILD, "民族", "不详"),
    (13, CHILD, "出生日期", "2016.13.45"),
    (14, CHILD, "出生日期", "2009-01-05"),
    (15, CHILD, "姓名", "罗3"),
    (16, CHILD, "姓名", ""),
    (17, CHILD, "身体情况", "还行"),
    (18, CHILD, "就学情况", "去广东了"),
    (19, CHILD, "年级", "高三"),
    (20, CHILD, "是否学校寄宿", "有时"),
    (21, CHILD, "父母健在情况", "双方去世"),
    (22, CHILD, "父母双方同时外出", "大概"),
    (23, CHILD, "监护类型", ""),
    (24, FATHER, "联系电话", "139481271377"),
    (25, FATHER, "外出时间", "2027年3月"),
    (26, FATHER, "务工地点", "外省"),
    (27, FATHER, "公民身份证号码", "52990119870101"),
    (28, MOTHER, "联系电话", "1380000000"),
    (29, MOTHER, "姓名", "无"),
    (30, GUARDIAN, "与被监护人关系", "邻里乡亲"),
    (31, GUARDIAN, "公民身份证号码", "52990119"),
)
assert len(SLIPS) == 27
CHECK = ("--ignore", "A01,A02,A07", "--format", "json")  # what the form lacks is not the clerk's to mend
FILLS = {"FFFFC7CE", "FFFFEB9C", "FFBDD7EE"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = tmp_path_factory.mktemp("desk")
    (desk / "lbt-audit.toml").write_text('extra_areas = ["529901"]\nas_of = 2026-10-31\n', encoding="utf-8")
    write_roster(desk / "户口簿.xlsx", 60)  # what the clerk looks up on paper
    book = openpyxl.load_workbook(desk / "户口簿.xlsx")
    sheet = book.active
    for row, group, leaf, wrong in SLIPS:
        sheet.cell(row, column_of(sheet, group, leaf)).value = wrong
    choice = DataValidation("list", formula1='"男,女"')
    choice.add("C5:C64")
    sheet.add_data_validation(choice)
    sheet.freeze_panes = "C5"
    sheet.column_dimensions["F"].width = 21
    book.save(desk / "花名册.xlsx")
    (desk / "户口簿.xlsx").rename(desk / "paper")
    return desk


def test_put_right_by_the_copy_alone(desk: Path) -> None:
    first = run("check", "花名册.xlsx", *CHECK, cwd=desk, env={"LBT_AUDIT_LANG": "zh"})
    found = json.loads(first.stdout)["issues"]
    assert first.returncode == 1 and {row for row, *_ in SLIPS} <= {
        p["row"] for i in found for p in i["locations"]
    }
    copy = desk / "lbt-report" / "批注" / "花名册.xlsx"
    book = openpyxl.load_workbook(copy)
    assert book.sheetnames == ["核查批注", "花名册"]
    listed, sheet = book.worksheets
    assert listed_rules(listed) == sorted(i["rule"] for i in found)
    marked = [c for row in sheet.iter_rows() for c in row if c.fill.fgColor.rgb in FILLS]
    assert all(c.comment is not None and "怎么改：" in c.comment.text for c in marked)
    targets = {h.location for h in (c.hyperlink for row in listed.iter_rows() for c in row) if h is not None}
    assert targets <= {f"'花名册'!{c.coordinate}" for c in marked}
    assert sheet.data_validations.dataValidation and sheet.freeze_panes == "C5"
    assert sheet.column_dimensions["F"].width == 21
    (desk / "paper").rename(desk / "paper.xlsx")
    paper = openpyxl.load_workbook(desk / "paper.xlsx").active
    (desk / "paper.xlsx").rename(desk / "paper")
    for cell in marked:
        cell.value = paper[cell.coordinate].value
    book.save(copy)  # corrected where it lies, list, colours and notes and all

    second = run("check", "lbt-report/批注/花名册.xlsx", *CHECK, cwd=desk, env={"LBT_AUDIT_LANG": "zh"})
    report = json.loads(second.stdout)
    assert report["issues"] == [], [(i["rule"], i["message"]) for i in report["issues"]]
    assert second.returncode == 0
    (file,) = report["inputs"]
    assert [s["sheet"] for s in file["ignored_sheets"]] == ["核查批注"] and len(file["sheets"]) == 1
    assert copy.exists(), "what the clerk has worked on is never removed"


def test_a_copy_of_a_copy_bears_the_new_marks_only(desk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "lbt-audit.toml").write_bytes((desk / "lbt-audit.toml").read_bytes())
    (folder / "花名册.xlsx").write_bytes((desk / "花名册.xlsx").read_bytes())
    run("check", "花名册.xlsx", *CHECK, cwd=folder, env={"LBT_AUDIT_LANG": "zh"})
    book = openpyxl.load_workbook(folder / "lbt-report" / "批注" / "花名册.xlsx")
    sheet = book.worksheets[1]
    (desk / "paper").rename(tmp_path / "paper.xlsx")
    paper = openpyxl.load_workbook(tmp_path / "paper.xlsx").active
    (tmp_path / "paper.xlsx").rename(desk / "paper")
    for row in sheet.iter_rows(max_row=20):  # half of it corrected
        for cell in row:
            if cell.fill.fgColor.rgb in FILLS:
                cell.value = paper[cell.coordinate].value
    before = {c.coordinate for r in sheet.iter_rows(min_row=21) for c in r if c.fill.fgColor.rgb in FILLS}
    book.save(folder / "花名册.xlsx")
    run("check", "花名册.xlsx", *CHECK, cwd=folder, env={"LBT_AUDIT_LANG": "zh"})
    again = openpyxl.load_workbook(folder / "lbt-report" / "批注" / "花名册.xlsx")
    assert again.sheetnames == ["核查批注", "花名册"] and list(again.defined_names) == ["核查批注"]
    now = {c.coordinate for r in again.worksheets[1].iter_rows() for c in r if c.fill.fgColor.rgb in FILLS}
    noted = {c.coordinate: c.comment.text for r in again.worksheets[1].iter_rows() for c in r if c.comment}
    assert now == before == set(noted)
    assert all("────" not in text for text in noted.values())


def column_of(sheet: Any, group: str, leaf: str) -> int:
    shown = ""
    for column in range(1, sheet.max_column + 1):
        shown = sheet.cell(3, column).value or shown
        if (shown, sheet.cell(4, column).value) == (group, leaf):
            return column
    raise AssertionError((group, leaf))


def listed_rules(sheet: Any) -> list[str]:
    head = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "行号")
    shown = [
        str(sheet.cell(r, 5).value).removeprefix("└ 因此还有：") for r in range(head + 1, sheet.max_row + 1)
    ]
    return sorted(text.split()[0] for text in shown)


def test_a_unit_has_the_office_s_copy_where_it_answers_for_all_of_it(desk: Path, tmp_path: Path) -> None:
    """and one of its own, with its own issues, where it does not; either is as if it alone had been made."""
    (tmp_path / "花名册.xlsx").write_bytes((desk / "花名册.xlsx").read_bytes())
    result = audit(Request(paths=[tmp_path], secret=Secret("k" * 32, "kept"), lang="zh"))
    originals = Originals(tmp_path, result.submissions)
    (office,) = annotated_copies(result, originals).copies
    all_of_it = np.arange(result.issues.num_rows)
    (same,) = annotated_copies(subset(result, all_of_it), originals).copies
    assert same.render == office.render
    for part in (all_of_it[1:], all_of_it[:-1], all_of_it[::-1]):
        (own,) = annotated_copies(subset(result, part), originals).copies
        assert own.render != office.render
        (alone,) = annotated_copies(subset(result, part), Originals(tmp_path, result.submissions)).copies
        assert rendered(own) == rendered(alone) != rendered(office)


def rendered(copy: AnnotatedCopy) -> bytes:
    out = io.BytesIO()
    copy.render(out)
    return out.getvalue()
