"""Which records of two registers are the same child: linked when first asked for, kept on the book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from lbt_audit.frames.people import people_of
from lbt_audit.matching.decide import Verdict
from lbt_audit.matching.evidence import Evidence
from lbt_audit.matching.identity import Identity
from lbt_audit.matching.linkage import Links, link
from lbt_audit.matching.people import People

if TYPE_CHECKING:
    from lbt_audit.frames.book import Book
    from lbt_audit.frames.frame import Frame
    from lbt_audit.frames.logic import Mask

LISTS: Final = ("roster", "village_book", "school_ledger", "enrolment")
"""Registers in which a child stands once; issues on a pair are filed under the first of the two."""
ORDER: Final = (*LISTS, "child_form", "orphans", "dormitory", "helpers", "visits", "agreements", "attendance")
EVENTS: Final = frozenset({"helpers", "visits", "agreements", "attendance"})
"""Registers in which one child may stand many times: equal entries are linked as one."""


@dataclass(frozen=True)
class Linked:
    """Links between the records of two frames, one entry per link.

    ``left``/``right`` (int32): rows of the frames; ``verdict`` (uint8 ``Verdict``), ``link`` (int32): the
    entry of ``found`` (matching's result over distinct entries) that joined them.
    """

    left_kind: str
    right_kind: str
    left: np.ndarray
    right: np.ndarray
    verdict: np.ndarray
    link: np.ndarray
    found: Links
    entry: tuple[np.ndarray, np.ndarray]  # frame row → entry of the linked people, for either side
    rows: tuple[int, int]

    @property
    def certain(self) -> Mask:
        """Links that are one child, however spelt."""
        result: Mask = self.verdict >= Verdict.MISSPELT
        return result

    @cached_property
    def same_number(self) -> Mask:
        """Links of records with one ID number or enrolment number, whatever the names."""
        codes = self.found.evidence.codes
        equal = np.isin(codes["id_no"], (Identity.EQUAL, Identity.EQUAL_INVALID)) | (codes["xueji_no"] == 1)
        result: Mask = equal[self.link]
        return result

    def best(self, kind: str) -> tuple[np.ndarray, np.ndarray]:
        """For every row of the frame of ``kind``: (row of the other frame, verdict); -1 and 0 where none."""
        side = 0 if kind == self.left_kind else 1
        mine, other = (self.left, self.right) if side == 0 else (self.right, self.left)
        to = np.full(self.rows[side], -1, np.int64)
        verdict = np.zeros(self.rows[side], np.uint8)
        score = self.found.score[self.link]
        order = np.lexsort((-other, score, self.verdict))  # the best is written last
        to[mine[order]] = other[order]
        verdict[mine[order]] = self.verdict[order]
        return to, verdict

    def evidence(self, left: np.ndarray, right: np.ndarray) -> Evidence:
        """Everything compared between these rows of the two frames, linked or not."""
        i, j = self.entry[0][left], self.entry[1][right]
        return self.found.scorer.score(i.astype(np.int32), j.astype(np.int32))

    def explain(self, left: int, right: int, lang: Any) -> str:
        """Why these two records are linked or kept apart, in words."""
        return self.found.explain_pair(int(self.entry[0][left]), int(self.entry[1][right]), lang)


@dataclass
class Store:
    """Links worked out so far, and whatever else is worked out from them once per book."""

    people: dict[str, tuple[People, np.ndarray]] = field(default_factory=dict)
    linked: dict[tuple[str, str], Linked] = field(default_factory=dict)
    kept: dict[Any, Any] = field(default_factory=dict)


def ordered(one: str, other: str) -> tuple[str, str]:
    """Two kinds in the order in which they are linked."""
    return (one, other) if ORDER.index(one) <= ORDER.index(other) else (other, one)


def linked(book: Book, one: str, other: str) -> Linked | None:
    """Links between two kinds of register; None where one was not handed in."""
    left, right = ordered(one, other)
    if not (_there(book.frames, left) and _there(book.frames, right)):
        return None
    store = book.links
    if (left, right) not in store.linked:
        store.linked[left, right] = _link(book, left, right)
    return store.linked[left, right]


def _there(frames: Mapping[str, Frame], kind: str) -> bool:
    return kind in frames and len(frames[kind]) > 0


def people_in(book: Book, kind: str) -> tuple[People, np.ndarray]:
    """The children of a frame, and which of them each row is (the row itself, except in registers of events)."""
    kept = book.links.people
    if kind not in kept:
        people = people_of(book.frames[kind], book.units)
        entry = np.arange(len(people), dtype=np.int64)
        if kind in EVENTS:
            first, entry = _distinct(people)
            people = people.take(first)
        kept[kind] = (people, entry)
    return kept[kind]


def _distinct(people: People) -> tuple[np.ndarray, np.ndarray]:
    """(first row of each distinct entry, the entry of every row)."""
    keys = people.fingerprints(np.arange(len(people)))
    _, first, entry = np.unique(keys, return_index=True, return_inverse=True)
    return first.astype(np.int64), entry.astype(np.int64)


def _link(book: Book, left: str, right: str) -> Linked:
    (mine, my_entry), (theirs, their_entry) = people_in(book, left), people_in(book, right)
    found = link(mine, theirs)
    number = np.arange(len(found), dtype=np.int64)
    a, b, number = _spread(found.left.astype(np.int64), found.right.astype(np.int64), number, my_entry)
    b, a, number = _spread(b, a, number, their_entry)
    order = np.lexsort((b, a))
    a, b, number = a[order], b[order], number[order]
    return Linked(
        left, right, a.astype(np.int32), b.astype(np.int32), found.verdict[number], number.astype(np.int32),
        found, (my_entry, their_entry), (len(my_entry), len(their_entry)),
    )  # fmt: skip


def _spread(
    entries: np.ndarray, others: np.ndarray, number: np.ndarray, entry_of: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Links of entries as links of the rows that hold them."""
    if not len(entries) or np.array_equal(entry_of, np.arange(len(entry_of))):
        return entries, others, number
    rows = np.argsort(entry_of, kind="stable")
    count = np.bincount(entry_of)
    start = np.cumsum(count) - count
    times = count[entries]
    offset = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    return rows[np.repeat(start[entries], times) + offset], np.repeat(others, times), np.repeat(number, times)
