"""Where the child lives, against where the parents work.

``child.lives_with_parent``: 现居住地 names the same city as the work place of a parent who is away, and
neither lies in the own county. Cities are compared, since 现居住地 of a register never agrees with a work
place to the street. False where the address names the own county, a township or village of it.
``child.lives_outside``: 现居住地 names a province or city and no place of the own county; not known where nothing says
which county is the own one.
``child.of_county``: registered in the own county, by 户籍所在地 or else 户口分类 (本辖区户口, 外省市户口).
"""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from lbt_audit.facts.fact import Fact
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic
from lbt_audit.frames.texts import some
from lbt_audit.model.text import Text
from lbt_audit.values.place import city_of


def _in_county(frame: Frame, field: str) -> Logic:
    """Whether an address lies in the own county. Unknown where nothing is known to be own, and of an address that
    names no more than the own county's city."""
    nowhere = np.zeros(len(frame), np.bool_)
    if not some(frame, field) or not frame.context.home:
        return Logic(nowhere, nowhere)
    city, county = frame.facet(f"{field}.city"), frame.facet(f"{field}.county")
    own = frame.facet(f"{field}.has_home").as_logic().true
    outside = city.known & ~own
    if code := frame.context.home_code:
        same_city = pc.equal(city.values, city_of(code)).to_numpy(zero_copy_only=False)
        outside &= county.known | ~same_city
    return Logic(own, outside)


def _lives_outside(frame: Frame) -> Facet:
    return Facet.truth(~_in_county(frame, "live_addr"))


def _of_county(frame: Frame) -> Facet:
    """By 户籍所在地, or else by 户口分类."""
    address = _in_county(frame, "hukou_addr")
    cls, silent = frame.facet("hukou_class"), address.unknown
    return Facet.truth(
        Logic(
            address.true | (silent & cls.isin(["local"]).true),
            address.false | (silent & cls.isin(["other_province"]).true),
        )
    )


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
    Fact("child.of_county", "truth", _of_county, Text("户籍在本县", "registered in the own county")),
)
