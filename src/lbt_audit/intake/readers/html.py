"""Reading tables that are HTML, whatever their extension says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lbt_audit.intake.files.encoding import decode
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.readers.cells import MAX_COLUMN, MAX_ROW, CellList, SheetInfo
from lbt_audit.intake.readers.xml import without_declaration
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.intake.table import Note
from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex

_SPACES = regex(r"[ \t\r\n\f]+")
_HIDDEN = regex(r"display\s*:\s*none", re.IGNORECASE)
_SHEET_NAME = regex(r"<x:Name>([^<]{1,200})</x:Name>", re.IGNORECASE)
_TABLE, _TABLE_END = regex(r"<table\b", re.IGNORECASE), regex(r"</table\b", re.IGNORECASE)
_BREAKS = frozenset({"br", "p", "div", "li"})


def read_html(data: bytes, limits: Limits) -> tuple[list[Grid], list[Note]]:
    """A grid per table that holds no other table. Spans become merges."""
    from lxml import etree

    decoded = decode(data)
    text = without_declaration(decoded.text.replace("\x00", ""))
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
    cells = CellList()
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
