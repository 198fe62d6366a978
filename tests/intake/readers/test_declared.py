"""Markup that declares an encoding, truly or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.intake.packages import cells, read_one

HTML = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head><body>'
    "<table><tr><td>姓名</td><td>杨晓峰</td></tr></table></body></html>"
)
SHEET = (
    '<?xml version="1.0" encoding="{}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet ss:Name="花名册"><Table><Row><Cell><Data ss:Type="String">姓名</Data></Cell>'
    '<Cell><Data ss:Type="String">杨晓峰</Data></Cell></Row></Table></Worksheet></Workbook>'
)


@pytest.mark.parametrize("markup", [HTML, SHEET])
@pytest.mark.parametrize("name", ["a.xls", "a.xml", "a.htm"])
@pytest.mark.parametrize("declared", ["GBK", "gb2312", "GB18030", "utf-8", "windows-936", "iso-8859-1"])
@pytest.mark.parametrize("real", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_the_bytes_decide(tmp_path: Path, markup: str, name: str, declared: str, real: str) -> None:
    (tmp_path / name).write_bytes(markup.format(declared).encode(real))
    result = read_one(tmp_path / name)
    if markup is HTML and name == "a.xml":
        assert result.format == "html" or result.reason == "not_a_spreadsheet"
        return
    assert (result.reason, result.format) == (None, "html" if markup is HTML else "spreadsheetml")
    assert [text for _, text in cells(result.grids[0]).values()] == ["姓名", "杨晓峰"]
    assert markup is HTML or result.grids[0].sheet == "花名册"
