"""How long a pupil was away: school days in a row, days in all, and whether on leave."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np

from lbt_audit.deadlines.calendar import Calendar
from lbt_audit.frames.days import day_number, day_of
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic
from lbt_audit.frames.texts import filled, holds, some
from lbt_audit.model.regex import regex
from lbt_audit.values.kind import NO_DATE

_TRUANT, _CLOSED, _BLANK = "旷", "休", "空"
_LONG_HOLIDAYS: Final = (((7, 10), (8, 31)), ((1, 20), (2, 20)))
"""First and last day, the latest and earliest there are: between them nobody owes the school anything."""
_LONGEST = 200  # school days looked at of one absence
_MARKS = regex(r"(\d{4})-(\d\d)-(\d\d) (\S+)")
_RANGE = regex(
    r"(?:(20\d\d)[年./-])?(\d{1,2})[月./-](\d{1,2})[日号]?(?:[-—–~～至到]+(?:20\d\d[年./-])?(?:(\d{1,2})[月./-])?(\d{1,2})[日号]?)?"
)


def first_day(frame: Frame) -> np.ndarray:
    stated = frame.facet("absent_since.lo")
    exact = stated.known & (np.asarray(frame["absent_since"].facets["hi"]) == stated.values)
    return np.where(exact, stated.values, _ranges(frame)[0]).astype(np.int64)


def _ranges(frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    """First and last day of 旷课起止日期, or of such a text under 旷课起始日; NO_DATE where there is none."""
    edges = np.full((2, len(frame)), NO_DATE, np.int64)
    for field in ("absent_range", "absent_since"):
        if not some(frame, field):
            continue
        column = frame.squeezed_encoded(field)
        read = [_range(text, frame.context.as_of) for text in column.dictionary.to_pylist()]
        days = np.array(read or [(NO_DATE, NO_DATE)], np.int64).T[
            :, column.indices.to_numpy(zero_copy_only=False)
        ]
        use = (edges[0] == NO_DATE) & (days[0] != NO_DATE)
        edges[:, use] = days[:, use]
    return edges[0], edges[1]


def _range(text: str, as_of: int) -> tuple[int, int]:
    """Days of ``2026.10.8-10.30``; without a year the newest not after ``as_of``."""
    match = _RANGE.fullmatch(text or "")
    if match is None or match[5] is None:
        return NO_DATE, NO_DATE
    today = day_of(as_of)
    try:
        start = date(int(match[1] or today.year), int(match[2]), int(match[3]))
        if match[1] is None and start > today:
            start = start.replace(year=today.year - 1)
        month = int(match[4] or match[2])
        end = date(start.year + (month < start.month), month, int(match[5]))
    except ValueError:
        return NO_DATE, NO_DATE
    return day_number(start), day_number(end)


def school_days(frame: Frame) -> Facet:
    n = len(frame)
    days, known = np.zeros(n, np.int64), np.zeros(n, np.bool_)
    since, until = first_day(frame), _until(frame)
    count = frame.facet("absent_days")
    open_end = (until == NO_DATE) & count.known
    until = np.where(open_end, since + np.where(count.known, count.values, 1) - 1, until)
    as_of = frame.context.as_of
    ongoing = (until == NO_DATE) & ~frame.facet("absence.back").as_logic().true
    until = np.minimum(np.where(ongoing, as_of, until), as_of)
    told = (since != NO_DATE) & (until != NO_DATE) & (until >= since) & (since > as_of - 2 * _LONGEST)
    rows = np.flatnonzero(told)
    if len(rows):
        first, last = int(since[rows].min()), int(until[rows].max())
        before = np.cumsum([0, *(_school_day(day) for day in range(first, last + 1))])
        days[rows] = before[until[rows] - first + 1] - before[since[rows] - first]
        known[rows] = True
    if some(frame, "absence_marks"):
        column = frame.encoded("absence_marks")
        runs = [_run(text) for text in column.dictionary.to_pylist()]
        run = np.array(runs or [-1], np.int64)[column.indices.to_numpy(zero_copy_only=False)]
        days, known = np.where(run >= 0, run, days), known | (run >= 0)
    return Facet(days.astype(np.int32), known)


def _until(frame: Frame) -> np.ndarray:
    """The last day given, or the one before the pupil came back; NO_DATE where none is."""
    last, back = frame.facet("absent_until.hi"), frame.facet("returned_date.lo")
    until = np.where(last.known, last.values, _ranges(frame)[1]).astype(np.int64)
    return np.where((until == NO_DATE) & back.known, back.values.astype(np.int64) - 1, until)


def _run(text: str) -> int:
    """The longest run of truancy in the marks of a month; -1 where there are none."""
    match = _MARKS.fullmatch(text or "")
    if match is None:
        return -1
    year, month, day = map(int, match.groups()[:3])
    longest = run = 0
    for at, mark in enumerate(match[4]):
        if mark == _TRUANT:
            run += 1
            longest = max(longest, run)
        elif mark == _CLOSED or (mark == _BLANK and year and not _is_school_day(year, month, day + at)):
            continue
        else:
            run = 0
    return longest


def _is_school_day(year: int, month: int, day: int) -> bool:
    try:
        return _school_day(day_number(date(year, month, day)))
    except ValueError:
        return False


def _school_day(day: int) -> bool:
    when = day_of(day)
    holidays = any(first <= (when.month, when.day) <= last for first, last in _LONG_HOLIDAYS)
    return not holidays and Calendar().is_working_day(when)


def total(frame: Frame) -> Facet:
    total, days = frame.facet("absent_total"), frame.facet("absent_days")
    return Facet(np.where(total.known, total.values, days.values), total.known | days.known)


def on_leave(frame: Frame) -> Facet:
    truant = holds(frame, ("absent_kind", "remark"), "truant")
    leave = holds(frame, ("absent_kind", "whereabouts", "remark"), "leave") & ~truant
    named = frame.per_table([_of_truancy(t.path + t.sheet, t) for t in frame.tables], np.bool_)
    return Facet.truth(Logic(leave, ~leave & (truant | named | filled(frame, "absence_marks"))))


def _of_truancy(name: str, table: object) -> bool:
    columns = getattr(table, "columns", {}).values()
    return any(
        word in text
        for text in (name, *(c.header for c in columns))
        for word in ("旷", "劝返", "辍", "失学", "控流")
    )
