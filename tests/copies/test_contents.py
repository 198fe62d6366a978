"""Cells refilled in ten unlike workbooks and in text tables: nothing but what they hold differs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.copies.kept import cells_of, parts
from tests.copies.workbooks import MAKERS

from lbt_audit.copies.delimited import respelt
from lbt_audit.copies.markup import UneditableError
from lbt_audit.copies.workbook import WorkbookCopy
from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.files.package import Package
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.readers.delimited import read_delimited
from lbt_audit.intake.readers.file import read_file
from lbt_audit.model.cell import CellKind


@pytest.mark.parametrize("name", MAKERS)
def test_only_the_cells_named_hold_something_else(name: str, tmp_path: Path) -> None:
    source, copy = tmp_path / name, tmp_path / f"copy-{name}"
    MAKERS[name](source)
    grid = read_file(InputFile(name, source), Limits()).grids[0]
    wanted = {cell: (f"改<{n}>", n % 2 == 0) for n, cell in enumerate(filled(grid)[::3])}
    out = io.BytesIO()
    with Package(source, Limits()) as package:
        book = WorkbookCopy(package)
        kept = book.refill(grid.sheet, wanted) if wanted else set()
        book.save(out)
    copy.write_bytes(out.getvalue())
    now = read_file(InputFile(copy.name, copy), Limits()).grids[0]
    for cell, text in texts(grid).items():
        changed = wanted.get(cell) if cell not in kept else None
        assert texts(now)[cell] == (changed[0] if changed else text), cell
    old, new = parts(source), parts(copy)
    other = {part for part in old if old[part] != new[part]}
    sheets = {part for part in other if part.startswith("xl/worksheets/")}
    assert len(sheets) <= 1 and other - sheets <= {
        "xl/styles.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
    }
    for part in sheets:
        before, after = cells_of(etree.tostring(etree.fromstring(old[part]))), cells_of(new[part])
        assert set(before) == set(after)
        for cell in set(before) - (set(wanted) - kept):
            assert etree.tostring(before[cell], with_tail=False) == etree.tostring(
                after[cell], with_tail=False
            )


def test_formulas_stay(tmp_path: Path) -> None:
    MAKERS["formulas.xlsx"](tmp_path / "f.xlsx")
    grid = read_file(InputFile("f.xlsx", tmp_path / "f.xlsx"), Limits()).grids[0]
    with Package(tmp_path / "f.xlsx", Limits()) as package:
        kept = WorkbookCopy(package).refill(grid.sheet, dict.fromkeys(filled(grid), ("x", False)))
    assert kept, "this workbook has formulas"


TABLE = '\ufeff姓名,出生日期,备注\r\n"张　三",2015.3.2,"他说""好"""\r\n李四,,"两\n行"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_tables_keep_every_other_byte(encoding: str) -> None:
    data = (TABLE if encoding == "utf-8" else TABLE.removeprefix("\ufeff")).encode(encoding)
    assert respelt(data, {}) == data
    made = respelt(data, {(2, 0): "张三", (2, 1): "2015-03-02", (3, 2): 'a"b'})
    assert made.decode(encoding).removeprefix("\ufeff") == (
        '姓名,出生日期,备注\r\n"张三",2015-03-02,"他说""好"""\r\n李四,,"a""b"\r\n'
    )


def test_what_cannot_be_written_back_is_refused() -> None:
    with pytest.raises(UneditableError):
        respelt('姓名,备注\n"张三"x,1\n'.encode(), {(2, 1): "2"})


_CELL = st.text(st.sampled_from('张三a1,;"\n 　'), max_size=5)


@given(st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=1, max_size=6), st.data())
def test_any_table_is_written_back_as_read(rows: list[list[str]], data: st.DataObject) -> None:
    written = [["姓名", "性别", "备注"], *rows]
    text = "\r\n".join(",".join('"' + c.replace('"', '""') + '"' for c in row) for row in written) + "\r\n"
    at = (data.draw(st.integers(1, len(written))), data.draw(st.integers(0, 2)))
    made = respelt(text.encode(), {at: "新"})
    expected = [list(row) for row in written]
    expected[at[0] - 1][at[1]] = "新"
    again = "\r\n".join(",".join('"' + c.replace('"', '""') + '"' for c in row) for row in expected) + "\r\n"
    assert made.decode() == again
    read_delimited(made, Limits())


def filled(grid: Grid) -> list[tuple[int, int]]:
    return [cell for cell, text in texts(grid).items() if text]


def texts(grid: Grid) -> dict[tuple[int, int], str]:
    columns = [column.to_pylist() for column in grid.text]
    return {
        (int(row), c): columns[c][r]
        for r, row in enumerate(grid.row_numbers)
        for c in range(len(columns))
        if grid.kinds[r, c] != CellKind.ERROR
    }
