"""Every record of another register that is a child's, and whether the child's own unit handed that register in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.links.by_name import by_name
from lbt_audit.links.children import Children
from lbt_audit.links.coverage import Coverages, pupils
from lbt_audit.links.homes import Home, Homes
from lbt_audit.links.linkage import Linkage
from lbt_audit.matching.decision.verdict import Verdict


@dataclass(frozen=True)
class Counterparts:
    """The records of ``kind`` and those of ``target`` that are the same child's, one entry of ``row`` and ``there``
    (int64, in order of ``row``) per pair. ``perhaps``: records of which one more there may be the child's; ``owed``:
    records whose child would stand there if it should, since its unit handed the register in."""

    kind: str
    target: str
    row: np.ndarray
    there: np.ndarray
    perhaps: Mask
    owed: Mask


class AllCounterparts:
    """By kind of register and kind of the other, as asked for."""

    def __init__(self, children: Children, homes: Homes, coverages: Coverages) -> None:
        self.children, self.homes, self.coverages = children, homes, coverages
        self.linkages = children.linkages
        self.book = children.book
        self._made: dict[tuple[str, str], Counterparts | None] = {}

    def __getitem__(self, pair: tuple[str, str]) -> Counterparts | None:
        """(kind, target): None where nobody handed one of them in. Of one register with itself: the other records
        of the same child."""
        if pair not in self._made:
            held = all(kind in self.book.frames and len(self.book.frames[kind]) for kind in pair)
            self._made[pair] = self._between(*pair) if held else None
        return self._made[pair]

    def _between(self, kind: str, target: str) -> Counterparts:
        mine, theirs = self.persons[kind], self.persons[target]
        row, there = _joined(mine, theirs)
        if kind == target:
            row, there = row[row != there], there[row != there]
            return Counterparts(kind, target, row, there, self._doubted(kind), np.ones(len(mine), np.bool_))
        found = self.linkages.between(kind, target)
        assert found is not None
        left, right = (found.left, found.right) if kind == found.left_kind else (found.right, found.left)
        open_ = mine[left] != theirs[right]
        perhaps = np.zeros(len(mine), np.bool_)
        perhaps[left[open_]] = True
        return Counterparts(kind, target, row, there, perhaps, self._owed(kind, target))

    @cached_property
    def persons(self) -> dict[str, np.ndarray]:
        """For every row of every register the number of its child (int64): that of the first list that has it for
        certain, or in whose village or school only one child bears the name, else one of its own, which equal entries of
        registers of events share."""
        numbers = dict(self.children.numbers)
        free = max((int(n.max(initial=-1)) for n in numbers.values()), default=-1) + 1
        lists = tuple(numbers)
        for kind in self.linkages.kinds.order:
            frame = self.book.frames.get(kind)
            if kind in lists or frame is None:
                continue
            number = np.full(len(frame), -1, np.int64)
            for other in (*lists, *(k for k in numbers if k not in lists)):
                found = self.linkages.between(other, kind)
                if found is not None:
                    _take_over(number, numbers[other], found, kind)
            if kind in self.linkages.kinds.events:
                listed = {k: self.children.numbers[k] for k in lists}
                number = np.maximum(number, by_name(kind, number < 0, listed, self.book, self.homes))
            entry = self.linkages.people(kind)[1]
            number = np.where(number < 0, free + entry, number)
            free += int(entry.max(initial=-1)) + 1
            numbers[kind] = number
        return numbers

    def _doubted(self, kind: str) -> Mask:
        """Records whose child in the lists is doubtful."""
        result = np.zeros(len(self.book.frames[kind]), np.bool_)
        for other in self.linkages.kinds.lists:
            found = self.linkages.between(other, kind) if other != kind else None
            if found is not None:
                rows, _ = _sides(found, kind)
                result[rows[~_certain(found)]] = True
        return result

    def _owed(self, kind: str, target: str) -> Mask:
        if target not in self.linkages.kinds.events:
            held = self.coverages[kind, target]
            assert held is not None
            return np.asarray(held.expected & ~held.assumed)
        return _in_units(
            self.book.frames[kind], self.homes[kind], self.book.frames[target], self.homes[target]
        )


def _in_units(frame: Frame, mine: Home, other: Frame, theirs: Home) -> Mask:
    """Records whose village, school or township handed in a register of its own: a school's speaks of its pupils, a
    village's of its children, a township's of all its children."""
    level = np.array([t.unit.level for t in other.tables], object)[other.table]

    def units(names: np.ndarray, of: str) -> list[str]:
        return sorted(set(names[level == of].tolist()) - {""})

    found = np.isin(mine.village, units(theirs.village, "village"))
    found |= np.isin(mine.school, units(theirs.school, "school")) & pupils(frame)
    by_township = np.isin(mine.township, units(theirs.township, "township")) & ~mine.guessed
    return np.asarray(found | by_township | bool((level == "county").any()), np.bool_)


def _certain(found: Linkage) -> Mask:
    """One child by the verdict, or by one number whatever the names: that these differ is for F02 to tell."""
    return np.asarray((found.verdict >= Verdict.MISSPELT) | found.same_number)


def _sides(found: Linkage, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """(rows of ``kind``, rows of the other)."""
    return (found.left, found.right) if found.left_kind == kind else (found.right, found.left)


def _take_over(number: np.ndarray, theirs: np.ndarray, found: Linkage, kind: str) -> None:
    """Rows of ``kind`` without a number take that of their certain counterpart."""
    rows, there = _sides(found, kind)
    sure = _certain(found) & (number[rows] < 0)
    number[rows[sure][::-1]] = theirs[there[sure]][::-1]


def _joined(mine: np.ndarray, theirs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All pairs of positions with one number."""
    order = np.argsort(theirs, kind="stable")
    first = np.searchsorted(theirs, mine, "left", sorter=order)
    times = np.searchsorted(theirs, mine, "right", sorter=order) - first
    row = np.repeat(np.arange(len(mine)), times)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    return row, order[np.repeat(first, times) + offset]
