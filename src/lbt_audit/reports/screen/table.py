"""Tables of coloured cells, fitted to the width of a screen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.text import Text as Line

from lbt_audit.reports.text.layout import width, wrap

_LEAST = 16  # no column of texts is made narrower


def table_lines(rows: Sequence[Sequence[Line]], numbers: Collection[int], columns: int) -> list[Line]:
    """A table, indented. ``numbers`` are the columns set flush right. No boxes: lines drawn with characters
    come out wrong in a GBK console. Where it is too wide, the widest columns of texts wrap."""
    widths = [max(width(row[i].plain) for row in rows) for i in range(len(rows[0]))]
    texts = [i for i in range(len(widths)) if i not in numbers]
    room = columns - 2 * len(widths)
    while texts and sum(widths) > room and widths[widest := max(texts, key=widths.__getitem__)] > _LEAST:
        widths[widest] -= 1
    return [line for row in rows for line in _row_lines(row, widths, numbers)]


def _row_lines(row: Sequence[Line], widths: Sequence[int], numbers: Collection[int]) -> list[Line]:
    cells = [wrapped(cell, columns) for cell, columns in zip(row, widths, strict=True)]
    lines = []
    for number in range(max(map(len, cells))):
        line = Line()
        for i, parts in enumerate(cells):
            part = parts[number] if number < len(parts) else Line()
            blank = " " * (widths[i] - width(part.plain))
            line += Line("  ") + (Line(blank) + part if i in numbers else part + Line(blank))
        line.rstrip()
        lines.append(line)
    return lines


def wrapped(line: Line, columns: int) -> list[Line]:
    """``line`` in parts of at most ``columns``."""
    if width(line.plain) <= columns:
        return [line]
    parts, start = [], 0
    for part in wrap(line.plain, columns):
        start = line.plain.index(part, start)
        parts.append(line[start : start + len(part)])
        start += len(part)
    return parts
