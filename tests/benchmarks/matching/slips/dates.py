"""Wrong, vague and lunar birth dates."""

from __future__ import annotations

import calendar
import functools
import random
from datetime import date, timedelta


def wrong_date(born: date, rng: random.Random) -> date:
    """Day and month exchanged; a year, month or day off; a digit wrong; now and then quite another date."""
    kind = rng.choices(["exchanged", "year", "month", "day", "other"], [20, 30, 15, 28, 7])[0]
    if kind == "exchanged" and born.day <= 12 and born.day != born.month:
        return date(born.year, born.day, born.month)
    if kind == "year":
        return _day(born.year + rng.choice([-1, 1]), born.month, born.day)
    if kind == "month":
        return _day(born.year, rng.choice([m for m in range(1, 13) if m != born.month]), born.day)
    if kind == "other":
        return born + timedelta(days=rng.choice([-1, 1]) * rng.randrange(40, 400))
    days = [born.day + 1, born.day - 1, born.day + 10, born.day - 10, born.day + 20, born.day - 20]
    return born.replace(day=rng.choice([d for d in days if 1 <= d <= 28]))


def _day(year: int, month: int, day: int) -> date:
    """The day, or the last one of a month that does not have it."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def month_of(born: date) -> tuple[date, date]:
    """First and last day of the month."""
    return born.replace(day=1), _day(born.year, born.month, 31)


@functools.cache
def lunar_date(born: date) -> date | None:
    """The day of the lunar calendar, written as if it were of the solar one; None where no such day exists there.

    Of a leap month the number is written, as families and clerks do.
    """
    from lunar_python import Solar

    lunar = Solar.fromYmd(born.year, born.month, born.day).getLunar()
    try:
        return date(lunar.getYear(), abs(lunar.getMonth()), lunar.getDay())
    except ValueError:
        return None  # the thirtieth of the second month
