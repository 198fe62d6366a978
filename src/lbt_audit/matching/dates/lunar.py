"""The lunar calendar, as far as birth dates written in it are mistaken for Gregorian ones."""

from __future__ import annotations

from functools import cache

import numpy as np

from lbt_audit.matching.data.tables import lines


@cache
def _every_month() -> dict[tuple[int, int], tuple[int, int]]:
    """(year, month) of lunar months, leap months negative → (first day number, days)."""
    found = {}
    for line in lines("lunar.tsv"):
        year, month, first, days = line.split("\t")
        found[int(year), int(month)] = (int(np.datetime64(first, "D").astype(int)), int(days))
    return found


def _months() -> dict[tuple[int, int], tuple[int, int]]:
    """The same without leap months."""
    return {key: found for key, found in _every_month().items() if key[1] > 0}


@cache
def _table() -> tuple[np.ndarray, np.ndarray, int]:
    months = _months()
    first_year = min(y for y, _ in months)
    last_year = max(y for y, _ in months)
    starts = np.full((last_year - first_year + 1, 13), -(2**31), np.int64)
    lengths = np.zeros_like(starts)
    for (year, month), (start, days) in months.items():
        starts[year - first_year, month], lengths[year - first_year, month] = start, days
    return starts, lengths, first_year


def read_as_lunar(days: np.ndarray) -> np.ndarray:
    """Day numbers written as Gregorian dates → the Gregorian day if year, month and day were lunar.

    −2³¹ where there is no such lunar date or the table (1990–2035) does not reach.
    """
    starts, lengths, first_year = _table()
    date = days.astype("datetime64[D]")
    months = date.astype("datetime64[M]")
    number = months.astype(np.int64)
    year, month = number // 12 + 1970 - first_year, number % 12 + 1
    day = (date - months).astype(np.int64)
    inside = (year >= 0) & (year < len(starts))
    year = np.where(inside, year, 0)
    fits = inside & (day < lengths[year, month])
    return np.where(fits, starts[year, month] + day, -(2**31))


def lunar_span(lo: np.ndarray, hi: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First and last Gregorian day of months written as Gregorian if they were lunar (int64).

    −2³¹ where ``lo`` to ``hi`` is no calendar month or the table does not reach.
    """
    starts, lengths, first_year = _table()
    month = lo.astype("datetime64[D]").astype("datetime64[M]")
    first = month.astype("datetime64[D]").astype(np.int64)
    last = (month + 1).astype("datetime64[D]").astype(np.int64) - 1
    number = month.astype(np.int64)
    year = number // 12 + 1970 - first_year
    fits = (year >= 0) & (year < len(starts)) & (lo == first) & (hi == last)
    year = np.where(fits, year, 0)
    start = np.where(fits, starts[year, number % 12 + 1], -(2**31))
    return start, np.where(fits, start + lengths[year, number % 12 + 1] - 1, -(2**31))


def lunar_days(year: int, month: int, day: int | None) -> tuple[int, int] | None:
    """First and last Gregorian day number of a lunar day or month; leap months are negative. None: no such day."""
    found = _every_month().get((year, month))
    if found is None or (day is not None and not 1 <= day <= found[1]):
        return None
    first, length = found
    return (first, first + length - 1) if day is None else (first + day - 1, first + day - 1)
