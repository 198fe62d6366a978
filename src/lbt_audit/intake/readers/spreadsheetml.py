"""Reading XML Spreadsheet 2003, most often saved as .xls or .xml."""

from __future__ import annotations

import re
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from lbt_audit.intake.files.encoding import decode
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.grid import Grid, Visibility
from lbt_audit.intake.readers.cells import MAX_COLUMN, MAX_ROW, CellList, SheetInfo
from lbt_audit.intake.readers.number_formats import DAY, MONTH, YEAR, meaning
from lbt_audit.intake.readers.numbers import iso_dates, padded_decimals, padded_zeros
from lbt_audit.intake.readers.xml import Feeder, is_true, local, without_declaration
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.intake.table import Note
from lbt_audit.model.cell import CellKind

_VISIBILITY: dict[str, Visibility] = {"SheetHidden": "hidden", "SheetVeryHidden": "very_hidden"}
# Formats by name; of times, currencies and truth values none is a date or has decimals of interest.
_NAMED = {
    "General Date": "yyyy-mm-dd hh:mm", "Short Date": "yyyy-mm-dd", "Medium Date": "dd-mmm-yy", "Long Date": "yyyy-mm-dd",
    "Fixed": "0.00", "Standard": "#,##0.00",
}  # fmt: skip
_KINDS = {
    "Number": CellKind.NUMBER,
    "DateTime": CellKind.DATE,
    "Boolean": CellKind.BOOL,
    "Error": CellKind.ERROR,
}


def read_spreadsheetml(data: bytes, limits: Limits) -> tuple[list[Grid], list[Note]]:
    """All worksheets of an XML Spreadsheet 2003."""
    decoded = decode(data)
    reader = _SpreadsheetML(limits)
    text = without_declaration(decoded.text).encode("utf-8", "replace")
    try:
        Feeder(reader.start, reader.end, reader.characters).feed(text, final=True)
    except expat.ExpatError as error:
        raise RefusedError("damaged", error=str(error)) from None
    if not reader.grids:
        raise RefusedError("no_sheets")
    return reader.grids, []


class Shown:
    """What styles make of numbers and dates. ``codes``: style → format code; a style without one has its parent's."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.epoch_1904 = False
        self._known: dict[tuple[str, str], tuple[CellKind, str]] = {}

    def declare(self, style: str, parent: str | None) -> None:
        self.codes[style] = self.codes.get(parent or "Default", "")

    def date(self, text: str, style: str) -> str:
        """An ISO date, with only those parts the format shows."""
        parts, _, _ = self._format(style)
        match = re.match(r"(\d{4})-(\d{2})-(\d{2})", text)
        if match is None or parts in (0, DAY):
            return text
        year, month, day = match.groups()
        return {MONTH: f"{year}-{month}", YEAR: year}.get(parts, f"{int(month)}月{int(day)}日")

    def number(self, text: str, style: str) -> tuple[CellKind, str]:
        """A number as shown: a day, leading zeros, decimals."""
        known = self._known.get((text, style))
        if known is None:
            known = self._known[text, style] = self._number(text, style)
        return known

    def _number(self, text: str, style: str) -> tuple[CellKind, str]:
        parts, zeros, decimals = self._format(style)
        if parts:
            dates, days = iso_dates(pa.array([text], pa.string()), self.epoch_1904, np.array([parts]))
            return (CellKind.DATE, str(dates[0].as_py())) if days[0] else (CellKind.NUMBER, text)
        text = padded_zeros(text, zeros) if zeros else text
        return CellKind.NUMBER, padded_decimals(text, decimals) if decimals else text

    def _format(self, style: str) -> tuple[int, int, int]:
        code = self.codes.get(style, self.codes.get("Default", ""))
        return meaning(0, _NAMED.get(code, code))


class _SpreadsheetML:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.grids: list[Grid] = []
        self.info = SheetInfo("")
        self.cells = CellList()
        self.row = self.column = 0
        self.next_row = 1
        self.next_column = 0
        self.type = ""
        self.formula = self.filled = False
        self.inside = ""
        self.parts: list[str] = []
        self.shown = Shown()
        self.style = ""  # the one being declared
        self.cell_style = self.row_style = ""
        self.column_styles: dict[int, str] = {}

    def start(self, tag: str, raw: dict[str, str]) -> None:
        name = local(tag)
        attributes = {local(k): v for k, v in raw.items()}
        if name == "Worksheet":
            self.info, self.cells = SheetInfo(attributes.get("Name", "")), CellList()
            self.next_row, self.next_column = 1, 0
            self.column_styles = {}
        elif name == "Style":
            self.style = attributes.get("ID", "")
            self.shown.declare(self.style, attributes.get("Parent"))
        elif name == "NumberFormat":
            self.shown.codes[self.style] = attributes.get("Format", "")
        elif name == "Column":
            first = _number(attributes.get("Index"), self.next_column + 1) - 1
            span = min(_number(attributes.get("Span"), 0), MAX_COLUMN)
            self.next_column = first + span + 1
            if "StyleID" in attributes:
                columns = range(first, min(self.next_column, MAX_COLUMN))
                self.column_styles |= dict.fromkeys(columns, attributes["StyleID"])
            if is_true(attributes.get("Hidden")):
                self.info.hidden_columns.update(range(first, min(self.next_column, MAX_COLUMN)))
        elif name == "Row":
            self.row = _number(attributes.get("Index"), self.next_row)
            span = min(_number(attributes.get("Span"), 0), MAX_ROW)
            self.next_row, self.column = self.row + span + 1, -1
            self.row_style = attributes.get("StyleID", "")
            if is_true(attributes.get("Hidden")):
                self.info.hidden_rows.update(range(self.row, min(self.next_row, MAX_ROW + 1)))
        elif name == "Cell":
            self._cell(attributes)
        elif name in ("Data", "Visible"):
            self.type, self.parts, self.inside = attributes.get("Type", "String"), [], name
        elif name == "FilterOn":
            self.info.filtered = True

    def _cell(self, attributes: dict[str, str]) -> None:
        self.column = _number(attributes.get("Index"), self.column + 2) - 1
        self.place = (self.row, self.column)
        self.cell_style = (
            attributes.get("StyleID") or self.row_style or self.column_styles.get(self.column, "Default")
        )
        self.formula, self.filled = "Formula" in attributes, False
        across = min(_number(attributes.get("MergeAcross"), 0), MAX_COLUMN)
        down = min(_number(attributes.get("MergeDown"), 0), MAX_ROW)
        if across or down:
            self.info.merges.append((self.row, self.column, self.row + down, self.column + across))
            self.column += across

    def characters(self, data: str) -> None:
        if self.inside:
            self.parts.append(data)

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "Data" and self.inside == "Data":
            self.inside = ""
            self._data("".join(self.parts))
        elif name == "Visible" and self.inside == "Visible":
            self.inside = ""
            self.info.visibility = _VISIBILITY.get("".join(self.parts).strip(), "visible")
        elif name == "Date1904":
            self.shown.epoch_1904 = True
        elif name == "Cell" and self.formula and not self.filled:
            self.cells.add(*self.place, CellKind.UNCOMPUTED, "")
        elif name == "Worksheet":
            self.info.filtered = self.info.filtered and bool(self.info.hidden_rows)
            self.grids.append(self.cells.grid(self.info, self.limits))

    def _data(self, text: str) -> None:
        kind = _KINDS.get(self.type, CellKind.TEXT)
        self.filled = True
        if not text or text.isspace():
            if self.formula and kind != CellKind.TEXT:
                self.filled = False
            return
        if kind == CellKind.DATE:
            day, _, time = text.strip().partition("T")
            time = time.split(".")[0]
            text = day if time in ("", "00:00:00") else f"{day} {time}"
            text = self.shown.date(text, self.cell_style)
        elif kind == CellKind.NUMBER:
            kind, text = self.shown.number(text.strip(), self.cell_style)
        elif kind == CellKind.BOOL:
            text = "TRUE" if is_true(text) else "FALSE"
        self.cells.add(*self.place, kind, text)


def _number(value: str | None, default: int) -> int:
    return int(value) if value is not None and value.isdigit() and len(value) < 9 else default
