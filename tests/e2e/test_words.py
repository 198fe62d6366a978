"""What is said of files: in words, in bounds, with a remedy."""

from __future__ import annotations

import re
from pathlib import Path

from tests.e2e.desk import book, check, children, register, report_of

import lbt_audit.intake as intake
from lbt_audit.intake.reasons import REASONS
from lbt_audit.reports.words import SKIPPED

SOURCES = Path(intake.__file__).parent


def test_every_reason_has_words() -> None:
    """Keys as the code writes them: RefusedError("x"), _Outcome([], "x"), reason, left out."""
    code = "\n".join(p.read_text(encoding="utf-8") for p in SOURCES.rglob("*.py"))
    keys = set(re.findall(r'(?:RefusedError|refused)\(\s*"(\w+)"', code))
    keys |= set(re.findall(r'_Outcome\(\[\], "(\w+)"', code)) | set(
        re.findall(r'status, reason = "\w+", "(\w+)"', code)
    )
    keys |= set(re.findall(r'left_out.*?"(\w+)"\)', code))
    assert {"damaged", "not_register", "empty_sheet", "earlier_period", "copied_sheet"} <= keys
    assert keys <= REASONS.keys()


def test_every_way_to_skip_has_words() -> None:
    checks = SOURCES.parent / "checks"
    code = "\n".join(p.read_text(encoding="utf-8") for p in checks.glob("*.py"))
    assert set(re.findall(r'needs="(\w+)"', code)) <= SKIPPED.keys()


def test_other_peoples_sheets_are_ignored_in_words(tmp_path: Path) -> None:
    prices = [["品名", "单价", "数量"], *(["大米", "3.2", str(n)] for n in range(20))]
    book(tmp_path / "价目.xlsx", {f"{n}月": prices for n in range(1, 8)} | {"空": []})
    register(tmp_path / "花名册.csv")
    said = check(tmp_path, "--no-documents").out
    assert "not_register" not in said and "empty_sheet" not in said
    assert "表头不像任何一种名册或台账" in said and "工作表“空”：空表" in said
    assert "“5月”" not in said, "seven sheets ignored for the same reason as the file are not told again"
    assert report_of(tmp_path).of("价目.xlsx")["reason"].startswith("表头不像任何一种名册")


def test_an_issue_with_hundreds_of_places_fits_the_screen(tmp_path: Path) -> None:
    register(tmp_path / "花名册.csv", children(1) * 400)
    said = check(tmp_path, "--no-documents", "--select", "E01", "-v")
    assert re.search(r"另有 \d{3} 处", said.out) and len(said.out) < 4000
    assert len(report_of(tmp_path, "--select", "E01").report["issues"][0]["locations"]) >= 400
