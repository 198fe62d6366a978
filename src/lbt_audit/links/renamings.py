"""Former names (曾用名): whichever list holds one, it explains the child's two names in all of them."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from lbt_audit.frames.texts import some
from lbt_audit.links.children import Children, Pairs
from lbt_audit.matching.levels import Level

Renaming = frozenset[str]


class Renamings:
    """The children known to have borne two names."""

    def __init__(self, children: Children) -> None:
        self.children = children
        self.book = children.book

    @cached_property
    def of(self) -> dict[int, set[Renaming]]:
        """Child → pairs of its present and its former name, from every list that has them."""
        found: dict[int, set[Renaming]] = {}
        for kind, number in self.children.numbers.items():
            frame = self.book.frames[kind]
            if not (some(frame, "former_name") and some(frame, "child_name")):
                continue
            name, former = frame.facet("child_name"), frame.facet("former_name")
            for row in np.flatnonzero(name.known & former.known).tolist():
                pair = frozenset((name.values[row].as_py(), former.values[row].as_py()))
                if len(pair) == 2:
                    found.setdefault(int(number[row]), set()).add(pair)
        return found

    def explain(self, p: Pairs, level: np.ndarray) -> np.ndarray:
        """``level`` of every pair, FORMER where a record of the child gives these two names as its present and its
        former one. A third spelling beside them stays the slip it is."""
        differ = np.flatnonzero((level > Level.CASE) & (level < Level.UNKNOWN) & (level != Level.FORMER))
        if p.left_kind not in self.children.numbers or not len(differ) or not self.of:
            return level
        number = self.children.numbers[p.left_kind][p.left[differ]]
        names = [self.book.frames[k].facet("child_name").values for k in (p.left_kind, p.right_kind)]
        result = level.copy()
        for k, child in zip(differ.tolist(), number.tolist(), strict=True):
            if child in self.of:
                pair = frozenset(v[int(r[k])].as_py() for v, r in zip(names, (p.left, p.right), strict=True))
                if pair in self.of[child]:
                    result[k] = Level.FORMER
        return result
