"""Date arithmetic against the standard library's calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lbt_audit.frames import days
from lbt_audit.values.kind import NO_DATE

DATES = st.dates(date(1900, 1, 1), date(2090, 12, 31))


def _column(*dates: date) -> np.ndarray:
    return np.array([days.day_number(d) for d in dates], np.int32)


@given(DATES, st.integers(0, 240))
def test_add_months_keeps_the_day_or_takes_the_months_last(day: date, months: int) -> None:
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    last = calendar.monthrange(year, month + 1)[1]
    expected = date(year, month + 1, min(day.day, last))
    assert days.day_of(int(days.add_months(_column(day), months)[0])) == expected


@given(DATES, st.integers(0, 30000))
def test_completed_years_changes_on_the_birthday_only(birth: date, lived: int) -> None:
    on = birth + timedelta(days=lived)
    reached = (on.month, on.day) >= (birth.month, birth.day)
    expected = on.year - birth.year - (not reached)
    assert int(days.completed_years(_column(birth), days.day_number(on))[0]) == expected


def test_born_on_february_29_comes_of_age_on_march_1_in_common_years() -> None:
    birth = _column(date(2012, 2, 29))
    assert days.iso(days.birthday(birth, 15)).to_pylist() == ["2027-03-01"]
    assert days.iso(days.birthday(birth, 16)).to_pylist() == ["2028-02-29"]
    assert days.completed_years(birth, days.day_number(date(2027, 2, 28))).tolist() == [14]
    assert days.completed_years(birth, days.day_number(date(2027, 3, 1))).tolist() == [15]


def test_an_unknown_day_stays_unknown() -> None:
    unknown = np.array([NO_DATE], np.int32)
    assert days.add_months(unknown, 3).tolist() == [NO_DATE]
    assert days.birthday(unknown, 16).tolist() == [NO_DATE]
    assert days.completed_years(unknown, 0).tolist() == [-1]
    assert days.iso(unknown).to_pylist() == [""]


def test_exactly_three_months_counts_as_three_months() -> None:
    away = _column(date(2026, 7, 31), date(2026, 8, 1))
    due = days.add_months(away, 3)
    assert (due <= days.day_number(date(2026, 10, 31))).tolist() == [True, False]
