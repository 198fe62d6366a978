"""A cell of a statistics table → a number, or why it is none."""

from __future__ import annotations

from math import nan

from lbt_audit.intake.table import Figure
from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex

_NUMBER = regex(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:[Ee][+-]?\d+)?%?")
_NOTHING = regex(r"[-—–―－/／\\无\s_]*")
_WIDE = str.maketrans("０１２３４５６７８９．％－，＋", "0123456789.%-,+")
_INSIDE = regex(r"\d+(?:\.\d+)?")


def figure(text: str, kind: int) -> tuple[float, Figure]:
    """(number or NaN, what it is). A percentage is told as written: 25% is 25."""
    if kind in (CellKind.UNCOMPUTED, CellKind.ERROR):
        return nan, Figure.UNKNOWN
    squeezed = "".join(text.split()).lstrip("'’")
    if kind == CellKind.BLANK or _NOTHING.fullmatch(squeezed):
        return nan, Figure.BLANK
    narrow = squeezed.translate(_WIDE)
    if not _NUMBER.fullmatch(narrow):
        inside = _INSIDE.findall(narrow)
        return (float(inside[0]) if len(inside) == 1 else nan), Figure.TEXT
    value = float(narrow.replace(",", "").rstrip("%"))
    if narrow != squeezed:
        return value, Figure.FULL_WIDTH
    if value < 0:
        return value, Figure.NEGATIVE
    return value, Figure.RIGHT if value == int(value) else Figure.DECIMAL


def looks_like_number(text: str, kind: int) -> bool:
    """Whether a cell can hold a figure: a number, or a formula that stands for one."""
    if kind in (CellKind.UNCOMPUTED, CellKind.ERROR, CellKind.NUMBER):
        return True
    return kind == CellKind.TEXT and _NUMBER.fullmatch("".join(text.split()).translate(_WIDE)) is not None
