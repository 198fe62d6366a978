"""Deadlines on the leaves of a calendar."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

import numpy as np

from lbt_audit.model.record import dataclass
from lbt_audit.reports.page.figures.counts import NEVER, Counts, Tally, by_severity, day

MONTHS = 3  # leaves; what is due later is listed


@dataclass(frozen=True)
class Month:
    """``weeks`` from Monday to Sunday; None for days of other months."""

    first: date
    weeks: Sequence[Sequence[tuple[date, Tally] | None]]


@dataclass(frozen=True)
class Deadlines:
    months: Sequence[Month]
    later: Sequence[tuple[date, Tally]]
    overdue: Tally  # before the day counted from
    nearest: tuple[date, Tally] | None  # from that day on


def deadlines(counts: Counts, today: date) -> Deadlines:
    """What is due when. ``today``: the day the lists go out."""
    has = counts.deadline != NEVER
    days, groups = np.unique(counts.deadline[has], return_inverse=True)
    tallies = by_severity(groups, len(days), counts.severity[has])
    due = {d: t for n, t in zip(days.tolist(), tallies, strict=True) if (d := day(n)) is not None}
    starts = sorted({d.replace(day=1) for d in due})
    shown = _run_of_months(starts[0], starts[-1])[:MONTHS] if starts else []
    months = [Month(first, _weeks(first, due)) for first in shown]
    end = shown[-1] if shown else date.min
    later = [(d, t) for d, t in due.items() if d.replace(day=1) > end]
    late = [t for d, t in due.items() if d < today]
    overdue = Tally(sum(t.error for t in late), sum(t.warning for t in late), sum(t.notice for t in late))
    return Deadlines(months, later, overdue, next(((d, t) for d, t in due.items() if d >= today), None))


def _run_of_months(first: date, last: date) -> list[date]:
    months = [first]
    while months[-1] < last:
        months.append(date(months[-1].year + months[-1].month // 12, months[-1].month % 12 + 1, 1))
    return months


def _weeks(first: date, due: dict[date, Tally]) -> list[list[tuple[date, Tally] | None]]:
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return [[(d, due.get(d, Tally())) if d.month == first.month else None for d in week] for week in weeks]
