"""What a row says of its child's birth and sex: its columns, its ID number, its age column.

A number that passes its check says the day of birth and the sex more surely than the columns do, which are typed
apart: it is heard first where a column is blank, coarser or says otherwise. What the column says then stays a
second witness (``torn``), for numbers can be another child's.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Final

import numpy as np

from lbt_audit.matching.dates.digits import Dates, differing_digits
from lbt_audit.model.record import dataclass
from lbt_audit.values.kind import NO_DATE

_FIRST_YEAR: Final = 1900
_YEARS: Final = 200
_CALENDARS: Final = 62  # days the lunar calendar runs behind at most
_ADULT: Final = 18 * 366  # days before the middle of the lists from which on a number is a parent's


@dataclass(frozen=True)
class Days:
    """First and last day of birth per row (int32, ``NO_DATE`` where unknown)."""

    lo: np.ndarray
    hi: np.ndarray

    @cached_property
    def known(self) -> np.ndarray:
        result: np.ndarray = self.lo != NO_DATE
        return result

    @cached_property
    def exact(self) -> np.ndarray:
        """Rows whose day is known."""
        result: np.ndarray = (self.lo == self.hi) & self.known
        return result

    @cached_property
    def dates(self) -> Dates:
        """The parts of ``lo``."""
        return Dates.of(self.lo)


@dataclass(frozen=True)
class Witness:
    """``cell``, ``cell_sex``: the columns; ``birth``, ``sex``: the number where it is sound, else the columns.

    ``by_number`` (bool): ``birth`` is not what the column says; ``torn``, ``sex_torn`` (bool): number and column
    contradict each other. ``age``: the year of birth an age column speaks of, where there is no other date.
    """

    cell: Days
    birth: Days
    by_number: np.ndarray
    torn: np.ndarray
    cell_sex: np.ndarray
    sex: np.ndarray
    sex_torn: np.ndarray
    age: Days

    @cached_property
    def foreign(self) -> np.ndarray:
        """Rows (bool) whose number says quite another day than their column: no slip of one digit or calendar, but
        somebody else's number."""
        apart = np.abs(self.cell.lo.astype(np.int64) - self.birth.lo) > _CALENDARS
        several = differing_digits(self.cell.dates.digits, self.birth.dates.digits) > 1
        result: np.ndarray = self.torn & self.cell.exact & apart & several
        return result


def born_by_number(digits: np.ndarray, sound: np.ndarray) -> np.ndarray:
    """The day of birth (int32) in numbers given by their first 17 digits, ``NO_DATE`` where there is none."""
    day = np.full(len(digits), NO_DATE, np.int32)
    index = np.flatnonzero(sound)
    written = digits[index] // 1000 % 10**8
    year, month, date = written // 10_000 - _FIRST_YEAR, written // 100 % 100 - 1, written % 100 - 1
    fits = (year >= 0) & (year < _YEARS) & (month >= 0) & (month < 12) & (date >= 0) & (date < 31)
    place = (year * 12 + month) * 31 + date
    day[index] = _calendar()[np.where(fits, place, len(_calendar()) - 1)]
    return day


def witness(
    cell: Days, age: Days, cell_sex: np.ndarray, born: np.ndarray, male: np.ndarray, adult_until: float
) -> Witness:
    """One table. ``born``: as from ``born_by_number``; ``male`` (int8): the number's sex, 0 where not known;
    ``adult_until``: up to which day a number is some adult's (see ``adults_until``)."""
    usable = (born != NO_DATE) & (born >= adult_until)
    by_number = usable & ((born != cell.lo) | (born != cell.hi))
    torn = by_number & cell.known & ((born < cell.lo) | (born > cell.hi))
    birth = cell
    if by_number.any():
        birth = Days(
            np.where(by_number, born, cell.lo).astype(np.int32),
            np.where(by_number, born, cell.hi).astype(np.int32),
        )
    sexed = (male > 0) & usable
    sex = np.where(sexed, male, cell_sex).astype(np.int8)
    sex_torn = sexed & (cell_sex > 0) & (cell_sex != male)
    if age.known.any():
        lone = ~birth.known
        age = Days(np.where(lone, age.lo, NO_DATE), np.where(lone, age.hi, NO_DATE))
    return Witness(cell, birth, by_number, torn, cell_sex, sex, sex_torn, age)


def adults_until(cells: list[np.ndarray], born: list[np.ndarray]) -> float:
    """The day up to which whoever was born is an adult in these tables: a parent's number in the child's place.

    Judged by the middle of all dates, so that it depends on no clock and on no order.
    """
    for columns in (cells, born):
        days = np.concatenate([c[c != NO_DATE] for c in columns])
        if len(days):
            return float(np.partition(days, len(days) // 2)[len(days) // 2]) - _ADULT
    return float(NO_DATE)


@cache
def _calendar() -> np.ndarray:
    """Day numbers by year, month and day of the month; ``NO_DATE`` where there is no such day, and at the end."""
    months = np.arange(_YEARS * 12).astype("datetime64[M]") + (_FIRST_YEAR - 1970) * 12
    starts = months.astype("datetime64[D]").astype(np.int64)
    length = (months + 1).astype("datetime64[D]").astype(np.int64) - starts
    day = np.arange(31)
    table = np.where(day < length[:, None], starts[:, None] + day, NO_DATE).reshape(-1)
    return np.append(table, NO_DATE).astype(np.int32)
