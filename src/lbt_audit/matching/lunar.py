"""The lunar calendar, as far as birth dates written in it are mistaken for Gregorian ones."""

from __future__ import annotations

from functools import cache

import numpy as np

from lbt_audit.matching.characters import _lines


@cache
def _months() -> dict[tuple[int, int], tuple[int, int]]:
    """(year, month) of ordinary lunar months → (first day number, days)."""
    found = {}
    for line in _lines("lunar.tsv"):
        year, month, first, days = line.split("\t")
        if int(month) > 0:
            found[int(year), int(month)] = (int(np.datetime64(first, "D").astype(int)), int(days))
    return found


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
