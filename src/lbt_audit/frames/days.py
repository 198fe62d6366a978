"""Arithmetic on day numbers (days since 1970-01-01), over whole columns.

Rules of domain.md C-dates: *N 个月以上* includes exactly N months; adding months keeps the day number
or takes the month's last day (民法典 art. 202); a February 29 birthday falls on March 1 in common years.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.values.kind import NO_DATE

EPOCH = date(1970, 1, 1)
Days = np.ndarray


def day_number(day: date) -> int:
    return (day - EPOCH).days


def day_of(number: int) -> date:
    return date.fromordinal(EPOCH.toordinal() + number)


def split(days: Days) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Year, month (1–12) and day (1–31) of each day number, int64."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    month_number = months.astype(np.int64)
    year = 1970 + np.floor_divide(month_number, 12)
    month = np.mod(month_number, 12) + 1
    day = (dates - months.astype("datetime64[D]")).astype(np.int64) + 1
    return year, month, day


def add_months(days: Days, months: Any) -> Days:
    """The same day ``months`` later, or that month's last day. ``NO_DATE`` stays."""
    unknown = days == NO_DATE
    safe = np.where(unknown, 0, days)
    dates = safe.astype("datetime64[D]")
    first = dates.astype("datetime64[M]")
    offset = (dates - first.astype("datetime64[D]")).astype(np.int64)
    target = first + np.asarray(months).astype("timedelta64[M]")
    start = target.astype("datetime64[D]").astype(np.int64)
    length = (target + np.timedelta64(1, "M")).astype("datetime64[D]").astype(np.int64) - start
    result = start + np.minimum(offset, length - 1)
    return np.where(unknown, NO_DATE, result).astype(np.int32)


def first_of_month(days: Days) -> Days:
    """The first day of each day's month."""
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    return np.asarray(months.astype("datetime64[D]").astype(np.int64).astype(np.int32))


def birthday(birth: Days, years: int) -> Days:
    """The day on which somebody born on ``birth`` completes ``years``; February 29 → March 1."""
    unknown = birth == NO_DATE
    safe = np.where(unknown, 0, birth)
    _, month, day = split(safe)
    result = add_months(safe, 12 * years)
    _, _, landed = split(result)
    result = result + ((month == 2) & (day == 29) & (landed == 28))
    return np.where(unknown, NO_DATE, result).astype(np.int32)


def completed_years(birth: Days, as_of: Any) -> np.ndarray:
    """Completed years of age at ``as_of`` (day number or array), int32; -1 where birth is unknown."""
    unknown = birth == NO_DATE
    safe = np.where(unknown, 0, birth)
    at = np.broadcast_to(np.asarray(as_of, np.int32), safe.shape)
    by, bm, bd = split(safe)
    y, m, d = split(at)
    # Born on February 29: in common years the birthday is March 1, which (2, 29) < (3, 1) gives.
    before = (m < bm) | ((m == bm) & (d < bd))
    years = y - by - before
    return np.where(unknown, -1, years).astype(np.int32)


def iso(days: Days) -> pa.Array:
    """ISO text of day numbers, "" where unknown."""
    dates = pa.array(np.where(days == NO_DATE, 0, days).astype(np.int32), mask=days == NO_DATE).cast(
        pa.date32()
    )
    return pc.fill_null(dates.cast(pa.string()), "")
