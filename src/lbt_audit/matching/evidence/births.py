"""How two birth dates agree."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from lbt_audit.matching.dates.digits import differing_digits
from lbt_audit.matching.dates.lunar import lunar_span, read_as_lunar
from lbt_audit.matching.dates.witness import Days, Witness
from lbt_audit.matching.people.encoding import Side
from lbt_audit.matching.weights import Weights
from lbt_audit.values.kind import NO_DATE

# Parts of ``Dates.digits``, four bits to a digit.
_MONTH_DAY, _DAY = np.uint32(0xFFFF), np.uint32(0xFF)
_NEW_YEAR = np.uint32(0x0101)
_TENS, _UNITS = np.uint32(0xF0), np.uint32(0xF)
_MONTH, _LEAP, _YEAR_MONTHS = 31, 366, 12
_YEAR, _BYTE, _DIGIT = np.uint32(16), np.uint32(8), np.uint32(4)


class Birth(IntEnum):
    """Agreement of two birth dates."""

    UNKNOWN = 0
    SAME_DAY = 1
    OVERLAP = 2  # one or both only to the month or year, and they may be the same
    SWAPPED = 3  # day and month exchanged
    LUNAR = 4  # one is the lunar date of the other
    COLUMN = 5  # the columns agree, but a sound number of one row says another day
    AGE = 6  # no date on one side: the age fits
    NEW_YEAR = 7  # one is 1 January, which is written where nobody knows the day; the year agrees
    YEAR_OFF = 8
    DIGIT = 9  # one digit of the date differs, or one day
    CLOSE = 10  # up to 31 days apart
    MONTH_YEAR_OFF = 11  # the same month of a year next to it
    AGE_OFF = 12  # the age is two years off
    AGE_APART = 13
    APART = 14


Found = tuple[np.ndarray, np.ndarray]
"""Codes (``Birth``, uint8) and bits (float32) of pairs"""


def compare_births(
    left: Side,
    right: Side,
    i: np.ndarray,
    j: np.ndarray,
    table: tuple[np.ndarray, np.ndarray, int],
    w: Weights,
) -> Found:
    """Codes and bits of pairs of rows; ``table`` as from ``frequency.birth_worth``."""
    a, b = left.witness, right.witness
    code, bits = _compare(a.birth, b.birth, i, j, table, w)
    numbered = a.by_number.any() or b.by_number.any()
    if numbered:
        heard = a.by_number[i] | b.by_number[j]
        same = one_number(left, right, i, j)
        # One number says one day, whoever it belongs to: only the columns are witnesses then.
        index = np.flatnonzero(heard & same)
        code[index], bits[index] = _compare(a.cell, b.cell, i[index], j[index], table, w)
        torn = (a.torn[i] | b.torn[j]) & ~same & (code != Birth.SAME_DAY) & (code != Birth.OVERLAP)
        index = np.flatnonzero(torn)
        if len(index):
            _by_column(a, b, i, j, (code, bits), index, table, w)
    if a.age.known.any() or b.age.known.any():
        index = np.flatnonzero((code == Birth.UNKNOWN) & (a.age.known[i] | b.age.known[j]))
        code[index], bits[index] = _compare_ages(a, b, i[index], j[index], table, w)
    return code, bits


def one_number(left: Side, right: Side, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Pairs (bool) of rows with one ID number."""
    numbers = left.id_text[i]
    result: np.ndarray = (numbers >= 0) & (numbers == right.id_text[j])
    return result


def _by_column(
    a: Witness,
    b: Witness,
    i: np.ndarray,
    j: np.ndarray,
    found: Found,
    index: np.ndarray,
    table: tuple[np.ndarray, np.ndarray, int],
    w: Weights,
) -> None:
    """Where a row contradicts itself, its column may be right: what agrees with that counts, but for less."""
    for one, other in ((a.cell, b.birth), (a.birth, b.cell), (a.cell, b.cell)):
        code, bits = _compare(one, other, i[index], j[index], table, w)
        agree = (code == Birth.SAME_DAY) | (code == Birth.OVERLAP)
        hit = index[agree]
        found[0][hit] = Birth.COLUMN
        found[1][hit] = np.maximum(bits[agree] - w.birth_torn, 0)
        index = index[~agree]


def _compare_ages(
    a: Witness,
    b: Witness,
    i: np.ndarray,
    j: np.ndarray,
    table: tuple[np.ndarray, np.ndarray, int],
    w: Weights,
) -> Found:
    """Ages against dates or ages. A year more or less says nothing: 虚岁, or a list of last year."""
    spans = []
    for side, rows in ((a, i), (b, j)):
        aged = side.age.known[rows]
        spans.append(np.where(aged, side.age.lo[rows], side.birth.lo[rows]).astype(np.int64))
        spans.append(np.where(aged, side.age.hi[rows], side.birth.hi[rows]).astype(np.int64))
    lo_a, hi_a, lo_b, hi_b = spans
    gap = np.maximum(lo_a - hi_b, lo_b - hi_a)
    known = (lo_a != NO_DATE) & (lo_b != NO_DATE)
    _, months, first = table
    index = np.clip(np.maximum(lo_a, lo_b) - first, 0, len(months) - 1)
    fits = np.clip(months[index] - np.log2(_YEAR_MONTHS), 0, w.age_fits)
    codes = [Birth.UNKNOWN, Birth.AGE, Birth.UNKNOWN, Birth.AGE_OFF]
    cases = [~known, gap <= 0, gap <= _LEAP, gap <= 2 * _LEAP]
    code = np.select(cases, codes, Birth.AGE_APART).astype(np.uint8)
    bits = np.select(cases, [np.zeros(len(gap)), fits, np.zeros(len(gap)), w.age_off], w.age_apart)
    return code, bits.astype(np.float32)


def _compare(
    a: Days,
    b: Days,
    i: np.ndarray,
    j: np.ndarray,
    table: tuple[np.ndarray, np.ndarray, int],
    w: Weights,
) -> Found:
    days, months, first = table
    lo_a, hi_a, lo_b, hi_b = a.lo[i], a.hi[i], b.lo[j], b.hi[j]
    code = np.zeros(len(i), np.uint8)
    bits = np.zeros(len(i), np.float32)
    known = (lo_a != NO_DATE) & (lo_b != NO_DATE)
    exact = known & (lo_a == hi_a) & (lo_b == hi_b)
    last = len(days) - 1
    index = np.clip(np.maximum(lo_a, lo_b).astype(np.int64) - first, 0, last)
    same = exact & (lo_a == lo_b)
    code[same], bits[same] = Birth.SAME_DAY, days[index[same]]
    partial = known & ~exact
    if partial.any():
        overlap = partial & (lo_a <= hi_b) & (lo_b <= hi_a)
        # What is shared is only as narrow as the wider of the two intervals.
        width = np.maximum(hi_a.astype(np.int64) - lo_a, hi_b.astype(np.int64) - lo_b) + 1
        code[overlap] = Birth.OVERLAP
        bits[overlap] = np.maximum(months[index[overlap]] - np.log2(np.maximum(width[overlap] / 31, 1)), 0)
        apart = np.flatnonzero(partial & ~overlap)
        code[apart], bits[apart] = _apart(a, b, i[apart], j[apart], w)
    rest = np.flatnonzero(exact & ~same)
    if len(rest):
        found = _near(a, b, i[rest], j[rest])
        code[rest] = found
        by_code = np.zeros(len(Birth), np.float32)
        by_code[
            [Birth.SWAPPED, Birth.LUNAR, Birth.NEW_YEAR, Birth.YEAR_OFF, Birth.DIGIT, Birth.CLOSE, Birth.APART]
        ] = [
            w.birth_swapped, w.birth_lunar, w.birth_new_year, w.birth_year_off, w.birth_digit, w.birth_close,
            w.birth_apart,
        ]  # fmt: skip
        bits[rest] = by_code[found]
    return code, bits


def _apart(a: Days, b: Days, i: np.ndarray, j: np.ndarray, w: Weights) -> Found:
    """Dates that do not overlap, one or both to the month or year only."""
    gap = np.maximum(a.lo[i].astype(np.int64) - b.hi[j], b.lo[j].astype(np.int64) - a.hi[i])
    near = gap <= _MONTH
    code = np.where(near, Birth.CLOSE, Birth.APART).astype(np.uint8)
    bits = np.where(near, w.birth_close, w.birth_apart_partial).astype(np.float32)
    spans = [np.maximum(s.hi[k].astype(np.int64) - s.lo[k], 0) for s, k in ((a, i), (b, j))]
    monthly = np.maximum(*spans) < _MONTH
    same_month = a.dates.month[i] == b.dates.month[j]
    index = monthly & same_month & (np.abs(a.dates.year[i] - b.dates.year[j]) == 1)
    code[index], bits[index] = Birth.MONTH_YEAR_OFF, w.birth_month_year_off
    index = np.flatnonzero(gap <= 2 * _MONTH)  # the lunar calendar runs three to seven weeks behind
    index = index[_lunar_month(a, b, i[index], j[index])]
    code[index], bits[index] = Birth.LUNAR, w.birth_lunar_month
    return code, bits


def _lunar_month(a: Days, b: Days, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Pairs (bool) of dates, one or both to the month, that overlap once one of the months is read as lunar."""
    result = np.zeros(len(i), bool)
    for one, other, rows, others in ((a, b, i, j), (b, a, j, i)):
        lo, hi = lunar_span(one.lo[rows], one.hi[rows])
        result |= (lo != NO_DATE) & (lo <= other.hi[others]) & (other.lo[others] <= hi)
    return result


def _near(left: Days, right: Days, i: np.ndarray, j: np.ndarray) -> np.ndarray:
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
        index = np.flatnonzero(lunar)
        hit = (read_as_lunar(a[index]) == b[index]) | (read_as_lunar(b[index]) == a[index])
        code[index[hit]] = Birth.LUNAR
    code[same_year & ((x & _MONTH_DAY == _NEW_YEAR) | (y & _MONTH_DAY == _NEW_YEAR))] = Birth.NEW_YEAR
    exchanged = (x & _DAY) << _BYTE | (x & _MONTH_DAY) >> _BYTE
    code[same_year & (exchanged == y & _MONTH_DAY)] = Birth.SWAPPED
    return code
