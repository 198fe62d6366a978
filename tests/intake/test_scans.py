"""Scans named after children: which folders are a directory of files, and what each scan says."""

from __future__ import annotations

import pytest
from tests.intake.grids import UNITS, dictionary

from lbt_audit.intake.scans import Scan, scanned, scans


def test_named_in_the_file() -> None:
    names = ["白石镇/扫描/杨晓峰_委托监护协议.pdf", "白石镇/扫描/杨晓峰-登记表.jpg", "白石镇/扫描/02李小梅 家访记录1.png",
             "白石镇/扫描/李小梅（登记表）.pdf"]  # fmt: skip
    found = scans(names)
    assert found[names[0]] == Scan("杨晓峰", "委托监护协议")
    assert {scan.child for scan in found.values()} == {"杨晓峰", "李小梅"} and set(found) == set(names)


def test_a_folder_for_each_child_holds_other_papers_too() -> None:
    names = [
        f"档案/{n}/{d}"
        for n in ("01杨晓峰", "李小梅")
        for d in ("登记表.jpg", "协议.pdf", "户口簿.jpg", "IMG_001.jpg")
    ]
    found = scans(names)
    assert set(found) == set(names)
    assert {scan.child for scan in found.values()} == {"杨晓峰", "李小梅"}


def test_a_folder_for_each_document() -> None:
    names = [f"档案/{d}/{n}.pdf" for d in ("登记表", "委托监护协议") for n in ("杨晓峰", "李小梅")]
    assert scans(names)["档案/委托监护协议/李小梅.pdf"] == Scan("李小梅", "委托监护协议")


@pytest.mark.parametrize(
    "names",
    [
        ["杨晓峰_委托监护协议.pdf", "花名册.xlsx"],  # one paper is no directory
        ["照片/杨晓峰.jpg", "照片/李小梅.jpg", "照片/韦晨曦.jpg", "照片/罗小满.jpg"],  # of no sort
        [f"协议/{n}委托监护协议.pdf" for n in ("杨晓峰", "李小梅", "韦晨曦", "罗小满")],  # of one sort
        ["白石镇登记表.pdf", "清水乡协议.pdf", "珠岩村登记表.pdf", "大坪村家访记录.pdf"],  # of units
        [f"登记/{n}登记表.xlsx" for n in ("杨晓峰", "李小梅", "韦晨曦", "罗小满")],  # tables are read
    ],
)
def test_what_is_no_directory(names: list[str]) -> None:
    assert not scans(names)


def test_a_scan_is_a_record_of_the_unit_whose_folder_it_lies_in() -> None:
    kind = dictionary().kinds["file_list"]
    found = scanned("白石镇/珠岩村/档案/杨晓峰/登记表.jpg", "", Scan("杨晓峰", "登记表"), kind, UNITS)
    (table,) = found.tables
    assert (table.kind, table.unit.name, table.form, len(table)) == ("file_list", "珠岩村", True, 1)
    assert {f: c.text[0].as_py() for f, c in table.columns.items()} == {
        "child_name": "杨晓峰",
        "file_name": "登记表",
    }
