"""A day of birth typed beside the ID number of the same person, and how the two differ."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lbt_audit.facts.fact import Fact
from lbt_audit.frames.days import split
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.model.text import Text

PEOPLE = {
    "child": ("birth_date", "id_no", Text("儿童", "the child")),
    "father": ("father_birth", "father_id", Text("父亲", "the father")),
    "mother": ("mother_birth", "mother_id", Text("母亲", "the mother")),
    "guardian": ("guardian_birth", "guardian_id", Text("监护人", "the guardian")),
}
HOW = ("same", "coarse", "swapped", "year", "month", "day", "other")


def _differs(date: str, number: str) -> Derivation:
    def derive(frame: Frame) -> Facet:
        lo, hi, birth = frame.facet(f"{date}.lo"), frame.facet(f"{date}.hi"), frame.facet(f"{number}.birth")
        known = frame.facet(date).known & lo.known & hi.known & birth.known
        known &= ~frame[number].has_fault("several")  # whose number would it be?
        apart = known & ((birth.values < lo.values) | (birth.values > hi.values))
        codes = known.astype(np.int64)  # 1: the same
        at = np.flatnonzero(apart)
        codes[at] = 1 + _how(lo.values[at], hi.values[at], birth.values[at])
        return Facet(pa.array(["", *HOW]).take(pa.array(codes)), known)

    return derive


def _how(first: np.ndarray, last: np.ndarray, number: np.ndarray) -> np.ndarray:
    """Positions in ``HOW`` of days that differ from the number's."""
    day, other = split(first), split(number)
    year, month, of_month = (a == b for a, b in zip(day, other, strict=True))
    swapped = year & (day[1] == other[2]) & (day[2] == other[1])
    held = [first != last, swapped, month & of_month, year & of_month, year & month]
    return np.select(held, [HOW.index(how) for how in HOW[1:-1]], HOW.index("other"))


FACTS = tuple(
    Fact(
        f"{person}.birth_differs",
        "code",
        _differs(date, number),
        Text(
            f"{who.zh}的出生日期与证号如何不同",
            f"how the day of birth of {who.en} differs from that in the ID number",
        ),
        HOW,
    )
    for person, (date, number, who) in PEOPLE.items()
)
