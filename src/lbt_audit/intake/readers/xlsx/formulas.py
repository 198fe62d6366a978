"""The text of formulas that were saved without their value, for whoever can work them out (sums of a statistics table)."""

from __future__ import annotations

import re
from html import unescape

from lbt_audit.intake.readers.xlsx.references import cell_reference
from lbt_audit.model.location import column_letter
from lbt_audit.model.regex import regex

MOST = 1 << 25  # bytes of a part looked through
_CELL = regex(rb"<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f(\s[^<>]*)?(?:/>|>([^<]*)<)")
_NAME = regex(rb'\br\s*=\s*"([A-Z]{1,3}\d{1,7})"')
_SHARED = regex(rb'\bsi\s*=\s*"(\d+)"')
_REFERENCE = regex(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\d(])")

Cell = tuple[int, int]
"""Row (1-based) and column (0-based)."""


def read_formulas(markup: bytes, wanted: frozenset[Cell]) -> dict[Cell, str]:
    """Formula, without its equals sign, of each of the ``wanted`` cells that has one."""
    found: dict[Cell, str] = {}
    shared: dict[bytes, tuple[Cell, str]] = {}
    for attributes, own, text in _CELL.findall(markup):
        name = _NAME.search(attributes)
        place = cell_reference(name[1].decode()) if name else None
        if place is None:
            continue
        formula = unescape(text.decode("utf-8", "replace")).strip().lstrip("=")
        common = _SHARED.search(own)
        if common is not None and formula:
            shared[common[1]] = (place, formula)
        elif common is not None and common[1] in shared:
            origin, first = shared[common[1]]
            formula = _moved(first, place[0] - origin[0], place[1] - origin[1])
        if formula and place in wanted:
            found[place] = formula
    return found


def _moved(formula: str, rows: int, columns: int) -> str:
    """A shared formula as it reads in another cell."""

    def move(match: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, number = match.groups()
        place = cell_reference(f"{letters}{number}")
        if place is None:
            return match[0]
        column = letters if fixed_column else column_letter(max(0, place[1] + columns))
        row = number if fixed_row else str(max(1, place[0] + rows))
        return f"{fixed_column}{column}{fixed_row}{row}"

    return _REFERENCE.sub(move, formula)
