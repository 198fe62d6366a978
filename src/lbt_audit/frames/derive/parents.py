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

from collections.abc import Callable

import numpy as np

from lbt_audit.frames import days
from lbt_audit.frames.derive import parent_words as said
from lbt_audit.frames.derive.citizen import id_sex, span
from lbt_audit.frames.derive.texts import search, some
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic

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


FACTS: dict[str, Callable[[Frame], Facet]] = {
    "parents.any_away": _any("away"),
    "parents.both_away": _both("away"),
    "parents.any_home": _any("at_home"),
    "parents.both_stated_away": _both("away_stated"),
    "parents.none_away": _none_away,
    "parents.kept_away": _kept_away,
    "parents.returned": _returned,
}
for _p in PARENTS:
    FACTS |= {
        f"{_p}.birth_lo": _birth(_p, 0),
        f"{_p}.birth_hi": _birth(_p, 1),
        f"{_p}.sex": _sex(_p),
        f"{_p}.gap_lo": _gap(_p, "lo"),
        f"{_p}.gap_hi": _gap(_p, "hi"),
    }
