"""Percentages of a statistics table, worked out anew."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lbt_audit.checks.hits import Place
from lbt_audit.checks.statistics.tables import Sheet
from lbt_audit.intake.table import Figure
from lbt_audit.model.record import dataclass
from lbt_audit.model.statistics import ALL

_Pair = tuple[int, int, int, int | None, int | None]
"""Line and heading of a percentage; line, and headings of the number and of the whole."""
_MOST = 4  # decimals looked at; more are the program's


@dataclass(frozen=True)
class WrongShare:
    """A percentage that is not ``part`` of ``whole``: as ``shown``, and as it would be ``right`` with as many decimals."""

    title: str
    shown: str
    right: str
    part: float
    whole: float
    place: Place


def wrong_shares(sheet: Sheet) -> Iterator[tuple[int, list[WrongShare]]]:
    """Every line with the percentages in it that are wrong."""
    counts = sheet.counts
    for i, line in enumerate(counts.lines):
        found = []
        if line.role == "share":
            whole = next(
                (j for j, h in enumerate(counts.headings) if h.indicator == ALL and not h.share), None
            )
            pairs: list[_Pair] = [
                (i, j, i - 1, j, whole) for j, h in enumerate(counts.headings) if not h.share
            ]
        else:
            pairs = [(i, j, i, h.part, h.whole) for j, h in enumerate(counts.headings) if h.share]
        for row, j, base, part, whole in pairs:
            if base < 0 or part is None or whole is None:
                continue
            wrong = _wrong(sheet, (row, j), sheet.value[base, part], sheet.value[base, whole])
            if wrong is not None:
                found.append(wrong)
        if found:
            yield i, found


def _wrong(sheet: Sheet, cell: tuple[int, int], part: float, whole: float) -> WrongShare | None:
    """None where it is right, rounded to the decimals shown, as a percentage or as the fraction a cell shown in % holds."""
    value, state = sheet.counts.value[cell], sheet.counts.state[cell]
    if np.isnan([value, part, whole]).any() or whole <= 0 or state in (Figure.TEXT, Figure.BLANK):
        return None
    text = sheet.counts.text[cell[0]][cell[1]]
    places = min(_decimals(text), _MOST)
    right = 100 * part / whole
    near = 0.5 * 10.0**-places + 1e-9
    fraction = "%" not in text and "％" not in text
    if abs(value - right) <= near or (
        fraction and value <= 1 and abs(100 * value - right) <= max(100 * near, 0.05)
    ):
        return None
    shown = 100 * value if fraction and value <= 1 < right else value
    decimals = max(places, 2) if shown != value else places
    return WrongShare(
        sheet.title(cell[1]),
        f"{shown:.{decimals}f}%",
        f"{right:.{decimals}f}%",
        part,
        whole,
        sheet.place(*cell),
    )


def _decimals(text: str) -> int:
    _, point, behind = "".join(text.split()).rstrip("%％").replace("．", ".").partition(".")
    return len(behind) if point else 0
