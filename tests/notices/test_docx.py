"""Documents as python-docx writes them for us: tables, breaks, bytes."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from lbt_audit.model.text import Lang
from lbt_audit.notices.docx import Table
from lbt_audit.notices.docx.document import Document
from lbt_audit.notices.docx.look import FACES, STYLES
from lbt_audit.reports.files.write import write_document

TABLE = Table(("序号", "单位"), [("1", "白石镇"), ("2", "")], (1, 3), frozenset({0}), "排名表")


def made(lang: Lang = "zh", table: Table = TABLE) -> io.BytesIO:
    document = Document(lang, "通报", "草稿")
    document.add("关于\n通报", "Title")
    document.table(table)
    document.new_page()
    document.blank()
    out = io.BytesIO()
    document.save(out)
    return out


def table_of(table: Table) -> Any:
    return docx.Document(made(table=table)).tables[0]


def test_a_table_repeats_its_heads_and_breaks_no_row() -> None:
    table = table_of(TABLE)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "单位"],
        ["1", "白石镇"],
        ["2", ""],
    ]
    marks = [[mark.tag for mark in row._tr.trPr] for row in table.rows]
    assert marks == [[qn("w:cantSplit"), qn("w:tblHeader")], [qn("w:cantSplit")], [qn("w:cantSplit")]]
    styles = [[cell.paragraphs[0].style.name for cell in row.cells] for row in table.rows]
    assert styles == [["TableHead", "TableHead"], ["TableMid", "TableText"], ["TableMid", "TableText"]]
    assert [round(column.width.mm) for column in table.columns] == [39, 117]
    assert {round(cell.width.mm) for cell in table.columns[1].cells} == {117}


def test_line_breaks_stay_in_paragraphs_and_cells() -> None:
    assert docx.Document(made()).paragraphs[0].text == "关于\n通报"
    table = table_of(Table(("a",), [("一\n二\t三",), ("　<&>\x00",)], (1,)))
    assert [row.cells[0].text for row in table.rows] == ["a", "一\n二\t三", "　<&>\ufffd"]


def test_a_number_is_not_broken_at_its_hyphens() -> None:
    """They stand as Word's own hyphen, which every face has, and are read as one."""
    cell = table_of(Table(("号",), [["白石镇\u20112610\u2011001、012"]], (1,))).cell(1, 0)
    assert cell.text == "白石镇-2610-001、012" and "\u2011" not in cell._tc.xml
    assert cell._tc.xml.count("<w:noBreakHyphen/>") == 2


def test_a_row_of_another_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        made(table=Table(("a", "b"), [("1",)], (1, 1)))


@pytest.mark.parametrize(("lang", "east", "bold"), [("zh", "黑体", None), ("en", "Times New Roman", True)])
def test_every_style_and_face_is_there(lang: Lang, east: str, bold: bool | None) -> None:
    document = docx.Document(made(lang))
    assert [s.name for s in document.styles] == [*(s.name for s in STYLES), "Grid"]
    assert {s.face for s in STYLES} < set(FACES)
    head = document.styles["Head1"]
    assert head.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == east
    assert head.font.bold is bold


def test_the_bytes_know_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made()
    monkeypatch.setattr(time, "time", lambda: 2e9)
    with ThreadPoolExecutor(4) as pool:
        for later in pool.map(made, repeat("zh", 12)):
            assert later.getvalue() == first.getvalue()
    with zipfile.ZipFile(first) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = docx.Document(first).core_properties
    assert (core.title, core.author, core.created, core.modified) == ("通报", "lbt-audit", None, None)


def test_nobody_is_taken_to_have_worked_on_what_was_only_written(tmp_path: Path) -> None:
    path = tmp_path / "通报.docx"
    for _ in range(2):
        assert write_document(path, lambda out: (out.write(made().getvalue()), None)[1]).note is None
    assert [p.name for p in tmp_path.iterdir()] == ["通报.docx"]


def test_python_docx_is_imported_when_the_first_document_is_written() -> None:
    code = "import sys, lbt_audit.notices.documents, lbt_audit.notices.recheck.screen; sys.exit('docx' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
