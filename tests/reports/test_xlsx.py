"""The workbook writer against two independent readers."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from lbt_audit.reports.xlsx import (
    Book,
    Cell,
    Dates,
    Empty,
    Inline,
    Links,
    Numbers,
    Sheet,
    Style,
    Validation,
    Words,
    sheet_names,
)  # fmt: skip
from lbt_audit.reports.xlsx.text import MAX_TEXT, clean, clean_column

PLAIN = Style(wrap=True)


def saved(*sheets: Sheet) -> io.BytesIO:
    out = io.BytesIO()
    Book("宋体", "标题", list(sheets)).save(out)
    out.seek(0)
    return out


def sheet_of(column: object, n: int) -> Sheet:
    sheet = Sheet("数据", (20,))
    sheet.block([column], n)  # type: ignore[list-item]
    return sheet


_texts = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30), min_size=1, max_size=20
)


def _read(text: str) -> str:
    """What a reader must give back: characters XML cannot hold are replaced, line ends unified."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join("\ufffd" if (ord(c) < 32 and c not in "\n\t") or c in "\ufffe\uffff" else c for c in text)


@settings(deadline=None)
@given(_texts)
def test_any_text_comes_back(texts: list[str]) -> None:
    for column in (Inline(pa.array(texts), PLAIN), Words(pa.array(texts).dictionary_encode(), PLAIN)):
        data = saved(sheet_of(column, len(texts)))
        rows = CalamineWorkbook.from_filelike(data).get_sheet_by_index(0).to_python(skip_empty_area=False)
        assert [str(r[0]) for r in rows] == [_read(t) for t in texts]


@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)))
def test_column_and_single_cleaning_agree(texts: list[str | None]) -> None:
    array = pa.array(texts, pa.string())
    assert clean_column(array).to_pylist() == [None if t is None else clean(t) for t in texts]


def test_every_kind_of_cell() -> None:
    sheet = Sheet("数据", (10,) * 6, freeze=(1, 2), filter_row=1, title_rows=(1, 1))
    sheet.row([Cell(t, Style(bold=True)) for t in "abcdef"])
    targets = pa.array(["../a b.xlsx#'S'!F7", None, 'q"uote.xls'], pa.string())
    columns = [
        Numbers(np.array([1, 2, 3]), PLAIN),
        Words(pa.array(["红", None, "红"]).dictionary_encode(), PLAIN, {"红": Style(fill="FFC7CE")}),
        Inline(pa.array(["一", None, "=1+1"]), PLAIN),
        Links(targets, pa.array(["a!F7", "b", "c"]), Style(underline=True), PLAIN),
        Dates(pa.array([date(2026, 11, 4), None, date(1900, 3, 1)]), Style(format="yyyy\\-mm\\-dd")),
        Empty(PLAIN),
    ]
    assert sheet.block(columns, 3) == 2
    sheet.validations.append(Validation(5, 2, 4, ["是", "否"]))
    book = openpyxl.load_workbook(saved(sheet))
    ws = book["数据"]
    assert [[c.value for c in row] for row in ws["A2:F4"]] == [
        [1, "红", "一", '=HYPERLINK("../a b.xlsx#\'S\'!F7","a!F7")', datetime(2026, 11, 4), None],
        [2, None, None, "b", None, None],
        [3, "红", "=1+1", '=HYPERLINK("q""uote.xls","c")', datetime(1900, 3, 1), None],
    ]
    assert ws["C4"].data_type == "s" and ws["C4"].quotePrefix and not ws["C2"].quotePrefix
    assert ws["B2"].fill.fgColor.rgb == "FFFFC7CE"
    assert ws["D2"].data_type == "f" and ws["D3"].data_type == "s"
    assert ws.freeze_panes == "C2" and ws.auto_filter.ref == "A1:F4" and ws.print_title_rows == "$1:$1"
    assert ws.page_setup.orientation == "landscape" and ws.page_setup.paperSize == 9
    assert ws.sheet_properties.pageSetUpPr.fitToPage and ws.page_setup.fitToHeight == 0
    assert ws.data_validations.dataValidation[0].formula1 == '"是,否"'
    cached = CalamineWorkbook.from_filelike(saved(sheet)).get_sheet_by_index(0).to_python()
    assert cached[1][3] == "a!F7", "readers that do not calculate see the text of a link"


def test_links_too_long_for_a_formula_stay_readable() -> None:
    shown, target = pa.array(["x" * 256, "短"]), pa.array(["a", "b" * 256])
    ws = openpyxl.load_workbook(saved(sheet_of(Links(target, shown, PLAIN, PLAIN), 2))).active
    assert [c.value for c in ws["A"]] == ["x" * 256, "短"]


def test_texts_over_the_limit_are_cut_and_say_so() -> None:
    long = "长" * (MAX_TEXT + 10)
    for column in (
        Inline(pa.array([long, "b"]), PLAIN),
        Words(pa.array([long, "b"]).dictionary_encode(), PLAIN),
    ):
        value = openpyxl.load_workbook(saved(sheet_of(column, 2))).active["A1"].value
        assert len(value) == MAX_TEXT and value.endswith("长…")


def test_escaped_lookalikes_stay_text() -> None:
    with zipfile.ZipFile(saved(sheet_of(Inline(pa.array(["_x0041_"]), PLAIN), 1))) as package:
        assert b"_x005F_x0041_" in package.read("xl/worksheets/sheet1.xml")


def test_blocks_longer_than_a_chunk() -> None:
    n = 120_001
    sheet = sheet_of(Numbers(np.arange(n), PLAIN), n)
    rows = CalamineWorkbook.from_filelike(saved(sheet)).get_sheet_by_index(0).to_python()
    assert [r[0] for r in rows] == list(range(n))


def test_sheet_names() -> None:
    names = sheet_names(
        ["白石镇", "白石镇", "a/b:c*[d]?\\", "'x'", "", "History", "长" * 40, "长" * 40, "ABC", "abc"]
    )
    assert names == [
        "白石镇", "白石镇 (2)", "a_b_c__d___", "x", "Sheet", "History_", "长" * 31, "长" * 27 + " (2)", "ABC", "abc (2)",
    ]  # fmt: skip


@given(st.lists(st.text(), max_size=8))
@example(["0" * 30 + "'0"])
def test_sheet_names_are_always_acceptable(wanted: list[str]) -> None:
    names = sheet_names(wanted)
    assert len({n.casefold() for n in names}) == len(wanted)
    assert all(1 <= len(n) <= 31 and not set(n) & set("[]:*?/\\") and n.strip("'") == n for n in names)


def test_every_part_is_xml_and_the_bytes_are_the_same_twice() -> None:
    def make() -> bytes:
        sheet = Sheet('<&">', (10,), footer="&C第 &P 页")
        sheet.title("<标题> & \x01", Style(bold=True))
        sheet.row([Cell("x", PLAIN, "'a<b'!A1")])
        return saved(sheet).getvalue()

    first = make()
    assert first == make()
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        for name in package.namelist():
            ElementTree.fromstring(package.read(name))
    assert openpyxl.load_workbook(io.BytesIO(first)).sheetnames == ['<&">']
