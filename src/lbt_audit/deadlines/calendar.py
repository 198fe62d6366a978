"""The Chinese working-day calendar, 调休 included.

Published days come from the ``chinesecalendar`` package (State Council notices, 2004 to the last year
published). A county may give a file of its own days; it goes before the package. Years neither knows
are counted Monday to Friday, but for the statutory holidays, and called unconfirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from functools import cache

from lbt_audit.deadlines.festivals import ONE_DAY, holidays, statutory
from lbt_audit.model.record import dataclass


@dataclass(frozen=True)
class Calendar:
    """``own`` maps a day to whether people work on it."""

    own: Mapping[date, bool] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        if day in self.own:
            return self.own[day]
        first, last = published_years()
        if first <= day.year <= last:
            from chinese_calendar import is_workday

            return bool(is_workday(day))
        return day.weekday() < 5 and day not in holidays(day.year)

    def confirmed(self, year: int) -> bool:
        """Whether the working days of ``year`` are known: published, or every statutory holiday is in the county's
        file, as it is where somebody copied the notice. A file with single days of the year confirms nothing."""
        first, last = published_years()
        return first <= year <= last or statutory(year) <= self.own.keys()

    def add_working_days(self, start: date, n: int) -> date:
        """The ``n``-th working day after ``start``, which itself is not counted."""
        day = start
        while n > 0:
            day += ONE_DAY
            n -= self.is_working_day(day)
        return day

    def next_working_day(self, day: date) -> date:
        """``day`` itself if people work on it, else the first day after it on which they do."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day


@cache
def published_years() -> tuple[int, int]:
    """First and last year of the installed ``chinesecalendar``."""
    from chinese_calendar import constants

    years = [day.year for day in constants.holidays]
    return min(years), max(years)
