"""The committed sample counties are what the generator makes, and hold what they must."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tomllib
from collections import Counter
from functools import lru_cache
from pathlib import Path

import openpyxl
import pytest
import xlrd
from openpyxl import Workbook
from sample_data.generate.__main__ import differences
from sample_data.generate.alike import BUILDERS as ALIKE
from sample_data.generate.alike import ODDITIES, OF_CARE
from sample_data.generate.counties import ROOT, make
from sample_data.generate.ids import check_character
from sample_data.generate.people import AS_OF
from sample_data.generate.traps import BUILDERS

from lbt_audit.engine.rules.load import load_all

# Forms beside rosters, last period's files, a ledger: tests/sample/test_forms.py, tests/story.
ELSEWHERE = {"F08", "F13", "K07", "L02", "L03"}
CATALOGUE = set(load_all()[0].rules) - ELSEWHERE


@pytest.fixture(scope="module")
def truth() -> dict:
    return json.loads((ROOT / "truth.json").read_text("utf-8"))


def cell(path: Path, sheet: str, row: int, column: int) -> object:
    """The cell a row number of the truth points at; ``column`` 0-based."""
    if path.suffix == ".csv":
        content = path.read_bytes()
        text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "gb18030")
        return list(csv.reader(io.StringIO(text)))[row - 1][column]
    if path.suffix in (".xls", ".et"):
        return xls(path).sheet_by_name(sheet).cell_value(row - 1, column)
    return workbook(path)[sheet].cell(row, column + 1).value


@lru_cache(maxsize=1)
def xls(path: Path) -> xlrd.book.Book:
    return xlrd.open_workbook(path)


@lru_cache(maxsize=1)
def workbook(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def test_regenerating_gives_the_committed_files(tmp_path: Path) -> None:
    """Which are another run's, so that two runs agree."""
    # In a process of its own: xlwt keeps module state that other tests' workbooks leave behind.
    command = [sys.executable, "-m", "sample_data.generate", "--out", str(tmp_path)]
    subprocess.run(command, check=True, cwd=ROOT.parent, stdout=subprocess.DEVNULL)
    assert differences(tmp_path, ROOT) == []


def test_size_and_shape() -> None:
    files = [p for name in ("qinghe", "clean") for p in (ROOT / name).rglob("*") if p.is_file()]
    assert sum(p.stat().st_size for p in files) < 5_000_000
    assert {p.suffix for p in files} >= {".xlsx", ".xls", ".et", ".csv", ".pdf", ".toml"}
    magic = {
        p.suffix: p.read_bytes()[:4] for p in files if p.suffix in (".xls", ".et") and "沙坝" not in p.name
    }
    assert set(magic.values()) == {b"\xd0\xcf\x11\xe0"}


def test_every_rule_has_a_defect(truth: dict) -> None:
    found = Counter(i["rule"] for i in truth["issues"])
    assert set(found) >= CATALOGUE
    planted = Counter(i["rule"] for i in truth["issues"] if i["kind"] == "planted")
    # F04 and F05 sum up what other defects lead to.
    assert CATALOGUE - set(planted) <= {"F04", "F05"}
    assert not json.loads((ROOT / "truth_clean.json").read_text("utf-8"))["issues"]


def test_every_trap_stands_in_the_files(truth: dict) -> None:
    assert {t["name"] for t in truth["traps"]} == {
        *(name for name, _, _ in (*BUILDERS, *ALIKE)),
        *ODDITIES,
        *OF_CARE,
    }


def test_truth_points_at_the_records(truth: dict) -> None:
    world = make("qinghe")
    by_path = {b.path: b for b in world.books}
    cells = set()
    for issue in truth["issues"][::7]:
        for place in issue.get("locations", [issue] if issue["rows"] else []):
            book = by_path[place["path"]]
            if book.style.get("content") == "html" or not book.has("sex"):
                continue
            column = next(i for i, c in enumerate(book.columns) if c.field == "sex")
            cells |= {(book.path, place["sheet"], row, column) for row in place["rows"]}
    assert len(cells) > 20
    for path, sheet, row, column in sorted(cells, key=str):  # file by file, as the last one is kept open
        assert cell(ROOT / "qinghe" / path, sheet, row, column) in ("男", "女", None, "")


def test_clean_county_is_sound() -> None:
    world = make("clean")
    numbers = set()
    for child in world.register.children:
        for number in (child.id_no, child.family.father.id_no, child.family.mother.id_no):
            assert not number or number[-1] == check_character(number[:17])
        assert child.age < 16
        assert child.birth < AS_OF
        if child.id_no:
            assert (int(child.id_no[16]) % 2 == 1) == (child.sex == "男")
            assert child.id_no not in numbers
            numbers.add(child.id_no)
        assert child.family.guardian.phone
        away = [p for p in (child.family.father, child.family.mother) if p.since]
        assert away
        assert child.family.kind != "both" or len(away) == 2


def test_county_file_lists_the_units() -> None:
    for name, townships, schools in (("qinghe", 6, 20), ("clean", 2, 10)):
        county = tomllib.loads((ROOT / name / "lbt-audit.toml").read_text("utf-8"))
        assert len(county["units"]["townships"]) == townships
        assert sum(map(len, county["units"]["townships"].values())) == townships * 5
        assert len(county["units"]["schools"]) == schools
