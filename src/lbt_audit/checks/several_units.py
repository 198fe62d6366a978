"""One ID number in the lists of several units."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks import groups as g
from lbt_audit.checks.base import Check
from lbt_audit.checks.duplicate import WELL_FORMED
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.own_units import place_codes, places
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import text_codes
from lbt_audit.frames.texts import code_is, some
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per number that stands in the lists of two units or more: townships in rosters, villages in
    village books, schools in school files. Children who left a list, and enrolments transferred or ended, are
    not counted. Several rows in the list of one unit alone are E01's. Where the two units are told apart by a
    name the county file does not know, the finding is a warning: it may be one unit spelt twice. Details:
    ``units``, ``count``.
    """
    if not some(frame, "id_no"):
        return None
    numbers = frame.facet("id_no.norm").values
    formed = np.asarray(
        pc.match_substring_regex(numbers, WELL_FORMED).to_numpy(zero_copy_only=False), np.bool_
    )
    usable = formed & ~frame["id_no"].has_fault("precision_lost", "several")
    usable &= ~frame.facet("child.exited").as_logic().true
    usable &= ~code_is(frame, "enrolment_status", "transferred", "left", "graduated", "dead").true
    said, where = places(frame, book), place_codes(frame, book)
    by_number = g.label([text_codes(numbers)], usable)
    several = g.distinct(by_number, where, usable) > 1
    labels = np.where(several, by_number, -1)
    hits, first = g.hits(rule, frame, labels, int(usable.sum()))
    listed = {
        *book.units.schools,
        *(f"{t}/{v}" for t, vs in book.units.townships.items() for v in vs),
        *book.units.townships,
    }
    sure = (not book.units.listed) | np.isin(said.astype(str), list(listed) or [""])
    known = g.distinct(labels, where, usable & sure)[first]
    count = g.distinct(labels, where, usable)[first]
    severity = np.where(known > 1, 0, Severity.WARNING).astype(np.int8)
    keys = numbers.take(pa.array(first)).to_pylist()
    rows = g.size_of(labels)[first].astype(str).tolist()
    return replace(
        hits, details={"units": count.astype(str).tolist(), "count": rows}, severity=severity, keys=keys
    )


CHECK = Check(name="several_units", on_frame=run)
