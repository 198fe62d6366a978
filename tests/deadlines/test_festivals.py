"""Statutory holidays that nobody had to publish."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from chinese_calendar import get_holiday_detail

from lbt_audit.deadlines.festivals import YEARS, _months, holidays, lunar_day, statutory


@pytest.mark.parametrize("year", [2025, 2026])
def test_published_years_agree(year: int) -> None:
    assert len(statutory(year)) == 13
    named = {day: get_holiday_detail(day)[1] for day in statutory(year)}
    assert all(named.values()) and all(get_holiday_detail(day)[0] for day in statutory(year))
    assert named[lunar_day(year, 1, 1)] == "Spring Festival"
    assert named[lunar_day(year, 5, 5)] == "Dragon Boat Festival"
    assert named[lunar_day(year, 8, 15)] in ("Mid-autumn Festival", "National Day")
    assert sum(name == "Tomb-sweeping Day" for name in named.values()) == 1


def test_2027() -> None:
    wanted = "01-01 02-05 02-06 02-07 02-08 02-09 02-10 04-05 05-01 05-02 05-03 05-04 06-09 09-15 10-01 10-02 10-03 10-04 10-05"
    assert sorted(holidays(2027)) == [date.fromisoformat(f"2027-{day}") for day in wanted.split()]


def test_months_begin_with_the_new_moon() -> None:
    """The mean new moon lies within 15 hours of the true one (China time)."""
    first = datetime(2000, 1, 6, 22, 20)
    for year in YEARS:
        day = lunar_day(year, 1, 1)
        for _, length in _months(year):
            noon = datetime(day.year, day.month, day.day, 12)
            since = (noon - first) / timedelta(days=29.530588853)
            assert abs(since - round(since)) * 29.53 < 0.5 + 15 / 24, day
            day += timedelta(days=length)
        assert year + 1 not in YEARS or day == lunar_day(year + 1, 1, 1)


def test_festivals_keep_their_season() -> None:
    for year in YEARS:
        assert date(year, 1, 21) <= lunar_day(year, 1, 1) <= date(year, 2, 20)
        assert date(year, 5, 27) <= lunar_day(year, 5, 5) <= date(year, 6, 25)
        assert date(year, 9, 7) <= lunar_day(year, 8, 15) <= date(year, 10, 8)


def test_years_beyond_the_table_keep_the_solar_holidays() -> None:
    assert sorted(statutory(2060)) == [
        date(2060, m, d) for m, d in ((1, 1), (4, 4), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
    ]
