"""Cell styles, collected into ``styles.xml``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from xml.sax.saxutils import quoteattr

from lbt_audit.model.record import dataclass


@dataclass(frozen=True)
class Style:
    """How a cell looks. Colours are RRGGBB; ``quote`` marks text that must stay text when edited;
    ``unlocked`` cells can be filled in on a protected sheet."""

    bold: bool = False
    size: float = 10
    colour: str | None = None
    fill: str | None = None
    border: bool = False
    wrap: bool = False
    align: str | None = None  # left | center | right
    top: bool = False  # else centred vertically
    underline: bool = False
    format: str = ""  # of numbers; empty: as they are
    quote: bool = False
    unlocked: bool = False

    def quoted(self) -> Style:
        return replace(self, quote=True)


_OWN_FORMATS = 164  # the first number a format of one's own may have


@dataclass
class Styles:
    """Every style of a book gets a number; ``font`` is the face all of them use."""

    font: str
    _ids: dict[Style, int] = field(default_factory=lambda: {Style(): 0})

    def id(self, style: Style) -> int:
        return self._ids.setdefault(style, len(self._ids))

    def xml(self) -> str:
        fonts: list[str] = []
        fills = [
            '<fill><patternFill patternType="none"/></fill>',
            '<fill><patternFill patternType="gray125"/></fill>',
        ]
        own = list(dict.fromkeys(style.format for style in self._ids if style.format))
        numbers = {code: number for number, code in enumerate(own, _OWN_FORMATS)}
        formats = [self._format(style, fonts, fills, numbers.get(style.format, 0)) for style in self._ids]
        codes = [f'<numFmt numFmtId="{n}" formatCode={quoteattr(code)}/>' for code, n in numbers.items()]
        thin = "".join(
            f'<{s} style="thin"><color rgb="FFBFBFBF"/></{s}>' for s in ("left", "right", "top", "bottom")
        )
        borders = [
            "<border><left/><right/><top/><bottom/><diagonal/></border>",
            f"<border>{thin}<diagonal/></border>",
        ]
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f"{_listed('numFmts', codes) if codes else ''}"
            f"{_listed('fonts', fonts)}{_listed('fills', fills)}{_listed('borders', borders)}"
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f"{_listed('cellXfs', formats)}"
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        )

    def _format(self, style: Style, fonts: list[str], fills: list[str], number: int) -> str:
        font = (
            f"<font>{'<b/>' if style.bold else ''}{'<u/>' if style.underline else ''}"
            f'<sz val="{style.size:g}"/><color rgb="FF{style.colour or "000000"}"/><name val="{self.font}"/></font>'
        )
        fill = 0
        if style.fill:
            pattern = (
                f'<fill><patternFill patternType="solid"><fgColor rgb="FF{style.fill}"/></patternFill></fill>'
            )
            fill = _index(fills, pattern)
        horizontal = f' horizontal="{style.align}"' if style.align else ""
        vertical = "top" if style.top else "center"
        wrap = ' wrapText="1"' if style.wrap else ""
        lock = '<protection locked="0"/>' if style.unlocked else ""
        return (
            f'<xf numFmtId="{number}" fontId="{_index(fonts, font)}" fillId="{fill}" '
            f'borderId="{int(style.border)}" xfId="0"{" quotePrefix=" + chr(34) + "1" + chr(34) if style.quote else ""}'
            ' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">'
            f'<alignment{horizontal} vertical="{vertical}"{wrap}/>{lock}</xf>'
        )


def _index(items: list[str], item: str) -> int:
    if item not in items:
        items.append(item)
    return items.index(item)


def _listed(tag: str, items: Sequence[str]) -> str:
    return f'<{tag} count="{len(items)}">{"".join(items)}</{tag}>'
