"""Whether the record shows all that 事实无人抚养 asks for, or leaves it to be checked.

民发〔2019〕62号 and 〔2020〕125号 ask for six months in custody, and for six months since the police took up the
report of somebody who is out of contact — not since he or she left. They ask for no months of one who is
gravely ill or disabled, was declared missing by a court, lost custody or was deported.

``{p}.unable_proved``: ``{p}.unable``, and nothing of this is missing: the sentence or the day it began is told,
compulsory rehabilitation lasts two years anyway, the report to the police is dated. Elsewhere false: to be checked.
``parents.reported_lo``/``parents.reported_hi`` (day): when a report to the police is dated (2025年3月报警).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.config.words import words
from lbt_audit.facts.fact import Fact, of_each_parent
from lbt_audit.facts.parents.statements import REMARKS, own_cells_say, remarks_say, statements
from lbt_audit.frames import days
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import code_is, some
from lbt_audit.model.text import Text
from lbt_audit.values.kind import NO_DATE

MONTHS: Final = 6
_DAY: Final = "(?P<d>[12][0-9]|3[01]|0?[1-9])[日号]?"
_DATE: Final = rf"(?P<y>(?:19|20)[0-9]{{2}})[年./\-](?:(?P<m>1[0-2]|0?[1-9])(?:[月./\-](?:{_DAY})?)?)?"


def first_date(texts: pa.Array, pattern: str) -> tuple[np.ndarray, np.ndarray]:
    """First and last possible day (int32) of the date ``pattern`` finds by its groups y, m, d; ``NO_DATE``: none."""
    found = pc.extract_regex(texts, pattern)

    def number(group: str) -> np.ndarray:
        part = pc.if_else(
            pc.fill_null(pc.equal(pc.struct_field(found, group), ""), True),
            "0",
            pc.struct_field(found, group),
        )
        return np.asarray(part.cast(pa.int32()).to_numpy(zero_copy_only=False), np.int64)

    year, month, day = number("y"), number("m"), number("d")
    start = ((year - 1970) * 12 + np.maximum(month, 1) - 1).astype("datetime64[M]")
    first = start.astype("datetime64[D]").astype(np.int64)
    whole = np.where(month == 0, 12, 1).astype("timedelta64[M]")
    last = (start + whole).astype("datetime64[D]").astype(np.int64) - 1
    known = year > 0
    low = np.where(known, first + np.maximum(day, 1) - 1, NO_DATE)
    high = np.where(known, np.where(day > 0, first + day - 1, last), NO_DATE)
    return low.astype(np.int32), high.astype(np.int32)


def _long_ago(frame: Frame, since: np.ndarray) -> Mask:
    """``MONTHS`` have passed on the closing day since ``since`` (day numbers)."""
    return np.asarray((since != NO_DATE) & (days.add_months(since, MONTHS) <= frame.context.as_of))


def _reported(frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    n = len(frame)
    low, high = np.full(n, NO_DATE, np.int32), np.full(n, NO_DATE, np.int32)
    report = words("police_report")
    for field in (f for f in REMARKS if some(frame, f)):
        column = frame.squeezed_encoded(field)
        texts, index = column.dictionary, column.indices.to_numpy(zero_copy_only=False)
        there = report.found(texts)
        for pattern in (
            f"{_DATE}[^,，。;；]{{0,10}}?{report.pattern}",
            f"{report.pattern}[^。;；]{{0,8}}?{_DATE}",
        ):
            first, last = first_date(texts, pattern)
            at = (there & (first != NO_DATE))[index] & (low == NO_DATE)
            low[at], high[at] = first[index][at], last[index][at]
    return low, high


def _report(edge: int) -> Derivation:
    return lambda frame: Facet.day(_reported(frame)[edge])


def _held_since(frame: Frame, parent: str) -> Mask:
    """In custody since a day that lies long enough back."""
    found = np.zeros(len(frame), np.bool_)
    pattern = f"{_DATE}[^，]{{0,12}}?{words('custody').pattern}"
    for field, speaker in (
        (f"{parent}_status", parent),
        (f"{parent}_work_place", parent),
        *((r, "") for r in REMARKS),
    ):
        if some(frame, field):
            cells = statements(frame, field, speaker)
            found |= cells.spread(_long_ago(frame, first_date(cells.by_person.of(parent), pattern)[1]))
    return found


def _proved(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        def is_so(fact: str) -> Mask:
            return frame.facet(f"{parent}.{fact}").as_logic().true

        def said(name: str) -> Mask:
            return own_cells_say(frame, parent, name, ("status", "work_place")) | remarks_say(
                frame, parent, name
            )

        status = code_is(frame, f"{parent}_status", "custody_revoked", "deported", "compulsory_rehab").true
        held = is_so("in_custody") & (said("long_custody") | _held_since(frame, parent))
        lost = is_so("missing") & _long_ago(frame, frame.facet("parents.reported_hi").values)
        true = is_so("ill") | status | said("revoked") | said("declared_missing") | held | lost
        true &= is_so("unable")
        return Facet.truth(Logic(true, ~true))

    return run


FACTS: tuple[Fact, ...] = (
    Fact(
        "parents.reported_lo",
        "day",
        _report(0),
        Text("最早何日报警", "first possible day of the report to the police"),
    ),
    Fact(
        "parents.reported_hi",
        "day",
        _report(1),
        Text("最晚何日报警", "last possible day of the report to the police"),
    ),
    *of_each_parent(
        "{p}.unable_proved",
        "truth",
        _proved,
        "{p}不能履行抚养义务，且刑期、报警日期等已写明",
        "{p} cannot care, and the record shows the months in custody or since the report that count",
    ),
)
