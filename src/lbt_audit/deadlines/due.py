"""From a deadline class and a start day to the last day allowed (that day included)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, timedelta

from lbt_audit.deadlines.calendar import Calendar, published_years
from lbt_audit.model.deadline import DEFAULT_DEADLINES, DeadlineClass
from lbt_audit.model.record import dataclass
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


@dataclass
class Deadlines:
    """The deadline classes of one audit, counted from ``start``. Call with a class name.

    A class nobody defined counts as DF. ``warnings`` tell what a reader of the dates must know.
    """

    start: date
    classes: Mapping[str, DeadlineClass] = field(default_factory=lambda: dict(DEFAULT_DEADLINES))
    calendar: Calendar = field(default_factory=Calendar)
    _days: dict[str, date] = field(default_factory=dict)

    def __call__(self, name: str) -> date:
        if name not in self._days:
            self._days[name] = due(self._class(name), self.start, self.calendar)
        return self._days[name]

    def _class(self, name: str) -> DeadlineClass:
        return self.classes.get(name) or self.classes.get("DF") or DEFAULT_DEADLINES["DF"]

    @property
    def warnings(self) -> tuple[Text, ...]:
        """About the classes asked for so far."""
        return tuple(w for w in (self._unconfirmed(), self._past()) if w is not None)

    def _unconfirmed(self) -> Text | None:
        guessed = {name: day for name, day in sorted(self._days.items()) if self._is_guessed(name, day)}
        if not guessed:
            return None
        first, last = published_years()
        zh = "、".join(f"{day.isoformat()}（{name}）" for name, day in guessed.items())
        en = ", ".join(f"{day.isoformat()} ({name})" for name, day in guessed.items())
        return Text(
            f"工作日历只收录 {first}—{last} 年，整改时限{zh}未经确认：按周一至周五推算，已扣除法定节假日，"
            "未计国务院尚未公布的调休；请在县级配置中用 holidays_file 补充当年的放假安排",
            f"the working-day calendar covers {first}–{last}, so these deadlines are unconfirmed: {en}. They count "
            "Monday to Friday but for the statutory holidays, without make-up days that are not published yet; give "
            "the year's days in a holidays_file in the county file",
        )

    def _is_guessed(self, name: str, day: date) -> bool:
        """Whether working days of a year that is not confirmed were counted."""
        spec = self._class(name)
        if spec.counting not in ("working_days", "days") or not spec.n:
            return False
        first, last = sorted((self.start.year, day.year))
        return not all(map(self.calendar.confirmed, range(first, last + 1)))

    def _past(self) -> Text | None:
        late = sorted(name for name, day in self._days.items() if day < self.start)
        if not late:
            return None
        zh = "、".join(f"{name}（{self._days[name].isoformat()}）" for name in late)
        en = ", ".join(f"{name} ({self._days[name].isoformat()})" for name in late)
        day = self.start.isoformat()
        return Text(
            f"固定整改时限在下发日期 {day} 前已过期：{zh}；请在县级配置中更新",
            f"fixed deadlines were past when the lists went out on {day}: {en}; bring them up to date in the county file",
        )
