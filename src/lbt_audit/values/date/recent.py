"""Days and months without a year, of something that happened: 10月12日, 10.12, 9月."""

from __future__ import annotations

from typing import Final

from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex
from lbt_audit.values.calendar import day_number, year_of
from lbt_audit.values.date.outcome import either, fault, month_of
from lbt_audit.values.date.words import with_digits
from lbt_audit.values.kind import Context, Parsed

PAST: Final = "past"
_DAY = regex(r"([0-9]{1,2})(?:月|[-./])([0-9]{1,2})[日号]?")
_MONTH = regex(r"([0-9]{1,2})月份?")
_LEAP = 8  # years within which every day of the calendar comes again


def without_year(text: str, cell: CellKind, context: Context) -> Parsed | None:
    """The newest such day or month not after the audit's date; None for other texts. Of a number 9.1 nobody knows
    whether it is 9.10: either day, and ambiguous."""
    text = text if text.isascii() else with_digits(text)
    if m := _MONTH.fullmatch(text):
        first = _newest(int(m[1]), 1, context)
        return fault("impossible") if first is None else month_of(year_of(first), int(m[1]))
    m = _DAY.fullmatch(text)
    if m is None or int(m[1]) > 12:
        return None
    month, numbers = int(m[1]), {int(m[2])}
    if cell == CellKind.NUMBER and m[2] in ("1", "2", "3"):
        numbers.add(int(m[2]) * 10)
    return either({d for n in numbers if (d := _newest(month, n, context)) is not None})


def _newest(month: int, number: int, context: Context) -> int | None:
    """The newest such day that is there and not after the audit's date."""
    now = year_of(context.as_of)
    for year in range(now, now - _LEAP - 1, -1):
        found = day_number(year, month, number)
        if found is not None and found <= context.as_of:
            return found
    return None
