"""ID numbers that look made up: many that differ in their last digits only, or all the first of their day."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import numpy as np
import pyarrow.compute as pc

from lbt_audit.checks import groups as g
from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.duplicate import WELL_FORMED
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.people import codes
from lbt_audit.checks.siblings import families
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import text_codes
from lbt_audit.frames.texts import some
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text

UNLIKELY = 0.0001  # a group that chance gives more than one sheet of ten thousand proves nothing
YEAR = 365
FIRST_SHARE = 0.9
_RUN = Text("只有末四位（顺序码、校验码）不同", "differ in sequence and check digit only")
_FIRST = Text("顺序码几乎都是001", "nearly all have sequence number 001")


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per sheet and group of at least ``min`` numbers of one area and birthday that are no siblings,
    where chance does not explain so many in a sheet of this length; and one per sheet with at least ``first``
    numbers of which nine of ten have the sequence number 001. Details: ``how``, ``count``."""
    if not some(frame, "id_no"):
        return None
    n = len(frame)
    numbers = frame.facet("id_no.norm").values
    formed = np.asarray(
        pc.match_substring_regex(numbers, WELL_FORMED).to_numpy(zero_copy_only=False), np.bool_
    )
    formed &= ~frame["id_no"].has_fault("precision_lost", "several")
    tables = frame.table.astype(np.int64)
    stem = text_codes(pc.utf8_slice_codeunits(numbers, 0, 14))
    number = codes(frame, "id_no.norm")
    family = families(frame, book)
    household = np.where(family >= 0, family, np.arange(n) + n)
    labels = g.label([stem, tables], formed)
    size = g.distinct(labels, number, formed)
    houses = g.distinct(labels, household, formed)
    least = int(rule.params["min"])
    rows_of = np.bincount(tables[formed], minlength=len(frame.tables))
    days = _days(frame, formed)
    enough = np.array([_enough(m, d, least) for m, d in zip(rows_of.tolist(), days, strict=True)] or [least])
    runs = np.where((np.minimum(size, houses) >= enough[tables]), labels, -1)
    first = formed & (
        pc.equal(pc.utf8_slice_codeunits(numbers, 14, 17), "001").to_numpy(zero_copy_only=False)
    )
    share = np.bincount(tables[first], minlength=len(frame.tables)) / np.maximum(rows_of, 1)
    whole = (share >= FIRST_SHARE) & (rows_of >= int(rule.params["first"]))
    base = int(labels.max(initial=-1)) + 1
    all_first = first & whole[tables]
    joined = np.where(all_first, tables + base, runs)
    hits, at = g.hits(rule, frame, joined, int(formed.sum()))
    count = g.distinct(joined, number, formed)[at]
    how = [_FIRST if all_first[r] else _RUN for r in at.tolist()]
    keys = [numbers[r].as_py()[:14] if not all_first[r] else "001" for r in at.tolist()]
    return replace(hits, details={"how": how, "count": count.astype(str).tolist()}, keys=keys)


def _days(frame: Frame, formed: np.ndarray) -> list[int]:
    """Over how many days the births of each sheet spread: a class over one year, a roster over sixteen."""
    birth = frame.facet("id_no.birth")
    result = []
    for t in range(len(frame.tables)):
        days = np.asarray(birth.values)[formed & birth.known & (frame.table == t)]
        low, high = np.percentile(days, (5, 95)) if len(days) else (0, 0)
        result.append(max(int(high - low), YEAR))
    return result


def _enough(rows: int, days: int, least: int) -> int:
    """How many of one birthday chance does not explain among so many children born over so many days."""
    mean = rows / days
    k = least
    while k < 60:
        # Chance that some day has k or more, by the first term of the Poisson tail.
        term = exp(-mean)
        for i in range(1, k + 1):
            term *= mean / i
        if term * days < UNLIKELY:
            return k
        k += 1
    return k


CHECK = Check(
    name="made_up_ids",
    parameters={"min": Parameter(int, required=True), "first": Parameter(int, required=True)},
    on_frame=run,
)
