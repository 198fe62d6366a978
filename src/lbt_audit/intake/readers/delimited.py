"""Reading text tables (.csv, .tsv, .txt): encoding, separator, quotes; ragged rows kept."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.files.encoding import decode
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.readers.cells import MAX_COLUMN
from lbt_audit.intake.readers.quotes import SAMPLE, Records, lines_of
from lbt_audit.intake.readers.regular import read_regular
from lbt_audit.intake.readers.texts import blank, blank_column, put, storable
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.intake.table import Note
from lbt_audit.model.cell import CellKind
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex

SHEET = "Sheet1"
SEPARATORS = ("\t", ",", ";", "，", "|")  # the first wins a tie
_ROWS = 20_000  # put into columns at a time

_END_MARK = regex(r"^\x1a+|(?<!\x1a)\x1a+$", re.MULTILINE)  # inside a line it stands for a lost character

Rows = list[tuple[int, list[str]]]


def read_delimited(data: bytes, limits: Limits) -> tuple[list[Grid], list[Note]]:
    """One grid. Row numbers count records as a spreadsheet would show them."""
    decoded = decode(data)
    del data
    text = _plainlines_of(decoded.text)
    if not text.strip():
        raise RefusedError("empty")
    notes: list[Note] = []
    marks: list[str] = [f"encoding:{decoded.encoding}"]
    if decoded.bad_lines:
        lines = decoded.bad_lines
        detail = {"sheet": SHEET, "lines": ",".join(map(str, lines)), "encoding": decoded.encoding}
        notes.append(Note("bad_bytes", row=lines[0], detail=detail))
        marks.append(f"bad_bytes:{detail['lines']}")
    text, given = _directive(text)
    separator = given or sniff(text)
    columns = _Columns(limits)
    stray = _read(text, separator, columns)
    if not columns.width:
        raise RefusedError("empty")
    if stray:
        detail = {"sheet": SHEET, "line": ",".join(map(str, stray))}
        notes.append(Note("unclosed_quote", row=stray[0], detail=detail))
        marks.append(f"unclosed_quote:{detail['line']}")
    grid = columns.grid(tuple(marks))
    if decoded.cut:
        notes.append(Note("cut_short", detail={"sheet": SHEET, "row": str(grid.row_numbers[-1])}))
    return [grid], notes


def _read(text: str, separator: str, columns: _Columns) -> list[int]:
    """Puts the records of ``text`` into ``columns``; the lines whose quotation marks do not count."""
    regular = read_regular(text, separator)
    if regular is not None:
        columns.check(len(regular.numbers), len(regular.columns))
        first = int(regular.numbers[0])
        columns.add([row for row in regular.odd if row[0] < first])
        columns.put(regular.numbers, regular.columns)
        columns.add([row for row in regular.odd if row[0] > first])
        return []
    records = Records(text, separator)
    for rows in _batches(records):
        columns.add(rows)
    return records.stray


def _plainlines_of(text: str) -> str:
    """Lines that end in LF, without what old programs and file systems leave in a text: NULs that fill up
    fields and files, and DOS end marks."""
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        text = text.replace("\x00", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _END_MARK.sub("", text) if "\x1a" in text else text


def sniff(text: str) -> str:
    """The separator that cuts most of the first lines into the same number of cells."""
    lines = list(itertools.islice(lines_of(text), SAMPLE))
    best, score = ",", 0.0
    for separator in SEPARATORS:
        widths = [len(r) for r in csv.reader(lines, delimiter=separator) if any(c.strip() for c in r)]
        if not widths:
            continue
        counts = Counter(w for w in widths if w > 1)
        if counts:
            width, times = counts.most_common(1)[0]
            found = times / len(widths) * min(width - 1, 20) ** 0.5
            if found > score:
                best, score = separator, found
    return best


def separator_of(text: str) -> str:
    """What stands between the cells of a decoded text table."""
    text, given = _directive(_plainlines_of(text))
    return given or sniff(text)


def _directive(text: str) -> tuple[str, str | None]:
    """Excel's own first line "sep=;"; it stays as a blank record so that row numbers hold."""
    first = text[:8].splitlines()[0] if text[:8].lower().startswith("sep=") else ""
    return (text[len(first) :], first[4]) if len(first) == 5 else (text, None)


def _batches(records: Iterable[list[str]]) -> Iterator[Rows]:
    numbered = enumerate(records, 1)
    while batch := list(itertools.islice(numbered, _ROWS)):
        yield batch


@dataclass
class _Part:
    numbers: np.ndarray
    text: list[pa.Array]
    kinds: np.ndarray


class _Columns:
    """Records put into columns a batch at a time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.parts: list[_Part] = []
        self.rows = self.width = 0

    def add(self, rows: Rows) -> None:
        """Records of any width, with their numbers."""
        if not rows:
            return
        numbers = np.fromiter((n for n, _ in rows), np.int32, len(rows))
        cells = [r for _, r in rows]
        width = max(map(len, cells))
        if width > MAX_COLUMN:  # separators to the edge of the sheet and beyond are no cells
            cells = [_trimmed(c) for c in cells]
            width = max(map(len, cells))
        self.check(len(rows), width)
        self.put(numbers, [_array(c) for c in _transposed(cells, width)])

    def put(self, numbers: np.ndarray, text: list[pa.Array]) -> None:
        """Columns of records with these numbers."""
        width = len(text)
        kinds = np.zeros((len(numbers), width), np.uint8, order="F")
        for i, column in enumerate(text):
            kinds[~blank(column), i] = CellKind.TEXT
        while width and not kinds[:, width - 1].any():
            width -= 1
        keep = kinds.any(axis=1)
        text, kinds = text[:width], kinds[:, :width]
        if not keep.all():
            mask = pa.array(keep)
            numbers, kinds, text = numbers[keep], kinds[keep], [t.filter(mask) for t in text]
        text = [_cleaned(t, kinds[:, i]) for i, t in enumerate(text)]
        self.parts.append(_Part(numbers, text, kinds))
        self.rows += len(numbers)
        self.width = max(self.width, width)

    def check(self, rows: int, width: int) -> None:
        """Raises RefusedError where so many more are too many."""
        if width > MAX_COLUMN:
            raise RefusedError("too_wide", columns=str(width), limit=str(MAX_COLUMN))
        if (self.rows + rows) * max(width, self.width) > self.limits.cells:
            raise RefusedError(
                "too_many_cells", sheet=SHEET, rows=str(self.rows + rows), columns=str(width),
                limit=str(self.limits.cells),
            )  # fmt: skip

    def grid(self, notes: tuple[str, ...]) -> Grid:
        numbers = np.concatenate([p.numbers for p in self.parts])
        kinds = np.zeros((len(numbers), self.width), np.uint8, order="F")
        at = 0
        for part in self.parts:
            kinds[at : at + len(part.numbers), : part.kinds.shape[1]] = part.kinds
            at += len(part.numbers)
        text = [pa.concat_arrays([p.text[c] if c < len(p.text) else blank_column(len(p.numbers)) for p in self.parts])
                for c in range(self.width)]  # fmt: skip
        if (numbers[1:] < numbers[:-1]).any():
            order = np.argsort(numbers)
            numbers, kinds = numbers[order], np.asfortranarray(kinds[order])
            text = [column.take(pa.array(order)) for column in text]
        return Grid(SHEET, "visible", numbers, text, kinds, notes=notes)


def _trimmed(cells: list[str]) -> list[str]:
    """Without the blank cells at the end."""
    last = next((n for n in range(len(cells), 0, -1) if cells[n - 1].strip()), 0)
    return cells[:last]


def _transposed(cells: Sequence[Sequence[str]], width: int) -> Iterable[Sequence[str]]:
    if all(len(c) == width for c in cells):
        return zip(*cells, strict=True)
    return itertools.zip_longest(*cells, fillvalue="")


def _array(values: Sequence[str]) -> pa.Array:
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array([storable(v) for v in values], pa.string())


def _cleaned(text: pa.Array, kinds: np.ndarray) -> pa.Array:
    """White space alone becomes blank; ="0123", by which exports keep Excel from rounding, its content."""
    changes = []
    spaces = np.flatnonzero(
        (kinds == CellKind.BLANK) & (pc.binary_length(text).to_numpy(zero_copy_only=False) > 0)
    )
    if len(spaces):
        changes.append((spaces, blank_column(len(spaces))))
    guarded = np.flatnonzero(pc.starts_with(text, '="').to_numpy(zero_copy_only=False))
    if len(guarded):
        old = text.take(pa.array(guarded)).to_pylist()
        new = [t[2:-1] if len(t) > 2 and t.endswith('"') and '"' not in t[2:-1] else t for t in old]
        changes.append((guarded, pa.array(new, pa.string())))
    return put(text, changes)


csv.field_size_limit(1 << 28)
