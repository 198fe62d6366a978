"""Files whose packages cannot be edited become .xlsx copies of what their cells show, which the first sheet says; a file that
has changed since, or cannot be read, has none."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt
from tests.benchmarks.registers import write_roster
from tests.command import run

from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit
from lbt_audit.model.secret import Secret
from lbt_audit.reports.annotated.copies import annotated_copies
from lbt_audit.reports.annotated.originals import Originals
from lbt_audit.reports.files.write import OutputError

Rows = list[list[object]]


def xls(path: Path, rows: Rows) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("花名册")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value)
    sheet.row(9).hidden = True
    sheet.merge(0, 0, 0, 5)
    book.save(str(path))


def text(path: Path, rows: Rows) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_bytes(out.getvalue().encode("gb18030"))


def html(path: Path, rows: Rows) -> None:
    lines = "".join(
        "<tr>" + "".join(f"<td>{'' if v is None else v}</td>" for v in row) + "</tr>" for row in rows
    )
    path.write_text(f"<html><meta charset='utf-8'><table>{lines}</table></html>", encoding="utf-8")


def disordered(path: Path, rows: Rows) -> None:
    """An .xlsx whose rows do not stand in their order: it is read, but cannot be edited part by part."""
    with zipfile.ZipFile(path.with_name("paper.xlsx")) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                head, body = content.split(b"<sheetData>")
                body, tail = body.split(b"</sheetData>")
                lines = [line + b"</row>" for line in body.split(b"</row>")[:-1]]
                content = (
                    head
                    + b"<sheetData>"
                    + b"".join([*lines[:-2], lines[-1], lines[-2]])
                    + b"</sheetData>"
                    + tail
                )
            new.writestr(name, content)


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    (tmp_path / "lbt-audit.toml").write_text(
        'extra_areas = ["529901"]\nas_of = 2026-10-31\n', encoding="utf-8"
    )
    write_roster(tmp_path / "paper.xlsx", 12)
    book = openpyxl.load_workbook(tmp_path / "paper.xlsx")
    book.active["D7"] = "火星族"
    book.active["F8"] = "52990120160302123"
    book.save(tmp_path / "paper.xlsx")
    return [[c.value for c in row] for row in book.active.iter_rows()]


@pytest.mark.parametrize(
    ("name", "write"),
    [("花名册.xls", xls), ("花名册.csv", text), ("导出.xls", html), ("花名册.xlsx", disordered)],
)
def test_converted(tmp_path: Path, rows: Rows, name: str, write: Callable[[Path, Rows], None]) -> None:
    write(tmp_path / name, rows)
    (tmp_path / "paper.xlsx").unlink()
    done = run("check", name, "--format", "json", cwd=tmp_path, env={"LBT_AUDIT_LANG": "zh"})
    found = {(p["row"], p["column"]) for i in json.loads(done.stdout)["issues"] for p in i["locations"]}
    assert {(7, "D"), (8, "F")} <= found
    book = openpyxl.load_workbook(tmp_path / "lbt-report" / "批注" / f"{Path(name).stem}.xlsx")
    listed, sheet = book.worksheets
    said = "\n".join(str(listed.cell(r, 1).value) for r in range(1, 8))
    assert "本副本已转为 .xlsx" in said
    assert sheet["D7"].value == "火星族" and sheet["D7"].fill.fgColor.rgb == "FFFFEB9C"
    assert sheet["F8"].value == "52990120160302123" and sheet["F8"].fill.fgColor.rgb == "FFFFC7CE"
    assert "C01" in sheet["F8"].comment.text
    assert [c.value for c in sheet[9]][:8] == [
        None if v is None else type(c.value)(v) for c, v in zip(sheet[9], rows[8], strict=False)
    ][:8]
    if write is xls:
        assert sheet.row_dimensions[10].hidden and "A1:F1" in [str(m) for m in sheet.merged_cells.ranges]


def test_a_file_changed_since_gets_no_copy(tmp_path: Path, rows: Rows) -> None:
    (tmp_path / "paper.xlsx").rename(tmp_path / "花名册.xlsx")
    request = Request(paths=[tmp_path], secret=Secret("k" * 32, "kept"), lang="zh")
    result = audit(request)
    originals = Originals(request.root, result.submissions)
    (copy,) = annotated_copies(result, originals).copies
    (tmp_path / "花名册.xlsx").write_bytes((tmp_path / "花名册.xlsx").read_bytes() + b"x")
    with pytest.raises(OutputError, match="改动"):
        copy.render(io.BytesIO())
    again = annotated_copies(result, originals)
    assert not again.copies and "花名册.xlsx" in again.notes[0].zh
