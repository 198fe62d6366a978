"""The enrolment export's 留守 flag beside the lists of left-behind children."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lbt_audit.checks.base import ByKind, Check
from lbt_audit.checks.hits import Others, RowHits
from lbt_audit.checks.wording import Reasons
from lbt_audit.frames.book import Book
from lbt_audit.frames.texts import code_is, some
from lbt_audit.links.coverage import FOUND, NOT_FOUND
from lbt_audit.links.links import Links
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text

LISTS = ("roster", "school_ledger")
_WORDS = (
    Text("花名册中没有该儿童", "the roster does not have the child"),
    Text("留守儿童名单中却有登记：", "yet a list of left-behind children has the child: "),
)


def run(rule: Rule, book: Book) -> ByKind | None:
    """One issue per pupil marked 双亲留守 whom the roster of the home township lacks, or marked 非留守 whom the
    roster or the school's own ledger lists. 单亲留守 is the school definition's and proves nothing about the
    civil-affairs list. Details: ``why``."""
    if "enrolment" not in book.frames or not some(book.frames["enrolment"], "left_type"):
        return None
    frame = book.frames["enrolment"]
    held = {k: Links.of(book).coverage("enrolment", k) for k in LISTS}
    if not any(held.values()):
        return None
    reasons = Reasons(len(frame), _WORDS)
    both, none = (code_is(frame, "left_type", code).true for code in ("both_away", "none"))
    roster = held["roster"]
    if roster is not None:
        young = ~frame.facet("child.eligible").as_logic().false
        reasons.add(0, both & young & roster.expected & ~roster.assumed & (roster.state == NOT_FOUND))
    others, listed = [], {}
    for kind, c in held.items():
        if c is not None:
            still = book.frames[kind].facet("child.listed").as_logic().true
            possible = ~book.frames[kind].facet("child.eligible").as_logic().false
            at = np.maximum(c.at, 0)
            listed[kind] = none & (c.state == FOUND) & (still & possible)[at]
            reasons.add(1, listed[kind])
    row = np.flatnonzero(reasons.found)
    for kind, mask in listed.items():
        issue = np.flatnonzero(mask[row])
        if len(issue):
            other, c = book.frames[kind], held[kind]
            assert c is not None
            there = c.at[row[issue]]
            points = {"left_type": np.ones(len(issue), np.bool_)} if some(other, "left_type") else {}
            notes = None
            if some(other, "left_type"):
                notes = [Text(t, t) for t in other["left_type"].text.take(pa.array(there)).to_pylist()]
            others.append(
                Others(kind, issue.astype(np.int32), there.astype(np.int32), points, notes=notes, plain=notes)
            )
    hits = RowHits(
        row.astype(np.int32),
        np.arange(len(row), dtype=np.int32),
        {f: np.ones(len(row), np.bool_) for f in rule.points_at if some(frame, f)},
        details={"why": reasons.words(row)},
        checked=int((both | none).sum()),
        rests_on={"roster": both[row]},
        others=tuple(others),
    )
    return [("enrolment", hits)]


CHECK = Check(name="linked_flag", on_book=run, needs="needs_lists")
