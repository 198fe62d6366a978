"""A worksheet part with cells changed: the markup of all others goes through untouched, as a stream."""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping

from lbt_audit.copies.layout import Layout, UnusualError, bodies, legacy_drawing, look, plain
from lbt_audit.copies.markup import UneditableError
from lbt_audit.copies.package import Source
from lbt_audit.intake.readers.xlsx.references import cell_reference
from lbt_audit.model.location import column_letter
from lbt_audit.model.regex import regex

Cell = tuple[int, int]
"""Row (1-based) and column (0-based)."""
Restyle = Callable[[int], int]
"""The number of a cell's style → that of its new one."""

_ATTRIBUTE = regex(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_STYLE = regex(rb"""(\ss\s*=\s*["'])(\d{1,8})(["'])""")
_SPANS = regex(rb"""\sspans\s*=\s*(?:"[^"]*"|'[^']*')""")
SELECTED = regex(rb"""\stabSelected\s*=\s*["'](?:1|true)["']""")


class SheetPart:
    """``opener`` opens the part; every opening begins anew. Raises UneditableError for markup that is none of a
    worksheet, and RefusedError for damage."""

    def __init__(self, opener: Callable[[], Source]) -> None:
        self.opener = opener
        try:
            self.layout = look(self.opener())
        except UnusualError:  # comments, CDATA, other encodings: said plainly first
            whole = plain(opener())
            self.opener = lambda: io.BytesIO(whole)
            try:
                self.layout = look(self.opener())
            except UnusualError:
                raise UneditableError("worksheet") from None
        self._anchors: dict[int, list[tuple[int, int, int, int]]] | None = None

    def anchor(self, cell: Cell) -> Cell:
        """The cell that is shown where ``cell`` is: the first of its merged range."""
        if self._anchors is None:
            self._anchors = {}
            for merge in self.layout.merges:
                for column in range(merge[1], merge[3] + 1):
                    self._anchors.setdefault(column, []).append(merge)
            for merges in self._anchors.values():
                merges.sort()
        merges = self._anchors.get(cell[1], [])
        at = bisect_right(merges, (cell[0], 1 << 20, 0, 0)) - 1
        if at >= 0 and merges[at][0] <= cell[0] <= merges[at][2]:
            return merges[at][0], merges[at][1]
        return cell

    @property
    def selected(self) -> bool:
        """Whether the sheet is one of those shown as chosen."""
        return SELECTED.search(self.layout.head) is not None

    def edited(self, cells: Mapping[Cell, Restyle], drawing: str | None, selected: bool) -> Iterator[bytes]:
        """The part with ``cells`` in other styles, empty ones made; ``drawing`` is the relation of a new drawing of
        notes. ``selected``: whether the sheet stays chosen."""
        layout = self.layout
        yield layout.head if selected else SELECTED.sub(b"", layout.head)
        rows: dict[int, dict[int, Restyle]] = {}
        for row, column in sorted(cells):
            rows.setdefault(row, {})[column] = cells[row, column]
        editor = _Rows(layout, rows)
        for chunk in bodies(self.opener()):
            yield b"".join(editor.edit(chunk))
        yield from editor.rest()
        if drawing is None:
            yield layout.tail
        else:
            yield layout.tail[: layout.place]
            yield legacy_drawing(layout, drawing)
            yield layout.tail[layout.place :]


class _Rows:
    """Rows as they come, those in ``wanted`` (rows and columns rising) changed.

    Start tags as programs write them (``<c r="F7"``) are looked for as they stand, and what becomes of the rest of such a
    tag is found out once; every other way to write a row takes the careful way."""

    def __init__(self, layout: Layout, wanted: dict[int, dict[int, Restyle]]) -> None:
        p = layout.prefix
        self._layout, self._wanted = layout, wanted
        self._pending = list(reversed(wanted))
        self._last = 0
        self._row = re.compile(b"<" + re.escape(p) + rb'row(?: r="(\d{1,7})")?(?=[\s/>])([^>]*)>')
        self._cell = re.compile(b"<" + re.escape(p) + rb"c(?=[\s/>])([^>]*)>")
        self._start, self._end = b"<" + p + b"c", b"</" + p + b"row>"
        self._usual = {
            column: self._start + b' r="' + column_letter(column).encode() + b'%d"'
            for column in {column for columns in wanted.values() for column in columns}
        }
        self._restyled: dict[tuple[bytes, Restyle], bytes] = {}

    def edit(self, data: bytes) -> list[bytes]:
        """``data``, whole rows, in pieces."""
        pieces: list[bytes] = []
        done, length = 0, len(self._end)
        starts = self._row.finditer(data)
        match = next(starts, None)
        while match is not None:
            following = next(starts, None)
            given = match[1] or _attribute(match[2], b"r")
            number = int(given) if given and given.isdigit() and len(given) < 8 else self._last + 1
            if number <= self._last:
                raise UneditableError("rows out of order")
            self._last = number
            if self._pending and self._pending[-1] < number:
                pieces.append(data[done : match.start()])
                done = match.start()
                pieces += self._missing(number)
            if self._pending and self._pending[-1] == number:
                self._pending.pop()
                closed = match[2].endswith(b"/")
                # A row ends where the next begins; in markup nobody expects, where it says so.
                end = (following.start() if following is not None else len(data)) - length
                if closed or data[end : end + length] != self._end:
                    end = match.end() if closed else data.find(self._end, match.end())
                if end < 0:
                    raise UneditableError("row without end")
                quick = None if closed else self._quickly(number, data, done, match.end(), end)
                if quick is not None:
                    pieces += quick
                else:
                    pieces.append(data[done : match.start()])
                    pieces += self._carefully(number, match, data[match.end() : end], closed)
                done = end
            match = following
        pieces.append(data[done:])
        return pieces

    def rest(self) -> Iterator[bytes]:
        """Rows wanted below the last one."""
        yield from self._missing(1 << 30)

    def _missing(self, before: int) -> Iterator[bytes]:
        while self._pending and self._pending[-1] < before:
            number = self._pending.pop()
            p = self._layout.prefix
            cells = b"".join(self._new(number, c, -1) for c in sorted(self._wanted[number]))
            yield b'<%srow r="%d">%s</%srow>' % (p, number, cells, p)

    def _quickly(self, number: int, data: bytes, done: int, first: int, last: int) -> list[bytes] | None:
        """``data`` from ``done`` to ``last``, the end of a row whose cells begin at ``first``, in pieces; None where a cell
        is not there as programs write it, or not in its place."""
        pieces: list[bytes] = []
        for column, restyle in self._wanted[number].items():
            name = self._usual[column] % number
            start = data.find(name, first, last)
            if start < 0:
                return None
            end = start + len(name)
            first = data.index(b">", end)
            rest = data[end:first]
            new = self._restyled.get((rest, restyle))
            if new is None:
                new = self._restyled[rest, restyle] = self._styled(rest, restyle)
            pieces += (data[done:end], new)
            done = first
        pieces.append(data[done:last])
        return pieces

    def _carefully(self, number: int, match: re.Match[bytes], body: bytes, closed: bool) -> Iterator[bytes]:
        tag = match[0]
        found: dict[int, tuple[int, int]] = {}
        absent = []
        for column in self._wanted[number]:
            span = self._find(body, f'r="{column_letter(column)}{number}"'.encode())
            if span is None:
                absent.append(column)
            else:
                found[column] = span
        ends: list[tuple[int, int]] = []
        if absent:
            ends = self._listed(number, body, found, absent)
            absent = [c for c in absent if c not in found]
        row_style = (
            _attribute(match[2], b"s") if _attribute(match[2], b"customFormat") in (b"1", b"true") else b""
        )
        named = len(self._start)
        edits = [
            (a + named, b, self._styled(body[a + named : b], self._wanted[number][c]))
            for c, (a, b) in found.items()
        ]
        for column in sorted(absent):
            at = next((start for c, start in ends if c > column), len(body))
            edits.append((at, at, self._new(number, column, int(row_style) if row_style else -1)))
        pieces, done = [], 0
        for start, end, new in sorted(edits, key=lambda e: e[:2]):
            pieces += [body[done:start], new]
            done = end
        pieces.append(body[done:])
        if absent:
            tag = _SPANS.sub(b"", tag)
        if closed:
            tag = re.sub(rb"\s*/>$", b">", tag)
            pieces.append(self._end)
        yield tag
        yield from pieces

    def _find(self, body: bytes, name: bytes) -> tuple[int, int] | None:
        """The start tag of a cell, as programs write it."""
        at = body.find(name)
        while at >= 0:
            start = body.rfind(b"<", 0, at)
            if body.startswith(self._start, start) and body[start + len(self._start)] in b" \t\r\n":
                return start, body.index(b">", at) + 1
            at = body.find(name, at + 1)
        return None

    def _listed(
        self, number: int, body: bytes, found: dict[int, tuple[int, int]], absent: list[int]
    ) -> list[tuple[int, int]]:
        """Where every cell of the row begins, by column; cells without address stand by their order. Those of
        ``absent`` that are there after all come into ``found``."""
        column, ends = -1, []
        for match in self._cell.finditer(body):
            given = _attribute(match[1], b"r")
            place = cell_reference(given.decode("ascii", "replace")) if given else (number, column + 1)
            if place is None:
                continue
            column = place[1]
            ends.append((column, match.start()))
            if column in absent:
                found.setdefault(column, match.span())
        return ends

    def _styled(self, attributes: bytes, restyle: Restyle) -> bytes:
        """Attributes of a cell with another style."""
        match = _STYLE.search(attributes)
        if match is not None:
            return attributes[: match.start(2)] + b"%d" % restyle(int(match[2])) + attributes[match.end(2) :]
        return b' s="%d"' % restyle(0) + attributes

    def _new(self, number: int, column: int, row_style: int) -> bytes:
        """A cell that was not there, as row or column would have it look."""
        style = row_style if row_style >= 0 else self._layout.column_style(column)
        new = self._wanted[number][column](style)
        return b'<%sc r="%s%d" s="%d"/>' % (self._layout.prefix, column_letter(column).encode(), number, new)


def _attribute(tag: bytes, name: bytes) -> bytes:
    """The value of an attribute; b"" where there is none."""
    return next((a or b for key, a, b in _ATTRIBUTE.findall(tag) if key == name), b"")
