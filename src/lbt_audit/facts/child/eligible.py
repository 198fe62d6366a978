"""Whether the record, by what it says, describes a child the civil-affairs lists must hold.

``child.eligible``: true where the child is listed, surely under ``age_limit``, not an orphan, not of a city
household (``rural_only``), and both parents are away long enough (``min_away_months``), or one is and the
other is dead, kept away (服刑, 失联) or unable to care. With ``definition: school`` one parent away is enough.
False where one of these surely fails: over age, left the list, both parents at home or dead, one at home who
is not said to be unable, city household. Not known otherwise: a list without parents' whereabouts proves
nothing about anybody.
"""

from __future__ import annotations

import numpy as np

from lbt_audit.facts.fact import Fact
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic
from lbt_audit.frames.texts import code_is
from lbt_audit.model.text import Text

PARENTS = ("father", "mother")


def eligible(frame: Frame) -> Facet:
    n = len(frame)
    away = {p: _long_away(frame, p) for p in PARENTS}
    if frame.params.get("definition") == "school":
        absent = away["father"] | away["mother"]
    else:
        gone = {p: _gone(frame, p) for p in PARENTS}
        absent = (
            (away["father"] & away["mother"])
            | (away["father"] & gone["mother"])
            | (away["mother"] & gone["father"])
        )
    parts = [absent, _young(frame), frame.facet("child.listed").as_logic(), ~_orphan(frame)]
    if frame.params.get("rural_only"):
        city = code_is(frame, "hukou_type", "urban").true
        parts.append(Logic(~city, city))
    return Facet.truth(Logic.all(parts, n))


def _long_away(frame: Frame, parent: str) -> Logic:
    """Away, and not surely for too short a time."""
    away, short = (frame.facet(f"{parent}.{what}").as_logic() for what in ("away", "short"))
    return Logic(away.true & ~short.true, away.false | short.true)


def _gone(frame: Frame, parent: str) -> Logic:
    """Not there to care: dead, in custody, missing, or unable; nothing said of it is no, where that parent is at home."""
    dead = frame.facet(f"{parent}.dead").as_logic()
    kept = frame.facet(f"{parent}.whereabouts").isin(["custody", "missing"])
    unable = frame.facet(f"{parent}.incapable").as_logic()
    true = dead.true | kept.true | unable.true
    home = frame.facet(f"{parent}.at_home").as_logic().true
    return Logic(true, ~true & home & (unable.false | (dead.false & ~unable.true)))


def _young(frame: Frame) -> Logic:
    limit = int(frame.params["age_limit"])
    lo, hi = frame.facet("child.age_lo"), frame.facet("child.age_hi")
    return Logic(hi.known & (hi.values < limit), lo.known & (lo.values >= limit))


def _orphan(frame: Frame) -> Logic:
    both = frame.facet("parents.both_dead").as_logic().true
    both = both | code_is(frame, "is_orphan", "yes").true
    return Logic(np.asarray(both), np.asarray(~both))


FACTS: tuple[Fact, ...] = (
    Fact(
        "child.eligible",
        "truth",
        eligible,
        Text("按记录应列入留守儿童名册", "by the record the child must be on the lists"),
    ),
)
