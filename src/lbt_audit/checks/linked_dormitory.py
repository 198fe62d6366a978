"""Dormitory lists beside the school's ledger and enrolment export."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lbt_audit.checks.base import ByKind, Check
from lbt_audit.checks.hits import Others, RowHits
from lbt_audit.checks.wording import Reasons
from lbt_audit.frames.book import Book
from lbt_audit.frames.texts import some
from lbt_audit.links.coverage import FOUND, NOT_FOUND, PERHAPS, Coverage
from lbt_audit.links.links import Links
from lbt_audit.matching.levels import Level
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text

LEDGER_SHARE = 0.8  # found in the ledger: then the list is one of left-behind children
_WORDS = (
    Text("学校台账中姓名写法不同：", "the ledger spells the name otherwise: "),
    Text("学校台账和学籍中都没有该学生", "neither ledger nor enrolment export has the child"),
    Text("学校台账中没有该学生", "the ledger does not have the child"),
    Text("学校台账中没有完全相符的学生，疑似：", "nobody in the ledger agrees in full; perhaps: "),
)


def run(rule: Rule, book: Book) -> ByKind | None:
    """One issue per boarder whose name differs from the ledger's, or who stands in neither file of the school.

    A pupil whom the enrolment export has under this very name, and who is another child than the ledger's of a
    like name, is a boarder who is not left behind. A list names such boarders too: without an enrolment export
    a child is only missed where at least four of five children of its sheet stand in the ledger. Details: ``why``.
    """
    links = Links.of(book)
    ledger = links.coverage("dormitory", "school_ledger")
    found = links.between("school_ledger", "dormitory")
    if ledger is None or found is None:
        return None
    frame = book.frames["dormitory"]
    n = len(frame)
    named = frame.facet("child_name").known
    at = np.maximum(ledger.at, 0)
    level = np.full(n, Level.UNKNOWN, np.uint8)
    rows = np.flatnonzero(named & (ledger.at >= 0))
    if len(rows):
        level[rows] = found.evidence(ledger.at[rows], rows).codes["name"]
    differs = (level > Level.CASE) & (level < Level.UNKNOWN) & (ledger.state > NOT_FOUND)
    enrolment = links.coverage("dormitory", "enrolment")
    if enrolment is not None:
        differs &= ~_another_pupil(links, enrolment, ledger)
    lost = named & ledger.expected & (ledger.state == NOT_FOUND)
    reasons = Reasons(n, _WORDS)
    reasons.add(0, named & differs & (ledger.state == FOUND))
    reasons.add(3, named & differs & (ledger.state == PERHAPS))
    covered = np.zeros(n, np.bool_)
    if enrolment is not None:
        covered = enrolment.expected
        reasons.add(1, lost & covered & (enrolment.state == NOT_FOUND))
    total = np.bincount(frame.table[named], minlength=len(frame.tables))
    matched = np.bincount(frame.table[named & (ledger.state > NOT_FOUND)], minlength=len(frame.tables))
    own_list = (matched >= LEDGER_SHARE * np.maximum(total, 1))[frame.table]
    reasons.add(2, lost & ~covered & own_list)
    row = np.flatnonzero(reasons.found)
    hits = RowHits(
        row.astype(np.int32),
        np.arange(len(row), dtype=np.int32),
        {f: np.ones(len(row), np.bool_) for f in rule.points_at if some(frame, f)},
        details={"why": reasons.words(row)},
        checked=int((named & ledger.expected).sum()),
        others=_others(book, row, at, differs, level),
        rests_on={"school_ledger": ~differs[row], "enrolment": (lost & covered)[row]},
    )
    return [("dormitory", hits)]


def _another_pupil(links: Links, enrolment: Coverage, ledger: Coverage) -> np.ndarray:
    """Boarders enrolled under the very name on the door, whose enrolment is not the ledger's child's."""
    result = np.zeros(len(enrolment.at), np.bool_)
    found = links.between("enrolment", "dormitory")
    rows = np.flatnonzero((enrolment.at >= 0) & (ledger.at >= 0))
    if found is None or not len(rows):
        return result
    children = links.children.numbers
    level = found.evidence(enrolment.at[rows], rows).codes["name"]
    apart = children["enrolment"][enrolment.at[rows]] != children["school_ledger"][ledger.at[rows]]
    result[rows] = (level <= Level.CASE) & apart
    return result


def _others(
    book: Book, row: np.ndarray, at: np.ndarray, differs: np.ndarray, level: np.ndarray
) -> tuple[Others, ...]:
    issue = np.flatnonzero(differs[row])
    if not len(issue):
        return ()
    ledger = book.frames["school_ledger"]
    mine, theirs = row[issue], at[row[issue]]
    names = tuple(
        f["child_name"].text.take(pa.array(r.astype(np.int64)))
        for f, r in ((book.frames["dormitory"], mine), (ledger, theirs))
    )
    notes = [Level(v).text for v in level[mine].tolist()]
    return (
        Others(
            "school_ledger",
            issue.astype(np.int32),
            theirs.astype(np.int32),
            {"child_name": np.ones(len(issue), np.bool_)},
            {"child_name": (names[0], names[1])},
            notes,
            notes,
        ),
    )


CHECK = Check(name="linked_dormitory", on_book=run, needs="needs_lists")
