"""Reading text tables (.csv, .tsv, .txt): encoding, separator, quotes; ragged rows kept."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.files.encoding import decode
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.readers.cells import MAX_COLUMN
from lbt_audit.intake.readers.texts import blank, blank_column, put, storable
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.intake.table import Note
from lbt_audit.model.cell import CellKind

SHEET = "Sheet1"
SEPARATORS = ("\t", ",", ";", "，", "|")  # the first wins a tie
_ROWS = 20_000  # put into columns at a time
_SAMPLE = 200  # lines looked at for the separator
_END = "\x03end\x03"  # a line of our own after the last: seen by itself, all quotes are closed
_SWALLOWED = 3  # line breaks in one field that look like swallowed rows

Rows = list[tuple[int, list[str]]]


def read_delimited(data: bytes, limits: Limits) -> tuple[list[Grid], list[Note]]:
    """One grid. Row numbers count records as a spreadsheet would show them."""
    decoded = decode(data)
    del data
    text = decoded.text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\x00 \t\r\n\x1a"):
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
    open_line = unclosed_quote(text, separator)
    if open_line is not None:
        notes.append(Note("unclosed_quote", row=open_line, detail={"sheet": SHEET, "line": str(open_line)}))
        marks.append(f"unclosed_quote:{open_line}")
        records = _line_by_line(text, separator)
    else:
        records = _records(text, separator)
    columns = _Columns(limits)
    for rows in _batches(records):
        columns.add(rows)
    return [columns.grid(tuple(marks))], notes


def sniff(text: str) -> str:
    """The separator that cuts most of the first lines into the same number of cells."""
    lines = list(itertools.islice(_lines(text), _SAMPLE))
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


def unclosed_quote(text: str, separator: str) -> int | None:
    """The line of a quotation mark that is never closed, or closed only after swallowing rows."""
    if '"' not in text:
        return None
    start, widths = 1, Counter[int]()
    suspects: list[tuple[int, int]] = []
    reader = csv.reader(itertools.chain(_lines(text), ["\n", _END]), delimiter=separator)
    last: list[str] = []
    last_start = 1
    for record in reader:
        widths[len(record)] += 1
        last, last_start = record, start
        if reader.line_num > start:
            line = start
            for cell in record:
                breaks = cell.count("\n")
                if breaks >= _SWALLOWED and cell.count(separator) >= breaks:
                    suspects.append((line, cell.count(separator) // breaks))
                line += breaks
        start = reader.line_num + 1
    if last != [_END]:
        line = last_start
        for cell in last:
            if _END in cell:
                break
            line += cell.count("\n")
        return suspects[0][0] if suspects and suspects[0][0] < line else line
    usual = widths.most_common(1)[0][0] - 1
    return next((line for line, cuts in suspects if cuts * 2 >= usual), None)


def _directive(text: str) -> tuple[str, str | None]:
    """Excel's own first line "sep=;"; it stays as a blank record so that row numbers hold."""
    first = text[:8].splitlines()[0] if text[:8].lower().startswith("sep=") else ""
    return (text[len(first) :], first[4]) if len(first) == 5 else (text, None)


def _lines(text: str) -> Iterator[str]:
    """Lines with their breaks, cut one by one: a province's file must not be held twice."""
    start = 0
    while (end := text.find("\n", start) + 1) > 0:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    return enumerate(csv.reader(_lines(text), delimiter=separator), 1)


def _line_by_line(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Every line a record of its own; a line with an open quote is cut at separators alone."""
    for number, line in enumerate(_lines(text), 1):
        found = list(csv.reader([line.rstrip("\n"), _END], delimiter=separator))
        if found and found[-1] == [_END]:
            yield number, found[0] if len(found) > 1 else []
        else:
            yield number, [c.strip('"') for c in line.rstrip("\n").split(separator)]


def _batches(records: Iterator[tuple[int, list[str]]]) -> Iterator[Rows]:
    while batch := list(itertools.islice(records, _ROWS)):
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
        numbers = np.fromiter((n for n, _ in rows), np.int32, len(rows))
        cells = [r for _, r in rows]
        width = max(map(len, cells))
        if width > MAX_COLUMN:
            raise RefusedError("too_wide", columns=str(width), limit=str(MAX_COLUMN))
        if (self.rows + len(rows)) * max(width, self.width) > self.limits.cells:
            raise RefusedError(
                "too_many_cells", sheet=SHEET, rows=str(self.rows + len(rows)), columns=str(width),
                limit=str(self.limits.cells),
            )  # fmt: skip
        text = [_array(c) for c in _transposed(cells, width)]
        kinds = np.zeros((len(rows), width), np.uint8, order="F")
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

    def grid(self, notes: tuple[str, ...]) -> Grid:
        numbers = np.concatenate([p.numbers for p in self.parts])
        kinds = np.zeros((len(numbers), self.width), np.uint8, order="F")
        at = 0
        for part in self.parts:
            kinds[at : at + len(part.numbers), : part.kinds.shape[1]] = part.kinds
            at += len(part.numbers)
        text = [pa.concat_arrays([p.text[c] if c < len(p.text) else blank_column(len(p.numbers)) for p in self.parts])
                for c in range(self.width)]  # fmt: skip
        return Grid(SHEET, "visible", numbers, text, kinds, notes=notes)


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
