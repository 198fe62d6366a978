"""The styles of a workbook, with new cell formats derived from those that are there."""

from __future__ import annotations

import copy
from typing import Any, Final

from lbt_audit.copies.markup import MAIN, STRICT_MAIN, child, made, markup, parse
from lbt_audit.copies.package import EditedPackage, Relations

_EMPTY = (
    '<styleSheet xmlns="{}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
)
_TEXT: Final = "49"  # the built-in format @
_SIDES = ("left", "right", "top", "bottom")


class Styles:
    """``styles.xml``. Numbers given are those a cell's ``s`` takes; colours are RRGGBB."""

    def __init__(self, content: bytes | None, strict: bool = False) -> None:
        self.root: Any = parse(content or _EMPTY.format(STRICT_MAIN if strict else MAIN).encode())
        self._formats = self._listed("cellXfs")
        self._fills: dict[str, int] = {}
        self._derived: dict[tuple[int, str], int] = {}
        if not len(self._formats):
            made(self._formats, "xf", {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"})

    def filled(self, style: int, colour: str) -> int:
        """The format ``style`` with another fill and nothing else changed."""
        known = self._derived.get((style, colour))
        if known is not None:
            return known
        count = len(self._formats)
        own = copy.deepcopy(self._formats[style if style < count else 0])
        own.set("fillId", str(self._fill(colour)))
        own.set("applyFill", "1")
        return self._derived.setdefault((style, colour), self._add(self._formats, own))

    def as_text(self, style: int) -> int:
        """The format ``style`` for a number that is kept as text."""
        known = self._derived.get((style, _TEXT))
        if known is not None:
            return known
        count = len(self._formats)
        own = copy.deepcopy(self._formats[style if style < count else 0])
        own.set("numFmtId", _TEXT)
        own.set("applyNumberFormat", "1")
        return self._derived.setdefault((style, _TEXT), self._add(self._formats, own))

    def forget(self, colours: frozenset[str]) -> None:
        """Fills in one of ``colours`` become none: what an earlier copy marked is no longer marked."""
        for fill in self._listed("fills"):
            pattern = child(fill, "patternFill")
            front = child(pattern, "fgColor") if pattern is not None else None
            if front is not None and (front.get("rgb") or "")[-6:].upper() in colours:
                for element in list(pattern):
                    pattern.remove(element)
                pattern.set("patternType", "none")

    def new(
        self,
        *,
        bold: bool = False,
        size: float = 10,
        colour: str = "000000",
        underline: bool = False,
        fill: str | None = None,
        border: bool = False,
        centred: bool = False,
        wrap: bool = True,
        text: bool = False,
    ) -> int:
        """A format of its own, in the workbook's own first face. ``text``: what a cell holds stays text when edited."""
        fonts = self._listed("fonts")
        first = child(fonts[0], "name") if len(fonts) else None
        font = made(fonts, "font", {})
        if bold:
            made(font, "b", {})
        if underline:
            made(font, "u", {})
        made(font, "sz", {"val": f"{size:g}"})
        made(font, "color", {"rgb": f"FF{colour}"})
        made(font, "name", {"val": first.get("val") if first is not None else "宋体"})
        font_id = self._add(fonts, font)
        own = made(
            self._formats, "xf",
            {"numFmtId": "0", "fontId": str(font_id), "fillId": str(self._fill(fill) if fill else 0),
             "borderId": str(self._border() if border else 0), "xfId": "0", "applyFont": "1", "applyFill": "1",
             "applyBorder": "1", "applyAlignment": "1"} | ({"quotePrefix": "1"} if text else {}),
        )  # fmt: skip
        alignment = {"vertical": "center"} | ({"horizontal": "center"} if centred else {})
        made(own, "alignment", alignment | ({"wrapText": "1"} if wrap else {}))
        return self._add(self._formats, own)

    def _fill(self, colour: str) -> int:
        if colour not in self._fills:
            fills = self._listed("fills")
            fill = made(fills, "fill", {})
            pattern = made(fill, "patternFill", {"patternType": "solid"})
            made(pattern, "fgColor", {"rgb": f"FF{colour}"})
            made(pattern, "bgColor", {"indexed": "64"})
            self._fills[colour] = self._add(fills, fill)
        return self._fills[colour]

    def _border(self) -> int:
        borders = self._listed("borders")
        border = made(borders, "border", {})
        for side in _SIDES:
            made(made(border, side, {"style": "thin"}), "color", {"rgb": "FFBFBFBF"})
        made(border, "diagonal", {})
        return self._add(borders, border)

    def _listed(self, called: str) -> Any:
        found = child(self.root, called)
        if found is None:
            before = _ORDER[: _ORDER.index(called)]
            at = sum(1 for e in self.root if isinstance(e.tag, str) and e.tag.rpartition("}")[2] in before)
            found = made(self.root, called, {"count": "0"}, at)
        return found

    @staticmethod
    def _add(parent: Any, element: Any) -> int:
        """``element`` as the last of ``parent``; gives its number."""
        parent.append(element)
        parent.set("count", str(len(parent)))
        return len(parent) - 1


def read_styles(package: EditedPackage, relations: Relations, strict: bool) -> tuple[str, Styles]:
    """The name of the part of styles, and the styles; a workbook without gets some."""
    found = next((part for part in relations.find("styles") if part in package), None)
    if found is not None:
        return found, Styles(package.read(found))
    styles = Styles(None, strict)
    usual = "xl/styles.xml"  # some programs look nowhere else
    part = package.add("xl/styles{}.xml" if usual in package else usual, markup(styles.root), _KIND)
    relations.add("styles", part)
    return part, styles
