"""Which child each record of every register is: of the lists, and of those that only speak of children in them."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from lbt_audit.frames.logic import Mask
from lbt_audit.links.by_name import by_name
from lbt_audit.links.children import Children
from lbt_audit.links.homes import Homes
from lbt_audit.links.linkage import Linkage
from lbt_audit.matching.decision.verdict import Verdict


class Persons:
    """Worked out when first asked for."""

    def __init__(self, children: Children, homes: Homes) -> None:
        self.children, self.homes = children, homes
        self.linkages, self.book = children.linkages, children.book

    @cached_property
    def numbers(self) -> dict[str, np.ndarray]:
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


def certain(found: Linkage) -> Mask:
    """One child by the verdict, or by one number whatever the names: that these differ is for F02 to tell."""
    return np.asarray((found.verdict >= Verdict.MISSPELT) | found.same_number)


def sides(found: Linkage, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """(rows of ``kind``, rows of the other)."""
    return (found.left, found.right) if found.left_kind == kind else (found.right, found.left)


def _take_over(number: np.ndarray, theirs: np.ndarray, found: Linkage, kind: str) -> None:
    """Rows of ``kind`` without a number take that of their certain counterpart."""
    rows, there = sides(found, kind)
    sure = certain(found) & (number[rows] < 0)
    number[rows[sure][::-1]] = theirs[there[sure]][::-1]
