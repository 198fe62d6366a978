"""Day numbers as year, month, day and digits, looked up in one table per set of dates."""

from __future__ import annotations

from typing import Final

import numpy as np

from lbt_audit.model.record import dataclass
from lbt_audit.values.kind import NO_DATE

_TABLE_LIMIT: Final = 1 << 18  # days; wider sets of dates are computed one by one


@dataclass(frozen=True)
class Dates:
    """One entry per day number, int32; 1970-01-01 where there is no date.

    ``digits`` (uint32) holds yyyymmdd with four bits per digit, so that dates are compared digit by digit
    with a few operations on whole arrays.
    """

    year: np.ndarray
    month: np.ndarray
    day: np.ndarray
    digits: np.ndarray

    @staticmethod
    def of(days: np.ndarray) -> Dates:
        """Split day numbers since 1970-01-01 (int32, ``NO_DATE`` where unknown)."""
        plain = np.where(days == NO_DATE, 0, days)
        first, last = int(plain.min(initial=0)), int(plain.max(initial=0))
        if last - first >= _TABLE_LIMIT:
            return Dates(*_split(plain))
        index = plain - np.int32(first)
        return Dates(*[part[index] for part in _split(np.arange(first, last + 1))])


def _split(days: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    date = days.astype("datetime64[D]")
    months = date.astype("datetime64[M]")
    number = months.astype(np.int64)
    year, month = number // 12 + 1970, number % 12 + 1
    day = (date - months).astype(np.int64) + 1
    whole = year % 10_000 * 10_000 + month * 100 + day
    digits = np.zeros(len(days), np.uint32)
    for k in range(8):
        digits |= (whole // 10**k % 10 << 4 * k).astype(np.uint32)
    return year.astype(np.int32), month.astype(np.int32), day.astype(np.int32), digits


def differing_digits(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """How many of the eight digits differ (uint8), from ``Dates.digits``."""
    x = a ^ b
    x = (x | x >> np.uint32(1) | x >> np.uint32(2) | x >> np.uint32(3)) & np.uint32(0x11111111)
    count: np.ndarray = np.bitwise_count(x)
    return count
