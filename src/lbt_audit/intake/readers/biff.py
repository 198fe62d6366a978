"""Reading .xls and .et (BIFF): values, error cells, number formats, hidden rows and columns, merges."""

from __future__ import annotations

import codecs
import io
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.intake.files.encoding import chinese_strings
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.grid import Grid, Visibility
from lbt_audit.intake.readers.cells import Collector, SheetInfo
from lbt_audit.intake.readers.number_formats import NumberFormats
from lbt_audit.intake.readers.numbers import number_text
from lbt_audit.intake.readers.raw_cells import (
    BOOL,
    ERROR,
    NUMBER,
    STRING,
    Oddities,
    RawCells,
    Workbook,
    to_piece,
)
from lbt_audit.intake.readers.texts import storable
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.intake.table import Note

_VISIBILITY: dict[int, Visibility] = {1: "hidden", 2: "very_hidden"}
_TYPE = {1: STRING, 2: NUMBER, 3: NUMBER, 4: BOOL, 5: ERROR}  # xlrd's cell types
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ROWS = 20_000  # handed on at a time
_UNICODE = 80  # xlrd's number of BIFF8, the first whose strings say what they are
_SAMPLE = 20_000  # strings by which the encoding of older books is told

Decode = Callable[[str], str]


def read_biff(data: bytes, limits: Limits) -> tuple[list[Grid], list[Note]]:
    """All worksheets. Where xlrd gives up, python-calamine reads the values alone, and a note says so."""
    try:
        return _read(data, limits)
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # xlrd answers damage with exceptions of every kind
        from lbt_audit.intake.readers.calamine import read_workbook

        try:
            return read_workbook(io.BytesIO(data), limits)
        except RefusedError as refused:
            if refused.key == "damaged":
                raise RefusedError("damaged", error=type(error).__name__) from None
            raise


def _read(data: bytes, limits: Limits) -> tuple[list[Grid], list[Note]]:
    book, text = _open(data)
    shared = Workbook(_formats(book), bool(book.datemode))
    grids: list[Grid] = []
    notes: list[Note] = []
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        odd = Oddities()
        grids.append(_sheet(sheet, shared, text, odd, limits))
        notes += [Note(topic, detail={"sheet": grids[-1].sheet, **detail}) for topic, detail in odd.notes()]
        book.unload_sheet(index)
    if not grids:
        raise RefusedError("no_sheets")
    return grids, notes


def _open(data: bytes) -> tuple[Any, Decode]:
    """The book, and what makes text of its strings."""
    try:
        book = _book(data)
        if book.biff_version >= _UNICODE:
            return book, storable
    except (UnicodeDecodeError, LookupError):  # a code page that is not true, or that nobody knows
        pass
    book = _book(data, "latin-1")
    return book, _decoder(book)


def _book(data: bytes, encoding: str | None = None) -> Any:
    import xlrd

    try:
        return xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True,
            logfile=io.StringIO(), encoding_override=encoding,
        )  # fmt: skip
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise RefusedError("encrypted") from None
        raise


def _decoder(book: Any) -> Decode:
    """For the bytes of a book from before Excel 97, whatever code page it claims: exports of Chinese
    systems write their own under none, or under that of Western Europe."""
    strings = [*book.sheet_names(), *itertools.islice(_strings(book), _SAMPLE)]
    coded = [raw for raw in (s.encode("latin-1", "replace") for s in strings) if not raw.isascii()]
    encoding = chinese_strings(coded) or f"cp{book.codepage}"
    try:
        decoder = codecs.getincrementaldecoder(encoding)
    except LookupError:
        decoder = codecs.getincrementaldecoder("cp1252")

    def decode(text: str) -> str:
        if text.isascii():
            return text
        # Incremental, since strings of 255 bytes may end in half a character.
        return decoder("replace").decode(text.encode("latin-1", "replace"))

    return decode


def _strings(book: Any) -> Iterator[str]:
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        for r in range(sheet.nrows):
            yield from (
                v for v, kind in zip(sheet.row_values(r), sheet.row_types(r), strict=True) if kind == 1
            )
        book.unload_sheet(index)


def _formats(book: Any) -> NumberFormats:
    codes = {key: found.format_str or "" for key, found in book.format_map.items()}
    return NumberFormats.of([style.format_key for style in book.xf_list], codes)


def _sheet(sheet: Any, book: Workbook, text: Decode, odd: Oddities, limits: Limits) -> Grid:
    info = SheetInfo(text(sheet.name), _VISIBILITY.get(sheet.visibility, "visible"))
    info.hidden_rows.update(r + 1 for r, row in sheet.rowinfo_map.items() if row.hidden)
    info.hidden_columns.update(c for c, column in sheet.colinfo_map.items() if column.hidden)
    info.merges += [(a + 1, c, b, d - 1) for a, b, c, d in sheet.merged_cells if (b - a) * (d - c) > 1]
    collector = Collector(info, limits.cells)
    for start in range(0, sheet.nrows, _ROWS):
        raw = _rows(sheet, start, min(start + _ROWS, sheet.nrows), text)
        collector.add(to_piece(raw, book, odd))
    return collector.grid()


def _rows(sheet: Any, start: int, stop: int, decode: Decode) -> RawCells:
    row: list[int] = []
    column: list[int] = []
    types: list[int] = []
    style: list[int] = []
    own: list[str] = []
    for r in range(start, stop):
        kinds, values = sheet.row_types(r), sheet.row_values(r)
        styles = sheet._cell_xf_indexes[r]
        for c, kind in enumerate(kinds):
            type_ = _TYPE.get(kind)
            if type_ is None:
                continue
            value = values[c]
            if type_ == STRING:
                if not value:
                    continue
                text = decode(value)
            elif type_ == NUMBER:
                text = number_text(value)
            elif type_ == BOOL:
                text = str(int(value))
            else:
                text = _ERRORS.get(value, "#VALUE!")
            row.append(r + 1)
            column.append(c)
            types.append(type_)
            style.append(styles[c])
            own.append(text)
    none = np.zeros(len(row), np.bool_)
    return RawCells(
        np.array(row, np.int32), np.array(column, np.int32), np.array(types, np.uint8), np.array(style, np.int32),
        np.full(len(row), -1, np.int32), none, none, pa.array(own, pa.string()),
    )  # fmt: skip
