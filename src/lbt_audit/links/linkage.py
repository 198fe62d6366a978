"""Which records of two registers are the same child."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from lbt_audit.frames.book import Book
from lbt_audit.frames.logic import Mask
from lbt_audit.links.kinds import LinkedKinds
from lbt_audit.links.people.reading import people_of
from lbt_audit.matching.characters.readings import Confusion, confusions_with
from lbt_audit.matching.decision.verdict import Verdict
from lbt_audit.matching.evidence.evidence import Evidence
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.matching.explanation import explain_pair
from lbt_audit.matching.linkage import Links, link
from lbt_audit.matching.people.people import People
from lbt_audit.model.record import dataclass


@dataclass(frozen=True)
class Linkage:
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

    def best(self, kind: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """For every row of the frame of ``kind``: (row of the other frame, verdict, probability); -1, 0 and 0 where
        none."""
        side = 0 if kind == self.left_kind else 1
        mine, other = (self.left, self.right) if side == 0 else (self.right, self.left)
        to = np.full(self.rows[side], -1, np.int64)
        verdict = np.zeros(self.rows[side], np.uint8)
        probability = np.zeros(self.rows[side])
        each = self.found.probability[self.link]
        order = np.lexsort((-other, each, self.verdict))  # the best is written last
        to[mine[order]] = other[order]
        verdict[mine[order]] = self.verdict[order]
        probability[mine[order]] = each[order]
        return to, verdict, probability

    def evidence(self, left: np.ndarray, right: np.ndarray) -> Evidence:
        """Everything compared between these rows of the two frames, linked or not."""
        i, j = self.entry[0][left], self.entry[1][right]
        return self.found.scorer.score(i.astype(np.int32), j.astype(np.int32))

    def explain(self, left: int, right: int, lang: Any) -> str:
        """Why these two records are linked or kept apart, in words."""
        return explain_pair(self.found, int(self.entry[0][left]), int(self.entry[1][right]), lang)


class Linkages:
    """The links between the registers of a book, two kinds at a time."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.kinds = LinkedKinds.of(book.kinds)
        self.confusions = confusions_with(book.sounds)
        self.made: dict[tuple[str, str], Linkage] = {}
        """Those asked for so far, by left and right kind."""
        self._people: dict[str, tuple[People, np.ndarray]] = {}

    def between(self, one: str, other: str) -> Linkage | None:
        """Links between two kinds of register, in either order; None where one was not handed in."""
        left, right = self.kinds.ordered(one, other)
        if not all(k in self.book.frames and len(self.book.frames[k]) for k in (left, right)):
            return None
        if (left, right) not in self.made:
            self.made[left, right] = _linkage(
                left,
                right,
                self.people(left),
                self.people(right),
                right in self.kinds.events,
                self.confusions,
            )
        return self.made[left, right]

    def people(self, kind: str) -> tuple[People, np.ndarray]:
        """The children of a frame, and which of them each row is (itself, except in registers of events)."""
        if kind not in self._people:
            people = people_of(self.book.frames[kind], self.book.units)
            entry = np.arange(len(people), dtype=np.int64)
            if kind in self.kinds.events:
                first, entry = _distinct(people)
                people = people.take(first)
            self._people[kind] = (people, entry)
        return self._people[kind]


def _distinct(people: People) -> tuple[np.ndarray, np.ndarray]:
    """(first row of each distinct entry, the entry of every row)."""
    keys = people.fingerprints(np.arange(len(people)))
    _, first, entry = np.unique(keys, return_index=True, return_inverse=True)
    return first.astype(np.int64), entry.astype(np.int64)


def _linkage(
    left: str,
    right: str,
    one: tuple[People, np.ndarray],
    other: tuple[People, np.ndarray],
    repeats: bool,
    confusions: tuple[Confusion, ...],
) -> Linkage:
    (mine, my_entry), (theirs, their_entry) = one, other
    found = link(mine, theirs, confusions=confusions, repeats=repeats)
    number = np.arange(len(found), dtype=np.int64)
    a, b, number = _spread(found.left.astype(np.int64), found.right.astype(np.int64), number, my_entry)
    b, a, number = _spread(b, a, number, their_entry)
    order = np.lexsort((b, a))
    a, b, number = a[order], b[order], number[order]
    return Linkage(
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
