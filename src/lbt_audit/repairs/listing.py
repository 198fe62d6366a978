"""The list of changes, as a workbook: cell, before, after, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO, Final

from lbt_audit.copies.markup import plain_text
from lbt_audit.model.field import Field
from lbt_audit.model.location import column_letter
from lbt_audit.model.text import Lang, Text
from lbt_audit.repairs.find import Change
from lbt_audit.repairs.spelling import WHY

_HEADERS: Final = (
    (Text("工作表", "Sheet"), 16),
    (Text("单元格", "Cell"), 9),
    (Text("栏目", "Column"), 22),
    (Text("原内容", "Before"), 30),
    (Text("改为", "After"), 30),
    (Text("原因", "Why"), 34),
)


def write_list(out: BinaryIO, changes: Sequence[Change], fields: Mapping[str, Field], lang: Lang) -> None:
    """Every change in a row of its own, all of it text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(Text("修改清单", "Changes")[lang])
    sheet.freeze_panes = "A2"
    for number, (_, width) in enumerate(_HEADERS):
        sheet.column_dimensions[column_letter(number)].width = width

    def row(texts: Sequence[str], bold: bool = False) -> None:
        cells = []
        for text in texts:
            cell = WriteOnlyCell(sheet, plain_text(text))
            cell.data_type, cell.number_format, cell.quotePrefix = "s", "@", True
            cell.font = Font(bold=bold)
            cells.append(cell)
        sheet.append(cells)

    row([title[lang] for title, _ in _HEADERS], bold=True)
    for c in changes:
        place = f"{column_letter(c.column)}{c.row}"
        row([c.sheet, place, fields[c.field].title[lang], c.before, c.after, WHY[c.why][lang]])
    book.save(out)
