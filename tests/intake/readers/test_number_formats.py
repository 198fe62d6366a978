"""Numbers as the sheet shows them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import xlwt
from tests.intake.packages import both, cells, package, read_one, styles, worksheet

from lbt_audit.intake.readers.number_formats import DAY, MONTH, MONTH_DAY, YEAR, NumberFormats, date_parts
from lbt_audit.intake.readers.numbers import iso_dates, padded_decimals
from lbt_audit.model.cell import CellKind

K = CellKind


def shown(tmp_path: Path, code: str, value: str) -> tuple[int, str]:
    path = package(
        tmp_path / "a.xlsx",
        worksheet(f'<row r="1"><c r="A1" s="1"><v>{value}</v></c></row>'),
        style=styles(code),
    )
    return cells(both(path))[1, 0]


@pytest.mark.parametrize("number", [14, 15, 22, 30, 31])
def test_built_in_dates(tmp_path: Path, number: int) -> None:
    assert shown(tmp_path, str(number), "40983") == (K.DATE, "2012-03-15")


@pytest.mark.parametrize("number", [17, 27, 36, 50, 52, 57])
def test_built_in_months_show_no_day(tmp_path: Path, number: int) -> None:
    assert shown(tmp_path, str(number), "40983") == (K.DATE, "2012-03")


@pytest.mark.parametrize("number", [16, 28, 29, 51, 53, 54, 58])
def test_built_in_days_without_a_year(tmp_path: Path, number: int) -> None:
    """Excel adds the year it is to a typed 3-15: nobody wrote it."""
    assert shown(tmp_path, str(number), "40983") == (K.DATE, "3月15日")


@pytest.mark.parametrize("number", [18, 20, 32, 33, 34, 35, 45, 46, 55, 56])
def test_times_alone_are_no_dates(tmp_path: Path, number: int) -> None:
    assert shown(tmp_path, str(number), "0.5") == (K.NUMBER, "0.5")


@pytest.mark.parametrize("number", [14, 28, 57])
def test_the_same_in_old_workbooks(tmp_path: Path, number: int) -> None:
    code = {14: "M/D/YY", 28: 'm"月"d"日"', 57: 'yyyy"年"m"月"'}[number]
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, dt.date(2012, 3, 15), xlwt.easyxf(num_format_str=code))
    book.save(str(tmp_path / "a.xls"))
    want = {14: "2012-03-15", 28: "3月15日", 57: "2012-03"}[number]
    assert cells(read_one(tmp_path / "a.xls").grids[0])[1, 0] == (K.DATE, want)


@pytest.mark.parametrize(
    ("code", "value", "kind", "text"),
    [
        ("0.00", "2016.1", K.NUMBER, "2016.10"),
        ("0.00", "2016.0999999999999", K.NUMBER, "2016.10"),
        ("0.00_ ", "2016.1", K.NUMBER, "2016.10"),
        ("0.00_);[Red]\\(0.00\\)", "2016.1", K.NUMBER, "2016.10"),
        ("#,##0.00", "2016.1", K.NUMBER, "2016.10"),
        ("2", "2016.1", K.NUMBER, "2016.10"),
        ("0.0", "2016.1", K.NUMBER, "2016.1"),
        ("0.00", "2016", K.NUMBER, "2016"),
        ("0.00", "3.14159", K.NUMBER, "3.14159"),
        ("0.00%", "0.5", K.NUMBER, "0.5"),
        ("0.00E+00", "2016.1", K.NUMBER, "2016.1"),
        ("yyyy.mm", "42644", K.DATE, "2016-10"),
        ("yyyy", "42644", K.DATE, "2016"),
        ("mmm-yy", "42644", K.DATE, "2016-10"),
        ("[$-804]yyyy年m月d日;@", "42644", K.DATE, "2016-10-01"),
        ('[$-804]上午/下午h"时"mm"分"', "0.5", K.NUMBER, "0.5"),
        ("yyyy-mm-dd 上午/下午h:mm", "42644.75", K.DATE, "2016-10-01 18:00:00"),
        ("[$-409]m/d/yy h:mm AM/PM;@", "42644.75", K.DATE, "2016-10-01 18:00:00"),
        ("yyyy-mm-dd hh:mm:ss.000", "42644.5000001", K.DATE, "2016-10-01 12:00:00"),
        ("[$-F800]dddd, mmmm dd, yyyy", "42644", K.DATE, "2016-10-01"),
        ("[$-zh-CN]yyyy/m/d aaaa", "42644", K.DATE, "2016-10-01"),
        ("mm:ss.0", "0.5", K.NUMBER, "0.5"),
        ("[ss].00", "42644.5", K.NUMBER, "42644.5"),
    ],
)  # fmt: skip
def test_what_the_sheet_shows(tmp_path: Path, code: str, value: str, kind: CellKind, text: str) -> None:
    assert shown(tmp_path, code, value) == (kind, text)


def test_parts_of_dates_of_1904() -> None:
    texts, days = iso_dates(pa.array(["39521"] * 4), True, np.array([DAY, MONTH, YEAR, MONTH_DAY], np.uint8))
    assert texts.to_pylist() == ["2012-03-15", "2012-03", "2012", "3月15日"]
    assert days.all()


def test_decimals_of_texts_that_are_no_plain_numbers_stay() -> None:
    for text in ("1.5E+17", "-2.1", "", "abc", "1.2.3"):
        assert padded_decimals(text, 2) == text


def test_no_style_at_all() -> None:
    date, zeros, decimals = NumberFormats.of([], {}).pick(np.array([0, 5]))
    assert not date.any() and not zeros.any() and not decimals.any()


def test_a_code_of_any_length_is_read_in_no_time() -> None:
    for code in ("m" * 100_000, "[" * 100_000, '"' * 99_999, "h:" * 50_000, "\\" * 99_999):
        date_parts(code)
        NumberFormats.of([164], {164: code})
