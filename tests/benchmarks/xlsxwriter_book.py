"""The books of ``lbt_audit.reports.xlsx`` saved by XlsxWriter, cell by cell: what the own writer is measured against.

``python -m tests.benchmarks.xlsxwriter_book own|xlsxwriter check …`` is ``lbt-audit`` with one or the other.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pyarrow as pa

from lbt_audit.cli.main import run
from lbt_audit.reports.text.columns import one
from lbt_audit.reports.xlsx import Book, Counts, Dates, Empty, Inline, Links, Numbers, Sheet, Style, Words
from lbt_audit.reports.xlsx.cells import Cells
from lbt_audit.reports.xlsx.sheet import _Row
from lbt_audit.reports.xlsx.text import MAX_LITERAL

_EPOCH = 25569  # 1970-01-01, as spreadsheets count
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
Write = Callable[[Any, int, int], None]  # a cell into a sheet, at a row and a column


def save(self: Book, out: BinaryIO) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(out, _OPTIONS)
    formats: dict[Style, Any] = {}

    def look(style: Style) -> Any:
        if style not in formats:
            formats[style] = book.add_format(_look(style, self.font))
        return formats[style]

    for sheet in self.sheets:
        _write(book.add_worksheet(sheet.name), sheet, look)
    book.close()


def _look(style: Style, font: str) -> dict[str, Any]:
    wanted = {
        "font_name": font, "font_size": style.size, "valign": "top" if style.top else "vcenter", "bold": style.bold,
        "font_color": style.colour and f"#{style.colour}", "bg_color": style.fill and f"#{style.fill}",
        "border": int(style.border), "text_wrap": style.wrap, "align": style.align,
        "underline": int(style.underline), "num_format": style.format, "locked": not style.unlocked,
    }  # fmt: skip
    return {key: value for key, value in wanted.items() if value is not None}


def _write(made: Any, sheet: Sheet, look: Callable[[Style], Any]) -> None:
    for index, width in enumerate(sheet.widths):
        made.set_column(index, index, width)
    made.hide_gridlines(2)
    made.set_paper(9)
    made.set_portrait() if sheet.one_page else made.set_landscape()
    made.fit_to_pages(1, int(sheet.one_page))
    made.set_footer(sheet.footer)
    if sheet.freeze:
        made.freeze_panes(*sheet.freeze)
    if sheet.title_rows:
        made.repeat_rows(sheet.title_rows[0] - 1, sheet.title_rows[1] - 1)
    if sheet.print_area:
        made.print_area(sheet.print_area)
    if sheet.protected:
        made.protect()
    if sheet.filter_row is not None:
        made.autofilter(sheet.filter_range())
    for v in sheet.validations:
        what = {"validate": "list", "source": list(v.choices)}
        if v.days is not None:
            what = {"validate": "date", "criteria": "between", "minimum": v.days[0], "maximum": v.days[1]}
        made.data_validation(v.first - 1, v.column, v.last - 1, v.column, what)
    merges = {int(re.findall(r"\d+", area)[0]): area for area in sheet.merges}
    for part in sheet._content:
        if isinstance(part, _Row):
            if part.height:
                made.set_row(part.number - 1, part.height)
            if part.number in merges and (title := part.cells[0]) is not None:
                made.merge_range(merges[part.number], title.value or "", look(title.style))
                continue
            for column, cell in enumerate(part.cells):
                if cell is not None and cell.link:
                    made.write_url(
                        part.number - 1, column, f"internal:{cell.link}", look(cell.style), str(cell.value)
                    )
                elif cell is not None:
                    made.write(part.number - 1, column, cell.value, look(cell.style))
        else:
            heights = sheet._heights(part.columns, part.count).cast(pa.float64()).to_pylist()
            rows = zip(*(_cells(c, look) for c in part.columns), strict=False)
            for row, (height, cells) in enumerate(zip(heights, rows, strict=True), part.first - 1):
                made.set_row(row, height)
                for column, write in enumerate(cells):
                    write(made, row, column)


def _cells(cells: Cells, look: Callable[[Style], Any]) -> Iterator[Write]:
    match cells:
        case Words(column, style, styles):
            words = one(column).to_pylist()
            return (_text(word, look(styles.get(word or "", style))) for word in words)
        case Inline(column, style):
            return (_text(text, look(style)) for text in one(column).to_pylist())
        case Links(target, shown, style, plain):
            pairs = zip(one(target).to_pylist(), one(shown).to_pylist(), strict=True)
            return (_link(to, text, look(style), look(plain)) for to, text in pairs)
        case Numbers(values, style):
            return (_number(value, look(style)) for value in values.tolist())
        case Counts(column, style):
            return (_number(value, look(style)) for value in one(column).to_pylist())
        case Dates(column, style):
            days = one(column).cast("int32").to_pylist()
            return (_number(None if day is None else day + _EPOCH, look(style)) for day in days)
        case Empty(style):
            return iter(lambda: _number(None, look(style)), ())
    raise TypeError(cells)


def _text(text: str | None, style: Any) -> Write:
    if text:
        return lambda made, row, column: made.write_string(row, column, text, style)
    return _number(None, style)


def _number(value: int | None, style: Any) -> Write:
    if value is None:
        return lambda made, row, column: made.write_blank(row, column, None, style)
    return lambda made, row, column: made.write_number(row, column, value, style)


def _link(target: str | None, shown: str, style: Any, plain: Any) -> Write:
    if target is None or len(target) > MAX_LITERAL or len(shown) > MAX_LITERAL:
        return _text(shown, plain)
    quoted = ",".join('"' + text.replace('"', '""') + '"' for text in (target, shown))
    return lambda made, row, column: made.write_formula(row, column, f"=HYPERLINK({quoted})", style, shown)


if __name__ == "__main__":
    writer, *arguments = sys.argv[1:]
    if writer == "xlsxwriter":
        Book.save = save  # type: ignore[method-assign]
    sys.exit(run(arguments))
