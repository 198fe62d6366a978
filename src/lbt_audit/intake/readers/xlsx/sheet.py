"""One worksheet part → `Grid`: the fast way, or the thorough one where the markup asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol
from xml.parsers import expat

import numpy as np

from lbt_audit.intake.grid import Grid, Visibility
from lbt_audit.intake.readers.cells import Collector, SheetInfo
from lbt_audit.intake.readers.raw_cells import Oddities, RawCells, Workbook, to_piece
from lbt_audit.intake.readers.xlsx.formulas import MOST, read_formulas
from lbt_audit.intake.readers.xlsx.parse import SheetParser, add_columns
from lbt_audit.intake.readers.xlsx.references import cell_range
from lbt_audit.intake.readers.xlsx.scan import UnusualError, scan_rows
from lbt_audit.intake.readers.xml import is_true
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex

CHUNK = 1 << 20
FORMULA_ROWS = 3000  # rows of a sheet whose formulas without value are read
_HEAD = 8 << 20  # bytes before the cells
_ROW = 512 << 20  # bytes of one row
_ROW_TAG = regex(rb"<row\s([^<>]*\bhidden[^<>]*)>")
_COL = regex(rb"<col\s([^<>]*)>")
_MERGE = regex(rb"<mergeCell\s([^<>]*)>")
_SHEET_PR = regex(rb"<sheetPr\s([^<>]*)>")
_ATTRIBUTE = regex(rb"""\b(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ENCODING = regex(rb"""encoding\s*=\s*["']([\w.-]+)["']""")


class Part(Protocol):
    """An open part of a package."""

    def read(self, size: int, /) -> bytes: ...


Opener = Callable[[], Part]


def read_sheet(
    opener: Opener, name: str, visibility: Visibility, book: Workbook, limit: int, *, thorough: bool = False
) -> tuple[Grid, Oddities]:
    """``opener`` opens the part anew; ``limit`` bounds rows × columns; ``thorough`` skips the fast way."""
    if not thorough:
        for batch in ({}, {"batch": 1 << 62}):  # rows out of order: all in one batch
            info, odd = SheetInfo(name, visibility), Oddities()
            collector = Collector(info, limit, book.shared, **batch)
            try:
                _scan(opener(), info, odd, book, collector)
            except (UnusualError, IndexError):
                break
            collector.finish()
            if collector.in_order:
                return _with_formulas(collector.grid(), opener), odd
    info, odd = SheetInfo(name, visibility), Oddities()
    collector = Collector(info, limit, book.shared, 1 << 62)
    sheet = SheetParser(info, odd, lambda raw: collector.add(to_piece(raw, book, odd)))
    part = opener()
    try:
        while data := part.read(CHUNK):
            sheet.feed(data)
        sheet.close()
    except expat.ExpatError as error:
        raise RefusedError("damaged", error=str(error)) from None
    return _with_formulas(collector.grid(), opener), odd


def _with_formulas(grid: Grid, opener: Opener) -> Grid:
    """The text of formulas without value; a long list has none that anybody could work out."""
    rows, columns = np.nonzero(grid.kinds == CellKind.UNCOMPUTED)
    if not len(rows) or len(grid.row_numbers) > FORMULA_ROWS:
        return grid
    wanted = zip(grid.row_numbers[rows].tolist(), columns.tolist(), strict=True)
    part, read = opener(), bytearray()
    while len(read) < MOST and (data := part.read(CHUNK)):
        read += data
    return replace(grid, formulas=read_formulas(bytes(read), frozenset(wanted)))


def _scan(part: Part, info: SheetInfo, odd: Oddities, book: Workbook, collector: Collector) -> None:
    stream = _chunks(part)
    head, rest, ended = _until_cells(stream)
    filter_mode = _read_head(head, info)
    if not ended:
        rest = _rows(stream, rest, lambda data: _take_rows(data, info, odd, book, collector))
    filters = _read_tail(stream, rest, info)
    info.filtered = bool(info.hidden_rows) and (filter_mode or filters)


def _chunks(part: Part) -> Iterator[bytes]:
    while data := part.read(CHUNK):
        # XML reads a line break of any kind as LF.
        yield data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def _until_cells(stream: Iterator[bytes]) -> tuple[bytes, bytes, bool]:
    """(markup before the cells, what was read after it, whether there are no cells)."""
    head = b""
    for data in stream:
        head += data
        at = head.find(b"<sheetData")
        if at >= 0 and b">" in head[at:]:
            break
        if len(head) > _HEAD:
            raise UnusualError
    else:
        raise UnusualError
    encoding = _ENCODING.search(head[:200])
    if encoding and encoding.group(1).lower() not in (b"utf-8", b"utf8"):
        raise UnusualError
    start, close = head[:at], head.index(b">", at)
    if b"<!" in start or start.count(b"<?") > 1:
        raise UnusualError
    return start, head[close + 1 :], head[close - 1 : close] == b"/"


def _rows(stream: Iterator[bytes], rest: bytes, take: Callable[[bytes], None]) -> bytes:
    """Hands on whole rows; → what follows the cells."""
    while True:
        end = rest.find(b"</sheetData")
        if end >= 0:
            take(rest[:end])
            return rest[end:]
        cut = rest.rfind(b"<row")
        if cut > 0:
            take(rest[:cut])
            rest = rest[cut:]
        if len(rest) > _ROW:
            raise UnusualError
        data = next(stream, None)
        if data is None:
            raise UnusualError
        rest += data


def _take_rows(data: bytes, info: SheetInfo, odd: Oddities, book: Workbook, collector: Collector) -> None:
    if b"hidden" in data:
        for row in map(_attributes, _ROW_TAG.findall(data)):
            if is_true(row.get("hidden")):
                number = row.get("r", "")
                if not number.isdigit() or len(number) > 7:
                    raise UnusualError
                info.hidden_rows.add(int(number))
    raw = scan_rows(data, lambda markup: _slow_cells(markup, odd))
    if raw is not None:
        collector.add(to_piece(raw, book, odd))


def _slow_cells(markup: bytes, odd: Oddities) -> RawCells:
    """Single cells through the thorough parser."""
    found: list[RawCells] = []
    sheet = SheetParser(SheetInfo(""), odd, found.append)
    try:
        sheet.feed(b"<row>" + markup + b"</row>")
        sheet.close()
    except expat.ExpatError:
        raise UnusualError from None
    return found[0] if len(found) == 1 else _none(found)


def _none(found: list[RawCells]) -> RawCells:
    import pyarrow as pa

    if found:
        joined = found[0]
        for more in found[1:]:
            joined = RawCells.join(joined, more)
        return joined
    ints, flags = np.zeros(0, np.int32), np.zeros(0, np.bool_)
    return RawCells(ints, ints, np.zeros(0, np.uint8), ints, ints, flags, flags, pa.array([], pa.string()))


def _read_head(head: bytes, info: SheetInfo) -> bool:
    """Columns; → whether the sheet is filtered."""
    for found in map(_attributes, _COL.findall(head)):
        add_columns(info, found.get("min", ""), found.get("max", ""), is_true(found.get("hidden")))
    return any(is_true(_attributes(tag).get("filterMode")) for tag in _SHEET_PR.findall(head))


def _attributes(tag: bytes) -> dict[str, str]:
    """Of a tag of which nothing is wanted but names and numbers."""
    return {k.decode(): (a or b).decode("ascii", "replace") for k, a, b in _ATTRIBUTE.findall(tag)}


def _merges(markup: bytes) -> list[tuple[int, int, int, int]]:
    """Ranges of several cells."""
    found = (cell_range(_attributes(tag).get("ref", "")) for tag in _MERGE.findall(markup))
    return [merge for merge in found if merge is not None and merge[:2] != merge[2:]]


def _read_tail(stream: Iterator[bytes], rest: bytes, info: SheetInfo) -> bool:
    """Merges; → whether columns are filtered."""
    filters = ended = False
    while True:
        cut = rest.rfind(b"<")
        whole = rest if cut < 0 else rest[:cut]
        if b"<!" in whole or b"<?" in whole or b"<sheetData" in whole:
            raise UnusualError
        info.merges += _merges(whole)
        filters = filters or b"<filterColumn" in whole
        ended = b"</worksheet" in rest
        rest = b"" if cut < 0 else rest[cut:]
        data = next(stream, None)
        if data is None:
            break
        rest += data
    if not ended:
        raise UnusualError  # cut short: let the thorough parser say so
    return filters
