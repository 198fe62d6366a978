"""Facts about a child that other registers tell (``rules/linked.yaml``), worked out for whole columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import evaluate
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.links.counterparts import Counterparts
from lbt_audit.links.households import FACTS
from lbt_audit.links.links import Links
from lbt_audit.model.kind import PREVIOUS
from lbt_audit.rulebook.linked import Linked, linked_types
from lbt_audit.rulebook.vocabulary import ValueType
from lbt_audit.values.kind import NO_DATE


def derivations(linked: Mapping[str, Linked], book: Book) -> dict[str, Derivation]:
    """How each of these facts, and those about households, follows for a frame of ``book``."""
    of_households = {fact.name: partial(fact.derive, book) for fact in FACTS}
    return {**of_households, **{name: partial(_derive, book, one) for name, one in linked.items()}}


def types(folder: Path) -> Mapping[str, ValueType]:
    """The type of each of these facts' values."""
    return {**{fact.name: fact.type for fact in FACTS}, **linked_types(folder)}


def _derive(book: Book, linked: Linked, frame: Frame) -> Facet:
    """There is such a record: true for one that is the child's for certain; false where the child's unit handed the
    register in and none there is or may be the child's; else not known. Number and newest day are known only where
    no record is in doubt."""
    if linked.kept:
        return _kept(book, linked, frame)
    own = frame.kind.removeprefix(PREVIOUS)  # last period's frames ask the book they are laid in
    found = [Links.of(book).counterparts(own, kind) for kind in linked.lists]
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


def _kept(book: Book, linked: Linked, frame: Frame) -> Facet:
    """False only where the unit handed such a register in and no record of it may be one that counts."""
    n, own = len(frame), frame.kind.removeprefix(PREVIOUS)
    held, owed, open_ = (np.zeros(n, np.bool_) for _ in range(3))
    for kind in linked.lists:
        if kind in book.frames:
            other = book.frames[kind]
            holds = (
                Logic.constant(True, len(other)) if linked.where is None else evaluate(linked.where, other)
            )
            held |= Links.of(book).in_units(own, kind, holds.true)
            open_ |= Links.of(book).in_units(own, kind, holds.unknown)
            owed |= Links.of(book).in_units(own, kind, np.ones(len(other), np.bool_))
    return Facet.truth(Logic(held, owed & ~held & ~open_))


def _equal(mine: Facet, rows: np.ndarray, theirs: Facet, there: np.ndarray) -> Logic:
    """Where two facets agree, of pairs of records."""
    known = mine.known[rows] & theirs.known[there]
    if mine.is_text:
        one, other = mine.values.take(pa.array(rows)), theirs.values.take(pa.array(there))
        return Logic.of(pc.equal(one, other).to_numpy(zero_copy_only=False), known)
    return Logic.of(mine.values[rows] == theirs.values[there], known)


class _Held:
    """The records of one register that count, for the records of a frame."""

    def __init__(self, found: Counterparts, linked: Linked, book: Book) -> None:
        other = book.frames[found.target]
        holds = Logic.constant(True, len(other)) if linked.where is None else evaluate(linked.where, other)
        self.found = found
        pairs = Logic(holds.true[found.there], holds.false[found.there])
        for own, its in linked.same.items():
            pairs &= _equal(book.frames[found.kind].facet(own), found.row, other.facet(its), found.there)
        counted, open_ = pairs.true, pairs.unknown
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
