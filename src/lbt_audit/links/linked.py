"""Facts about a child that other registers tell (``rules/linked.yaml``), worked out for whole columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import evaluate
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.links.counterparts import Counterparts
from lbt_audit.links.links import Links
from lbt_audit.rulebook.linked import Linked
from lbt_audit.values.kind import NO_DATE


def derivations(linked: Mapping[str, Linked], book: Book) -> dict[str, Derivation]:
    """How each of these facts follows for a frame of ``book``."""
    return {name: partial(_derive, book, one) for name, one in linked.items()}


def _derive(book: Book, linked: Linked, frame: Frame) -> Facet:
    """There is such a record: true for one that is the child's for certain; false where the child's unit handed the
    register in and none there is or may be the child's; else not known. Number and newest day are known only where
    no record is in doubt."""
    found = [Links.of(book).counterparts(frame.kind, kind) for kind in linked.lists]
    held = [_Held(c, linked, book) for c in found if c is not None]
    n = len(frame)
    doubtful = np.logical_or.reduce([h.doubtful for h in held]) if held else np.zeros(n, np.bool_)
    owed = np.logical_or.reduce([h.found.owed for h in held]) if held else np.zeros(n, np.bool_)
    counts = sum((h.counts(n) for h in held), np.zeros(n, np.int64))
    there = counts > 0
    if linked.newest:
        newest = np.full(n, NO_DATE, np.int32)
        for h in held:
            np.maximum.at(newest, h.rows, h.days)
        return Facet(newest, (newest != NO_DATE) & ~doubtful, True)
    if linked.count:
        return Facet(counts.astype(np.int32), (owed | there) & ~doubtful)
    return Facet.truth(Logic(there, owed & ~there & ~doubtful))


class _Held:
    """The records of one register that count, for the records of a frame."""

    def __init__(self, found: Counterparts, linked: Linked, book: Book) -> None:
        other = book.frames[found.target]
        holds = Logic.constant(True, len(other)) if linked.where is None else evaluate(linked.where, other)
        self.found = found
        counted, open_ = holds.true[found.there], holds.unknown[found.there]
        self.rows = found.row[counted]
        self.doubtful: Mask = found.perhaps.copy()
        self.doubtful[found.row[open_]] = True
        self.days = np.zeros(0, np.int32)
        if linked.newest:
            day = other.facet(linked.newest)
            there = found.there[counted]
            self.doubtful[self.rows[~day.known[there]]] = True
            self.days = np.where(day.known, day.values, NO_DATE)[there].astype(np.int32)

    def counts(self, n: int) -> np.ndarray:
        return np.bincount(self.rows, minlength=n)
