"""Children of the lists who also stand in the register of orphans and protected children."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lbt_audit.checks.base import ByKind, Check
from lbt_audit.checks.hits import Others, RowHits
from lbt_audit.frames.book import Book
from lbt_audit.frames.citizen import sound
from lbt_audit.frames.texts import code_is, search_any, some
from lbt_audit.links.coverage import FOUND
from lbt_audit.links.links import Links
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text

MARKS = "事实无人抚养|事孤|事实孤儿|困境|孤儿"
FIELDS = ("special", "aid", "remark", "improper_care", "exit_reason")


def run(rule: Rule, book: Book) -> ByKind | None:
    """One issue per listed child who stands in the other register as well.

    An orphan found by name, birth and parents is the rule's own severity (one found by its ID number is
    G02's); a child without de facto support is a warning, another child in difficulty a notice, unless the
    record says so itself (特殊情况, 救助, 备注).
    """
    result: list[tuple[str, RowHits]] = []
    for kind in rule.tables:
        c = coverage_of(book, kind)
        if c is None:
            continue
        frame, other = book.frames[kind], book.frames["orphans"]
        at, found = c
        there = np.maximum(at, 0)
        orphan = other.facet("record.orphan").as_logic().true[there]
        unsupported = code_is(other, "orphan_kind", "unsupported").true[there]
        hardship = code_is(other, "orphan_kind", "hardship", "hiv", "other").true[there]
        marked = search_any(frame, FIELDS, MARKS)
        still = frame.facet("child.listed").as_logic().true
        by_number = _by_number(book, kind, at)
        hit = found & still & ((orphan & ~by_number) | ((unsupported | hardship) & ~orphan & ~marked))
        row = np.flatnonzero(hit)
        severity = np.where(orphan, 0, np.where(unsupported, Severity.WARNING, Severity.NOTICE))[row].astype(
            np.int8
        )
        others = []
        if len(row):
            cells = other["orphan_kind"].text.take(pa.array(there[row])).to_pylist()
            notes = [Text(t or "孤儿", t or "孤儿") for t in cells]
            points = {f: np.ones(len(row), np.bool_) for f in ("child_name", "orphan_kind") if some(other, f)}
            issue = np.arange(len(row), dtype=np.int32)
            others.append(
                Others("orphans", issue, there[row].astype(np.int32), points, notes=notes, plain=notes)
            )
        hits = RowHits(
            row.astype(np.int32),
            np.arange(len(row), dtype=np.int32),
            {f: np.ones(len(row), np.bool_) for f in rule.points_at if some(frame, f)},
            severity=severity,
            checked=len(frame),
            others=tuple(others),
        )
        result.append((kind, hits))
    return result or None


def coverage_of(book: Book, kind: str) -> tuple[np.ndarray, np.ndarray] | None:
    """(row in the other register, found there) for every record of a list."""
    if kind not in book.frames or "orphans" not in book.frames:
        return None
    c = Links.of(book).coverage(kind, "orphans")
    return None if c is None else (c.at, c.state == FOUND)


def _by_number(book: Book, kind: str, at: np.ndarray) -> np.ndarray:
    """Found by equal sound ID numbers."""
    found = Links.of(book).between(kind, "orphans")
    result = np.zeros(len(at), np.bool_)
    rows = np.flatnonzero((at >= 0) & sound(book.frames[kind], "id_no"))
    if found is not None and len(rows):
        result[rows] = found.evidence(rows, at[rows]).codes["id_no"] == Identity.EQUAL
    return result


CHECK = Check(name="linked_orphans", on_book=run, needs="needs_lists")
