"""What is known of a date: its first and last possible day, and how exactly it is given."""

from __future__ import annotations

from typing import Final

from lbt_audit.values.calendar import day_number, month_days, year_of
from lbt_audit.values.kind import NO_DATE, Context, Parsed
from lbt_audit.values.outcome import Facets, given

FAULTS: Final = (
    "error_cell",
    "unparseable",
    "impossible",
    "ambiguous",
    "vague",
    "lunar",
    "out_of_range",  # a date, but no year of 1900–2100
    "era",  # 民国 years
    "day_number",  # a spreadsheet's number for a day, kept as text
)
FACETS: Final[Facets] = {"lo": NO_DATE, "hi": NO_DATE, "precision": "", "text_class": ""}
YEARS: Final = range(1900, 2101)


def day(year: int, month: int, number: int) -> Parsed:
    """A full date; a part that is 0 is not known (20150300)."""
    if number == 0:
        return month_of(year, month)
    if year not in YEARS:
        return fault("out_of_range")
    found = day_number(year, month, number)
    return fault("impossible") if found is None else on_day(found)


def on_day(number: int) -> Parsed:
    """A day number that is known; out of range like any other date."""
    if not _first(YEARS[0], 1) <= number <= _last(YEARS[-1], 12):
        return fault("out_of_range")
    return given([], (number, number, "day", ""))


def month_of(year: int, month: int) -> Parsed:
    if month == 0:
        return year_alone(year)
    if year not in YEARS:
        return fault("out_of_range")
    if month > 12:
        return fault("impossible")
    return given([], (_first(year, month), _last(year, month), "month", ""))


def year_alone(year: int, text_class: str = "") -> Parsed:
    if year not in YEARS:
        return fault("out_of_range")
    return given([], (_first(year, 1), _last(year, 12), "year", text_class))


def between(first_year: int, last_year: int, last_month: int = 12) -> Parsed:
    """Ambiguous, but for certain from January of one year to some month of another."""
    return fault("ambiguous", _first(first_year, 1), _last(last_year, last_month))


def either(days: set[int]) -> Parsed:
    """One of these days; ambiguous where there are two, impossible where there is none."""
    if not days:
        return fault("impossible")
    return on_day(min(days)) if len(days) == 1 else fault("ambiguous", min(days), max(days))


def fault(name: str, lo: int = NO_DATE, hi: int = NO_DATE, text_class: str = "") -> Parsed:
    return given([name], (lo, hi, "", text_class))


def full_year(two: int, context: Context) -> int:
    """The latest year with these last two digits that is not after the audit's date."""
    return 2000 + two if 2000 + two <= year_of(context.as_of) else 1900 + two


def _first(year: int, month: int) -> int:
    return day_number(year, month, 1) or 0


def _last(year: int, month: int) -> int:
    return day_number(year, month, month_days(year, month)) or 0
