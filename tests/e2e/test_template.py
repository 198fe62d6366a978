"""Blank forms: read back as what they are, lawful when filled lawfully, and every fault in them is found."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.command import run
from tests.soffice import SOFFICE, saved_again
from tests.templates.lawful import fill, first_row, lawful

from lbt_audit.engine.reading.read import read
from lbt_audit.engine.request import Request
from lbt_audit.engine.rules.load import county_dictionary
from lbt_audit.intake.table import Table
from lbt_audit.model.kind import Kind
from lbt_audit.resources import data_dir
from lbt_audit.templates.form import Form, form_of
from lbt_audit.values.codes import read_code_lists

ENV = {"LBT_AUDIT_LANG": "zh"}
FIRST = 5  # row of the first child in a roster
SAMPLE = data_dir("sample_data")


@cache
def forms() -> dict[str, Form]:
    dictionary = county_dictionary(None)
    lists = read_code_lists(data_dir("schemas") / "codes.yaml")
    return {key: form_of(k, dictionary, lists) for key, k in dictionary.kinds.items() if offered(k)}


def offered(kind: Kind) -> bool:
    return kind.layout == "list" and kind.audited and not kind.answers and not kind.signature.fallback


def blank(key: str, path: Path, *more: str) -> openpyxl.Workbook:
    path.unlink(missing_ok=True)
    done = run("template", key, "--out", path, *more, env=ENV)
    assert done.returncode == 0, done.stderr
    return openpyxl.load_workbook(path)


def test_every_kind_is_offered() -> None:
    listed = run("template", env=ENV).stdout.split()
    assert set(forms()) <= set(listed) and {"roster", "花名册", "visits"} <= set(listed)
    unknown = run("template", "花名", env=ENV)
    assert unknown.returncode == 2 and "花名册" in unknown.stderr


def test_it_stays_in_the_folder_and_covers_no_filled_in_form(tmp_path: Path) -> None:
    asked = ("template", "roster", "--unit", '../清溪"镇')
    assert run(*asked, cwd=tmp_path, env=ENV).returncode == 0
    (made,) = tmp_path.iterdir()
    assert made.name == "_清溪_镇花名册.xlsx"
    made.write_bytes(b"filled in")
    for again in (
        asked,
        ("template", "roster", "--out", made),
        ("template", "roster", "--out", tmp_path / "a.xls"),
    ):
        refused = run(*again, cwd=tmp_path, env=ENV)
        assert refused.returncode == 2 and refused.stderr.startswith("错误：")
    assert made.read_bytes() == b"filled in" and [*tmp_path.iterdir()] == [made]


@pytest.mark.parametrize("key", forms())
def test_headers_are_read_back_as_the_columns_they_stand_for(key: str, tmp_path: Path) -> None:
    form, path = forms()[key], tmp_path / f"{key}.xlsx"
    book = blank(key, path, "--unit", "清溪镇")
    sheet = book.worksheets[0]
    for row in range(first_row(sheet), first_row(sheet) + 3):
        for number, column in enumerate(form.columns, 1):
            sheet.cell(row, number).value = column.example or "1"
    book.save(path)
    (submission,) = read(Request(paths=(path,), jobs=1, mask="none")).book.submissions
    (table,) = submission.tables
    assert table.kind == key and len(table) == 3 and table.unit.name == "清溪镇"
    at = {column.index: field for field, column in table.columns.items()}
    assert [at.get(n) for n in range(len(form.columns))] == [c.key for c in form.columns]
    assert not table.unmapped and set(submission.ignored_sheets.values()) == {"own_sheet"}


def test_an_empty_form_is_told_as_empty(tmp_path: Path) -> None:
    blank("roster", tmp_path / "花名册.xlsx")
    report = json.loads(run("check", "花名册.xlsx", "--format", "json", cwd=tmp_path, env=ENV).stdout)
    assert "A05" in {i["rule"] for i in report["issues"]}


def test_the_form_guides_and_guards(tmp_path: Path) -> None:
    book = blank("roster", tmp_path / "花名册.xlsx")
    sheet, form = book.worksheets[0], forms()["roster"]
    letter = {c.key: openpyxl.utils.get_column_letter(n) for n, c in enumerate(form.columns, 1)}
    assert sheet.protection.sheet and sheet["D3"].protection.locked and not sheet["D5"].protection.locked
    assert (
        sheet[f"{letter['id_no']}5"].number_format == "@" == sheet[f"{letter['father_phone']}5"].number_format
    )
    asked = {str(v.sqref).split(":")[0]: v for v in sheet.data_validations.dataValidation}
    sex = asked[f"{letter['sex']}5"]
    options = book["选项"]
    column, first, last = (
        sex.formula1.replace("$", "").removeprefix("选项!").replace(":", " ").split()[0][0],
        2,
        4,
    )
    assert [options[f"{column}{r}"].value for r in range(first, last + 1)] == ["男", "女", "未知的性别"]
    assert (
        asked[f"{letter['sex']}5"].prompt.startswith("必填") and "例：" in asked[f"{letter['id_no']}5"].prompt
    )
    coloured = {str(area.sqref).split(":")[0] for area in sheet.conditional_formatting}
    assert {f"{letter[k]}5" for k in ("sex", "birth_date", "id_no", "father_id")} <= coloured
    notes = [row[0] for row in book["填表说明"].iter_rows(values_only=True)]
    assert "C02" in notes and "父亲情况/姓名" in notes


# ── 200 lawful children, and thirty faults ──────────────────────────────────────────────────────

FAULTS: tuple[tuple[int, str, Any, str], ...] = (
    (0, "id_no", "52990120150101123", "C01"),
    (1, "id_no", "5299O1201603021231", "C01"),
    (2, "id_no", "", "B12"),
    (3, "sex", "", "B01"),
    (4, "ethnicity", "火星族", "C13"),
    (5, "ethnicity", "不详", "B03"),
    (6, "birth_date", "2016.13.45", "C06"),
    (7, "child_name", "罗3", "C10"),
    (8, "health", "还行", "C16"),
    (9, "school_status", "去广东了", "C16"),
    (10, "boarding", "有时", "C16"),
    (11, "father_phone", "139481271377", "C14"),
    (12, "father_away_since", "2027年3月", "D05"),
    (13, "father_id", "52990119870101", "C01"),
    (14, "mother_phone", "1380000000", "C15"),
    (15, "guardian_rel", "邻里乡亲", "C16"),
    (16, "guardian_id", "52990119", "C01"),
    (17, "ethnicity", "", "B01"),
    (18, "birth_date", "", "B01"),
    (19, "health", "", "B01"),
    (20, "boarding", "", "B01"),
    (21, "father_name", "韦1", "C10"),
    (22, "mother_name", "李2", "C10"),
    (23, "guardian_phone", "158591339031", "C14"),
    (24, "hukou_registered", "可能", "C16"),
    (25, "both_away", "大概", "C16"),
    (26, "live_addr", "", "B01"),
    (27, "hukou_addr", "", "B01"),
    (28, "guardian_phone", "", "B06"),
    (29, "father_work_place", "外省", "B05"),
)


def audited(folder: Path, name: str) -> list[dict[str, Any]]:
    done = run("check", name, "--format", "json", "--no-documents", cwd=folder, env=ENV)
    issues: list[dict[str, Any]] = json.loads(done.stdout)["issues"]
    return issues


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "lbt-audit.toml").write_text(
        'extra_areas = ["529901"]\nas_of = 2026-10-31\n', encoding="utf-8"
    )
    return tmp_path


def test_two_hundred_lawful_children_audit_clean(desk: Path) -> None:
    book = blank("roster", desk / "花名册.xlsx", "--unit", "白石镇")
    fill(book, forms()["roster"], lawful(forms()["roster"], 200), FIRST)
    book.save(desk / "花名册.xlsx")
    assert audited(desk, "花名册.xlsx") == []


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice")
def test_saved_by_another_program_it_still_does(desk: Path) -> None:
    book = blank("roster", desk / "花名册.xlsx", "--unit", "白石镇")
    fill(book, forms()["roster"], lawful(forms()["roster"], 200), FIRST)
    book.save(desk / "花名册.xlsx")
    out = saved_again(desk / "花名册.xlsx", desk / "另存")
    assert audited(desk, "另存/花名册.xlsx") == []
    again = openpyxl.load_workbook(out).worksheets[0]
    assert again.data_validations.dataValidation and again.conditional_formatting and again.protection.sheet


def test_thirty_faults_are_found_and_nothing_else(desk: Path) -> None:
    form = forms()["roster"]
    values = lawful(form, 200)
    assert len(FAULTS) == 30
    for row, key, wrong, _ in FAULTS:
        values[key] = [*values[key]]
        values[key][row] = wrong
    book = blank("roster", desk / "花名册.xlsx", "--unit", "白石镇")
    fill(book, form, values, FIRST)
    book.save(desk / "花名册.xlsx")
    found = {
        (p["row"], i["rule"])
        for i in audited(desk, "花名册.xlsx")
        if not i["follows"]
        for p in i["locations"]
    }
    planted = {(FIRST + row, rule) for row, _, _, rule in FAULTS}
    assert planted <= found, planted - found
    assert {row for row, _ in found} == {row for row, _ in planted}


# ── the lawful county, its lists written anew into blank forms ──────────────────────────────────


def test_a_lawful_county_in_blank_forms_audits_clean(tmp_path: Path) -> None:
    county = tmp_path / "county"
    shutil.copytree(SAMPLE / "clean", county)
    seen = set()
    for submission in read(Request(paths=(county,), mask="none")).book.submissions:
        tables = submission.tables
        path = county / submission.path
        if len(tables) != 1 or tables[0].form or tables[0].kind not in forms() or path.suffix != ".xlsx":
            continue
        (table,) = tables
        form = forms()[table.kind]
        if not set(table.columns) <= {c.key for c in form.columns}:
            continue  # holds more than the form asks, on which other lists rest
        write(form, table, path)
        seen.add(table.kind)
    report = json.loads(run("check", ".", "--format", "json", "--no-documents", cwd=county, env=ENV).stdout)
    assert report["issues"] == [], [(i["rule"], i["message"]) for i in report["issues"]][:5]
    assert len(seen) >= 4, seen


def write(form: Form, table: Table, path: Path) -> None:
    book = blank(form.kind.key, path, "--unit", table.unit.name)
    sheet = book.worksheets[0]
    first = first_row(sheet)
    for number, column in enumerate(form.columns, 1):
        if column.key in table.columns:
            for row, text in enumerate(table.columns[column.key].text.to_pylist()):
                sheet.cell(first + row, number).value = text
    for label in range(1, sheet.max_column + 1):
        said = str(sheet.cell(2, label).value or "")
        for fact, (text, _, _) in table.facts.items():
            title = county_dictionary(None).facts[fact].title.zh
            if said == f"{title}：":
                sheet.cell(2, label).value = said + text
    book.save(path)
