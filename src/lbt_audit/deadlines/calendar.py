"""The Chinese working-day calendar, 调休 included.

Published days come from the ``chinesecalendar`` package (State Council notices, 2004 to the last year
published). A county may give a file of its own days; it goes before the package. Years neither knows
are counted Monday to Friday and called unconfirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol

from lbt_audit.deadlines.holidays import read_holidays
from lbt_audit.model.text import Text

ONE_DAY = timedelta(days=1)


class HasHolidays(Protocol):
    """What a county file says about holidays."""

    @property
    def holidays_file(self) -> Path | None: ...


@dataclass
class Calendar:
    """``own`` maps a day to whether people work on it. Remembers which years had to be guessed."""

    own: Mapping[date, bool] = field(default_factory=dict)
    _guessed: set[int] = field(default_factory=set)
    _remarks: dict[str, Text] = field(default_factory=dict)

    @classmethod
    def of(cls, county: HasHolidays | None) -> Calendar:
        """The calendar with the county's own days. Raises ConfigError where their file is wrong."""
        file = county.holidays_file if county is not None else None
        return cls(read_holidays(file) if file is not None else {})

    def is_working_day(self, day: date) -> bool:
        if day in self.own:
            return self.own[day]
        first, last = published_years()
        if first <= day.year <= last:
            from chinese_calendar import is_workday

            return bool(is_workday(day))
        if not self.confirmed(day.year):
            self._guessed.add(day.year)
        return day.weekday() < 5

    def confirmed(self, year: int) -> bool:
        """Whether the holidays of ``year`` are known, not guessed from the weekday."""
        first, last = published_years()
        return first <= year <= last or any(day.year == year for day in self.own)

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

    def remark(self, key: str, text: Text) -> None:
        """Something a reader of the dates must know; once per ``key``."""
        self._remarks[key] = text

    def warnings(self) -> tuple[Text, ...]:
        """Years counted by weekday only, and what was remarked."""
        return (*([self._unconfirmed()] if self._guessed else []), *self._remarks.values())

    def _unconfirmed(self) -> Text:
        first, last = published_years()
        years = [str(y) for y in sorted(self._guessed)]
        return Text(
            f"工作日历只收录 {first}—{last} 年，{'、'.join(years)} 年的整改时限按周一至周五推算，未计节假日与调休；"
            "请在县级配置中用 holidays_file 补充",
            f"the working-day calendar covers {first}–{last}; deadlines in {', '.join(years)} count Monday to "
            "Friday without holidays or make-up days; give a holidays_file in the county file",
        )


@cache
def published_years() -> tuple[int, int]:
    """First and last year of the installed ``chinesecalendar``."""
    from chinese_calendar import constants

    years = [day.year for day in constants.holidays]
    return min(years), max(years)
