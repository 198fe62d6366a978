"""Text tables in which nothing has to be judged, read by pyarrow: records of one width, quotation marks as RFC 4180
has them. Whether a text is one is seen before it is read; titles and other lines of another width are kept aside."""

from __future__ import annotations

import csv
import itertools
from collections import Counter

import numpy as np
import pyarrow as pa

from lbt_audit.intake.readers.quotes import SAMPLE, SWALLOWED, lines_of
from lbt_audit.model.record import dataclass

_BLOCK = 1 << 24  # bytes looked at at once; a record is shorter
_LEAST = 1 << 16  # characters below which the careful reader is as fast as opening this one
_ODD = 1000  # records of another width, of so many …
_SHARE = 100  # … or every hundredth
_QUOTE, _BREAK = b'"\n'


@dataclass(frozen=True)
class Regular:
    """``columns`` of the records of one width and of blank lines, ``numbers`` (int32) which records these are, counted
    from 1; ``odd``: all others with theirs."""

    numbers: np.ndarray
    columns: list[pa.Array]
    odd: list[tuple[int, list[str]]]


def read_regular(text: str, separator: str) -> Regular | None:
    """The records of a ``text`` whose lines end in LF; None where it takes the careful reader."""
    if len(text) < _LEAST or not separator.isascii():
        return None
    width = _usual_width(text, separator)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return None
    if width < 2 or not _well_quoted(data, separator):
        return None
    return _read(data, separator, width)


def _usual_width(text: str, separator: str) -> int:
    lines = itertools.islice(lines_of(text), SAMPLE)
    widths = Counter(map(len, csv.reader(lines, delimiter=separator)))
    return widths.most_common(1)[0][0] if widths else 0


def _well_quoted(data: bytes, separator: str) -> bool:
    """Whether every mark opens a cell, closes one or stands doubled inside one, and none of these has so many line
    breaks that it may have swallowed rows."""
    if _QUOTE not in data:
        return True
    raw = np.frombuffer(data, np.uint8)
    marks = np.flatnonzero(raw == _QUOTE)
    if len(marks) % 2:
        return False
    opening, closing = marks[::2], marks[1::2]
    ends = np.array([ord(separator), _BREAK], np.uint8)
    # Of a doubled mark inside a cell the first closes and the second opens.
    doubled = np.zeros(len(opening), np.bool_)
    doubled[1:] = opening[1:] == closing[:-1] + 1
    begins = (opening == 0) | np.isin(raw[opening - 1], ends) | doubled
    last = closing == len(raw) - 1
    stops = last | np.isin(raw[np.minimum(closing + 1, len(raw) - 1)], ends) | np.append(doubled[1:], False)
    if not (begins.all() and stops.all()):
        return False
    breaks = np.flatnonzero(raw == _BREAK)
    inside = np.searchsorted(breaks, closing) - np.searchsorted(breaks, opening)
    return int(np.add.reduceat(inside, np.flatnonzero(~doubled)).max()) < SWALLOWED


def _read(data: bytes, separator: str, width: int) -> Regular | None:
    from pyarrow import csv as arrow

    odd: list[tuple[int, list[str]]] = []
    most = max(_ODD, data.count(b"\n") // _SHARE)

    def keep(row: arrow.InvalidRow) -> str:
        cells = next(csv.reader(lines_of(row.text), delimiter=separator), [])
        odd.append((row.number, cells))
        return "skip" if len(odd) < most else "error"

    names = [str(c) for c in range(width)]
    try:
        table = arrow.read_csv(
            pa.BufferReader(data),
            arrow.ReadOptions(column_names=names, use_threads=False, block_size=_BLOCK),
            arrow.ParseOptions(
                delimiter=separator,
                quote_char='"' if _QUOTE in data else False,
                newlines_in_values=_QUOTE in data,
                ignore_empty_lines=False,
                invalid_row_handler=keep,
            ),
            arrow.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if not table.num_rows:
        return None
    numbers = np.ones(table.num_rows + len(odd) + 1, np.bool_)
    numbers[[0, *(number for number, _ in odd)]] = False
    columns = [pa.concat_arrays(column.chunks) for column in table.columns]
    return Regular(np.flatnonzero(numbers).astype(np.int32), columns, odd)
