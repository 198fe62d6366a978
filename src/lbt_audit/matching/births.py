"""How two birth dates agree."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from lbt_audit.matching.dates import differing_digits
from lbt_audit.matching.encode import Side
from lbt_audit.matching.lunar import read_as_lunar
from lbt_audit.matching.people import NO_DATE
from lbt_audit.matching.weights import Weights

# Parts of ``Dates.digits``, four bits to a digit.
_MONTH_DAY, _DAY = np.uint32(0xFFFF), np.uint32(0xFF)
_TENS, _UNITS = np.uint32(0xF0), np.uint32(0xF)
_YEAR, _BYTE, _DIGIT = np.uint32(16), np.uint32(8), np.uint32(4)


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
        found = _near(left, right, i[rest], j[rest])
        code[rest] = found
        by_code = np.zeros(9, np.float32)
        by_code[[Birth.SWAPPED, Birth.LUNAR, Birth.YEAR_OFF, Birth.DIGIT, Birth.CLOSE, Birth.APART]] = [
            w.birth_swapped, w.birth_lunar, w.birth_year_off, w.birth_digit, w.birth_close, w.birth_apart,
        ]  # fmt: skip
        bits[rest] = by_code[found]
    return code, bits


def _near(left: Side, right: Side, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """The code of two different days."""
    a, b = left.lo[i], right.lo[j]
    x, y = left.dates.digits[i], right.dates.digits[j]
    gap = np.abs(a.astype(np.int64) - b)
    code = np.where(gap <= 31, Birth.CLOSE, Birth.APART).astype(np.uint8)
    code[differing_digits(x, y) == 1] = Birth.DIGIT
    same_year, same_month = x >> _YEAR == y >> _YEAR, x >> _BYTE == y >> _BYTE
    # Tens and units exchanged (12 for 21) are one slip too.
    turned = (x & _UNITS) << _DIGIT | (x & _TENS) >> _DIGIT
    code[same_month & (turned == y & (_TENS | _UNITS)) | (gap == 1)] = Birth.DIGIT
    year_off = np.abs(left.dates.year[i] - right.dates.year[j]) == 1
    code[year_off & (x & _MONTH_DAY == y & _MONTH_DAY)] = Birth.YEAR_OFF
    lunar = (gap >= 15) & (gap <= 60)
    if lunar.any():
        at = np.flatnonzero(lunar)
        hit = (read_as_lunar(a[at]) == b[at]) | (read_as_lunar(b[at]) == a[at])
        code[at[hit]] = Birth.LUNAR
    exchanged = (x & _DAY) << _BYTE | (x & _MONTH_DAY) >> _BYTE
    code[same_year & (exchanged == y & _MONTH_DAY)] = Birth.SWAPPED
    return code
