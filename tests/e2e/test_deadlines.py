"""Deadlines count from the day the lists go out; one that is past then is never printed without saying so."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from tests.command import run
from tests.e2e.desk import check, children, register, report_of

COUNTY = """county = "青禾县"
as_of = 2026-10-31
issued_on = 2026-11-05
extra_areas = ["529901"]
[units.townships]
"白石镇" = ["石桥村"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = children(4)
    rows[0][4], rows[1][7] = (
        rows[1][4],
        rows[1][7][:17] + ("0" if rows[1][7][17] != "0" else "1"),
    )  # C08 and C02
    register(tmp_path / "白石镇花名册.csv", rows)
    (tmp_path / "lbt-audit.toml").write_text(COUNTY, encoding="utf-8")
    return tmp_path


def test_days_count_from_the_county_file_and_the_option_goes_first(folder: Path) -> None:
    report = report_of(folder, "--select", "C02").report
    assert report["run"]["issued_on"] == "2026-11-05" and report["run"]["issued_on_source"] == "config"
    assert {i["deadline"] for i in report["issues"]} == {"2026-11-10"}
    report = report_of(folder, "--select", "C02", "--issued-on", "2026年11月9日").report
    assert (report["run"]["issued_on"], report["run"]["issued_on_source"]) == ("2026-11-09", "option")
    assert {i["deadline"] for i in report["issues"]} == {"2026-11-12"}
    report = report_of(folder, "--select", "C02", "--issued-on", "2026-10-09").report
    assert report["run"]["issued_on"] == "2026-10-31"


@pytest.mark.parametrize(("lang", "past"), [("zh", "2026-11-03（已过期）"), ("en", "2026-11-03 (past)")])
def test_a_day_that_is_past_says_so_in_every_document(folder: Path, lang: str, past: str) -> None:
    (folder / "lbt-audit.toml").write_text(
        COUNTY + "[deadlines]\nD3 = {date = 2026-11-03}\n", encoding="utf-8"
    )
    rules = ("--select", "C08", "--out", folder / "out")
    shown = check(folder, *rules, lang=lang)
    assert (
        past in shown.out and ("下发日期 2026-11-05" if lang == "zh" else "issued on 2026-11-05") in shown.out
    )
    assert past in check(folder, *rules, "--format", "markdown", lang=lang).out
    books = [*(folder / "out").rglob("*.xlsx")]
    assert len(books) >= 2
    for book in books:
        cells = [
            (cell.value, cell.number_format, sheet.column_dimensions[cell.column_letter].width)
            for sheet in openpyxl.load_workbook(book)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value == datetime(2026, 11, 3) or str(cell.value or "").startswith("2026-11-03")
        ]
        assert cells, book
        for value, form, width in cells:
            assert value == past or (past.removeprefix("2026-11-03") in form and width >= 19), (book, value)
        text = " ".join(
            str(c.value) for s in openpyxl.load_workbook(book) for r in s.iter_rows(max_row=3) for c in r
        )
        assert "2026-11-05" in text, book
    (page,) = (folder / "out").rglob("*.html")
    assert past in page.read_text(encoding="utf-8")
    (letter,) = [d for d in (folder / "out").rglob("*.docx") if "白石镇" in str(d.relative_to(folder))]
    text = "\n".join(p.text for p in docx.Document(str(letter)).paragraphs)
    assert ("均已超过" if lang == "zh" else "Overdue") in text
    assert ("问题清单下发日期 2026年11月5日" if lang == "zh" else "lists issued on 5 November 2026") in text


def test_the_deadline_first_set_stays(folder: Path) -> None:
    ledger = ("--ledger", folder.parent / "台账.db", "--select", "C02", "--no-documents", "--format", "json")
    first = check(folder, *ledger).report["issues"]
    later = ("--as-of", "2026-11-08", "--issued-on", "2026-11-16")
    again = run("recheck", folder, *ledger, *later, env={"LBT_AUDIT_LANG": "zh"})
    assert '"deadline":"2026-11-10"' in again.stdout and '"issued_on":"2026-11-16"' in again.stdout
    assert {i["deadline"] for i in first} == {"2026-11-10"}
