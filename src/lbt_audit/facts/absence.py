"""Absence from school: how long, what was done to bring the pupil back, who was told.

A pupil may stand in several rows, one per attempt (or one attempt beside the other): the rows of one absence speak
together, and every one of them knows what all say. ``absence.first``: the first of these rows.

``absence.school_days``: the longest run of school days without leave: by the marks of an attendance sheet, where a day
nobody has a mark on is none; else from the first day to the last one given, or as many calendar days on as the
register counts. Weekends and public holidays are no school days, made-up days are; nor are the long holidays. Not
known where neither marks nor a day is given, or where the pupil came back on a day nobody says.
``absence.total``: days in all, where only these are counted.
``absence.on_leave``: the register says ill, on leave; false where it speaks of truancy.
``absence.persuaded``: an attempt is on record (劝返, 家访 …); false where the register has a place for it and it is blank.
``absence.attempts``: how many. ``absence.back``: the pupil is back; ``absence.failed``: an attempt came to nothing.
``absence.lost``: nobody knows where the pupil is.
``absence.to_township``, ``absence.to_education``, ``absence.to_police``: reported, by the column of its own, 上报情况 or a
remark; false where there is such a column and it does not say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.deadlines.calendar import Calendar
from lbt_audit.facts.fact import Fact
from lbt_audit.frames.days import day_number, day_of
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.keys import combine, dense, text_codes
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import encoded, filled, holds, some
from lbt_audit.model.text import Text
from lbt_audit.values.kind import NO_DATE

_TRUANT, _CLOSED, _BLANK = "旷", "休", "空"
_LONG_HOLIDAYS: Final = (((7, 10), (8, 31)), ((1, 20), (2, 20)))
"""First and last day, the latest and earliest there are: between them nobody owes the school anything."""
_LONGEST = 200  # school days looked at of one absence
_MARKS = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\S+)")
_RANGE = re.compile(
    r"(?:(20\d\d)[年./-])?(\d{1,2})[月./-](\d{1,2})[日号]?(?:[-—–~～至到]+(?:20\d\d[年./-])?(?:(\d{1,2})[月./-])?(\d{1,2})[日号]?)?"
)
_COUNT = re.compile(r"([两二三四五六七八九2-9])次")
_NUMBERS: Final = {n: i for i, n in enumerate("二三四五六七八九", 2)} | {"两": 2}
_SAID: Final = ("persuade_record", "persuade_result", "remark")
_NEGATIVE: Final = r"^(否|无|没有|未|未劝返|未家访|没有劝返|0|/|—|-+)$"


def _episode(frame: Frame) -> np.ndarray:
    """The absence each row is about (int64): pupil and first day; a row without a day goes with the one before."""
    number = frame.facet("id_no.norm")
    paths = pa.array([t.unit.path for t in frame.tables], pa.string())
    unit = frame.per_table(text_codes(paths).tolist(), np.int64)
    plain = combine(unit, _codes(frame, "child_name"), _codes(frame, "class_name"))
    ids = text_codes(number.values) if number.is_text else np.zeros(len(frame), np.int64)
    pupil = dense(np.where(number.known, ids * 2, dense(plain) * 2 + 1))
    since = _since(frame)
    order = np.argsort(pupil, kind="stable")
    filled_ = since.copy()
    for before, row in zip(order[:-1].tolist(), order[1:].tolist(), strict=True):
        if filled_[row] == NO_DATE and pupil[row] == pupil[before]:
            filled_[row] = filled_[before]
    return np.asarray(dense(combine(pupil, dense(filled_))))


def _codes(frame: Frame, field: str) -> np.ndarray:
    return text_codes(frame.squeezed(field)) if some(frame, field) else np.zeros(len(frame), np.int64)


def _any(frame: Frame, mask: Mask) -> Mask:
    """Rows any row of whose absence is one of ``mask``."""
    episode = _episodes(frame)
    found = np.zeros(int(episode.max(initial=-1)) + 1, np.bool_)
    found[episode[mask]] = True
    return np.asarray(found[episode])


def _episodes(frame: Frame) -> np.ndarray:
    return np.asarray(frame.facet("absence.episode").values)


def _first(frame: Frame) -> Facet:
    first = np.zeros(len(frame), np.bool_)
    first[np.unique(_episodes(frame), return_index=True)[1]] = True
    return Facet.truth(Logic(first, ~first))


# --- how long -------------------------------------------------------------------------------------------------


def _since(frame: Frame) -> np.ndarray:
    stated = frame.facet("absent_since.lo")
    exact = stated.known & (np.asarray(frame["absent_since"].facets["hi"]) == stated.values)
    return np.where(exact, stated.values, _ranges(frame)[0]).astype(np.int64)


def _ranges(frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    """First and last day of 旷课起止日期, or of such a text under 旷课起始日; NO_DATE where there is none."""
    edges = np.full((2, len(frame)), NO_DATE, np.int64)
    for field in ("absent_range", "absent_since"):
        if not some(frame, field):
            continue
        column = encoded(frame, field)
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


def _school_days(frame: Frame) -> Facet:
    n = len(frame)
    days, known = np.zeros(n, np.int64), np.zeros(n, np.bool_)
    since, until = _since(frame), _until(frame)
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
        column = encoded_text(frame, "absence_marks")
        runs = [_run(text) for text in column.dictionary.to_pylist()]
        run = np.array(runs or [-1], np.int64)[column.indices.to_numpy(zero_copy_only=False)]
        days, known = np.where(run >= 0, run, days), known | (run >= 0)
    return Facet(days.astype(np.int32), known)


def _until(frame: Frame) -> np.ndarray:
    """The last day given, or the one before the pupil came back; NO_DATE where none is."""
    last, back = frame.facet("absent_until.hi"), frame.facet("returned_date.lo")
    until = np.where(last.known, last.values, _ranges(frame)[1]).astype(np.int64)
    return np.where((until == NO_DATE) & back.known, back.values.astype(np.int64) - 1, until)


def encoded_text(frame: Frame, field: str) -> pa.DictionaryArray:
    """Cells as they are, each distinct one once."""
    column = pc.dictionary_encode(frame[field].text)
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


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


def _total(frame: Frame) -> Facet:
    total, days = frame.facet("absent_total"), frame.facet("absent_days")
    return Facet(np.where(total.known, total.values, days.values), total.known | days.known)


def _on_leave(frame: Frame) -> Facet:
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


# --- what was done --------------------------------------------------------------------------------------------


def _persuaded(frame: Frame) -> Facet:
    count = frame.facet("persuade_count")
    did = (count.known & (count.values > 0)) | filled(frame, "persuade_date")
    did |= holds(frame, _SAID, "persuaded")
    did |= _result(frame)
    place = [frame.has(f) for f in ("persuade_count", "persuade_date", "persuade_record", "persuade_result")]
    did = _any(frame, did)
    return Facet.truth(Logic(did, ~did & np.logical_or.reduce(place)))


def _result(frame: Frame) -> Mask:
    """A result of an attempt is written, under a header that speaks of attempts."""
    of_attempts = frame.per_table(
        [
            "劝" in t.columns["persuade_result"].header if "persuade_result" in t.columns else False
            for t in frame.tables
        ],
        np.bool_,
    )
    return np.asarray(
        of_attempts & filled(frame, "persuade_result") & ~_matches(frame, "persuade_result", _NEGATIVE)
    )


def _matches(frame: Frame, field: str, pattern: str) -> Mask:
    if not some(frame, field):
        return np.zeros(len(frame), np.bool_)
    return np.asarray(pc.match_substring_regex(frame.squeezed(field), pattern).to_numpy(zero_copy_only=False))


def _attempts(frame: Frame) -> Facet:
    n = len(frame)
    count = frame.facet("persuade_count")
    stated = np.where(count.known, count.values, 0).astype(np.int64)
    for field in _SAID[:2]:
        if some(frame, field):
            column = encoded(frame, field)
            said = [_said(text) for text in column.dictionary.to_pylist()]
            stated = np.maximum(
                stated, np.array(said or [0], np.int64)[column.indices.to_numpy(zero_copy_only=False)]
            )
    episode = _episodes(frame)
    size = int(episode.max(initial=-1)) + 1
    rows = filled(frame, "persuade_date") | _result(frame)
    most = np.zeros(size, np.int64)
    np.maximum.at(most, episode, stated)
    most = np.maximum(most, np.bincount(episode[rows], minlength=size))
    return Facet(most[episode].astype(np.int32), np.ones(n, np.bool_))


def _said(text: str) -> int:
    """两次上门, 家访2次: the number in words."""
    match = _COUNT.search(text or "")
    return (_NUMBERS.get(match[1]) or int(match[1])) if match else 0


def _back(frame: Frame) -> Facet:
    back = holds(frame, (*_SAID, "whereabouts"), "back_in_class") | filled(frame, "returned_date")
    back |= _matches(frame, "persuade_result", "^(是|成功)$")
    back = _any(frame, back)
    failed = _any(frame, _came_to_nothing(frame))
    return Facet.truth(Logic(back, failed & ~back))


def _failed(frame: Frame) -> Facet:
    failed = _any(frame, _came_to_nothing(frame))
    return Facet.truth(Logic(failed, np.zeros(len(frame), np.bool_)))


def _came_to_nothing(frame: Frame) -> Mask:
    return holds(frame, _SAID, "not_persuaded") | _matches(frame, "persuade_result", "^(否|未|未成功|没有)$")


def _lost(frame: Frame) -> Facet:
    lost = holds(frame, ("whereabouts", "persuade_record", "remark"), "lost_pupil")
    back = frame.facet("absence.back").as_logic().true
    lost = _any(frame, lost) & ~back
    return Facet.truth(Logic(lost, ~lost & (frame.has("whereabouts") | back)))


def _reported(own: str, words: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        denied = holds(frame, ("absence_reports", "remark"), "unreported")
        said = filled(frame, own) & ~_matches(frame, own, _NEGATIVE) & ~_matches(frame, own, "^(未|没|否|无)")
        told = said | (holds(frame, ("absence_reports", "remark", "persuade_record"), words) & ~denied)
        told = _any(frame, told)
        asked = frame.has(own) | frame.has("absence_reports")
        return Facet.truth(Logic(told, ~told & asked))

    return run


def _facts() -> Iterator[Fact]:
    def truth(name: str, derive: Callable[[Frame], Facet], zh: str, en: str) -> Fact:
        return Fact(f"absence.{name}", "truth", derive, Text(zh, en))

    def number(name: str, derive: Callable[[Frame], Facet], zh: str, en: str) -> Fact:
        return Fact(f"absence.{name}", "number", derive, Text(zh, en))

    yield number(
        "episode",
        lambda f: Facet(_episode(f), np.ones(len(f), np.bool_)),
        "同一次旷课",
        "which absence a row is about",
    )
    yield truth("first", _first, "该次旷课的第一行", "the first row about an absence")
    yield number("school_days", _school_days, "连续旷课的上学日", "school days absent in a row")
    yield number("total", _total, "累计旷课天数", "days absent in all")
    yield truth("on_leave", _on_leave, "病假、事假等", "ill or on leave")
    yield truth("persuaded", _persuaded, "有劝返、家访记录", "an attempt to bring back is on record")
    yield number("attempts", _attempts, "劝返次数", "attempts to bring back")
    yield truth("back", _back, "已返校", "back at school")
    yield truth("failed", _failed, "劝返无果", "an attempt came to nothing")
    yield truth("lost", _lost, "去向不明", "whereabouts unknown")
    yield truth(
        "to_township", _reported("township_reported", "to_township"), "已上报乡镇", "reported to the township"
    )
    yield truth(
        "to_education",
        _reported("education_reported", "to_education"),
        "已上报教育行政部门",
        "reported to the education authority",
    )
    yield truth(
        "to_police", _reported("police_reported", "to_police"), "已报公安机关", "reported to the police"
    )


FACTS: tuple[Fact, ...] = tuple(_facts())
