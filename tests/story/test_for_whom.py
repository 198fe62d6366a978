"""Documents for whom they are: a clerk's own file, a county's folder; nothing of one unit in another's folder."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.story.registers import Child, write_roster

from lbt_audit.cli.main import run

COUNTY = """
county = "青禾县"
extra_areas = ["529901"]
salt = "story"
[units.townships]
"白石镇" = ["珠岩村"]
"清水乡" = ["河边村"]
"""
WHITE = [
    Child("赵晓峰", 1, wrong_sex=True),
    Child("钱小梅", 2, girl=True, blank=True),
    Child("孙家宝", 3, typo=True),
]
CLEAR = [Child("吴思雨", 6, girl=True, wrong_sex=True), Child("郑小虎", 7, typo=True)]
RED = [Child("冯春燕", 8, girl=True, wrong_sex=True)]
OWN = {"白石镇": WHITE, "清水乡": CLEAR, "红岩镇": RED}
OFFICE = {".lbt-written", "report.json", "审计报告.html", "问题清单.xlsx"}


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LBT_AUDIT_LANG", "zh")
    monkeypatch.setenv("COLUMNS", "100")
    write_roster(tmp_path / "自己/花名册.xlsx", "白石镇", "珠岩村", WHITE)
    for unit, village in (("白石镇", "珠岩村"), ("清水乡", "河边村"), ("红岩镇", "新坡村")):
        write_roster(tmp_path / f"全县/{unit}/花名册.xlsx", unit, village, OWN[unit])
    return tmp_path


def check(*arguments: str) -> set[str]:
    """What stands below the documents' folder afterwards, in the first two levels of folders and all files."""
    assert run(["check", *arguments, "--as-of", "2026-10-31", "--fail-on", "never"]) == 0
    out = Path("lbt-report")
    return {str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()}


def listed(county: str = COUNTY) -> None:
    Path("全县/lbt-audit.toml").write_text(county, encoding="utf-8")


def letters(names: set[str]) -> set[str]:
    return {n for n in names if n.endswith(".docx")}


def test_a_clerk_gets_no_letters(capsys: pytest.CaptureFixture[str]) -> None:
    names = check("自己/花名册.xlsx")
    assert names >= OFFICE and not letters(names)
    assert not [n for n in names if n.startswith("责任单位")]
    said = capsys.readouterr()
    assert "lbt-report/问题清单.xlsx" in said.out and "--notices" not in said.out + said.err


def test_without_a_county_file_letters_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert not letters(check("全县"))
    assert "--notices" in capsys.readouterr().err
    names = check("全县", "--notices")
    assert letters(names) == {"通报.docx", *(f"责任单位/{unit}/整改通知书.docx" for unit in OWN)}
    assert "责任单位/红岩镇/红岩镇-整改回复表.xlsx" in names


def test_units_a_county_file_lists_get_theirs(capsys: pytest.CaptureFixture[str]) -> None:
    listed()
    names = check("全县")
    assert letters(names) == {
        "通报.docx",
        *(f"责任单位/{unit}/整改通知书.docx" for unit in ("白石镇", "清水乡")),
    }
    assert not [n for n in names if "红岩镇" in n.partition("/")[2] and n.startswith("责任单位")]
    said = capsys.readouterr()
    assert "责任单位/（分送 3 个单位，各一个文件夹：整改回复表 3、整改通知书 2" in said.out


def test_what_is_declined_goes_and_what_a_user_added_stays(capsys: pytest.CaptureFixture[str]) -> None:
    listed()
    check("全县")
    added = Path("lbt-report/责任单位/白石镇/说明.txt")
    added.write_text("电话已联系", encoding="utf-8")
    Path("lbt-report/责任单位/清水乡/整改通知书.docx").write_bytes(b"signed")
    names = check("全县", "--no-notices")
    assert letters(names) == {"责任单位/清水乡/整改通知书.docx"}  # worked on: kept, and told
    assert "责任单位/白石镇/白石镇-整改回复表.xlsx" in names and added.exists()
    assert "予以保留" in capsys.readouterr().err
    Path("全县/lbt-audit.toml").unlink()
    names = check("全县")
    assert {n for n in names if n.startswith("责任单位")} == {
        "责任单位/白石镇/说明.txt",
        "责任单位/清水乡/整改通知书.docx",
    }


def test_the_first_audit_of_a_ledger_is_no_reinspection() -> None:
    listed()
    assert "整改复查报告.docx" not in check("全县", "--ledger", "台账.db")
    assert Path("lbt-report/整改台账.xlsx").exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_folder_holds_its_own_children_only(lang: str) -> None:
    """In clear, so that names and numbers can be told: none of another unit's stands in any document."""
    listed()
    check("全县", "--mask", "none", "--yes", "--lang", lang)
    top = Path("lbt-report") / {"zh": "责任单位", "en": "units"}[lang]
    assert {f.name for f in top.iterdir()} == {"白石镇", "清水乡", "青禾县"}  # the office's own, too
    for folder in (top / "白石镇", top / "清水乡"):
        text = "\n".join(written(path) for path in folder.rglob("*") if path.is_file())
        own = OWN[folder.name]
        assert list(folder.rglob("花名册*.xlsx")), "its annotated copy"
        assert any(child.name in text for child in own)
        for unit, children in OWN.items():
            if unit != folder.name:
                assert not [c for c in children if c.name in text or c.id_no in text], (folder, unit)


def written(path: Path) -> str:
    """Everything a document says."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        cells: list[Any] = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        notes = [cell.comment.text for cell in cells if cell.comment]
        return "\n".join([*book.sheetnames, *(str(c.value) for c in cells if c.value is not None), *notes])
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
