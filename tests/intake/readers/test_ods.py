"""OpenDocument spreadsheets, as LibreOffice writes them and as scripts do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.intake.packages import cells, read_one

from lbt_audit.intake.files.limits import Limits
from lbt_audit.model.cell import CellKind

K = CellKind
WIDE = 'table:number-columns-repeated="16384"'
MIME = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = (
    " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"'
        for p in ("office", "table", "text", "style")
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def content(*tables: str, styles: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f"{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )


def table(rows: str, name: str = "花名册", attributes: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'


def row(*made: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(made)}</table:table-row>"


def cell(shown: str = "", attributes: str = "", kind: str = "string") -> str:
    typed = f'office:value-type="{kind}"' if kind else ""
    return f"<table:table-cell {typed} {attributes}>{f'<text:p>{shown}</text:p>' if shown else ''}</table:table-cell>"


def ods(path: Path, markup: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("content.xml", markup)
    return path


def read(tmp_path: Path, *rows: str) -> dict[tuple[int, int], tuple[int, str]]:
    result = read_one(ods(tmp_path / "a.ods", content(table("".join(rows)))))
    assert (result.reason, result.notes) == (None, ())
    return cells(result.grids[0])


def test_every_kind_of_cell(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        row(
            cell("姓名"),
            cell("7", 'office:value="7"', "float"),
            cell("007", 'office:value="7"', "float"),
            cell("2016.10", 'office:value="2016.1"', "float"),
            cell("5.3E+17", 'office:value="5.29901200911026E17"', "float"),
            cell("2015/3/12", 'office:date-value="2015-03-12"', "date"),
            cell("2015年3月", 'office:date-value="2015-03-12"', "date"),
            cell("3月12日", 'office:date-value="2015-03-12"', "date"),
            cell("2015-3-12 8:30", 'office:date-value="2015-03-12T08:30:00"', "date"),
            cell("真", 'office:boolean-value="true"', "boolean"),
            cell("#REF!", 'table:formula="of:=A9" calcext:value-type="error"'),
            cell("Err:508", 'table:formula="of:=("'),
            cell("", 'table:formula="of:=A1"', ""),
            cell("", 'table:formula="of:=A1"'),
            cell("", 'office:string-value="只在属性里"'),
        ),
    )
    assert list(found.values()) == [
        (K.TEXT, "姓名"), (K.NUMBER, "7"), (K.NUMBER, "007"), (K.NUMBER, "2016.10"), (K.NUMBER, "5.29901200911026E+17"),
        (K.DATE, "2015-03-12"), (K.DATE, "2015-03"), (K.DATE, "3月12日"), (K.DATE, "2015-03-12 08:30:00"),
        (K.BOOL, "TRUE"), (K.ERROR, "#REF!"), (K.ERROR, "Err:508"), (K.UNCOMPUTED, ""), (K.TEXT, "只在属性里"),
    ]  # fmt: skip
    assert (1, 13) not in found


@pytest.mark.parametrize("gap", ["", "\n  ", "\r\n\t", "<!-- x -->\n"])
def test_white_space_between_elements_means_nothing(tmp_path: Path, gap: str) -> None:
    markup = content(table(row(cell("姓名"), cell("性别")) + row(cell("杨晓峰"), cell("男")))).replace(
        "><", f">{gap}<"
    )
    (grid,) = read_one(ods(tmp_path / "a.ods", markup)).grids
    assert [text for _, text in cells(grid).values()] == ["姓名", "性别", "杨晓峰", "男"]


def test_paragraphs_blanks_spans_and_comments(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        row(
            cell("第一行</text:p><text:p>第二行"),
            cell('杨<text:span text:style-name="T1">晓</text:span>\n  峰<text:s text:c="2"/>x'),
            cell("上<text:line-break/>下"),
            '<table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation>'
            "<text:p>吴金莲</text:p></table:table-cell>",
        ),
    )
    assert [t for _, t in found.values()] == ["第一行\n第二行", "杨晓 峰  x", "上\n下", "吴金莲"]


def test_repeats_merges_and_everything_hidden(tmp_path: Path) -> None:
    hidden = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    rows = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        + row(cell("标题", 'table:number-columns-spanned="3" table:number-rows-spanned="2"'),
              '<table:covered-table-cell table:number-columns-repeated="2"/>', cell("尾"))
        + row(cell(kind=""), attributes='table:number-rows-repeated="3"')
        + row(cell("同", 'table:number-columns-repeated="2"'), attributes='table:number-rows-repeated="2"')
        + row(cell("藏"), attributes='table:visibility="filter"')
        + row(cell(kind="", attributes=WIDE), attributes='table:number-rows-repeated="1048000"')
    )  # fmt: skip
    markup = content(table(rows), table(row(cell("x")), "旧表", 'table:style-name="ta2"'), styles=hidden)
    grid, old = read_one(ods(tmp_path / "a.ods", markup)).grids
    assert cells(grid) == {
        (1, 0): (K.TEXT, "标题"), (1, 3): (K.TEXT, "尾"), (5, 0): (K.TEXT, "同"), (5, 1): (K.TEXT, "同"),
        (6, 0): (K.TEXT, "同"), (6, 1): (K.TEXT, "同"), (7, 0): (K.TEXT, "藏"),
    }  # fmt: skip
    assert grid.merges == ((1, 0, 2, 2),)
    assert (grid.hidden_rows, grid.hidden_columns, grid.filtered) == (frozenset({7}), frozenset({1, 2}), True)
    assert (old.sheet, old.visibility) == ("旧表", "hidden")


def test_flat_files_and_other_encodings(tmp_path: Path) -> None:
    flat = content(table(row(cell("姓名")))).replace("document-content", "document").replace(
        f"<office:document {SPACES}", f'<office:document {SPACES} office:mimetype="{MIME}"'
    )  # fmt: skip
    for encoding in ("UTF-8", "GBK", "UTF-16"):
        (tmp_path / "a.fods").write_bytes(flat.replace("UTF-8", encoding).encode(encoding))
        result = read_one(tmp_path / "a.fods")
        assert (result.format, result.reason) == ("fods", None), encoding
        assert cells(result.grids[0]) == {(1, 0): (K.TEXT, "姓名")}


def test_passwords_bombs_and_damage(tmp_path: Path) -> None:
    bomb = content(
        table(
            row(
                cell("x", 'table:number-columns-repeated="16384"'),
                attributes='table:number-rows-repeated="1048576"',
            )
        )
    )
    assert read_one(ods(tmp_path / "a.ods", bomb), Limits(cells=100_000)).reason == "too_many_cells"
    assert read_one(ods(tmp_path / "b.ods", content(table(row(cell("x"))))[:-30])).reason == "damaged"
    assert read_one(ods(tmp_path / "c.ods", content())).reason == "no_sheets"
    path = ods(tmp_path / "d.ods", "x")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert read_one(path).reason == "encrypted"
