"""The records of all lists that are one child, and the record each of them is held against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lbt_audit.frames.links import LISTS, Linked, linked, people_in
from lbt_audit.matching.decide import Bar, Verdict
from lbt_audit.matching.levels import Level

if TYPE_CHECKING:
    from lbt_audit.frames.book import Book

_APART = (Bar.TWIN, Bar.SIBLING, Bar.TWO_NUMBERS, Bar.SEXES)
"""Grounds for two children that no third list removes."""
PAIRS = tuple((a, b) for i, a in enumerate(LISTS) for b in LISTS[i + 1 :])


@dataclass(frozen=True)
class Pairs:
    """Records of two lists that are one child: the left one is the child's record in the first list that has it."""

    left_kind: str
    right_kind: str
    left: np.ndarray  # rows (int64)
    right: np.ndarray


def child_of(book: Book) -> dict[str, np.ndarray]:
    """For every row of every list the number of its child (int64); records linked for certain share one.

    Links of three lists are joined transitively, so that a child spelt three ways is found as one even where
    two of the spellings could not be linked with each other.
    """
    kept = book.links.kept
    if "child_of" not in kept:
        kept["child_of"] = _child_of(book)
    result: dict[str, np.ndarray] = kept["child_of"]
    return result


def _child_of(book: Book) -> dict[str, np.ndarray]:
    kinds = [k for k in LISTS if k in book.frames]
    offset, n = {}, 0
    for kind in kinds:
        offset[kind] = n
        n += len(book.frames[kind])
    edges = []
    for a, b in PAIRS:
        found = linked(book, a, b)
        if found is not None:
            at = found.certain
            edges.append(
                (found.left[at].astype(np.int64) + offset[a], found.right[at].astype(np.int64) + offset[b])
            )
    label = np.arange(n, dtype=np.int64)
    if edges:
        one, other = (np.concatenate(part) for part in zip(*edges, strict=True))
        while True:
            before = label.copy()
            least = np.minimum(label[one], label[other])
            np.minimum.at(label, one, least)
            np.minimum.at(label, other, least)
            label = label[label]
            if np.array_equal(before, label):
                break
    return {kind: label[offset[kind] : offset[kind] + len(book.frames[kind])] for kind in kinds}


def settled(book: Book, found: Linked) -> np.ndarray:
    """Links (bool) doubtful by themselves whose two records are each for certain the child of a third record."""
    children = child_of(book)
    if found.left_kind not in children or found.right_kind not in children:
        return np.zeros(len(found.left), np.bool_)
    one, other = children[found.left_kind][found.left], children[found.right_kind][found.right]
    result: np.ndarray = (found.verdict == Verdict.DOUBTFUL) & (one == other)
    return result & ~np.isin(found.found.bar[found.link], _APART)


def verdicts(book: Book, found: Linked) -> np.ndarray:
    """The verdict (uint8) of every link, a third list heard."""
    equal = found.found.level[found.link] <= Level.TRADITIONAL
    certain = np.where(equal, Verdict.SAME, Verdict.MISSPELT)
    return np.where(settled(book, found), certain, found.verdict).astype(np.uint8)


def pairs(book: Book) -> list[Pairs]:
    """Every record of a child beside the child's first one, by the kinds of the two."""
    kept = book.links.kept
    if "pairs" not in kept:
        kept["pairs"] = _pairs(book)
    result: list[Pairs] = kept["pairs"]
    return result


def _pairs(book: Book) -> list[Pairs]:
    children = child_of(book)
    if not children:
        return []
    found = []
    for left_kind, hub in _hubs(book, children):
        for right_kind in LISTS[LISTS.index(left_kind) + 1 :]:
            if right_kind in children:
                left = hub[children[right_kind]]
                at = np.flatnonzero(left >= 0)
                order = np.lexsort((at, left[at]))
                found.append(Pairs(left_kind, right_kind, left[at][order], at[order]))
    return found


def _hubs(book: Book, children: dict[str, np.ndarray]) -> Iterator[tuple[str, np.ndarray]]:
    """For each list: child → its row there if that is the child's first list, else -1."""
    size = max((int(c.max(initial=-1)) for c in children.values()), default=-1) + 1
    taken = np.zeros(size, np.bool_)
    for kind in LISTS:
        if kind in children:
            hub = np.full(size, -1, np.int64)
            own = children[kind]
            rows = by_content(book, kind, own)
            hub[own[rows][::-1]] = rows[::-1]
            hub[taken] = -1
            yield kind, hub
            taken[own] = True


def beside(book: Book, extra: str) -> list[Pairs]:
    """Every record of a register beside the lists (a form) that is a child's for certain, beside the child's
    first record in the lists."""
    children = child_of(book)
    links = [(kind, linked(book, kind, extra)) for kind in children]
    child = np.full(max((f.rows[1] for _, f in links if f is not None), default=0), -1, np.int64)
    for kind, found in reversed(links):  # the first list has the last word
        if found is not None:
            certain = found.certain
            child[found.right[certain]] = children[kind][found.left[certain]]
    known = np.flatnonzero(child >= 0)
    result = []
    for kind, hub in _hubs(book, children):
        left = hub[child[known]]
        at = np.flatnonzero(left >= 0)
        order = np.lexsort((known[at], left[at]))
        result.append(Pairs(kind, extra, left[at][order], known[at][order]))
    return [p for p in result if len(p.left)]


def by_content(book: Book, kind: str, child: np.ndarray) -> np.ndarray:
    """Rows in an order that, among the entries of one child, depends on what they say: of a double entry the same
    record is held against the other lists however the rows are sorted."""
    n = len(child)
    often = np.flatnonzero(np.bincount(child, minlength=n)[child] > 1)
    key = np.zeros(n, np.uint64)
    if len(often):
        people, entry = people_in(book, kind)
        key[often] = people.fingerprints(entry[often])
    return np.argsort(key, kind="stable")
