"""Lists of units in the shapes counties keep them in."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lbt_audit.config.load import load_county
from lbt_audit.drafts.county import county_text
from lbt_audit.drafts.units import units_of
from lbt_audit.model.errors import ConfigError
from lbt_audit.resources import data_dir

TOWNS = {"白石镇": ("大坝村", "青杠村"), "清水乡": ("河边村",)}

SHAPES: dict[str, dict[str, list[list[Any]]]] = {
    "a row for each": {"表": [["序号", "乡镇", "村"], [1, "白石镇", "大坝村"], [2, "", "青杠村"], [3, "清水乡", "河边村"]]},
    "other headers, a title": {
        "表": [["青禾县村级组织名单"], ["所属乡镇名称", "行政村（社区）"], ["白石镇", "大坝村"],
              ["白石镇", "青杠村"], ["清水乡", "河边村"]]
    },
    "villages in one cell": {"表": [["乡镇", "所辖村"], ["白石镇", "大坝村、青杠村"], ["清水乡", "河边村"]]},
    "a column for each township": {"表": [["白石镇", "清水乡"], ["大坝村", "河边村"], ["青杠村", None]]},
    "one below the other": {"表": [["名称"], ["白石镇人民政府"], ["大坝村村民委员会"], ["青杠村"], ["清水乡"], ["河边村"]]},
    "a sheet for each": {"白石镇": [["村名"], ["大坝村"], ["青杠村"]], "清水乡": [["村名"], ["河边村"]]},
}  # fmt: skip


def written(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(shape: str, tmp_path: Path) -> None:
    found = units_of(written(tmp_path / "名单.xlsx", SHAPES[shape]))
    assert {town: tuple(villages) for town, villages in found.townships.items()} == TOWNS


def test_schools_with_their_townships(tmp_path: Path) -> None:
    rows = [["学校", "白石镇"], ["", "白石镇中心小学"], ["", "大坝小学"], ["", "清水乡"], ["", "清水中学"]]
    assert units_of(written(tmp_path / "学校.xlsx", {"表": rows})).schools == {
        "白石镇中心小学": "白石镇", "大坝小学": "白石镇", "清水中学": "清水乡",
    }  # fmt: skip


def test_a_file_that_names_no_unit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="没有找到"):
        units_of(written(tmp_path / "名单.xlsx", {"表": [["说明"], ["无"]]}))


def test_units_of_what_was_handed_in_make_a_county_file(tmp_path: Path) -> None:
    found = units_of(data_dir("sample_data") / "clean")
    path = tmp_path / "lbt-audit.toml"
    path.write_text(county_text("青禾县", [], found, "zh"), encoding="utf-8")
    assert tomllib.loads(path.read_text("utf-8"))["county"] == "青禾县"
    listed = load_county(path).units
    assert len(listed.townships) >= 3 and len(listed.schools) >= 3
    assert listed.townships.keys() == {town for town in found.townships if town}
