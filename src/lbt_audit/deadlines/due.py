"""From a deadline class and a start day to the last day allowed (that day included)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from lbt_audit.deadlines.calendar import Calendar
from lbt_audit.model.deadline import DEFAULT_DEADLINES, DeadlineClass
from lbt_audit.model.text import Text


def due(spec: DeadlineClass, start: date, calendar: Calendar) -> date:
    """The last day allowed.

    The start day is not counted. Working days skip weekends and holidays and count make-up days;
    calendar days move off a holiday to the next working day; a span of 0 is the start day itself,
    whatever day it is. Fixed dates and month ends stand as they are written.
    """
    if spec.counting == "date" and spec.day is not None:
        return spec.day
    if spec.counting == "month_end":
        return month_end(start, spec.n)
    if spec.n == 0:
        return start
    if spec.counting == "working_days":
        return calendar.add_working_days(start, spec.n)
    return calendar.next_working_day(start + timedelta(days=spec.n))


def month_end(day: date, months: int) -> date:
    """The last day of the month ``months`` after that of ``day``."""
    years, month = divmod(day.month - 1 + months + 1, 12)
    return date(day.year + years, month + 1, 1) - timedelta(days=1)


def deadline(
    name: str, start: date, calendar: Calendar, specs: Mapping[str, DeadlineClass] | None = None
) -> date:
    """The last day allowed for the deadline class ``name``, counted from ``start``.

    ``specs`` go before the defaults; a class neither has counts as DF. What a reader of the date must
    know (years guessed, a fixed date already past) is in ``calendar.warnings()``.
    """
    classes = {**DEFAULT_DEADLINES, **(specs or {})}
    day = due(classes.get(name, classes["DF"]), start, calendar)
    if day < start:
        calendar.remark(
            name,
            Text(
                f"时限类 {name} 的固定日期 {day.isoformat()} 早于统计截止日 {start.isoformat()}",
                f"the fixed date {day.isoformat()} of deadline class {name} lies before the day of the data "
                f"{start.isoformat()}",
            ),
        )
    return day
