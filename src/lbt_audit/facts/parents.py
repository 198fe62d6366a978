"""Father and mother as persons, and the two taken together.

``{p}.birth_lo``/``{p}.birth_hi`` (day): a sound ID's day, else the birth column's interval.
``{p}.sex`` (1 male, 2 female): by a sound ID. ``{p}.gap_lo``/``{p}.gap_hi`` (years): the parent's age
when the child was born, at least and at most.
``parents.any_away``, ``parents.both_away``, ``parents.none_away`` (nobody away and somebody at home:
G03), ``parents.any_home``: from ``{p}.away`` and ``{p}.at_home``.
``parents.both_stated_away``: by place or time of each, boxes left out.
``parents.kept_away``: a parent is in custody, missing, or separated (reasons that are no migrant work).
``parents.returned``: the remark says a parent is back for good; festival visits and leave are not that.
"""

from __future__ import annotations

import numpy as np

from lbt_audit.facts import parent_words as said
from lbt_audit.facts.fact import Fact, of_each_parent
from lbt_audit.frames import days
from lbt_audit.frames.citizen import id_sex, span
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic
from lbt_audit.frames.texts import search, some
from lbt_audit.model.text import Text

PARENTS = ("father", "mother")


def _birth(parent: str, edge: int) -> Derivation:
    return lambda frame: Facet.day(span(frame, f"{parent}_id", f"{parent}_birth")[edge])


def _sex(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        sex = id_sex(frame, f"{parent}_id")
        return Facet(sex, sex > 0)

    return run


def years_between(frame: Frame, elder: str, younger: str) -> Facet:
    """Completed years from the day ``elder`` (operand) to the day ``younger``; negative if reversed."""
    first, second = frame.facet(elder), frame.facet(younger)
    known = first.known & second.known
    safe = np.where(known, second.values, 0)
    return Facet(days.completed_years(np.where(known, first.values, 0), safe), known)


def _gap(parent: str, edge: str) -> Derivation:
    elder, younger = (
        (f"{parent}.birth_hi", "child.birth_lo") if edge == "lo" else (f"{parent}.birth_lo", "child.birth_hi")
    )
    return lambda frame: years_between(frame, elder, younger)


def _pair(frame: Frame, name: str) -> tuple[Logic, Logic]:
    father, mother = (frame.facet(f"{p}.{name}").as_logic() for p in PARENTS)
    return father, mother


def _any(name: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        father, mother = _pair(frame, name)
        return Facet.truth(father | mother)

    return run


def _both(name: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        father, mother = _pair(frame, name)
        return Facet.truth(father & mother)

    return run


def _none_away(frame: Frame) -> Facet:
    """Each parent is at home or dead, and one at least is at home."""
    home, dead = _pair(frame, "at_home"), _pair(frame, "dead")
    each = [h | d for h, d in zip(home, dead, strict=True)]
    return Facet.truth(each[0] & each[1] & (home[0] | home[1]))


def _kept_away(frame: Frame) -> Facet:
    """Two-valued: false where the record says nothing of the kind."""
    parts = []
    for parent in PARENTS:
        parts.append(frame.facet(f"{parent}.whereabouts").isin(["custody", "missing"]))
        parts.append(frame.facet(f"{parent}.separated").as_logic())
    said_so = Logic.any(parts, len(frame)).true
    return Facet.truth(Logic(said_so, ~said_so))


def _returned(frame: Frame) -> Facet:
    if not some(frame, "remark"):
        nowhere = np.zeros(len(frame), np.bool_)
        return Facet.truth(Logic(nowhere, nowhere))
    back = search(frame, "remark", said.RETURNED) & ~search(frame, "remark", said.VISITING)
    return Facet.truth(Logic(back, ~back))


FACTS: tuple[Fact, ...] = (
    Fact("parents.any_away", "truth", _any("away"), Text("父母至少一方外出", "a parent is away")),
    Fact("parents.both_away", "truth", _both("away"), Text("父母双方外出", "both parents are away")),
    Fact("parents.any_home", "truth", _any("at_home"), Text("父母至少一方在家", "a parent is at home")),
    Fact(
        "parents.both_stated_away",
        "truth",
        _both("away_stated"),
        Text(
            "按地点或时间父母双方外出", "both parents are away by the place or time of each, boxes left out"
        ),
    ),
    Fact(
        "parents.none_away",
        "truth",
        _none_away,
        Text("父母均在家或已故，至少一方在家", "each parent is at home or dead, one at least at home"),
    ),
    Fact(
        "parents.kept_away",
        "truth",
        _kept_away,
        Text("父母一方被羁押、失联或离异出走", "a parent is in custody, missing or separated"),
    ),
    Fact(
        "parents.returned", "truth", _returned, Text("备注称父母已返乡不再外出", "a parent is back for good")
    ),
    *of_each_parent(
        "{p}.birth_lo",
        "day",
        lambda p: _birth(p, 0),
        "{p}可能的最早出生日",
        "first possible day of birth of {p}",
    ),
    *of_each_parent(
        "{p}.birth_hi",
        "day",
        lambda p: _birth(p, 1),
        "{p}可能的最晚出生日",
        "last possible day of birth of {p}",
    ),
    *of_each_parent(
        "{p}.sex",
        "number",
        _sex,
        "{p}证件所示性别（1 男 2 女）",
        "sex of {p} by the ID number (1 male, 2 female)",
    ),
    *of_each_parent(
        "{p}.gap_lo",
        "number",
        lambda p: _gap(p, "lo"),
        "{p}至少年长几岁",
        "age of {p} at the birth, at least",
    ),
    *of_each_parent(
        "{p}.gap_hi", "number", lambda p: _gap(p, "hi"), "{p}至多年长几岁", "age of {p} at the birth, at most"
    ),
)
