"""Grids → files: xlsx, real BIFF xls, and csv in GBK or UTF-8 with a byte order mark."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from sample_data.generate.layout import Grid, lay_out
from sample_data.generate.sheet import Book, Err, Uncomputed
from sample_data.generate.views.forms import KIND as FORMS
from sample_data.generate.views.forms import lay_out_forms

_CREATED = datetime(2026, 10, 31, 9, 0, 0)


def write(book: Book, root: Path) -> None:
    path = root / book.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(to_bytes(book))


def to_bytes(book: Book) -> bytes:
    """The file's content; the same bytes every time."""
    grids = [lay_out_forms(s) if book.kind == FORMS else lay_out(s) for s in book.sheets]
    content = book.style.get("content", book.format)
    if content == "csv":
        return _csv(grids[0], book.style["encoding"])
    if content == "html":
        return _html(grids[0])
    return _xls(grids) if content in ("xls", "et") else _xlsx(grids)


def _csv(grid: Grid, encoding: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    for r in range(grid.height):
        row = [_text(grid.cells.get((r, c))) for c in range(grid.width)]
        writer.writerow(row)
    return out.getvalue().encode("utf-8-sig" if encoding == "utf8" else "gb18030")


def _text(value: Any) -> str:
    if isinstance(value, Err):
        return value.text
    return "" if value is None else str(value)


def _html(grid: Grid) -> bytes:
    """A table as web systems export it under the name .xls."""
    lines = ['<html><head><meta charset="utf-8"></head><body><table border="1">']
    spans = {(m[0], m[1]): m for m in grid.merges}
    covered = {
        (r, c) for m in grid.merges for r in range(m[0], m[2] + 1) for c in range(m[1], m[3] + 1)
    } - spans.keys()
    for r in range(grid.height):
        cells = []
        for c in range(grid.width):
            if (r, c) in covered:
                continue
            span = spans.get((r, c))
            size = f' rowspan="{span[2] - r + 1}" colspan="{span[3] - c + 1}"' if span else ""
            cells.append(f"<td{size}>{_text(grid.cells.get((r, c)))}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join([*lines, "</table></body></html>", ""]).encode()


def _xlsx(grids: list[Grid]) -> bytes:
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    workbook.set_properties({"created": _CREATED, "author": "", "title": ""})
    formats = {
        "title": workbook.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "head": workbook.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True}),
        "text": workbook.add_format({"border": 1, "num_format": "@"}),
        "plain": workbook.add_format({"border": 1}),
        "day": workbook.add_format({"border": 1, "num_format": "yyyy/m/d"}),
    }
    shown = next(g for g in grids if not g.hidden)
    for grid in grids:
        sheet = workbook.add_worksheet(grid.name)
        if grid is shown and grid is not grids[0]:  # the first sheet stays visible unless another is active
            sheet.activate()
            sheet.set_first_sheet()
        if grid.hidden == "hidden":
            sheet.hide()
        elif grid.hidden:
            sheet.very_hidden()
        heads, titles = set(grid.header_rows), set(grid.title_rows)
        for m in grid.merges:
            style = "title" if m[0] in titles else "head" if m[0] in heads else "plain"
            sheet.merge_range(*m, "", formats[style])
        for (r, c), value in sorted(grid.cells.items()):
            style = "title" if r in titles else "head" if r in heads else "text"
            _put(sheet, r, c, value, formats, style)
        for c in grid.hidden_columns:
            sheet.set_column(c, c, None, None, {"hidden": True})
        for r in grid.hidden_rows:
            sheet.set_row(r, None, None, {"hidden": True})
    workbook.close()
    return out.getvalue()


def _put(sheet: Any, r: int, c: int, value: Any, formats: dict[str, Any], style: str) -> None:
    if value is None:
        return
    if isinstance(value, Err):
        sheet.write_formula(r, c, {"#REF!": "=#REF!+1", "#N/A": "=VLOOKUP(1,A1:A1,1,0)"}.get(value.text, "=1/0"),
                            formats["plain"], value.text)  # fmt: skip
    elif isinstance(value, Uncomputed):
        sheet.write_formula(r, c, value.formula, formats["plain"], "")
    elif isinstance(value, date):
        sheet.write_datetime(r, c, datetime(value.year, value.month, value.day), formats["day"])
    elif isinstance(value, (int, float)):
        sheet.write_number(r, c, value, formats["plain" if style == "text" else style])
    else:
        sheet.write_string(r, c, value, formats[style])


def _xls(grids: list[Grid]) -> bytes:
    workbook = xlwt.Workbook(encoding="utf-8", style_compression=2)
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    for grid in grids:
        sheet = workbook.add_sheet(grid.name)
        if grid.hidden:
            sheet.visibility = 1 if grid.hidden == "hidden" else 2
        tops = {(m[0], m[1]): m for m in grid.merges}
        for (r, c), value in sorted(grid.cells.items()):
            if isinstance(value, Err):
                sheet.row(r).set_cell_error(c, value.text)
                continue
            style = day if isinstance(value, date) else xlwt.Style.default_style
            content: Any = value
            if isinstance(value, date):
                content = datetime(value.year, value.month, value.day)
            if (r, c) in tops:
                first_row, first_column, last_row, last_column = tops[r, c]
                sheet.write_merge(first_row, last_row, first_column, last_column, content, style)
            else:
                sheet.write(r, c, content, style)
        for c in grid.hidden_columns:
            sheet.col(c).hidden = True
        for r in grid.hidden_rows:
            sheet.row(r).hidden = True
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()
