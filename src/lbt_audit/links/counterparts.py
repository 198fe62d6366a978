"""Every record of another register that is a child's, and whether the child's own unit handed that register in."""

from __future__ import annotations

import numpy as np

from lbt_audit.frames.logic import Mask
from lbt_audit.links.by_name import doubles, namesakes
from lbt_audit.links.coverage import Coverages, pupils
from lbt_audit.links.homes import Homes
from lbt_audit.links.persons import Persons, certain, sides
from lbt_audit.model.record import dataclass

PART = 0.2  # share of a township's children below which its register is one of a few,
MANY = 10  # if it has so many children


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

    def __init__(self, persons: Persons, homes: Homes, coverages: Coverages) -> None:
        self.persons, self.homes, self.coverages = persons, homes, coverages
        self.linkages, self.book = persons.linkages, persons.book
        self._made: dict[tuple[str, str], Counterparts | None] = {}

    def __getitem__(self, pair: tuple[str, str]) -> Counterparts | None:
        """(kind, target): None where nobody handed one of them in. Of one register with itself: the other records
        of the same child."""
        if pair not in self._made:
            held = all(kind in self.book.frames and len(self.book.frames[kind]) for kind in pair)
            self._made[pair] = self._between(*pair) if held else None
        return self._made[pair]

    def _between(self, kind: str, target: str) -> Counterparts:
        mine, theirs = self.persons.numbers[kind], self.persons.numbers[target]
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
        if target in self.linkages.kinds.events:
            alone = np.ones(len(mine), np.bool_)
            alone[row] = False
            listed = [self.persons.numbers[k] for k in self.linkages.kinds.lists if k in self.persons.numbers]
            settled = np.isin(theirs, np.concatenate([np.zeros(0, np.int64), *listed]))
            perhaps |= alone & namesakes(kind, target, settled, self.book, self.homes)
            perhaps |= doubles(self.book.frames[kind], self.homes[kind], ~alone)
        return Counterparts(kind, target, row, there, perhaps, self._owed(kind, target))

    def _doubted(self, kind: str) -> Mask:
        """Records that may be a child of the lists, and are none's for certain."""
        own = self.persons.numbers[kind]
        result = np.zeros(len(own), np.bool_)
        for other in self.linkages.kinds.lists:
            found = self.linkages.between(other, kind) if other != kind else None
            if found is not None:
                rows, _ = sides(found, kind)
                result[rows[~certain(found)]] = True
                result &= ~np.isin(own, self.persons.numbers[other])
        return result

    def _owed(self, kind: str, target: str) -> Mask:
        if target not in self.linkages.kinds.events:
            held = self.coverages[kind, target]
            assert held is not None
            return np.asarray(held.expected & ~held.assumed)
        return self.in_units(kind, target, np.ones(len(self.book.frames[target]), np.bool_))

    def in_units(self, kind: str, target: str, which: Mask) -> Mask:
        """Records of ``kind`` whose own unit handed in one of the records ``which`` of ``target``: a school's register
        speaks of its pupils, a village's of its children, a township's of all its children, unless it holds few of
        them (its leaders' visits to children in difficulty are no register of all)."""
        frame, mine = self.book.frames[kind], self.homes[kind]
        other, theirs = self.book.frames[target], self.homes[target]
        level = np.array([t.unit.level for t in other.tables], object)[other.table]
        found = np.isin(mine.village, _names(theirs.village[which & (level == "village")]))
        found |= np.isin(mine.school, _names(theirs.school[which & (level == "school")])) & pupils(frame)
        towns = _names(theirs.township[which & (level == "township")])
        if towns:
            found |= self._of_all(kind, target, level == "township", mine.township, towns) & ~mine.guessed
        if (which & (level == "county")).any():
            found |= self._of_all(kind, target, level == "county", np.full(len(frame), "", object), [""])
        return np.asarray(found, np.bool_)

    def _of_all(self, kind: str, target: str, where: Mask, place: np.ndarray, places: list[str]) -> Mask:
        """Records in those of ``places`` of whose many records more than a few stand among the records ``where``."""
        held = np.isin(self.persons.numbers[kind], self.persons.numbers[target][where])
        result = np.zeros(len(place), np.bool_)
        for name in places:
            here = place == name
            result |= here & bool(here.sum() < MANY or held[here].mean() >= PART)
        return result


def _names(units: np.ndarray) -> list[str]:
    return sorted(set(units.tolist()) - {""})


def _joined(mine: np.ndarray, theirs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All pairs of positions with one number."""
    order = np.argsort(theirs, kind="stable")
    first = np.searchsorted(theirs, mine, "left", sorter=order)
    times = np.searchsorted(theirs, mine, "right", sorter=order) - first
    row = np.repeat(np.arange(len(mine)), times)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    return row, order[np.repeat(first, times) + offset]
