"""Children of one list who are missing from another that should have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.base import ByKind, Check, Parameter
from lbt_audit.checks.hits import Others, RowHits, in_groups
from lbt_audit.checks.linked import texts_of
from lbt_audit.checks.pointing import written
from lbt_audit.frames.book import Book
from lbt_audit.frames.citizen import sound
from lbt_audit.frames.condition import compile_condition
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import text_codes
from lbt_audit.frames.logic import Mask
from lbt_audit.links.coverage import FOUND, PERHAPS, Coverage
from lbt_audit.links.kinds import EVENTS, LISTS
from lbt_audit.links.links import Links
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text

_CHECK_FIRST = Text("；请先核对", "; check first ")
_NOTHING = Text("", "")
_MAYBE = Text("疑似同一人，待核", "perhaps the same child")
_ASSUMED = Text("（按就读学校所在乡镇推定）", " (its township taken to be that of the school)")


def run(rule: Rule, book: Book) -> ByKind | None:
    """One issue per child that ``lists`` (kind → the lists to stand in) expects elsewhere and is not there.

    A list is only expected to hold a child whose unit handed that list in: its township's roster, its
    village's book, its school's ledger or export; preschoolers and children out of school are in no school's
    files. ``everywhere``: found only if no list has the child. ``eligible``: kind → ``certain`` (by its own
    record surely a child for the list) or ``possible`` (not surely none). ``unless``: condition that spares a
    record. A record that may be the child's makes the issue a warning and is pointed at, as does a township
    known only from the school. Equal entries of one list are one issue, and a child of several lists is told
    under the first of them. Details: ``missing`` (the lists), ``but``, ``assumed``.
    """
    result: list[tuple[str, RowHits]] = []
    held = False
    told: set[int] = set()  # children already reported from an earlier list
    for kind, targets in rule.params["lists"].items():
        if kind not in book.frames:
            continue
        found = [c for c in (Links.of(book).coverage(kind, str(t)) for t in targets) if c is not None]
        if found:
            held = True
            hits = _missing(rule, book, book.frames[kind], found, told)
            if kind in LISTS:
                told.update(Links.of(book).children.numbers[kind][hits.row].tolist())
            result.append((kind, hits))
    return result if held else None


def _missing(rule: Rule, book: Book, frame: Frame, lists: Sequence[Coverage], told: set[int]) -> RowHits:
    n = len(frame)
    wanted, unknown = _wanted(rule, book, frame)
    expected = np.array([c.expected for c in lists])
    absent = np.array([c.state < FOUND for c in lists])
    if rule.params.get("everywhere"):
        everywhere = absent.all(axis=0)
        lacking = expected & everywhere
    else:
        lacking = expected & absent
    candidates = wanted & lacking.any(axis=0)
    if told and frame.kind in LISTS:
        candidates &= ~np.isin(Links.of(book).children.numbers[frame.kind], np.fromiter(told, np.int64))
    labels = _once(frame, book, candidates)
    found = np.flatnonzero(labels >= 0)
    order, issue = in_groups(labels[found], found)
    row = found[order].astype(np.int32)
    first = row[np.searchsorted(issue, np.arange(int(issue[-1]) + 1 if len(issue) else 0))]
    hits = RowHits(row, issue, written(frame, rule.points_at, row))
    bits = np.zeros(len(first), np.int64)
    perhaps = np.zeros(len(first), np.bool_)
    assumed = np.zeros(len(first), np.bool_)
    for i, c in enumerate(lists):
        here = lacking[i][first]
        bits |= (here | bool(rule.params.get("everywhere"))).astype(np.int64) << i
        perhaps |= (c.state[first] == PERHAPS) & (here | bool(rule.params.get("everywhere")))
        assumed |= here & c.assumed[first]
    sure = np.zeros(len(first), np.bool_)
    for i, c in enumerate(lists):
        sure |= lacking[i][first] & ~c.assumed[first]
    assumed &= ~sure
    unverifiable = wanted & np.array([c.unknown for c in lists]).any(axis=0) & ~candidates
    return replace(
        hits,
        unverifiable=int((unverifiable | unknown).sum()),
        details={
            "missing": _lists(bits, lists, book),
            "but": [_CHECK_FIRST if p else _NOTHING for p in perhaps.tolist()],
            "assumed": [_ASSUMED if a else _NOTHING for a in assumed.tolist()],
        },
        severity=np.where(perhaps | assumed, min(int(Severity.WARNING), int(rule.severity)), 0).astype(
            np.int8
        ),
        others=tuple(_candidates(rule, book, frame, first, lacking, lists)),
        across=frame.kind in LISTS,
        rests_on={c.target: (bits >> i & 1).astype(np.bool_) for i, c in enumerate(lists)},
        checked=int((wanted & expected.any(axis=0)).sum()) if n else 0,
    )


def _wanted(rule: Rule, book: Book, frame: Frame) -> tuple[Mask, Mask]:
    """(records the rule speaks of, records of which that cannot be told)."""
    named = frame.facet("child_name").known | sound(frame, "id_no")
    wanted = named & ~frame.facet("child.exited").as_logic().true
    if frame.kind not in EVENTS:
        wanted &= ~Links.of(book).homes.outside(frame.kind) | ~np.isin(
            frame.kind, ("school_ledger", "enrolment", "dormitory")
        )
    unknown = np.zeros(len(frame), np.bool_)
    asked = (rule.params.get("eligible") or {}).get(frame.kind)
    if asked:
        logic = frame.facet("child.eligible").as_logic()
        unknown = wanted & logic.unknown & (asked == "certain")
        wanted &= logic.true if asked == "certain" else ~logic.false
    if "unless" in rule.params:
        wanted &= ~compile_condition(rule.params["unless"])(frame).true
    return np.asarray(wanted), np.asarray(unknown)


def _once(frame: Frame, book: Book, found: Mask) -> np.ndarray:
    """Labels of the rows found: one per child, however often it is entered."""
    labels = np.full(len(frame), -1, np.int64)
    rows = np.flatnonzero(found)
    if frame.kind in EVENTS:
        labels[rows] = Links.of(book).linkages.people(frame.kind)[1][rows]
        return labels
    labels[rows] = rows
    numbered = rows[sound(frame, "id_no")[rows]]
    if len(numbered):
        codes = text_codes(frame.facet("id_no.norm").values.take(pa.array(numbered)))
        lowest = np.full(int(codes.max()) + 1, len(frame), np.int64)
        np.minimum.at(lowest, codes, numbered)
        again = numbered[lowest[codes] != numbered]
        labels[again] = -1
    return labels


def _lists(bits: np.ndarray, lists: Sequence[Coverage], book: Book) -> list[Text]:
    words = {}
    for b in np.unique(bits).tolist():
        named = [book.kinds[c.target].title for i, c in enumerate(lists) if b >> i & 1]
        words[b] = Text("、".join(t.zh for t in named), " or ".join(t.en for t in named))
    return [words[b] for b in bits.tolist()]


def _candidates(
    rule: Rule, book: Book, frame: Frame, first: np.ndarray, lacking: np.ndarray, lists: Sequence[Coverage]
) -> list[Others]:
    """The records that may be the missing child's."""
    result = []
    for i, c in enumerate(lists):
        here = (c.state[first] == PERHAPS) & (lacking[i][first] | bool(rule.params.get("everywhere")))
        issue = np.flatnonzero(here)
        if not len(issue):
            continue
        mine, theirs = first[issue], c.at[first[issue]]
        other = book.frames[c.target]
        a, b = texts_of(frame, "child_name", mine), texts_of(other, "child_name", theirs)
        same = pc.equal(a, b)
        gone = pa.scalar(None, pa.string())
        pair = (pc.if_else(same, gone, a), pc.if_else(same, gone, b))
        everywhere = np.ones(len(issue), np.bool_)
        points = {"child_name": everywhere} if any("child_name" in t.columns for t in other.tables) else {}
        notes = [_MAYBE] * len(issue)
        entries = (issue.astype(np.int32), theirs.astype(np.int32))
        result.append(Others(c.target, *entries, points, {"child_name": pair}, notes, notes))
    return result


CHECK = Check(
    name="linked_missing",
    parameters={
        "lists": Parameter(dict, required=True),
        "everywhere": Parameter(bool),
        "eligible": Parameter(dict),
        "unless": Parameter(dict, holds="condition"),
    },
    on_book=run,
    needs="needs_lists",
)
