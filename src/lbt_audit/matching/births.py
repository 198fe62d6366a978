"""How two birth dates agree."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from lbt_audit.matching.encode import Side
from lbt_audit.matching.lunar import read_as_lunar
from lbt_audit.matching.people import NO_DATE
from lbt_audit.matching.weights import Weights


class Birth(IntEnum):
    """Agreement of two birth dates."""

    UNKNOWN = 0
    SAME_DAY = 1
    OVERLAP = 2  # one or both only to the month or year, and they may be the same
    SWAPPED = 3  # day and month exchanged
    LUNAR = 4  # one is the lunar date of the other
    YEAR_OFF = 5
    DIGIT = 6  # one digit of the date differs, or one day
    CLOSE = 7  # up to 31 days apart
    APART = 8


def compare_births(
    left: Side,
    right: Side,
    i: np.ndarray,
    j: np.ndarray,
    table: tuple[np.ndarray, np.ndarray, int],
    w: Weights,
) -> tuple[np.ndarray, np.ndarray]:
    """Codes (``Birth``) and bits of pairs of rows; ``table`` as from ``frequency.birth_worth``."""
    days, months, first = table
    lo_a, hi_a, lo_b, hi_b = left.lo[i], left.hi[i], right.lo[j], right.hi[j]
    code = np.zeros(len(i), np.uint8)
    bits = np.zeros(len(i), np.float32)
    known = (lo_a != NO_DATE) & (lo_b != NO_DATE)
    exact = known & (lo_a == hi_a) & (lo_b == hi_b)
    last = len(days) - 1
    at = np.clip(np.maximum(lo_a, lo_b).astype(np.int64) - first, 0, last)
    same = exact & (lo_a == lo_b)
    code[same], bits[same] = Birth.SAME_DAY, days[at[same]]
    partial = known & ~exact
    overlap = partial & (lo_a <= hi_b) & (lo_b <= hi_a)
    # What is shared is only as narrow as the wider of the two intervals.
    width = np.maximum(hi_a.astype(np.int64) - lo_a, hi_b.astype(np.int64) - lo_b) + 1
    code[overlap] = Birth.OVERLAP
    bits[overlap] = np.maximum(months[at[overlap]] - np.log2(np.maximum(width[overlap] / 31, 1)), 0)
    apart = partial & ~overlap
    gap = np.maximum(lo_a.astype(np.int64) - hi_b, lo_b.astype(np.int64) - hi_a)
    code[apart] = np.where(gap[apart] <= 31, Birth.CLOSE, Birth.APART)
    bits[apart] = np.where(gap[apart] <= 31, w.birth_close, w.birth_apart_partial)
    rest = np.flatnonzero(exact & ~same)
    if len(rest):
        found = _near(lo_a[rest], lo_b[rest])
        code[rest] = found
        by_code = np.zeros(9, np.float32)
        by_code[[Birth.SWAPPED, Birth.LUNAR, Birth.YEAR_OFF, Birth.DIGIT, Birth.CLOSE, Birth.APART]] = [
            w.birth_swapped, w.birth_lunar, w.birth_year_off, w.birth_digit, w.birth_close, w.birth_apart,
        ]  # fmt: skip
        bits[rest] = by_code[found]
    return code, bits


def _near(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The code of two different days."""
    (ya, ma, da), (yb, mb, db) = _parts(a), _parts(b)
    gap = np.abs(a.astype(np.int64) - b)
    code = np.where(gap <= 31, Birth.CLOSE, Birth.APART).astype(np.uint8)
    wrong = np.zeros(len(a), np.int64)
    for x, y, places in ((ya, yb, 4), (ma, mb, 2), (da, db, 2)):
        for k in range(places):
            wrong += (x // 10**k % 10) != (y // 10**k % 10)
    code[wrong == 1] = Birth.DIGIT
    # Tens and units exchanged (12 for 21) are one slip too.
    turned = (ya == yb) & (ma == mb) & (da // 10 == db % 10) & (da % 10 == db // 10)
    code[turned | (gap == 1)] = Birth.DIGIT
    code[(np.abs(ya - yb) == 1) & (ma == mb) & (da == db)] = Birth.YEAR_OFF
    lunar = (gap >= 15) & (gap <= 60)
    if lunar.any():
        at = np.flatnonzero(lunar)
        hit = (read_as_lunar(a[at]) == b[at]) | (read_as_lunar(b[at]) == a[at])
        code[at[hit]] = Birth.LUNAR
    code[(ya == yb) & (ma == db) & (da == mb)] = Birth.SWAPPED
    return code


def _parts(days: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    date = days.astype("datetime64[D]")
    months = date.astype("datetime64[M]")
    number = months.astype(np.int64)
    return number // 12 + 1970, number % 12 + 1, (date - months).astype(np.int64) + 1
