"""School terms: when the one under way began, and since when a school owes each child a visit.

``term.start`` (day): the newest of ``term_autumn`` (09-01) and ``term_spring`` (03-01) not after the closing day.
``term.owed`` (day): the same once the term has run for ``term_grace_days``; before, the start of the term before it, so that
nobody is late in the first weeks of a term. ``term.owed_half`` (day): the same with terms cut in half, for children who are
visited twice as often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np

from lbt_audit.facts.fact import Fact
from lbt_audit.frames.days import day_number, day_of
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.model.text import Text

HALF = 75  # days from the start of a term to its middle


def starts(params: Mapping[str, Any], around: date) -> list[date]:
    """Starts of terms of the year before ``around`` and of its own, in order. What is no day of the year is passed
    over."""
    found = []
    for year in (around.year - 1, around.year):
        for term in ("term_spring", "term_autumn"):
            try:
                found.append(date.fromisoformat(f"{year}-{params[term]}"))
            except ValueError:
                continue
    return sorted(found)


def _newest(days: Iterable[date], until: date) -> date | None:
    return max((day for day in days if day <= until), default=None)


def _constant(frame: Frame, day: date | None) -> Facet:
    n = len(frame)
    known = np.full(n, day is not None)
    return Facet(np.full(n, day_number(day) if day else 0, np.int32), known, True)


def _start(frame: Frame) -> Facet:
    as_of = day_of(frame.context.as_of)
    return _constant(frame, _newest(starts(frame.params, as_of), as_of))


def _owed(frame: Frame) -> Facet:
    as_of, grace = day_of(frame.context.as_of), timedelta(int(frame.params["term_grace_days"]))
    return _constant(frame, _newest(starts(frame.params, as_of), as_of - grace))


def _owed_half(frame: Frame) -> Facet:
    as_of, grace = day_of(frame.context.as_of), timedelta(int(frame.params["term_grace_days"]) // 2)
    whole = starts(frame.params, as_of)
    return _constant(frame, _newest([*whole, *(day + timedelta(HALF) for day in whole)], as_of - grace))


FACTS: tuple[Fact, ...] = (
    Fact("term.start", "day", _start, Text("本学期开学日", "the day the school term began")),
    Fact("term.owed", "day", _owed, Text("学校应自何日起走访过", "since when a school owes a visit")),
    Fact(
        "term.owed_half",
        "day",
        _owed_half,
        Text("学校对重点儿童应自何日起走访过", "since when a school owes a priority child a visit"),
    ),
)
