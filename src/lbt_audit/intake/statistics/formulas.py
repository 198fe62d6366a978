"""Formulas nobody computed, worked out where they are sums and differences of cells of the same sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lbt_audit.model.regex import regex

_REFERENCE = r"\$?([A-Z]{1,3})\$?(\d{1,7})"
_RANGE = regex(rf"{_REFERENCE}(?::{_REFERENCE})?")
_TERM = regex(rf"([+-]?)(?:SUM\(([^()]*)\)|{_REFERENCE}|(\d+))")
_DEEPEST = 50  # formulas that build on formulas
_MOST = 100_000  # cells of a range

Cell = tuple[int, int]
"""Row (1-based) and column (0-based)."""


def evaluate(
    cell: Cell, formulas: Mapping[Cell, str], number: Callable[[Cell], float | None], depth: int = 0
) -> float | None:
    """The value of ``cell``; None where its formula does more than add and subtract. ``number``: what a cell without
    formula holds, 0 where it is blank, None where it is no number."""
    formula = formulas.get(cell)
    if formula is None:
        return number(cell)
    if depth > _DEEPEST:
        return None
    text = "".join(formula.split()).upper().removeprefix("=").removeprefix("+")
    total, at = 0.0, 0
    for match in _TERM.finditer(text):
        if match.start() != at or (at and not match[1]):
            return None
        at = match.end()
        if match[5]:
            value: float | None = float(match[5])
        else:
            cells = _cells(match[2]) if match[2] is not None else [_place(match[3], match[4])]
            value = _sum(cells, formulas, number, depth)
        if value is None:
            return None
        total += -value if match[1] == "-" else value
    return total if at == len(text) and at else None


def _sum(
    cells: list[Cell] | None,
    formulas: Mapping[Cell, str],
    number: Callable[[Cell], float | None],
    depth: int,
) -> float | None:
    total = 0.0
    for cell in cells or ():
        value = evaluate(cell, formulas, number, depth + 1)
        if value is None:
            return None
        total += value
    return None if cells is None else total


def _cells(arguments: str) -> list[Cell] | None:
    """The cells between the brackets of SUM."""
    found: list[Cell] = []
    for part in arguments.split(","):
        match = _RANGE.fullmatch(part)
        if match is None:
            return None
        (top, left), (bottom, right) = (
            _place(match[1], match[2]),
            _place(match[3] or match[1], match[4] or match[2]),
        )
        if (bottom - top + 1) * (right - left + 1) > _MOST:
            return None
        found += [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
    return found


def _place(letters: str, number: str) -> Cell:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(number), column - 1
