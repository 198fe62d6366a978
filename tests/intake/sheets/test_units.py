"""Whose register a sheet is."""

from __future__ import annotations

import pyarrow as pa
import pytest
from tests.intake.grids import UNITS

from lbt_audit.intake.sheets.units import column_units, guess_unit, months, path_unit, sheet_unit
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units

NONE = Units()


def unit(
    name: str = "",
    titles: tuple[str, ...] = (),
    sheet: str = "Sheet1",
    path: str = "a.xlsx",
    units: Units = UNITS,
) -> Unit:
    return sheet_unit(name, titles, sheet, path, "township", units, {})


@pytest.mark.parametrize(
    "name", ["白石镇", "白石镇人民政府", "贵州省青禾县白石镇人民政府", "白石镇（盖章）", " 白石镇 ", "白石"]
)
def test_names_people_write(name: str) -> None:
    assert unit(name) == Unit("township", "白石镇", "白石镇")


@pytest.mark.parametrize(
    "name", ["珠岩村", "珠岩村村民委员会", "珠岩村民委员会", "珠岩村委会", "白石镇珠岩村委"]
)
def test_villages_by_their_committee(name: str) -> None:
    assert unit(name) == Unit("village", "珠岩村", "白石镇")
    assert unit(name, units=NONE).level == "village"


def test_order_of_sources() -> None:
    assert unit("清水乡", ("白石镇花名册",)).name == "清水乡"
    assert unit("", ("白石镇花名册",), "河边村").name == "白石镇"
    assert unit("", ("花名册",), "河边村").name == "河边村"
    assert unit("", ("花名册",), path="清水乡/花名册.xlsx").name == "清水乡"
    assert unit("", ("清水乡中心小学留守儿童情况登记表",)) == Unit("school", "清水乡中心小学", "清水乡")


def test_a_written_name_outside_the_list_is_unknown() -> None:
    found = unit("黑水镇人民政府", path="白石镇/花名册.xlsx")
    assert found == Unit("township", "黑水镇", None, known=False)
    assert unit("黑水镇人民政府", units=NONE).known


def test_nothing_written_is_not_called_unknown() -> None:
    found = unit(path="导出.xls")
    assert (found.name, found.known) == ("导出", True)


@pytest.mark.parametrize(
    ("text", "level", "name"),
    [
        ("2026年10月白石镇农村留守儿童花名册", "township", "白石镇"),
        ("青禾县白石镇农村留守儿童花名册", "township", "白石镇"),
        ("清水乡中心小学留守儿童情况登记表", "school", "清水乡中心小学"),
        ("珠岩村留守儿童台账", "village", "珠岩村"),
        ("城关街道农村留守儿童花名册", "township", "城关街道"),
        ("幸福社区留守儿童台账", "village", "幸福社区"),
    ],
)
def test_units_guessed_by_their_endings(text: str, level: str, name: str) -> None:
    found = guess_unit(text)
    assert found is not None
    assert (found.level, found.name) == (level, name)


@pytest.mark.parametrize(
    "text", ["农村留守儿童花名册", "三（2）班", "Sheet1", "2026年10月", "留守儿童统计表"]
)
def test_what_names_no_unit(text: str) -> None:
    assert guess_unit(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青禾县清水乡河边村留守儿童台账", Unit("village", "河边村", "清水乡")),
        ("清水乡各村留守儿童台账", Unit("township", "清水乡")),
        ("清水乡农村留守儿童花名册", Unit("township", "清水乡")),
    ],
)
def test_a_village_after_its_township(text: str, expected: Unit) -> None:
    assert guess_unit(text) == expected


def test_units_of_files_nobody_could_read() -> None:
    assert path_unit("望溪乡/回龙村台账(扫描件).pdf", NONE) == Unit("village", "回龙村")
    assert path_unit("望溪乡/照片.jpg", NONE) == Unit("township", "望溪乡")
    assert path_unit("清水乡/照片.jpg", UNITS) == Unit("township", "清水乡", "清水乡")
    assert path_unit("外县/黑石镇.pdf", UNITS) is None


def test_column_of_villages_is_looked_up_once_per_name() -> None:
    index, found = column_units(pa.array(["珠岩村", "珠岩", "没有村", "珠岩村"]), UNITS, "village")
    assert [found[i].name if found[i] else None for i in index] == ["珠岩村", None, None, "珠岩村"]


def test_sheets_named_after_months() -> None:
    sheets = {"10月": "", "9月份": "2026年9月1日", "2025年12月": "", "一组": "", "2026.8": ""}
    assert months(sheets) == {
        "10月": (0, 10),
        "9月份": (2026, 9),
        "2025年12月": (2025, 12),
        "2026.8": (2026, 8),
    }


@pytest.mark.parametrize("where", ["name", "title"])
def test_a_school_the_list_lacks_is_not_its_township(where: str) -> None:
    text = "白石镇第二小学"
    found = unit(text) if where == "name" else unit(titles=(f"{text}留守儿童情况登记表",))
    assert found == Unit("school", "白石镇第二小学", "白石镇", known=False)
