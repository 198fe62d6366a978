"""Markup saved as .xls."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.intake.packages import cells, read_one

from lbt_audit.model.cell import CellKind

K = CellKind


def test_html_table_saved_as_xls(tmp_path: Path) -> None:
    page = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset=gb2312>
    <!--[if gte mso 9]><x:ExcelWorksheet><x:Name>花名册</x:Name></x:ExcelWorksheet><![endif]--></head>
    <body><table><tr><td colspan=3>青禾县  花名册</td></tr>
    <tr><th rowspan="2">姓名<th colspan=2>父亲</tr><tr><td>姓名<td>务工<br>地点</tr>
    <tr style="display:none"><td>杨晓峰<td>杨&nbsp;大<td> </tr></table></body></html>"""
    path = tmp_path / "a.xls"
    path.write_bytes(page.encode("gbk"))
    result = read_one(path)
    (grid,) = result.grids
    assert result.format == "html"
    assert [n.topic for n in result.notes] == ["extension_mismatch"]
    assert grid.sheet == "花名册"
    assert cells(grid) == {
        (1, 0): (K.TEXT, "青禾县 花名册"),
        (2, 0): (K.TEXT, "姓名"),
        (2, 1): (K.TEXT, "父亲"),
        (3, 1): (K.TEXT, "姓名"),
        (3, 2): (K.TEXT, "务工\n地点"),
        (4, 0): (K.TEXT, "杨晓峰"),
        (4, 1): (K.TEXT, "杨\xa0大"),
    }
    assert grid.merges == ((1, 0, 1, 2), (2, 0, 3, 0), (2, 1, 2, 2))
    assert grid.hidden_rows == {4}


def test_html_nested_tables_absurd_spans_and_none(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<table><tr><td><table><tr><td colspan=99999999 rowspan=-1>a</table></table><table></table>"
    )
    (grid,) = read_one(path).grids
    assert cells(grid) == {(1, 0): (K.TEXT, "a")}
    path.write_text("<html><p>没有表</html>", encoding="utf-8")
    assert read_one(path).reason == "no_table"


BOOK = """<?xml version="1.0" encoding="{0}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="花名册"><Table>
<Column ss:Index="2" ss:Hidden="1" ss:Span="1"/>
<Row ss:Index="2"><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">姓名</Data></Cell>
<Cell><Data ss:Type="Number">42</Data></Cell><Cell ss:Index="5"><Data ss:Type="DateTime">2015-03-12T00:00:00.000</Data></Cell>
<Cell ss:Formula="=A1"><Data ss:Type="Error">#REF!</Data></Cell><Cell ss:Formula="=A1"/></Row>
<Row ss:Hidden="1"><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>李</B>明</ss:Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
</Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"""


def test_spreadsheetml_2003(tmp_path: Path) -> None:
    for encoding in ("utf-8", "gb2312"):
        path = tmp_path / "a.xls"
        path.write_bytes(BOOK.format(encoding).encode(encoding))
        result = read_one(path)
        assert result.format == "spreadsheetml"
        (grid,) = result.grids
        assert cells(grid) == {
            (2, 0): (K.TEXT, "姓名"),
            (2, 2): (K.NUMBER, "42"),
            (2, 4): (K.DATE, "2015-03-12"),
            (2, 5): (K.ERROR, "#REF!"),
            (2, 6): (K.UNCOMPUTED, ""),
            (3, 0): (K.TEXT, "李明"),
            (3, 1): (K.BOOL, "TRUE"),
        }
        assert grid.merges == ((2, 0, 3, 1),)
        assert (grid.hidden_rows, grid.hidden_columns, grid.visibility) == ({3}, {1, 2}, "hidden")


def shown(tmp_path: Path, kind: str, value: str, style: str, more: str = "") -> tuple[int, str]:
    """A cell of an XML spreadsheet whose style has a number format."""
    path = tmp_path / "a.xml"
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{more}<Styles>'
        f'<Style ss:ID="Default"/><Style ss:ID="s1"><NumberFormat ss:Format="{style}"/></Style>'
        '<Style ss:ID="s2" ss:Parent="s1"/></Styles>'
        '<Worksheet ss:Name="a"><Table><Column ss:Index="1" ss:StyleID="s2"/>'
        f'<Row><Cell><Data ss:Type="{kind}">{value}</Data></Cell></Row></Table></Worksheet></Workbook>',
        "utf-8",
    )
    return cells(read_one(path).grids[0])[1, 0]


@pytest.mark.parametrize(
    ("kind", "value", "style", "want"),
    [
        ("DateTime", "2012-03-15T00:00:00.000", "yyyy/m", (K.DATE, "2012-03")),
        ("DateTime", "2012-03-15T00:00:00.000", "yyyy&quot;年&quot;", (K.DATE, "2012")),
        ("DateTime", "2012-03-15T00:00:00.000", "m&quot;月&quot;d&quot;日&quot;", (K.DATE, "3月15日")),
        ("DateTime", "2012-03-15T00:00:00.000", "Short Date", (K.DATE, "2012-03-15")),
        ("DateTime", "2012-03-15T08:30:00.000", "General Date", (K.DATE, "2012-03-15 08:30:00")),
        ("DateTime", "2012-03-15T00:00:00.000", "", (K.DATE, "2012-03-15")),
        ("Number", "40983", "Short Date", (K.DATE, "2012-03-15")),
        ("Number", "40983", "yyyy.mm", (K.DATE, "2012-03")),
        ("Number", "2016.1", "Fixed", (K.NUMBER, "2016.10")),
        ("Number", "2016.1", "0.00_ ", (K.NUMBER, "2016.10")),
        ("Number", "7", "000", (K.NUMBER, "007")),
        ("Number", "40983", "", (K.NUMBER, "40983")),
        ("Number", "0.5", "Short Time", (K.NUMBER, "0.5")),
    ],
)
def test_spreadsheetml_cells_as_the_sheet_shows_them(
    tmp_path: Path, kind: str, value: str, style: str, want: tuple[int, str]
) -> None:
    assert shown(tmp_path, kind, value, style) == want


def test_spreadsheetml_of_1904(tmp_path: Path) -> None:
    epoch = '<ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"><Date1904/></ExcelWorkbook>'
    assert shown(tmp_path, "Number", "39521", "Short Date", epoch) == (K.DATE, "2012-03-15")


def test_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        BOOK.format("utf-8").replace("<Workbook", '<!DOCTYPE x [<!ENTITY e "boom">]><Workbook', 1)
    )
    assert read_one(path).reason == "doctype"
    path.write_text(BOOK.format("utf-8")[:-200])
    assert read_one(path).reason == "damaged"
