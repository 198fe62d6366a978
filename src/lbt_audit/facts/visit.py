"""Visits: which records are visits at all, by whom, and since when one is owed.

``visit.in_person``: somebody went to the child (家访, 入户走访, 面谈). False of telephone calls (电话家访), family calls and
counselling, unless it is said that they met (心理辅导, 入户). Where neither kind nor way
says anything, the register's own name decides (亲情通话记录, 心理辅导记录), and else a register of visits holds visits.
``visit.counselling``: 心理辅导, by kind, way, or the register's name.
``visit.posts``: who came: ``leader`` (of the township), ``village`` (cadres of village, or of the township for it), ``school``;
by the visitor's post, or what stands beside the name. Not known where no post is recognised.
``visit.team``: several came.
``visit.found``, ``visit.asked``, ``visit.problem``: a problem is written (not 无), the family asks for something, or either.
``visit.settled``: the outcome says that something was done about it.
``visit.days_ago``: days from the last possible day of the visit to the closing day. ``visit.in_home_season``: around Spring
Festival or in the holidays of October, when those who work away are home.
``visit.last`` (day): the newest visit to the child of a list, by the registers of the school for a school's list and of village
and township for others, or in the list's own column.
``visit.due`` (day): since when the child of a list should have been visited by the unit that handed the list in: a school in
the term (``term.owed``), others within ``visit_max_days``; in half the time where the child is a priority child.
``visit.unit_last`` (day): the newest visit in the registers of the unit; not known where more than a tenth of its visits have no
readable day. ``visit.unit_due``, ``visit.unit_gap`` (day): since when it should have a visit at all, and before which nothing
newer is a gap (``visit_gap_months``).
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.config.words import words
from lbt_audit.facts.fact import Fact
from lbt_audit.frames import days
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import code_is, filled, holds
from lbt_audit.model.text import Text
from lbt_audit.values.kind import NO_DATE

POSTS = {
    "leader": Text("乡镇领导", "leader of the township"),
    "village": Text("村干部或包村干部", "cadre of the village"),
    "school": Text("学校人员", "of the school"),
}
UNDATED = 0.1  # share of a unit's visits from which on the newest of the dated ones proves nothing


def _titled(frame: Frame, name: str) -> Mask:
    """Records whose file or sheet is called so."""
    titles = [t.path.rsplit("/", 1)[-1] + t.sheet for t in frame.tables]
    return frame.per_table(words(name).found(pa.array(titles, pa.string())), np.bool_)


def _in_person(frame: Frame) -> Facet:
    said = ("visit_method", "visit_kind")
    met = holds(frame, said, "met")
    other = code_is(frame, "visit_kind", "counselling", "family_call", "phone").true
    other = (other | holds(frame, said, "by_telephone") | holds(frame, said, "counselling")) & ~met
    visit = code_is(frame, "visit_kind", "home_visit", "village_visit", "face_to_face").true
    visit = (visit | holds(frame, said, "visiting") | met) & ~other
    silent = ~visit & ~other
    called = _titled(frame, "calls_register") | _titled(frame, "counselling")
    return Facet.truth(Logic(visit | (silent & ~called), other | (silent & called)))


def _counselling(frame: Frame) -> Facet:
    found = code_is(frame, "visit_kind", "counselling").true
    found = found | holds(frame, ("visit_method", "visit_kind"), "counselling")
    unsaid = ~filled(frame, "visit_kind") & ~filled(frame, "visit_method")
    found = found | (
        unsaid & (_titled(frame, "counselling") | holds(frame, ("visit_content",), "counselling"))
    )
    return Facet.truth(Logic(found, ~found))


def _posts(frame: Frame) -> Facet:
    fields = ("visit_role", "visit_visitor")
    bits = np.zeros(len(frame), np.int64)
    for number, name in enumerate(("township_leader", "village_cadre", "school_staff")):
        bits |= holds(frame, fields, name).astype(np.int64) << number
    texts = [
        ",".join(code for number, code in enumerate(POSTS) if value >> number & 1)
        for value in range(1 << len(POSTS))
    ]
    return Facet.text(pc.take(pa.array(texts, pa.string()), pa.array(bits)))


def _team(frame: Frame) -> Facet:
    found = holds(frame, ("visit_visitor",), "several_people")
    return Facet.truth(Logic(found, ~found))


def _told(*fields: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        there = [filled(frame, field) & ~holds(frame, (field,), "no_problem") for field in fields]
        column = np.logical_or.reduce([frame.has(field) for field in fields])
        return Facet.truth(Logic.of(np.logical_or.reduce(there), column))

    return run


def _settled(frame: Frame) -> Facet:
    said = ("visit_result",)
    done = filled(frame, "visit_result") & (holds(frame, said, "settled") | ~holds(frame, said, "unsettled"))
    return Facet.truth(Logic(done, ~done))


def _days_ago(frame: Frame) -> Facet:
    day = frame.facet("visit_date.hi")
    return Facet(np.where(day.known, frame.context.as_of - day.values, 0), day.known)


def _in_home_season(frame: Frame) -> Facet:
    """January, February and the first week of October: when those who work away are home."""
    day = frame.facet("visit_date.lo")
    _, month, number = days.split(np.where(day.known, day.values, 0))
    home = np.isin(month, (1, 2)) | ((month == 10) & (number <= 8))
    return Facet.truth(Logic.of(home, day.known))


def _due(frame: Frame) -> Facet:
    """By whose list it is, and whether the child is to be looked after first."""
    first = frame.facet("child.priority").as_logic().true
    school = frame.facet("record.submitter").isin(["school"]).true
    most, at_once = (int(frame.params[f"visit_max_days{suffix}"]) for suffix in ("", "_priority"))
    term, half = frame.facet("term.owed"), frame.facet("term.owed_half")
    at_school = np.where(first & half.known, half.values, term.values)
    others = frame.context.as_of - np.where(first, at_once, most)
    return Facet(np.where(school, at_school, others).astype(np.int32), ~school | term.known, True)


def _last(frame: Frame) -> Facet:
    """Of a list: by the registers of those whose list it is, or the list's own column."""
    school = frame.facet("record.submitter").isin(["school"]).true
    by_school, by_village = frame.facet("child.last_school_visit"), frame.facet("child.last_village_visit")
    values = np.where(school, by_school.values, by_village.values)
    known = np.where(school, by_school.known, by_village.known)
    own = frame.facet("visit_date.hi")
    registered = frame.facet("child.visited").as_logic().true  # and yet no day: one of its visits is in doubt
    either = np.where(own.known & (~known | (own.values > values)), own.values, values)
    return Facet(either.astype(np.int32), known | (own.known & ~registered), True)


def _unit_last(frame: Frame) -> Facet:
    n = len(frame)
    if not n:
        return Facet(np.zeros(0, np.int32), np.zeros(0, np.bool_), True)
    unit = frame.by_unit()
    visits = frame.facet("visit.in_person").as_logic().true
    day = frame.facet("visit_date.hi")
    possible = day.known & (day.values <= frame.context.as_of)  # what lies ahead is a slip
    newest = np.full(int(unit.max()) + 1, NO_DATE, np.int64)
    np.maximum.at(newest, unit[visits & possible], day.values[visits & possible])
    all_, undated = (np.bincount(unit[at], minlength=len(newest)) for at in (visits, visits & ~day.known))
    known = (newest != NO_DATE) & (undated <= UNDATED * all_)
    return Facet(newest[unit].astype(np.int32), known[unit], True)


def _unit_due(frame: Frame, gap: bool) -> Facet:
    level = frame.facet("record.submitter")
    term = frame.facet("term.owed")
    as_of = np.full(len(frame), frame.context.as_of, np.int32)
    month = days.add_months(days.first_of_month(as_of), -int(frame.params["visit_gap_months"]))
    if gap:
        return Facet(month, np.ones(len(frame), np.bool_), True)
    school, village = (level.isin([of]).true for of in ("school", "village"))
    recent = as_of - int(frame.params["visit_max_days"])
    due = np.where(school, term.values, np.where(village, recent, month))
    return Facet(due.astype(np.int32), ~school | term.known, True)


FACTS: tuple[Fact, ...] = (
    Fact("visit.in_person", "truth", _in_person, Text("当面走访", "somebody went to the child")),
    Fact("visit.counselling", "truth", _counselling, Text("心理辅导", "counselling")),
    Fact("visit.posts", "codes", _posts, Text("走访人身份", "who came"), tuple(POSTS), POSTS),
    Fact("visit.team", "truth", _team, Text("多人一同走访", "several came")),
    Fact("visit.found", "truth", _told("visit_problem"), Text("发现问题", "a problem was found")),
    Fact("visit.asked", "truth", _told("visit_request"), Text("有诉求", "the family asks for something")),
    Fact(
        "visit.problem",
        "truth",
        _told("visit_problem", "visit_request"),
        Text("有问题或诉求", "a problem was found or something asked for"),
    ),
    Fact("visit.settled", "truth", _settled, Text("问题已处理", "something was done about it")),
    Fact(
        "visit.days_ago",
        "number",
        _days_ago,
        Text("走访距截止日的天数", "days between visit and closing day"),
    ),
    Fact("visit.last", "day", _last, Text("最近一次走访", "newest visit")),
    Fact(
        "visit.in_home_season",
        "truth",
        _in_home_season,
        Text("春节、国庆返乡时节", "the season in which parents are home"),
    ),
    Fact("visit.due", "day", _due, Text("应自何日起走访过", "since when a visit is owed")),
    Fact("visit.unit_last", "day", _unit_last, Text("本单位最近走访日", "newest visit of the unit")),
    Fact(
        "visit.unit_due",
        "day",
        partial(_unit_due, gap=False),
        Text("本单位应自何日起有走访", "since when the unit owes a visit"),
    ),
    Fact(
        "visit.unit_gap",
        "day",
        partial(_unit_due, gap=True),
        Text("早于此日为断档", "nothing newer than this is a gap"),
    ),
)
