"""A worksheet part with the contents of some cells replaced: the markup of all others goes through untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lbt_audit.copies.layout import bodies
from lbt_audit.copies.markup import escaped
from lbt_audit.copies.sheet import Cell, Restyle, SheetPart
from lbt_audit.intake.readers.xlsx.references import cell_reference
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex

_STYLE = regex(rb"""\ss\s*=\s*["'](\d{1,8})["']""")
_NAMED = regex(rb"""\sr\s*=\s*["']([A-Za-z]{1,3}[0-9]{1,7})["']""")
_NUMBERED = regex(rb"""\sr\s*=\s*["']([0-9]{1,7})["']""")


@dataclass(frozen=True)
class Content:
    """``text`` a cell is to hold ("" = nothing); ``restyle``: its style as well."""

    text: str
    restyle: Restyle | None = None


class Contents:
    """``part`` with the contents of ``cells``. ``formulas`` are those of them that are worked out and stay as they are,
    ``absent`` those that are not in the part, both known once ``markup`` is at its end."""

    def __init__(self, part: SheetPart, cells: Mapping[Cell, Content]) -> None:
        self._part = part
        self._rows: dict[int, dict[int, Content]] = {}
        for (row, column), content in cells.items():
            self._rows.setdefault(row, {})[column] = content
        self.formulas: set[Cell] = set()
        self.absent: set[Cell] = set(cells)
        prefix = re.escape(part.layout.prefix)
        self._row = re.compile(rb"<%srow(?=[\s/>])([^>]*)>" % prefix)
        self._end = b"</" + part.layout.prefix + b"row>"
        self._cell = re.compile(
            rb"<%sc(?=[\s/>])([^>]*?)(?:/>|>(.*?)</%sc\s*>)" % (prefix, prefix), re.DOTALL
        )
        self._formula = re.compile(rb"<%sf(?=[\s/>])" % prefix)

    def markup(self) -> Iterator[bytes]:
        """The part, piece by piece."""
        yield self._part.layout.head
        last = 0
        for chunk in bodies(self._part.opener()):
            done = 0
            for row in self._row.finditer(chunk):
                given = _NUMBERED.search(row[1])
                last = int(given[1]) if given else last + 1
                wanted = self._rows.get(last)
                if wanted is None or row[1].endswith(b"/"):
                    continue
                end = chunk.find(self._end, row.end())
                yield chunk[done : row.end()]
                yield from self._changed(last, chunk[row.end() : end], wanted)
                done = end
            yield chunk[done:]
        yield self._part.layout.tail

    def _changed(self, row: int, body: bytes, wanted: Mapping[int, Content]) -> Iterator[bytes]:
        column, done = -1, 0
        for cell in self._cell.finditer(body):
            named = _NAMED.search(cell[1])
            place = cell_reference(named[1].decode("ascii")) if named else None
            column = place[1] if place else column + 1
            content = wanted.get(column)
            if content is None:
                continue
            self.absent.discard((row, column))
            if cell[2] and self._formula.search(cell[2]):
                self.formulas.add((row, column))
                continue
            yield body[done : cell.start()]
            yield self._made(cell[1], content)
            done = cell.end()
        yield body[done:]

    def _made(self, attributes: bytes, content: Content) -> bytes:
        p = self._part.layout.prefix
        named, styled = _NAMED.search(attributes), _STYLE.search(attributes)
        style = int(styled[1]) if styled else 0
        style = content.restyle(style) if content.restyle else style
        kept = (named[0] if named else b"") + (b' s="%d"' % style if style else b"")
        if not content.text:
            return b"<%sc%s/>" % (p, kept)
        text = escaped(content.text).encode()
        return b'<%sc%s t="inlineStr"><%sis><%st xml:space="preserve">%s</%st></%sis></%sc>' % (
            p, kept, p, p, text, p, p, p,
        )  # fmt: skip
