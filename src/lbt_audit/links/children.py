"""The records of all lists that are one child, and the record each of them is held against."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from lbt_audit.links.linkage import Linkage, Linkages
from lbt_audit.matching.components import components
from lbt_audit.matching.decision.verdict import Bar, Verdict
from lbt_audit.matching.levels import Level
from lbt_audit.model.record import dataclass

_APART = (Bar.TWIN, Bar.SIBLING, Bar.TWO_NUMBERS, Bar.SEXES)
"""Grounds for two children that no third list removes."""


@dataclass(frozen=True)
class Pairs:
    """Records of two lists that are one child: the left one is the child's record in the first list that has it."""

    left_kind: str
    right_kind: str
    left: np.ndarray  # rows (int64)
    right: np.ndarray


class Children:
    """Records linked for certain are one child.

    Links of three lists are joined transitively, so that a child spelt three ways is found as one even where
    two of the spellings could not be linked with each other.
    """

    def __init__(self, linkages: Linkages) -> None:
        self.linkages = linkages
        self.book = linkages.book

    @cached_property
    def numbers(self) -> dict[str, np.ndarray]:
        """For every row of every list the number of its child (int64), by kind."""
        listed = self.linkages.kinds
        kinds = [k for k in listed.lists if k in self.book.frames]
        sizes = [len(self.book.frames[k]) for k in kinds]
        offset = dict(zip(kinds, np.cumsum([0, *sizes]).tolist(), strict=False))
        found = [f for f in (self.linkages.between(a, b) for a, b in listed.pairs) if f is not None]
        label = components(sum(sizes), [_edges(f, offset) for f in found])
        return {k: label[offset[k] : offset[k] + n] for k, n in zip(kinds, sizes, strict=True)}

    @cached_property
    def pairs(self) -> list[Pairs]:
        """Every record of a child with the child's first one, by the kinds of the two."""
        found = []
        for left_kind, first in self._first_records():
            for left, right_kind in self.linkages.kinds.pairs:
                if left == left_kind and right_kind in self.numbers:
                    number = self.numbers[right_kind]
                    found.append(_pairs(left_kind, right_kind, first, number, np.arange(len(number))))
        return found

    def pairs_with(self, register: str) -> list[Pairs]:
        """Every record of another register (a form) that is a child's for certain, with the child's first
        record in the lists."""
        links = [(kind, self.linkages.between(kind, register)) for kind in self.numbers]
        child = np.full(max((f.rows[1] for _, f in links if f is not None), default=0), -1, np.int64)
        for kind, found in reversed(links):  # the first list has the last word
            if found is not None:
                certain = found.certain
                child[found.right[certain]] = self.numbers[kind][found.left[certain]]
        rows = np.flatnonzero(child >= 0)
        pairs = (_pairs(kind, register, first, child[rows], rows) for kind, first in self._first_records())
        return [p for p in pairs if len(p.left)]

    def by_content(self, kind: str) -> np.ndarray:
        """Rows of a list in an order that, among the entries of one child, depends on what they say: of a double
        entry the same record is held against the other lists however the rows are sorted: the one that fits the other
        lists best."""
        child = self.numbers[kind]
        n = len(child)
        often = np.flatnonzero(np.bincount(child, minlength=n)[child] > 1)
        key = np.zeros(n, np.uint64)
        if len(often):
            people, entry = self.linkages.people(kind)
            key[often] = people.fingerprints(entry[often])
        fit = np.zeros(n)
        for found in (self.linkages.between(*pair) for pair in self.linkages.kinds.pairs if kind in pair):
            if found is not None and len(often):
                rows = found.left if kind == found.left_kind else found.right
                np.maximum.at(fit, rows, np.round(found.found.evidence.score[found.link]))
        return np.lexsort((key, -fit))

    def settled(self, found: Linkage) -> np.ndarray:
        """Links (bool) doubtful by themselves whose two records are each for certain the child of a third record."""
        if not {found.left_kind, found.right_kind} <= self.numbers.keys():
            return np.zeros(len(found.left), np.bool_)
        one, other = (
            self.numbers[kind][rows]
            for kind, rows in ((found.left_kind, found.left), (found.right_kind, found.right))
        )
        result: np.ndarray = (found.verdict == Verdict.DOUBTFUL) & (one == other)
        return result & ~np.isin(found.found.bar[found.link], _APART)

    def verdicts(self, found: Linkage) -> np.ndarray:
        """The verdict (uint8) of every link, a third list heard."""
        equal = found.found.level[found.link] <= Level.TRADITIONAL
        certain = np.where(equal, Verdict.SAME, Verdict.MISSPELT)
        return np.where(self.settled(found), certain, found.verdict).astype(np.uint8)

    def probabilities(self, found: Linkage) -> np.ndarray:
        """The probability (float64, to three places) of every link by itself; never quite 1."""
        exact = found.found.probability[found.link].astype(np.float64)
        return np.asarray(np.minimum(np.round(exact, 3), 0.999))

    def _first_records(self) -> Iterator[tuple[str, np.ndarray]]:
        """For each list: child → its row there if that is the child's first list, else -1."""
        size = max((int(c.max(initial=-1)) for c in self.numbers.values()), default=-1) + 1
        taken = np.zeros(size, np.bool_)
        for kind, number in self.numbers.items():
            first = np.full(size, -1, np.int64)
            rows = self.by_content(kind)
            first[number[rows][::-1]] = rows[::-1]
            first[taken] = -1
            yield kind, first
            taken[number] = True


def _pairs(left_kind: str, right_kind: str, first: np.ndarray, child: np.ndarray, rows: np.ndarray) -> Pairs:
    """``rows`` of the right list, which are ``child``'s, with the first records of these children."""
    left = first[child]
    held = np.flatnonzero(left >= 0)
    held = held[np.lexsort((rows[held], left[held]))]
    return Pairs(left_kind, right_kind, left[held], rows[held])


def _edges(found: Linkage, offset: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    certain = found.certain
    return (
        found.left[certain].astype(np.int64) + offset[found.left_kind],
        found.right[certain].astype(np.int64) + offset[found.right_kind],
    )
