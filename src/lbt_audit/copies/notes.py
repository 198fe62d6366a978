"""Notes at cells: the part that holds their texts, and the old drawing that says where each is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from lbt_audit.copies.markup import (
    MAIN,
    STRICT_MAIN,
    child,
    escaped,
    made,
    markup,
    name,
    namespace,
    parse,
)
from lbt_audit.copies.package import EditedPackage, Relations
from lbt_audit.copies.sheet import Cell, SheetPart
from lbt_audit.intake.readers.xlsx.references import cell_reference
from lbt_audit.model.location import column_letter
from lbt_audit.model.regex import regex

_COMMENTS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE_ID = regex(rb"_s(\d{1,9})\b")
_END = regex(rb"</(?:[\w.-]+:)?xml\s*>\s*$")
_LAST_COLUMN, _LAST_ROW = 16_383, 1_048_576
_WIDE = 4  # columns a note covers
_PER_LINE = 24  # wide characters
_TALLEST = 24  # rows


class Notes:
    """The notes of one sheet. ``drawing`` is the relation of a new drawing, where there was none."""

    def __init__(self, package: EditedPackage, sheet: SheetPart, relations: Relations) -> None:
        self._package, self._sheet, self._relations = package, sheet, relations
        self._comments = next((p for p in relations.find("comments") if p in package), None)
        self._threads = _threads(package, relations)
        strict = STRICT_MAIN in sheet.layout.spaces
        empty = f'<comments xmlns="{STRICT_MAIN if strict else MAIN}"><authors/><commentList/></comments>'
        self.root: Any = parse(package.read(self._comments) if self._comments else empty.encode())

    def add(self, texts: Mapping[Cell, str], author: str, separator: str) -> str | None:
        """Notes with ``texts`` at their cells. To a note that is there, the text is appended after ``separator``; a
        conversation (threaded comment) takes none. Gives the relation of a new drawing, if one had to be made."""
        there = {e.get("ref", "").replace("$", ""): e for e in self._listed()}
        number = self._author(author)
        shapes, new = [], []
        for cell, text in sorted(texts.items()):
            ref = f"{column_letter(cell[1])}{cell[0]}"
            if ref in self._threads:
                continue
            comment = there.get(ref)
            if comment is None:
                new.append(f'<comment ref="{ref}" authorId="{number}"><text>{_run(text)}</text></comment>')
                shapes.append((cell, text))
            else:
                found = child(comment, "text")
                _say(made(comment, "text", {}, 0) if found is None else found, f"\n{separator}\n{text}")
        listed = self._listed()
        listed.extend(_parsed("".join(new), listed))
        content = markup(self.root)
        if self._comments is not None:
            self._package.replace(self._comments, content)
        else:
            made_part = self._package.add("xl/comments{}.xml", content, _COMMENTS)
            self._relations.add("comments", made_part)
        return self._draw(shapes) if shapes else None

    def forget(self, author: str, separator: str) -> None:
        """Take away what an earlier copy wrote: notes by ``author``, and in others what follows ``separator``."""
        listed = self._listed()
        found = child(self.root, "authors")
        authors = [] if found is None else [(e.text or "") for e in found]
        ours = {str(i) for i, who in enumerate(authors) if who == author}
        gone = []
        for comment in list(listed):
            if comment.get("authorId") in ours:
                gone.append(cell_reference(comment.get("ref", "")))
                listed.remove(comment)
                continue
            _cut(child(comment, "text"), separator)
        if self._comments is not None:
            self._package.replace(self._comments, markup(self.root))
            self._erase({cell for cell in gone if cell is not None})

    def _erase(self, cells: set[Cell]) -> None:
        """The shapes of notes at ``cells``."""
        found = self._drawing()
        if found is None or not cells:
            return

        def kept(match: re.Match[bytes]) -> bytes:
            row, column = (
                re.search(rb"<(?:\w+:)?%s>\s*(\d{1,7})" % n, match[0]) for n in (b"Row", b"Column")
            )
            ours = (
                b'ObjectType="Note"' in match[0]
                and row
                and column
                and (int(row[1]) + 1, int(column[1])) in cells
            )
            return b"" if ours else match[0]

        content = self._package.read(found)
        shape = re.compile(rb"<v:shape\s(?:(?!</v:shape>).)*</v:shape>", re.DOTALL)
        self._package.replace(found, shape.sub(kept, content))

    def _drawing(self) -> str | None:
        identifier = self._sheet.layout.drawing
        target = self._relations.target(identifier) if identifier else None
        return target[1] if target is not None and target[1] in self._package else None

    def _draw(self, notes: list[tuple[Cell, str]]) -> str | None:
        part = self._drawing()
        if part is None:
            shapes = "".join(_shape(1025 + n, *note) for n, note in enumerate(notes))
            head = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{_blocks(1025, len(notes))}"/></o:shapelayout>'
            content = f"<xml {_SPACES}>{head}{_TYPE}{shapes}</xml>".encode()
            self._package.extension("vml", _DRAWING)
            made_part = self._package.add_plain("xl/drawings/vmlDrawing{}.vml", content)
            return self._relations.add("vmlDrawing", made_part)
        old = self._package.read(part)
        end = _END.search(old)
        at = end.start() if end else old.rfind(b"</xml")
        first = max((int(n) for n in _SHAPE_ID.findall(old)), default=1024) + 1
        spaces = "" if b"xmlns:v=" in old and b"xmlns:x=" in old and b"xmlns:o=" in old else f" {_SPACES}"
        new = ("" if b"_x0000_t202" in old else _TYPE) + "".join(
            _shape(first + n, *note, spaces=spaces) for n, note in enumerate(notes)
        )
        self._package.replace(part, old[:at] + new.encode() + old[at:])
        return None

    def _listed(self) -> Any:
        found = child(self.root, "commentList")
        return made(self.root, "commentList", {}) if found is None else found

    def _author(self, author: str) -> int:
        authors = child(self.root, "authors")
        if authors is None:
            authors = made(self.root, "authors", {}, 0)
        named = [e.text or "" for e in authors]
        if author not in named:
            made(authors, "author", {}).text = author
            named.append(author)
        return named.index(author)


def _say(text: Any, more: str) -> None:
    """``more`` at the end of a rich text; a plain one becomes rich, and reads the same."""
    for element in [e for e in text if name(e) == "t"]:
        run = made(text, "r", {}, text.index(element))
        text.remove(element)
        run.append(element)
    at = next((i for i, e in enumerate(text) if name(e) in ("rPh", "phoneticPr")), None)
    text.insert(len(text) if at is None else at, _parsed(_run(more), text)[0])


def _run(text: str) -> str:
    """A run of a note."""
    format_ = '<sz val="9"/><color indexed="81"/><rFont val="宋体"/>'
    return f'<r><rPr>{format_}</rPr><t xml:space="preserve">{escaped(text)}</t></r>'


def _parsed(elements: str, parent: Any) -> list[Any]:
    """``elements`` in the namespace of ``parent``: thousands are parsed sooner than made one by one."""
    return list(parse(f'<all xmlns="{namespace(parent)}">{elements}</all>'.encode()))


def _cut(text: Any, separator: str) -> None:
    """Runs of a note from ``separator`` on are taken away."""
    behind = False
    for run in list(text) if text is not None else ():
        said = child(run, "t") if name(run) == "r" else run if name(run) == "t" else None
        if behind and said is not None:
            text.remove(run)
        elif said is not None and separator in (said.text or ""):
            said.text, behind = (said.text or "").split(separator)[0].rstrip("\n"), True


def _threads(package: EditedPackage, relations: Relations) -> frozenset[str]:
    """Cells that hold a conversation."""
    parts = [part for part in relations.find("threadedComment") if part in package]
    return frozenset(e.get("ref", "") for part in parts for e in parse(package.read(part)) if name(e))


def _blocks(first: int, count: int) -> str:
    """The blocks of 1,024 numbers that shapes take."""
    return ",".join(str(n) for n in range(first // 1024, (first + count) // 1024 + 1))


def _shape(number: int, cell: Cell, text: str, spaces: str = "") -> str:
    row, column = cell
    lines = sum(1 + len(line) // _PER_LINE for line in text.split("\n"))
    tall = min(lines + 1, _TALLEST)
    left = column + 1 if column + 1 + _WIDE <= _LAST_COLUMN else max(column - 1 - _WIDE, 0)
    top = max(min(row - 2, _LAST_ROW - tall - 2), 0)
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" '
        f'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"{spaces}>'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{left}, 15, {top}, 2, {left + _WIDE}, 15, {top + tall}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
