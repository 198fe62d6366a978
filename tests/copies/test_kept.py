"""Ten unlike workbooks, marked: nothing but what is named differs, and the programs of this field open them."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from tests.copies.kept import assert_kept, cells_of, fill_of, parts
from tests.copies.workbooks import MAKERS

from lbt_audit.copies.sheet import Cell
from lbt_audit.copies.styles import Styles
from lbt_audit.copies.workbook import Mark, WorkbookCopy
from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.files.package import Package
from lbt_audit.intake.readers.file import read_file

RED, BLUE = "FFC7CE", "BDD7EE"
CELLS: tuple[Cell, ...] = (
    (1, 0),
    (2, 1),
    (3, 0),
    (3, 2),
    (4, 0),
    (4, 1),
    (4, 3),
    (7, 2),
    (9, 1),
    (10, 4),
    (600, 2),
)
"""Filled, empty, without cell, without row, with notes, formulas and errors among them."""
MARKS = {
    cell: Mark(3, RED, (f"【红】C02 校验码不符\n{cell}",)) if n % 2 else Mark(1, BLUE)
    for n, cell in enumerate(CELLS)
}
SOFFICE = shutil.which("soffice")


def first_sheet(_: Styles, spaces: object) -> Iterator[bytes]:
    main = spaces["main"]  # type: ignore[index]
    yield (
        f'<worksheet xmlns="{main}"><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>清单</t></is></c></row></sheetData></worksheet>'
    ).encode()


def copied(source: Path, to: Path, sheet: str) -> dict[str, list[Cell]]:
    """``source`` with MARKS in ``sheet``; gives the cells that were marked, those of merged ranges at their first."""
    with Package(source, Limits()) as package:
        book = WorkbookCopy(package)
        book.mark(sheet, MARKS)
        marked = {s: list(cells) for s, cells in book._marks.items()}
        assert book.put_first("核查批注", first_sheet) == "核查批注"
        out = io.BytesIO()
        book.save(out, "lbt-audit", "────")
    to.write_bytes(out.getvalue())
    return marked


@pytest.fixture(params=list(MAKERS))
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path, dict[str, list[Cell]]]:
    source, to = tmp_path / request.param, tmp_path / f"copy-{request.param}"
    MAKERS[request.param](source)
    with Package(source, Limits()) as package:
        sheet = WorkbookCopy(package).sheets[0]
    return source, to, copied(source, to, sheet)


def test_nothing_else_differs(pair: tuple[Path, Path, dict[str, list[Cell]]]) -> None:
    source, to, marked = pair
    assert_kept(source, to, marked, "核查批注")


def test_marked_cells_are_filled_and_look_as_before(pair: tuple[Path, Path, dict[str, list[Cell]]]) -> None:
    source, to, marked = pair
    old, new = parts(source), parts(to)
    styles = etree.fromstring(new["xl/styles.xml"])
    formats = styles.find("{*}cellXfs")
    for part in [p for p in old if p.startswith("xl/worksheets/sheet")][:1]:
        before, after = cells_of(old[part]), cells_of(new[part])
        for cell in marked[next(iter(marked))]:
            style = int(after[cell].get("s"))
            assert fill_of(styles, style) in (RED, BLUE)
            if cell in before:
                was, now = dict(formats[int(before[cell].get("s", "0"))].attrib), dict(formats[style].attrib)
                for key in ("fillId", "applyFill"):
                    was.pop(key, None)
                    now.pop(key)
                assert was == now


def test_our_reader_reads_the_same_cells(pair: tuple[Path, Path, dict[str, list[Cell]]]) -> None:
    source, to, _ = pair
    old, new = (read_file(InputFile(p.name, p), Limits()) for p in (source, to))
    assert new.grids[0].sheet == "核查批注"
    for a, b in zip(old.grids, new.grids[1:], strict=True):
        assert (a.sheet, a.visibility, a.merges, a.hidden_rows, a.hidden_columns) == (
            b.sheet, b.visibility, b.merges, b.hidden_rows, b.hidden_columns,
        )  # fmt: skip
        assert [t.to_pylist() for t in a.text] == [t.to_pylist() for t in b.text][: len(a.text)]
        assert a.row_numbers.tolist() == b.row_numbers.tolist()


def test_openpyxl_finds_notes_and_fills(pair: tuple[Path, Path, dict[str, list[Cell]]]) -> None:
    source, to, marked = pair
    try:
        before = openpyxl.load_workbook(source, keep_vba=True)
    except Exception as error:
        pytest.skip(f"openpyxl cannot read the original: {type(error).__name__}")
    if not before.worksheets:
        pytest.skip("openpyxl reads strict workbooks as having no sheets")
    book = openpyxl.load_workbook(to, keep_vba=True)
    assert book.sheetnames == ["核查批注", *before.sheetnames]
    assert book.active.title == "核查批注"
    name, cells = next(iter(marked.items()))
    sheet, was = book[name], before[name]
    there = set(was._cells)
    for row, column in cells:
        cell, old = sheet.cell(row, column + 1), was.cell(row, column + 1)
        mark = MARKS.get((row, column))
        if mark is not None:
            assert cell.fill.fgColor.rgb == f"FF{mark.colour}"
            if mark.texts:
                assert cell.comment.text.endswith(mark.texts[0])
                assert cell.comment.text.startswith(old.comment.text if old.comment else mark.texts[0])
        if "xl/styles.xml" not in parts(source) or (row, column + 1) not in there:
            continue  # what has no look of its own
        for part in ("value", "number_format", "font", "border", "alignment", "protection"):
            assert repr(getattr(cell, part)) == repr(getattr(old, part)), (part, cell.coordinate)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_them_with_everything_kept(tmp_path: Path) -> None:
    """All at once: starting it takes longer than opening ten files."""
    copies = tmp_path / "copies"
    copies.mkdir()
    marked = {}
    for name, make in MAKERS.items():
        make(tmp_path / name)
        with Package(tmp_path / name, Limits()) as package:
            sheet = WorkbookCopy(package).sheets[0]
        marked[name] = copied(tmp_path / name, copies / name, sheet)
    profile = (tmp_path / "profile").as_uri()
    command = [
        str(SOFFICE),
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path / "out"), *map(str, sorted(copies.iterdir()))],
                   check=True, capture_output=True, timeout=300)  # fmt: skip
    for name, cells in marked.items():
        book = openpyxl.load_workbook(tmp_path / "out" / f"{Path(name).stem}.xlsx")
        assert book.sheetnames[0] == "核查批注", name
        title, places = next(iter(cells.items()))
        sheet = book[title]
        for row, column in places:
            mark = MARKS.get((row, column))
            if mark is None:
                continue
            cell = sheet.cell(row, column + 1)
            assert cell.fill.fgColor.rgb == f"FF{mark.colour}", (name, cell.coordinate)
            if mark.texts:
                assert cell.comment is not None and mark.texts[0] in cell.comment.text, (
                    name,
                    cell.coordinate,
                )
    kept = openpyxl.load_workbook(tmp_path / "out" / "dropdowns.xlsx")["花名册"]
    assert kept.data_validations.dataValidation and len(kept.conditional_formatting) >= 2
    assert kept["E4"].value.startswith("=LEN(") and kept.row_dimensions[6].hidden
    pictured = openpyxl.load_workbook(tmp_path / "out" / "pictures.xlsx")["台账"]
    assert pictured._charts and pictured["C3"].comment.text.startswith("日期待核")
