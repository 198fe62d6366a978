"""The child: birth, age, and whether the record still lists it as left behind.

``child.birth_lo``/``child.birth_hi`` (day): earliest and latest day of birth. A valid ID number gives one
day; else 出生日期 gives an interval (month-only dates). Where a valid ID and the column exclude each
other — C07 reports that — both stay possible: the interval spans both, so that no rule about age
accuses a child on the strength of a number typed for somebody else.

``child.age_lo``/``child.age_hi`` (years): completed age at ``as_of``; February 29 counts from March 1.
``child.age_near_lo``/``child.age_near_hi`` (years): the same ``fill_date_margin_days`` before and after.
``child.limit_lo``/``child.limit_hi`` (day): the day the child reaches ``age_limit`` (16); also under the
name ``child.sixteenth_lo``/``child.sixteenth_hi``.
``child.listed``: the record says this is a left-behind child now. False where 留守类型 says 非留守 or the
child has left the list (``child.exited``: 退出日期, 退出原因); in an enrolment export true only where the flag says so.
"""

from __future__ import annotations

import numpy as np

from lbt_audit.facts.fact import Fact
from lbt_audit.frames import days
from lbt_audit.frames.citizen import id_birth
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic
from lbt_audit.frames.texts import code_is, filled, some
from lbt_audit.model.text import Text
from lbt_audit.values.kind import NO_DATE


def _birth(frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    number = id_birth(frame, "id_no")
    lo, hi = frame.facet("birth_date.lo"), frame.facet("birth_date.hi")
    low = np.where(lo.known, lo.values, NO_DATE)
    high = np.where(hi.known, hi.values, NO_DATE)
    by_id, by_column = number != NO_DATE, (low != NO_DATE) & (high != NO_DATE)
    both = by_id & by_column
    contradict = both & ((number < low) | (number > high))
    low = np.where(contradict, np.minimum(low, number), np.where(by_id, number, low))
    high = np.where(contradict, np.maximum(high, number), np.where(by_id, number, high))
    unknown = ~by_id & ~by_column
    return np.where(unknown, NO_DATE, low).astype(np.int32), np.where(unknown, NO_DATE, high).astype(np.int32)


def birth_lo(frame: Frame) -> Facet:
    return Facet.day(_birth(frame)[0])


def birth_hi(frame: Frame) -> Facet:
    return Facet.day(_birth(frame)[1])


def age_at(birth: Facet, day: int) -> Facet:
    """Completed years at ``day``; negative before birth."""
    years = days.completed_years(birth.values, day)
    return Facet(years, birth.known)


def age_lo(frame: Frame) -> Facet:
    return age_at(frame.facet("child.birth_hi"), frame.context.as_of)


def age_near_lo(frame: Frame) -> Facet:
    return age_at(frame.facet("child.birth_hi"), frame.context.as_of - _margin(frame))


def age_near_hi(frame: Frame) -> Facet:
    return age_at(frame.facet("child.birth_lo"), frame.context.as_of + _margin(frame))


def _margin(frame: Frame) -> int:
    return int(frame.params["fill_date_margin_days"])


def age_hi(frame: Frame) -> Facet:
    return age_at(frame.facet("child.birth_lo"), frame.context.as_of)


def _limit(edge: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        birth = frame.facet(f"child.birth_{edge}")
        return Facet.day(days.birthday(birth.values, int(frame.params["age_limit"])))

    return run


def exited(frame: Frame) -> Facet:
    left = np.zeros(len(frame), np.bool_)
    if some(frame, "exit_date"):
        day = frame.facet("exit_date.lo")
        left |= day.known & (day.values <= frame.context.as_of)
    if some(frame, "exit_reason"):
        left |= filled(frame, "exit_reason")
    return Facet.truth(Logic(left, ~left))


def listed(frame: Frame) -> Facet:
    if frame.schema.child == "listed" and not frame.schema.left_behind:
        flags = ("one_away", "both_away", "grandparents", "unspecified")
        return Facet.truth(code_is(frame, "left_type", *flags))
    out = code_is(frame, "left_type", "none").true | frame.facet("child.exited").as_logic().true
    return Facet.truth(Logic(~out, out))


FACTS: tuple[Fact, ...] = (
    Fact("child.birth_lo", "day", birth_lo, Text("可能的最早出生日", "first possible day of birth")),
    Fact("child.birth_hi", "day", birth_hi, Text("可能的最晚出生日", "last possible day of birth")),
    Fact(
        "child.age_lo", "number", age_lo, Text("截止日最小可能周岁", "least possible age on the closing day")
    ),
    Fact(
        "child.age_hi",
        "number",
        age_hi,
        Text("截止日最大可能周岁", "greatest possible age on the closing day"),
    ),
    Fact(
        "child.age_near_lo",
        "number",
        age_near_lo,
        Text("截止日前后容差内最小周岁", "least possible age within the margin around the closing day"),
    ),
    Fact(
        "child.age_near_hi",
        "number",
        age_near_hi,
        Text("截止日前后容差内最大周岁", "greatest possible age within the margin around the closing day"),
    ),
    Fact(
        "child.limit_lo", "day", _limit("lo"), Text("最早何日满龄", "first day the age limit may be reached")
    ),
    Fact(
        "child.limit_hi", "day", _limit("hi"), Text("最晚何日满龄", "last day the age limit may be reached")
    ),
    Fact("child.sixteenth_lo", "day", _limit("lo"), Text("最早何日满龄", "the same as child.limit_lo")),
    Fact("child.sixteenth_hi", "day", _limit("hi"), Text("最晚何日满龄", "the same as child.limit_hi")),
    Fact("child.exited", "truth", exited, Text("已退出名册", "the child has left the list")),
    Fact("child.listed", "truth", listed, Text("现列为留守儿童", "listed as left behind now")),
)
