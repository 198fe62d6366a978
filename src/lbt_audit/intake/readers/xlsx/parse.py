"""The thorough way through a worksheet or shared strings: expat, element by element.

Takes any well-formed markup: prefixes, comments, CDATA, other encodings, cells placed by their order.
About ten times slower than `scan`, with the same result.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from lbt_audit.intake.readers.cells import MAX_COLUMN, MAX_ROW, SheetInfo
from lbt_audit.intake.readers.raw_cells import INLINE, NUMBER, SHARED, TYPES, Oddities, RawCells
from lbt_audit.intake.readers.texts import storable
from lbt_audit.intake.readers.xlsx.escapes import unescape_text
from lbt_audit.intake.readers.xlsx.references import cell_range, cell_reference
from lbt_audit.intake.readers.xml import Feeder, is_true, local

_CELLS = 50_000  # handed on at a time


class SheetParser:
    """Feeds on the bytes of a worksheet part; ``take`` gets the cells, ``info`` the rest."""

    def __init__(self, info: SheetInfo, odd: Oddities, take: Callable[[RawCells], None]) -> None:
        self.info, self.odd, self.take = info, odd, take
        self.parser = Feeder(self._start, self._end, self._text)
        self.row = 0
        self.column = -1
        self._filter_mode = self._filters = False
        self._text_of: str | None = None
        self._phonetic = 0
        self._type, self._style, self._place = NUMBER, 0, (0, 0)
        self._formula = self._given = self._bad = False
        self._parts: dict[str, list[str]] = {"v": [], "t": []}
        self._clear()

    def feed(self, data: bytes) -> None:
        self.parser.feed(data)
        if len(self._cells) >= _CELLS:
            self.flush()

    def close(self) -> None:
        self.parser.close()
        self.flush()
        self.info.filtered = bool(self.info.hidden_rows) and (self._filter_mode or self._filters)

    def _clear(self) -> None:
        self._cells: list[tuple[int, int, int, int, int, bool, bool]] = []
        self._own: list[str] = []

    def flush(self) -> None:
        """Hand on what was read so far."""
        if not self._cells:
            return
        row, column, type_, style, shared, formula, given = zip(*self._cells, strict=True)
        raw = RawCells(
            np.array(row, np.int32), np.array(column, np.int32), np.array(type_, np.uint8),
            np.array(style, np.int32), np.array(shared, np.int32), np.array(formula, np.bool_),
            np.array(given, np.bool_), pa.array(self._own, pa.string()),
        )  # fmt: skip
        self._clear()
        self.take(raw)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "c":
            self._cell(attributes)
        elif tag in ("v", "t"):
            if not self._phonetic:
                self._text_of = tag
                self._given = self._given or tag == "v"
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._row(attributes)
        elif tag == "rPh":
            self._phonetic += 1
        elif tag == "mergeCell":
            found = cell_range(attributes.get("ref", ""))
            if found is not None and found[:2] != found[2:]:
                self.info.merges.append(found)
        elif tag == "col":
            self._col(attributes)
        elif tag == "sheetPr":
            self._filter_mode = is_true(attributes.get("filterMode"))
        elif tag == "filterColumn":
            self._filters = True

    def _row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self.row = int(number) if number.isdigit() and len(number) < 9 else self.row + 1
        self.column = -1
        if is_true(attributes.get("hidden")):
            self.info.hidden_rows.add(self.row)

    def _col(self, attributes: dict[str, str]) -> None:
        add_columns(
            self.info, attributes.get("min", ""), attributes.get("max", ""), is_true(attributes.get("hidden"))
        )

    def _cell(self, attributes: dict[str, str]) -> None:
        self._type = TYPES.get(attributes.get("t", ""), NUMBER)
        style = attributes.get("s", "0")
        self._style = int(style) if style.isdigit() and len(style) < 9 else 0
        self._parts = {"v": [], "t": []}
        self._formula = self._given = False
        reference = attributes.get("r")
        place = (self.row, self.column + 1) if reference is None else cell_reference(reference)
        self._bad = place is None or not (1 <= place[0] <= MAX_ROW and place[1] < MAX_COLUMN)
        if place is not None:
            self._place = place
            self.column = place[1]
            if reference is not None and self.row == 0:
                self.row = place[0]

    def _text(self, data: str) -> None:
        if self._text_of is not None:
            self._parts[self._text_of].append(data)

    def _end(self, name: str) -> None:
        tag = local(name)
        if tag in ("v", "t"):
            self._text_of = None
        elif tag == "rPh":
            self._phonetic -= 1
        elif tag == "c":
            self._add()

    def _add(self) -> None:
        value, inline = "".join(self._parts["v"]), "".join(self._parts["t"])
        # Programs that write both leave a number or an index of shared texts beside the inline text.
        text = (inline or value) if self._type == INLINE or not self._given else value
        if not (text or self._formula or self._given):
            return
        if self._bad:
            self.odd.bad_references += 1
            return
        shared = -1
        if self._type == SHARED:
            index = text.strip()
            shared = int(index) if index.isdigit() and len(index) < 10 else -1
        else:
            self._own.append(storable(unescape_text(text)))
        self._cells.append((*self._place, self._type, self._style, shared, self._formula, self._given))


class StringsParser:
    """Feeds on the bytes of a shared strings part; ``texts`` are its entries."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.parser = Feeder(self._start, self._end, self._text)
        self._parts: list[str] = []
        self._inside = False
        self._phonetic = 0

    def feed(self, data: bytes) -> None:
        self.parser.feed(data)

    def close(self) -> None:
        self.parser.close()

    def _start(self, name: str, _: dict[str, str]) -> None:
        tag = local(name)
        if tag == "si":
            self._parts = []
        elif tag == "rPh":
            self._phonetic += 1
        elif tag == "t":
            self._inside = not self._phonetic

    def _text(self, data: str) -> None:
        if self._inside:
            self._parts.append(data)

    def _end(self, name: str) -> None:
        tag = local(name)
        if tag == "t":
            self._inside = False
        elif tag == "rPh":
            self._phonetic -= 1
        elif tag == "si":
            self.texts.append(storable(unescape_text("".join(self._parts))))


def add_columns(info: SheetInfo, first: str, last: str, hidden: bool) -> None:
    """A <col> element: columns ``first`` to ``last``, 1-based."""
    if hidden and first.isdigit() and last.isdigit() and len(first) < 9 and len(last) < 9:
        info.hidden_columns.update(range(max(int(first), 1) - 1, min(int(last), MAX_COLUMN)))
