"""Workbooks of Excel 97–2003."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlwt
from tests.intake.packages import cells, read_one
from tests.intake.readers import biff5

from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.readers.numbers import number_text
from lbt_audit.model.cell import CellKind

K = CellKind


def _book(path: Path) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("花名册")
    date = xlwt.easyxf(num_format_str="yyyy/m/d")
    month = xlwt.easyxf(num_format_str='yyyy"年"m"月"')
    zeros = xlwt.easyxf(num_format_str="000")
    sheet.write_merge(0, 0, 0, 4, "青禾县花名册")
    sheet.write(2, 0, "杨晓峰")
    sheet.write(2, 1, 529901200911026e3)
    sheet.write(2, 2, dt.date(2015, 3, 12), date)
    sheet.write(2, 3, dt.date(2015, 3, 1), month)
    sheet.write(2, 4, True)
    sheet.write(2, 5, 7, zeros)
    sheet.write(2, 6, 2015.1)
    sheet.write(2, 7, "   ")
    sheet.row(2).set_cell_error(8, "#REF!")
    sheet.row(4).hidden = True
    sheet.write(4, 0, "藏")
    sheet.col(1).hidden = True
    hidden = book.add_sheet("旧表")
    hidden.visibility = 2
    hidden.write(0, 0, 3)
    book.save(str(path))
    return path


@pytest.mark.parametrize("name", ["a.xls", "a.et"])
def test_values_errors_formats_and_everything_hidden(tmp_path: Path, name: str) -> None:
    result = read_one(_book(tmp_path / name))
    assert result.reason is None
    grid, hidden = result.grids
    found = cells(grid)
    assert found == {
        (1, 0): (K.TEXT, "青禾县花名册"),
        (3, 0): (K.TEXT, "杨晓峰"),
        (3, 1): (K.NUMBER, "5.29901200911026E+17"),
        (3, 2): (K.DATE, "2015-03-12"),
        (3, 3): (K.DATE, "2015-03"),
        (3, 4): (K.BOOL, "TRUE"),
        (3, 5): (K.NUMBER, "007"),
        (3, 6): (K.NUMBER, "2015.1"),
        (3, 8): (K.ERROR, "#REF!"),
        (5, 0): (K.TEXT, "藏"),
    }
    assert grid.merges == ((1, 0, 1, 4),)
    assert (grid.hidden_rows, grid.hidden_columns, grid.visibility) == ({5}, {1}, "visible")
    assert (hidden.sheet, hidden.visibility) == ("旧表", "very_hidden")


def test_largest_sheet_and_limit(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, 1)
    sheet.write(65535, 255, 2)
    book.save(str(tmp_path / "a.xls"))
    assert cells(read_one(tmp_path / "a.xls").grids[0]) == {
        (1, 0): (K.NUMBER, "1"),
        (65536, 255): (K.NUMBER, "2"),
    }
    assert read_one(tmp_path / "a.xls", Limits(cells=100)).reason == "too_many_cells"


def test_damage_is_a_result(tmp_path: Path) -> None:
    whole = _book(tmp_path / "a.xls").read_bytes()
    for size in (700, 3000, len(whole) - 600):
        (tmp_path / "b.xls").write_bytes(whole[:size])
        assert read_one(tmp_path / "b.xls").status in ("unreadable", "read")
    (tmp_path / "b.xls").write_bytes(whole[:700])
    assert read_one(tmp_path / "b.xls").reason == "damaged"


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (-0.0, "0"), (2015.1, "2015.1"), (5.2242820100101e17, "5.2242820100101E+17"), (1e300, "1E+300"),
     (13912345678.0, "13912345678"), (float("nan"), "nan")],
)  # fmt: skip
def test_numbers_are_spelt_as_short_as_they_can(value: float, text: str) -> None:
    assert number_text(value) == text


TABLE = [
    ["序号", "姓名", "性别", "现居住地"],
    [1.0, "杨晓峰", "男", "青禾县白石镇"],
    [2.0, "吴金莲", "女", "清水乡瑶寨村"],
]
TRADITIONAL = [["編號", "姓名", "現居住地"], [1.0, "楊曉峰", "青禾縣白石鎮"], [2.0, "吳金蓮", "清水鄉"]]


@pytest.mark.parametrize("codepage", [None, 1252, 936, 1200, 0, 10008, 20936, 54936])
@pytest.mark.parametrize(("table", "encoding"), [(TABLE, "gbk"), (TRADITIONAL, "big5"), (TRADITIONAL, "gbk")])
def test_old_books_are_chinese_whatever_code_page_they_claim(
    tmp_path: Path, table: list[list[str | float]], encoding: str, codepage: int | None
) -> None:
    (tmp_path / "a.xls").write_bytes(biff5.book(table, encoding, codepage, "名冊"))
    result = read_one(tmp_path / "a.xls")
    assert result.notes == ()
    (grid,) = result.grids
    assert grid.sheet == "名冊"
    texts = [text for kind, text in cells(grid).values() if kind == K.TEXT]
    assert texts == [c for row in table for c in row if isinstance(c, str)]


def test_an_old_book_in_a_western_language_keeps_its_code_page(tmp_path: Path) -> None:
    table: list[list[str | float]] = [["Müller", "Jürgen"], ["São Paulo é", "naïve"]]
    (tmp_path / "a.xls").write_bytes(biff5.book(table, "cp1252", 1252, "Säugling"))
    (grid,) = read_one(tmp_path / "a.xls").grids
    assert [text for _, text in cells(grid).values()] == ["Müller", "Jürgen", "São Paulo é", "naïve"]


def test_a_string_cut_at_255_bytes_loses_its_half_character_only(tmp_path: Path) -> None:
    remark = "a" + "父母外出务工" * 40
    (tmp_path / "a.xls").write_bytes(biff5.book([*TABLE, [3.0, "韦晨", "男", remark]], "gbk", 1252))
    (grid,) = read_one(tmp_path / "a.xls").grids
    assert cells(grid)[4, 3][1] == remark[:128]
