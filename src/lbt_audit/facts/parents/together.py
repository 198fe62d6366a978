"""Father and mother taken together.

``parents.any_away``, ``parents.both_away``, ``parents.none_away`` (nobody away and somebody at home:
G03), ``parents.any_home``: from ``{p}.away`` and ``{p}.at_home``.
``parents.both_stated_away``: by place or time of each, boxes left out.
``parents.kept_away``: a parent is in custody, missing, or separated (reasons that are no migrant work).
``parents.returned``: the remark says a parent is back for good; festival visits and leave are not that.
"""

from __future__ import annotations

import numpy as np

from lbt_audit.config.words import words
from lbt_audit.facts.fact import PARENTS, Fact
from lbt_audit.facts.parents.statements import statements
from lbt_audit.facts.parents.whereabouts import is_at
from lbt_audit.frames.clauses import claimed
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic
from lbt_audit.frames.texts import some
from lbt_audit.model.text import Text


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
        parts.append(is_at(frame, parent, "custody", "missing"))
        parts.append(frame.facet(f"{parent}.separated").as_logic())
    said_so = Logic.any(parts, len(frame)).true
    return Facet.truth(Logic(said_so, ~said_so))


def _returned(frame: Frame) -> Facet:
    """Said of a parent, or of nobody in particular (已返乡, 家长已返乡)."""
    if not some(frame, "remark"):
        nowhere = np.zeros(len(frame), np.bool_)
        return Facet.truth(Logic(nowhere, nowhere))
    remarks = statements(frame, "remark")
    of = remarks.by_person
    back = [
        claimed(said, words(name))
        for said in (of.father, of.mother, of.nobody)
        for name in ("returned", "stays")
    ]
    found = remarks.spread(np.logical_or.reduce(back))
    return Facet.truth(Logic(found, ~found))


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
)
