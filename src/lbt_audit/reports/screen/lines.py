"""Coloured lines fitted to the width of a screen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.text import Text as Line

from lbt_audit.reports.text.layout import width, wrap


def table_lines(rows: Sequence[Sequence[Line]], numbers: Collection[int], columns: int) -> list[Line]:
    """A table, indented. ``numbers`` are the columns set flush right. No boxes: lines drawn with characters
    come out wrong in a GBK console. The last column wraps."""
    widths = [max(width(row[i].plain) for row in rows) for i in range(len(rows[0]))]
    room = max(columns - 2 - sum(widths[:-1]) - 2 * (len(widths) - 1), 20)
    lines = []
    for row in rows:
        line = Line("  ")
        for i, cell in enumerate(row[:-1]):
            blank = " " * (widths[i] - width(cell.plain))
            line += Line(blank) + cell if i in numbers else cell + Line(blank)
            line.append("  ")
        last = row[-1]
        if len(row) - 1 in numbers:
            last = Line(" " * (widths[-1] - width(last.plain))) + last
        indent = width(line.plain)
        for number, part in enumerate(wrapped(last, room)):
            whole = (line if number == 0 else Line(" " * indent)) + part
            whole.rstrip()
            lines.append(whole)
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
