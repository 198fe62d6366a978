"""Where the child lives, against where the parents work.

``child.lives_with_parent``: 现居住地 names the same city as the work place of a parent who is away, and
neither lies in the own county. Cities are compared, since 现居住地 of a register never agrees with a work
place to the street. False where the address names the own county, a township or village of it.
``child.lives_outside``: 现居住地 names a province or city and no place of the own county.
"""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from lbt_audit.facts.fact import Fact
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import search, some
from lbt_audit.model.text import Text


def _own_county(frame: Frame) -> Mask:
    """The address names the own county or a township or village of it."""
    names = [name for name in frame.context.home if len(name) > 1]
    if not names:
        return np.zeros(len(frame), np.bool_)
    pattern = "|".join("".join("\\" + c if c in r"\.+*?()[]{}|^$" else c for c in name) for name in names)
    return search(frame, "live_addr", pattern)


def _lives_outside(frame: Frame) -> Facet:
    if not some(frame, "live_addr"):
        return _nothing(frame)
    city = frame.facet("live_addr.city")
    own = _own_county(frame)
    return Facet.truth(Logic(city.known & ~own, own))


def _lives_with_parent(frame: Frame) -> Facet:
    outside = frame.facet("child.lives_outside").as_logic()
    city = frame.facet("live_addr.city")
    same = np.zeros(len(frame), np.bool_)
    for parent in ("father", "mother"):
        for field in (f"{parent}_work_place", "parents_work_place"):
            if not some(frame, field):
                continue
            work = frame.facet(f"{field}.city")
            equal = pc.equal(city.values, work.values).to_numpy(zero_copy_only=False)
            equal = np.asarray(equal, np.bool_) & city.known & work.known
            same |= equal & frame.facet(f"{parent}.away").as_logic().true
    return Facet.truth(Logic(outside.true & same, outside.false))


def _nothing(frame: Frame) -> Facet:
    nowhere = np.zeros(len(frame), np.bool_)
    return Facet.truth(Logic(nowhere, nowhere))


FACTS: tuple[Fact, ...] = (
    Fact(
        "child.lives_outside",
        "truth",
        _lives_outside,
        Text("现居住地在县外", "the child lives outside the own county"),
    ),
    Fact(
        "child.lives_with_parent",
        "truth",
        _lives_with_parent,
        Text("随外出父母在务工地居住", "the child lives in the city a parent who is away works in"),
    ),
)
