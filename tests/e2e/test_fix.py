"""``lbt-audit fix``: a list damaged in thirty mechanical ways comes back clean, real faults come back unchanged."""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.benchmarks.registers import write_roster
from tests.command import run
from tests.e2e.test_annotated_copy import CHECK, CHILD, FATHER, GUARDIAN, MOTHER, SLIPS, column_of

Damage = tuple[int, str, str, Any]
ENV = {"LBT_AUDIT_LANG": "zh"}


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c != " " else c for c in text)


def spaced(text: str) -> str:
    return f"{text[0]}　{text[1:]}"


DAMAGES: tuple[Damage, ...] = (
    (5, CHILD, "姓名", spaced),
    (6, CHILD, "姓名", lambda t: f" {t}\u200b"),
    (7, CHILD, "姓名", lambda t: f"'{t}"),
    (8, CHILD, "性别", lambda t: f"{t}性"),
    (9, CHILD, "性别", lambda t: f"{t}孩"),
    (10, CHILD, "民族", lambda t: "苗"),
    (11, CHILD, "民族", lambda t: "06"),
    (12, CHILD, "出生日期", lambda t: t.replace("-", ".")),
    (13, CHILD, "出生日期", lambda t: t.replace("-", "")),
    (14, CHILD, "出生日期", lambda t: "{}年{}月{}日".format(*(int(p) for p in t.split("-")))),
    (15, CHILD, "出生日期", lambda t: wide(t.replace("-", "/"))),
    (16, CHILD, "公民身份证号码", wide),
    (17, CHILD, "公民身份证号码", lambda t: f"{t[:6]} {t[6:14]} {t[14:]}"),
    (18, CHILD, "公民身份证号码", lambda t: f"'{t}"),
    (19, CHILD, "公民身份证号码", lambda t: f"\u00a0{t}\u200b"),
    (20, CHILD, "学籍号", str.lower),
    (21, CHILD, "是否登记户口", lambda t: "√"),
    (22, CHILD, "户籍性质", lambda t: f"　{t}"),
    (23, CHILD, "身体情况", lambda t: f"{t}\u200b"),
    (24, CHILD, "是否学校寄宿", lambda t: "Y"),
    (25, CHILD, "现居住地", lambda t: f"　{t} "),
    (26, FATHER, "联系电话", int),
    (27, FATHER, "联系电话", lambda t: f"{t[:3]}-{t[3:7]}-{t[7:]}"),
    (28, FATHER, "务工地点", lambda t: t[3:-1]),
    (29, FATHER, "外出时间", lambda t: "2025.03"),
    (30, MOTHER, "联系电话", lambda t: f"+86 {t}"),
    (31, MOTHER, "公民身份证号码", lambda t: f"{t[:10]} {t[10:]}"),
    (32, MOTHER, "出生日期", lambda t: t.replace("-", "/")),
    (33, GUARDIAN, "联系电话", wide),
    (34, "其他情况", "备注", "NULL"),
)  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "lbt-audit.toml").write_text(
        'extra_areas = ["529901"]\nas_of = 2026-10-31\n', encoding="utf-8"
    )
    write_roster(tmp_path / "花名册.xlsx", 60)
    return tmp_path


def fixed(desk: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return run("fix", "花名册.xlsx", *more, cwd=desk, env=ENV)


def damage(desk: Path, damages: tuple[Damage, ...]) -> None:
    book = openpyxl.load_workbook(desk / "花名册.xlsx")
    sheet = book.active
    for row, group, leaf, wrong in damages:
        cell = sheet.cell(row, column_of(sheet, group, leaf))
        cell.value = wrong(cell.value) if callable(wrong) else wrong
    book.save(desk / "花名册.xlsx")


def values(path: Path) -> dict[str, Any]:
    return {c.coordinate: c.value for r in openpyxl.load_workbook(path).active.iter_rows() for c in r}


def test_mechanical_damage_comes_back_clean(desk: Path) -> None:
    assert len(DAMAGES) == 30
    damage(desk, DAMAGES)
    before = (desk / "花名册.xlsx").read_bytes()
    done = fixed(desk)
    assert (desk / "花名册.xlsx").read_bytes() == before, "the file itself is never changed"
    report = json.loads(run("check", "花名册-修复.xlsx", *CHECK, cwd=desk, env=ENV).stdout)
    assert report["issues"] == [], [(i["rule"], i["message"]) for i in report["issues"]]
    listed = list(openpyxl.load_workbook(desk / "花名册-修改清单.xlsx").active.values)
    wrong, right = values(desk / "花名册.xlsx"), values(desk / "花名册-修复.xlsx")
    changed = {cell for cell in wrong if wrong[cell] != right[cell]}
    assert {row[1] for row in listed[1:]} == changed, "the list tells every change and nothing else"
    rows = {row for row, *_ in DAMAGES}
    assert rows <= {int("".join(filter(str.isdigit, cell))) for cell in changed}
    assert "已写 花名册-修复.xlsx" in done.stdout
    again = run("fix", "花名册-修复.xlsx", cwd=desk, env=ENV)
    assert "没有可以机械修复的单元格" in again.stdout and not (desk / "花名册-修复-修复.xlsx").exists()


def test_real_faults_come_back_unchanged_and_are_told(desk: Path) -> None:
    faults = (
        *SLIPS,
        (32, CHILD, "出生日期", "15.3.2"),
        (33, MOTHER, "外出时间", "春节后"),
        (34, CHILD, "姓名", "王小明（已转学）"),
    )
    assert len(faults) == 30
    fixed(desk)
    clean = desk / "花名册-修复.xlsx"
    if clean.exists():  # what the list itself has to mend is no matter of this test
        clean.replace(desk / "花名册.xlsx")
    damage(desk, faults)
    done = fixed(desk)
    assert done.returncode == 1
    assert not (desk / "花名册-修复.xlsx").exists(), done.stdout
    for code in ("C01", "C03", "C07", "C10", "C13", "C14"):
        assert f"{code} " in done.stdout


def test_a_dry_run_writes_nothing(desk: Path) -> None:
    damage(desk, DAMAGES)
    there = sorted(p.name for p in desk.iterdir())
    done = fixed(desk, "--dry-run")
    assert sorted(p.name for p in desk.iterdir()) == there
    assert "多余的空格" in done.stdout
    shown = unicodedata.normalize("NFKC", done.stdout)
    assert not re.search("[0-9]{17}|1[0-9]{10}", shown), "numbers are masked on the screen"
    numbers = [line for line in shown.splitlines() if "公民身份证号码" in line]
    assert numbers and not any(re.search("[0-9X]{4}'", line) for line in numbers), "no end of a number"


def test_a_text_table_stays_one(desk: Path) -> None:
    (desk / "名单.csv").write_bytes(
        "姓名,性别,出生日期\r\n张　三,男性,2015.3.2\r\n李四,女,2014-07-12\r\n".encode("gb18030")
    )
    run("fix", "名单.csv", cwd=desk, env=ENV)
    made = (desk / "名单-修复.csv").read_bytes().decode("gb18030")
    assert made == "姓名,性别,出生日期\r\n张三,男,2015-03-02\r\n李四,女,2014-07-12\r\n"


def test_what_cannot_be_repaired_says_why(desk: Path) -> None:
    (desk / "坏.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    done = run("fix", "坏.xlsx", cwd=desk, env=ENV)
    assert done.returncode == 2 and "损坏" in done.stderr
    folder = run("fix", ".", cwd=desk, env=ENV)
    assert folder.returncode == 2 and "一次修复一个文件" in folder.stderr
