"""Values of a field as they may be held against each other: only what is known, as precisely as it is known."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.groups.coding import Coded, codes
from lbt_audit.facts import FACTS
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import text_codes
from lbt_audit.model.cell import State


def comparable(frame: Frame, field: str) -> Coded:
    """(code of the value, it can be compared)."""
    if frame.kind_of(field).name == "place":
        return _places(frame, field)
    values, known = codes(frame, field)
    facet = frame.facet(field)
    if facet.is_text:
        return values, known & (frame[field].state >= State.FAULTY)
    if facet.is_day:
        # Known to the month only, a date contradicts none of that month.
        return values, known & (frame.facet(f"{field}.lo").values == frame.facet(f"{field}.hi").values)
    return values, known


def _places(frame: Frame, field: str) -> Coded:
    """Home, or province and city; a place known less well contradicts nothing."""
    level, place = frame.facet(f"{field}.level"), f"{field.removesuffix('_work_place')}.place"
    at_home = frame.facet(place).isin(["home"]).true if place in FACTS else np.zeros(len(frame), np.bool_)
    joined = pc.binary_join_element_wise(
        frame.facet(f"{field}.province").values, frame.facet(f"{field}.city").values, "/"
    )
    said = pc.if_else(pa.array(at_home), "home", joined)
    return text_codes(said), at_home | (level.known & (np.asarray(level.values) >= 2))
