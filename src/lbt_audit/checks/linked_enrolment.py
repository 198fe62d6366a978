"""Pupils of a school's ledger beside the enrolment export: there, at this school, and attending."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lbt_audit.checks.base import ByKind, Check
from lbt_audit.checks.hits import Others, RowHits
from lbt_audit.checks.wording import Reasons
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.texts import code_is, some
from lbt_audit.links.comparison import different_schools
from lbt_audit.links.coverage import FOUND
from lbt_audit.links.links import Links
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text

GONE = ("suspended", "transferred", "left", "dropped_out", "graduated", "dead")
_WORDS = (
    Text("学籍信息中没有该学生", "the enrolment export of the school does not have the pupil"),
    Text("学籍在另一所学校：", "the pupil is enrolled at another school:"),
    Text("学籍状态不是在校：", "the enrolment status is not 在校 (enrolled):"),
)


def run(rule: Rule, book: Book) -> ByKind | None:
    """One issue per pupil who is missing from the export of this school, enrolled at another school, or whose
    学籍状态 is anything but 在校. Preschoolers have no enrolment; schools that handed in no export are passed
    over. Details: ``why``."""
    links = Links.of(book)
    c = links.coverage("school_ledger", "enrolment")
    if c is None:
        return None
    frame, other = book.frames["school_ledger"], book.frames["enrolment"]
    wanted = frame.facet("child_name").known & ~frame.facet("child.exited").as_logic().true
    found = c.state == FOUND
    at = np.maximum(c.at, 0)
    mine, theirs = links.home("school_ledger").school, links.home("enrolment").school
    reasons = Reasons(len(frame), _WORDS)
    reasons.add(0, wanted & c.expected & (c.state == 0))
    elsewhere = np.zeros(len(frame), np.bool_)
    rows = np.flatnonzero(wanted & found)
    elsewhere[rows] = different_schools(mine[rows], theirs[at[rows]], book)
    reasons.add(1, elsewhere)
    reasons.add(2, wanted & found & code_is(other, "enrolment_status", *GONE).true[at])
    row = np.flatnonzero(reasons.found)
    hits = RowHits(
        row.astype(np.int32),
        np.arange(len(row), dtype=np.int32),
        {f: np.ones(len(row), np.bool_) for f in rule.points_at if some(frame, f)},
        details={"why": reasons.words(row)},
        checked=int((wanted & (c.expected | found)).sum()),
        others=_others(other, c.at, found, row, elsewhere),
        rests_on={"enrolment": ~found[row]},
    )
    return [("school_ledger", hits)]


def _others(
    other: Frame, at: np.ndarray, found: np.ndarray, row: np.ndarray, elsewhere: np.ndarray
) -> tuple[Others, ...]:
    issue = np.flatnonzero(found[row])
    if not len(issue):
        return ()
    there = at[row[issue]]
    moved = elsewhere[row[issue]]
    said = {"school_name": moved, "school_code": moved, "enrolment_status": ~moved}
    points = {field: mask for field, mask in said.items() if some(other, field)}
    text = other["enrolment_status"].text.take(pa.array(there)).to_pylist()
    notes = [Text(t, t) for t in text] if some(other, "enrolment_status") else None
    return (
        Others("enrolment", issue.astype(np.int32), there.astype(np.int32), points, notes=notes, plain=notes),
    )


CHECK = Check(name="linked_enrolment", on_book=run, needs="needs_lists")
