"""Cell addresses: A1 and A1:C2."""

from __future__ import annotations

from lbt_audit.intake.readers.cells import MAX_COLUMN, MAX_ROW
from lbt_audit.model.regex import regex

_REFERENCE = regex(r"([A-Za-z]{1,3})([0-9]{1,7})")
_RANGE = regex(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")


def cell_reference(text: str) -> tuple[int, int] | None:
    """ "AB12" → (row 12, column 27); None where Excel has no such cell."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return None
    row, column = int(match.group(2)), column_number(match.group(1))
    return (row, column) if 1 <= row <= MAX_ROW and column < MAX_COLUMN else None


def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_range(text: str) -> tuple[int, int, int, int] | None:
    """ "A1:C2" → (first row, first column, last row, last column), cut to what a sheet can hold."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    a, b, c, d = match.groups()
    top, left = int(b), column_number(a)
    bottom, right = (int(d), column_number(c)) if c else (top, left)
    top, bottom = sorted((top, bottom))
    left, right = sorted((left, right))
    if top < 1 or top > MAX_ROW or left >= MAX_COLUMN:
        return None
    return top, left, min(bottom, MAX_ROW), min(right, MAX_COLUMN - 1)
