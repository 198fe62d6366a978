"""Reading .xlsb, and .xls that xlrd gives up, through python-calamine: values only."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, BinaryIO

from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.grid import Grid, Visibility
from lbt_audit.intake.readers.cells import Collector, SheetInfo, listed
from lbt_audit.intake.readers.numbers import number_text
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.intake.table import Note
from lbt_audit.model.cell import CellKind

_VISIBILITY: dict[str, Visibility] = {"Hidden": "hidden", "VeryHidden": "very_hidden"}
_CELLS = 200_000  # handed on at a time


def read_workbook(source: Path | BinaryIO, limits: Limits) -> tuple[list[Grid], list[Note]]:
    """All worksheets. Error cells come as blanks and nothing hidden is seen: the note ``reduced`` says so."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, WorksheetNotFound

    try:
        book = CalamineWorkbook.from_object(str(source) if isinstance(source, Path) else source)
        grids = []
        for meta in book.sheets_metadata:
            if str(meta.typ).rpartition(".")[2] != "WorkSheet":
                continue
            state = _VISIBILITY.get(str(meta.visible).rpartition(".")[2], "visible")
            grids.append(_sheet(book.get_sheet_by_name(meta.name), SheetInfo(meta.name, state), limits))
    except PasswordError:
        raise RefusedError("encrypted") from None
    except (CalamineError, WorksheetNotFound, ValueError) as error:
        raise RefusedError("damaged", error=type(error).__name__) from None
    if not grids:
        raise RefusedError("no_sheets")
    return grids, [Note("reduced")]


def _sheet(sheet: Any, info: SheetInfo, limits: Limits) -> Grid:
    rows, columns = sheet.height, sheet.width
    if rows * columns > limits.cells:
        raise RefusedError(
            "too_many_cells", sheet=info.name, rows=str(rows), columns=str(columns), limit=str(limits.cells)
        )
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if (top, left) != (bottom, right):
            info.merges.append((top + 1, left, bottom + 1, right))
    collector = Collector(info, limits.cells)
    row: list[int] = []
    column: list[int] = []
    kinds: list[int] = []
    texts: list[str] = []
    first_row, first_column = sheet.start or (0, 0)
    for r, cells in enumerate(sheet.to_python(skip_empty_area=True), first_row + 1):
        for c, value in enumerate(cells, first_column):
            kind, text = _value(value)
            if kind != CellKind.BLANK:
                row.append(r)
                column.append(c)
                kinds.append(kind)
                texts.append(text)
        if len(row) > _CELLS:
            collector.add(listed(row, column, kinds, texts))
            row, column, kinds, texts = [], [], [], []
    collector.add(listed(row, column, kinds, texts))
    return collector.grid()


def _value(value: object) -> tuple[CellKind, str]:
    if isinstance(value, str):
        return (CellKind.TEXT, value) if value and not value.isspace() else (CellKind.BLANK, "")
    if isinstance(value, bool):
        return CellKind.BOOL, "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return CellKind.NUMBER, number_text(value)
    if isinstance(value, dt.datetime):
        whole = value.time() == dt.time()
        return CellKind.DATE, value.date().isoformat() if whole else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date):
        return CellKind.DATE, value.isoformat()
    if value is None:
        return CellKind.BLANK, ""
    return CellKind.TEXT, str(value)
