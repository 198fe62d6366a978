"""Markup that is legal, or read by every spreadsheet program, though few write it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.intake.packages import MAIN, both, cells, package, read_one, strings, styles, worksheet

from lbt_audit.model.cell import CellKind

K = CellKind
ROWS = (
    '<row r="1"><c r="A1" s="1"><v>42075</v></c><c r="B1" t="s"><v>0</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" s="0"><v>7</v></c><c r="B2" t="inlineStr"><is><t>甲</t></is></c></row>'
)
FOUND = {
    (1, 0): (K.DATE, "2015-03-12"),
    (1, 1): (K.TEXT, "姓名"),
    (2, 0): (K.NUMBER, "7"),
    (2, 1): (K.TEXT, "甲"),
}
HEAD = '<sheetPr filterMode="1"/><cols><col min="2" max="2" hidden="1"/></cols>'
TAIL = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'


def written(path: Path, markup: str) -> Path:
    return package(path / "a.xlsx", markup, shared=strings("<t>姓名</t>"), style=styles("14"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<c r=", "<c\nr="),
        ("<c r=", "<c\tr="),
        ("<c r=", "<c\r\nr="),
        ("<c r=", "<c  r="),
        (' s="', '\ns="'),
        (' t="', '\n  t="'),
        ('"><v>', '"\n><v>'),
        ('"', "'"),
        ('="', ' = "'),
        ('r="A1" s="1"', 's="1" r="A1"'),
        ('hidden="1"', 'hidden="true" ht="12"'),
        ("<v>", "<v >"),
        ("</v>", "</v\n>"),
        ("</c>", "</c\n>"),
    ],
)
def test_white_space_order_and_quotes_in_tags_mean_nothing(tmp_path: Path, old: str, new: str) -> None:
    assert old in ROWS
    markup = worksheet(*(part.replace(old, new) for part in (ROWS, HEAD, TAIL)))
    grid = both(written(tmp_path, markup))
    assert cells(grid) == FOUND
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({2}), frozenset({1}))
    assert grid.filtered
    assert grid.merges == ((1, 0, 1, 1),)


def test_every_other_tag_broken_over_lines(tmp_path: Path) -> None:
    row = "".join(f'<c{" " if i % 2 else chr(10)}r="{c}1"><v>{i}</v></c>' for i, c in enumerate("ABCDEFGHIJ"))
    grid = both(written(tmp_path, worksheet(f'<row r="1">{row}</row>')))
    assert [text for _, text in cells(grid).values()] == [str(i) for i in range(10)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('t="inlineStr"><v>0</v><is><t>杨晓峰</t></is>', "杨晓峰"),
        ('t="inlineStr"><is><t>杨晓峰</t></is><v>0</v>', "杨晓峰"),
        ('t="inlineStr"><v>杨晓峰</v>', "杨晓峰"),
        ('t="s"><v>0</v><is><t>旧名</t></is>', "姓名"),
        ('t="str"><is><t>旧名</t></is><v>杨晓峰</v>', "杨晓峰"),
        ('t="str"><is><t>杨晓峰</t></is>', "杨晓峰"),
    ],
)
def test_a_value_beside_an_inline_text(tmp_path: Path, cell: str, text: str) -> None:
    grid = both(written(tmp_path, worksheet(f'<row r="1"><c r="A1" {cell}</c></row>')))
    assert cells(grid) == {(1, 0): (K.TEXT, text)}


EMPTY = worksheet("")
FULL = worksheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>42075</v></c></row>')


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("xl/worksheets/sheet1.xml",), ("xl/worksheets/Sheet1.xml",)])
def test_of_a_part_that_comes_twice_the_last_counts(tmp_path: Path, names: tuple[str, ...]) -> None:
    path = written(tmp_path, EMPTY)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(names[0], FULL)
        archive.writestr("xl/sharedStrings.xml", strings("<t>新表</t>"))
        archive.writestr("xl/styles.xml", styles("yyyy.mm"))
    assert list(cells(both(path)).values()) == [(K.TEXT, "新表"), (K.DATE, "2015-03")]


def test_two_tabs_on_one_part_are_one_sheet(tmp_path: Path) -> None:
    path = written(tmp_path, FULL)
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    tab = b'<sheet name="Sheet1" sheetId="1" r:id="rId1"/>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(tab, tab + tab.replace(b"Sheet1", b"Sheet2"))
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert [g.sheet for g in read_one(path).grids] == ["Sheet1"]


@pytest.mark.parametrize("declared", ["GBK", "gb2312", "GB18030", "Big5", "UTF-16", "utf-8"])
def test_parts_in_other_encodings(tmp_path: Path, declared: str) -> None:
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c>'
        '<c r="B1" t="s"><v>0</v></c></row></sheetData></worksheet>'
    )
    declaration = f'<?xml version="1.0" encoding="{declared}"?>\n'
    path = package(
        tmp_path / "a.xlsx", "", shared="",
        extra={
            "xl/worksheets/sheet1.xml": (declaration + sheet).encode(declared),
            "xl/sharedStrings.xml": (declaration + f'<sst xmlns="{MAIN}"><si><t>性</t></si></sst>').encode(declared),
        },
    )  # fmt: skip
    assert [text for _, text in cells(both(path)).values()] == ["姓名", "性"]


def test_an_extension_list_does_not_say_which_day_is_the_first(tmp_path: Path) -> None:
    """Excel 2013 and later write a second workbookPr there."""
    x15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
    path = package(
        tmp_path / "a.xlsx",
        worksheet('<row r="1"><c r="A1" s="1"><v>40613</v></c></row>'),
        style=styles("14"),
        properties=f'<workbookPr date1904="1"/><extLst><ext uri="x"><x15:workbookPr xmlns:x15="{x15}" chartTrackingRefBase="1"/>'
                   '</ext></extLst>',
    )  # fmt: skip
    assert cells(both(path)) == {(1, 0): (K.DATE, "2015-03-12")}


@pytest.mark.parametrize("number", [14, 164, 22])
def test_formats_of_conditional_formatting_are_not_those_of_cells(tmp_path: Path, number: int) -> None:
    style = styles("14", "yyyy-mm-dd", "22").replace(
        "</styleSheet>",
        f'<dxfs count="1"><dxf><numFmt numFmtId="{number}" formatCode="0.00"/></dxf></dxfs></styleSheet>',
    )
    first = style.replace(
        "<numFmts>", f'<dxfs><dxf><numFmt numFmtId="{number}" formatCode="@"/></dxf></dxfs><numFmts>'
    )
    row = "".join(f'<c r="{c}1" s="{s}"><v>42075</v></c>' for s, c in enumerate("ABC", 1))
    for markup in (style, first):
        path = package(tmp_path / "a.xlsx", worksheet(f'<row r="1">{row}</row>'), style=markup)
        assert set(cells(both(path)).values()) == {(K.DATE, "2015-03-12")}
