"""Tables saved as .xls that are markup: HTML, and XML Spreadsheet 2003."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from lbt_audit.intake.cells import MAX_COLUMN, MAX_ROW, Collector, SheetInfo, listed, storable
from lbt_audit.intake.decode import decode
from lbt_audit.intake.grid import Grid, Visibility
from lbt_audit.intake.limits import Limits
from lbt_audit.intake.ooxml_parse import is_true, local
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.intake.table import Note
from lbt_audit.model.cell import CellKind

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,200})</x:Name>", re.IGNORECASE)
_TABLE, _TABLE_END = re.compile(r"<table\b", re.IGNORECASE), re.compile(r"</table\b", re.IGNORECASE)
_BREAKS = frozenset({"br", "p", "div", "li"})
_VISIBILITY: dict[str, Visibility] = {"SheetHidden": "hidden", "SheetVeryHidden": "very_hidden"}
_KINDS = {
    "Number": CellKind.NUMBER,
    "DateTime": CellKind.DATE,
    "Boolean": CellKind.BOOL,
    "Error": CellKind.ERROR,
}


class _Cells:
    """Cells of one sheet, given one by one."""

    def __init__(self) -> None:
        self.row: list[int] = []
        self.column: list[int] = []
        self.kind: list[int] = []
        self.text: list[str] = []

    def add(self, row: int, column: int, kind: CellKind, text: str) -> None:
        if row <= MAX_ROW and column < MAX_COLUMN:
            self.row.append(row)
            self.column.append(column)
            self.kind.append(kind)
            self.text.append(storable(text))

    def grid(self, info: SheetInfo, limits: Limits) -> Grid:
        collector = Collector(info, limits.cells)
        collector.add(listed(self.row, self.column, self.kind, self.text))
        collector.finish()
        return collector.grid()


def read_html(data: bytes, limits: Limits) -> tuple[list[Grid], list[Note]]:
    """A grid per table that holds no other table. Spans become merges."""
    from lxml import etree

    decoded = decode(data)
    text = _DECLARATION.sub("", decoded.text.replace("\x00", ""))
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise RefusedError("damaged", error=type(error).__name__) from None
    if root is None:
        raise RefusedError("no_table")
    names = _SHEET_NAME.findall(decoded.text[:65536])
    grids: list[Grid] = []
    for table in root.iter("table"):
        if next(table.iterdescendants("table"), None) is not None:
            continue
        name = names[len(grids)] if len(grids) < len(names) else f"Table{len(grids) + 1}"
        grid = _html_table(table, SheetInfo(name), limits)
        if grid.shape[0]:
            grids.append(grid)
    if not grids:
        raise RefusedError("no_table")
    notes = []
    if decoded.bad_lines:
        lines = ",".join(map(str, decoded.bad_lines))
        notes.append(Note("bad_bytes", detail={"lines": lines, "encoding": decoded.encoding}))
    if len(_TABLE.findall(text)) > len(_TABLE_END.findall(text)):
        notes.append(Note("cut_short", detail={"row": str(grids[-1].row_numbers[-1])}))
    return grids, notes


def _html_table(table: Any, info: SheetInfo, limits: Limits) -> Grid:
    cells = _Cells()
    taken: dict[int, int] = {}  # column → last row a span from above covers
    number = 0
    for row in table.iter("tr"):
        number += 1
        if _HIDDEN.search(row.get("style") or "") or row.get("hidden") is not None:
            info.hidden_rows.add(number)
        column = 0
        for cell in row.iterchildren("td", "th"):
            while taken.get(column, 0) >= number:
                column += 1
            across, down = _span(cell, "colspan", MAX_COLUMN), _span(cell, "rowspan", MAX_ROW)
            if column + across > MAX_COLUMN:
                across = max(1, MAX_COLUMN - column)
            text = _cell_text(cell)
            if text:
                cells.add(number, column, CellKind.TEXT, text)
            if across > 1 or down > 1:
                info.merges.append((number, column, min(number + down - 1, MAX_ROW), column + across - 1))
            if down > 1:
                taken.update(dict.fromkeys(range(column, column + across), number + down - 1))
            column += across
    info.merges = [(a, b, min(c, number), d) for a, b, c, d in info.merges if (min(c, number), d) != (a, b)]
    return cells.grid(info, limits)


def _span(cell: Any, name: str, most: int) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), most) if value.isdigit() and len(value) < 8 else 1


def _cell_text(cell: Any) -> str:
    """Text as a browser shows it: white space runs are one blank, <br> a line break."""
    parts: list[str] = []
    for event, element in _walk(cell):
        if event == "start":
            if element is not cell and element.tag in _BREAKS and any(parts):
                parts.append("\n")
            if element.tag not in ("script", "style") and element.text:
                parts.append(_SPACES.sub(" ", element.text))
        elif element is not cell and element.tail:
            parts.append(_SPACES.sub(" ", element.tail))
    text = "\n".join(line.strip(" ") for line in "".join(parts).split("\n")).strip("\n")
    return "" if not text or text.isspace() else text


def _walk(cell: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    return iter(etree.iterwalk(cell, events=("start", "end")))


def read_spreadsheetml(data: bytes, limits: Limits) -> tuple[list[Grid], list[Note]]:
    """All worksheets of an XML Spreadsheet 2003."""
    decoded = decode(data)
    reader = _SpreadsheetML(limits)
    made = expat.ParserCreate("utf-8")
    made.buffer_text = True
    made.StartElementHandler, made.EndElementHandler = reader.start, reader.end
    made.CharacterDataHandler = reader.characters
    made.StartDoctypeDeclHandler = reader.doctype
    try:
        made.Parse(_DECLARATION.sub("", decoded.text).encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise RefusedError("damaged", error=str(error)) from None
    if not reader.grids:
        raise RefusedError("no_sheets")
    return reader.grids, []


class _SpreadsheetML:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.grids: list[Grid] = []
        self.info = SheetInfo("")
        self.cells = _Cells()
        self.row = self.column = 0
        self.next_row = 1
        self.next_column = 0
        self.type = ""
        self.formula = self.filled = False
        self.inside = ""
        self.parts: list[str] = []

    def doctype(self, *_: object) -> None:
        raise RefusedError("doctype")

    def start(self, tag: str, raw: dict[str, str]) -> None:
        name = local(tag)
        attributes = {local(k): v for k, v in raw.items()}
        if name == "Worksheet":
            self.info, self.cells = SheetInfo(attributes.get("Name", "")), _Cells()
            self.next_row, self.next_column = 1, 0
        elif name == "Column":
            first = _number(attributes.get("Index"), self.next_column + 1) - 1
            span = min(_number(attributes.get("Span"), 0), MAX_COLUMN)
            self.next_column = first + span + 1
            if is_true(attributes.get("Hidden")):
                self.info.hidden_columns.update(range(first, min(self.next_column, MAX_COLUMN)))
        elif name == "Row":
            self.row = _number(attributes.get("Index"), self.next_row)
            span = min(_number(attributes.get("Span"), 0), MAX_ROW)
            self.next_row, self.column = self.row + span + 1, -1
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
        elif kind == CellKind.BOOL:
            text = "TRUE" if is_true(text) else "FALSE"
        self.cells.add(*self.place, kind, text)


def _number(value: str | None, default: int) -> int:
    return int(value) if value is not None and value.isdigit() and len(value) < 9 else default
