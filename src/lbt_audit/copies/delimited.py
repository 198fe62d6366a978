"""A text table (.csv) with the contents of some cells replaced: every other byte goes through untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lbt_audit.copies.markup import UneditableError
from lbt_audit.intake.files.encoding import decode
from lbt_audit.intake.readers.delimited import separator_of

Cell = tuple[int, int]


def respelt(data: bytes, cells: Mapping[Cell, str]) -> bytes:
    """``data`` with the texts of ``cells`` (record from 1, column from 0). Raises UneditableError for what cannot be
    written back as it was: bad bytes, marks that are never closed."""
    decoded = decode(data)
    if decoded.bad_lines or decoded.cut or "\x00" in decoded.text or "\x1a" in decoded.text:
        raise UneditableError("bad bytes")
    body = decoded.text.encode(decoded.encoding, "surrogatepass")
    if not data.endswith(body):
        raise UneditableError("encoding")
    mark = data[: len(data) - len(body)]
    separator = separator_of(decoded.text)
    pieces, done = [], 0
    for cell, start, end in _cells(decoded.text, separator):
        new = cells.get(cell)
        if new is not None:
            quoted = decoded.text.startswith('"', start)
            pieces += [decoded.text[done:start], _written(new, quoted, separator)]
            done = end
    pieces.append(decoded.text[done:])
    return mark + "".join(pieces).encode(decoded.encoding, "surrogatepass")


def _cells(text: str, separator: str) -> Iterator[tuple[Cell, int, int]]:
    """Every cell with its span."""
    s = re.escape(separator)
    one = re.compile(rf'("[^"]*(?:""[^"]*)*"|[^"{s}\r\n][^{s}\r\n]*|)({s}|\r\n|\n|\r|\Z)')
    at, row, column = 0, 1, 0
    while at < len(text):
        found = one.match(text, at)
        if found is None:
            raise UneditableError("quotation marks")
        yield (row, column), found.start(1), found.end(1)
        at = found.end()
        row, column = (row, column + 1) if found[2] == separator else (row + 1, 0)


def _written(text: str, quoted: bool, separator: str) -> str:
    if quoted or any(c in text for c in (separator, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text
