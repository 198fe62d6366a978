"""The statutory holidays of a year: thirteen days that hold without notice (全国年节及纪念日放假办法, in force 2025).

元旦 1, 春节 4 from 除夕, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3. Those that fall on a weekend are made up for on the next
working days. Which weekends are worked instead (调休) only the State Council's notice of the year says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final

ONE_DAY: Final = timedelta(days=1)
FIRST: Final = date(2024, 2, 10)
"""The first day of the first lunar year of ``_MONTHS``."""
_MONTHS: Final = (
    0x04B60, 0x0A6E6, 0x0A4E0, 0x0D260, 0x0EA65, 0x0D530, 0x05AA0, 0x076A3, 0x096D0, 0x04AFB, 0x04AD0, 0x0A4D0,
    0x1D0B6, 0x0D250, 0x0D520, 0x0DD45, 0x0B5A0, 0x056D0, 0x055B2, 0x049B0, 0x0A577, 0x0A4B0, 0x0AA50, 0x1B255,
    0x06D20, 0x0ADA0,
)  # fmt: skip
"""Lunar years from 2024: the lowest four bits are the month that is followed by a leap month (0 = none), the next
twelve, from the highest, say which months have 30 days, the one above whether the leap month has."""
YEARS: Final = range(FIRST.year, FIRST.year + len(_MONTHS))
_TERM: Final = 0.2422  # a solar year is so much longer than 365 days


def statutory(year: int) -> frozenset[date]:
    """The holidays of ``year``, without the days that make up for those on weekends. Lunar ones are left out of
    years the table does not hold."""
    return frozenset(day for block in _blocks(year) for day in block)


@cache
def holidays(year: int) -> frozenset[date]:
    """The statutory holidays, and the working days that make up for those that fall on a weekend or together."""
    off: set[date] = set()
    for block in _blocks(year):
        owed = sum(day.weekday() >= 5 or day in off for day in block)
        off |= set(block)
        day = block[-1]
        while owed:
            day += ONE_DAY
            if day.weekday() < 5 and day not in off:
                off.add(day)
                owed -= 1
    return frozenset(off)


@cache
def _blocks(year: int) -> tuple[tuple[date, ...], ...]:
    lunar = []
    if year in YEARS:
        new_year = lunar_day(year, 1, 1)
        lunar = [(new_year - ONE_DAY, 4), (lunar_day(year, 5, 5), 1), (lunar_day(year, 8, 15), 1)]
    starts = [
        (date(year, 1, 1), 1),
        (_qingming(year), 1),
        (date(year, 5, 1), 2),
        (date(year, 10, 1), 3),
        *lunar,
    ]
    return tuple(tuple(start + ONE_DAY * i for i in range(n)) for start, n in sorted(starts))


def _qingming(year: int) -> date:
    """清明 of the years 2000 to 2099."""
    of_century = year % 100
    return date(year, 4, int(of_century * _TERM + 4.81) - of_century // 4)


def lunar_day(year: int, month: int, day: int) -> date:
    """A day of a month that is no leap month, of the lunar year that begins in ``year`` (one of ``YEARS``)."""
    passed = sum(days for y in YEARS if y < year for _, days in _months(y))
    passed += sum(days for m, days in _months(year) if m < month)
    return FIRST + ONE_DAY * (passed + day - 1)


def _months(year: int) -> Iterator[tuple[int, int]]:
    """(month, days) in order; a leap month has the number of the month before it."""
    bits = _MONTHS[year - FIRST.year]
    for month in range(1, 13):
        yield month, 29 + (bits >> 16 - month & 1)
        if month == bits & 0xF:
            yield month, 29 + (bits >> 16 & 1)
