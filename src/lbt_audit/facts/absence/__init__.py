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

from collections.abc import Callable, Iterator

import numpy as np

from lbt_audit.facts.absence import days, efforts, episodes
from lbt_audit.facts.fact import Fact
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.model.text import Text


def _facts() -> Iterator[Fact]:
    def truth(name: str, derive: Callable[[Frame], Facet], zh: str, en: str) -> Fact:
        return Fact(f"absence.{name}", "truth", derive, Text(zh, en))

    def number(name: str, derive: Callable[[Frame], Facet], zh: str, en: str) -> Fact:
        return Fact(f"absence.{name}", "number", derive, Text(zh, en))

    yield number(
        "episode",
        lambda f: Facet(episodes.episode(f), np.ones(len(f), np.bool_)),
        "同一次旷课",
        "which absence a row is about",
    )
    yield truth("first", episodes.first, "该次旷课的第一行", "the first row about an absence")
    yield number("school_days", days.school_days, "连续旷课的上学日", "school days absent in a row")
    yield number("total", days.total, "累计旷课天数", "days absent in all")
    yield truth("on_leave", days.on_leave, "病假、事假等", "ill or on leave")
    yield truth("persuaded", efforts.persuaded, "有劝返、家访记录", "an attempt to bring back is on record")
    yield number("attempts", efforts.attempts, "劝返次数", "attempts to bring back")
    yield truth("back", efforts.back, "已返校", "back at school")
    yield truth("failed", efforts.failed, "劝返无果", "an attempt came to nothing")
    yield truth("lost", efforts.lost, "去向不明", "whereabouts unknown")
    yield truth(
        "to_township",
        efforts.reported("township_reported", "to_township"),
        "已上报乡镇",
        "reported to the township",
    )
    yield truth(
        "to_education",
        efforts.reported("education_reported", "to_education"),
        "已上报教育行政部门",
        "reported to the education authority",
    )
    yield truth(
        "to_police",
        efforts.reported("police_reported", "to_police"),
        "已报公安机关",
        "reported to the police",
    )


FACTS: tuple[Fact, ...] = tuple(_facts())
