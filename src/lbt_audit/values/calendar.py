"""Day numbers (days since 1970-01-01, proleptic Gregorian) without datetime objects, also for arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.int64)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_days(year: int, month: int) -> int:
    """Length of a month; ``month`` is 1–12."""
    return 29 if month == 2 and is_leap(year) else int(MONTH_DAYS[month])


def day_number(year: int, month: int, day: int) -> int | None:
    """Day number, or None if there is no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= month_days(year, month):
        return None
    return int(_civil(year, month, day))


def valid_days(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Rows (bool) that name a day that exists."""
    in_year = (month >= 1) & (month <= 12)
    length = MONTH_DAYS[np.where(in_year, month, 0)]
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    length = length + ((month == 2) & leap)
    result: np.ndarray = in_year & (day >= 1) & (day <= length)
    return result


def day_numbers(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Day numbers (int64) of days known to exist; anything for others."""
    result: np.ndarray = _civil(year, month, day)
    return result


def _civil(year: Any, month: Any, day: Any) -> Any:
    # Days from civil, counted from 0000-03-01 so that the leap day ends the year.
    early = month <= 2
    y = year - early
    era = y // 400
    yoe = y - era * 400
    doy = (153 * (month + 12 * early - 3) + 2) // 5 + day - 1
    return era * 146097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719468


def year_of(day: int) -> int:
    """The calendar year of a day number."""
    return int(np.datetime64(int(day), "D").astype("datetime64[Y]").astype(int)) + 1970
