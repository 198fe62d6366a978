"""Issues as they are told: causes with what follows, each said once for all registers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow.compute as pc

from lbt_audit.engine.audit import Audit
from lbt_audit.model.record import dataclass
from lbt_audit.reports.text.columns import one

NONE = -1


@dataclass(frozen=True)
class Line:
    """What one rule says of one child (or of a file, sheet or unit).

    ``issues``: positions in the audit, the weightiest first: one per register, each with its own place and owner.
    ``below``: what follows from it. ``repeats``: every cell of it is told by the line above it.
    """

    issues: tuple[int, ...]
    below: tuple[Line, ...] = ()
    repeats: bool = False

    def all(self) -> Iterator[int]:
        """Positions of every issue told here or below."""
        yield from self.issues
        for line in self.below:
            yield from line.all()


@dataclass(frozen=True)
class Told:
    """Every issue's line, as positions: ``head`` of the issue that heads its line, ``above`` of the one that heads
    the line of its cause, or NONE."""

    head: np.ndarray
    above: np.ndarray
    repeats: np.ndarray

    @classmethod
    def of(cls, audit: Audit) -> Told:
        issues = audit.issues
        names = one(issues["fingerprint"])
        head = _positions(one(issues["line"]), names, np.arange(issues.num_rows))
        root = _positions(one(issues["follows"]), names, np.full(issues.num_rows, NONE))
        repeats = pc.fill_null(one(issues["repeats"]), False).to_numpy(zero_copy_only=False)
        return cls(head, np.where(root == NONE, NONE, head[root]), repeats)

    @property
    def causes(self) -> np.ndarray:
        """Positions of the issues that head a line of the first level, in the order of the weightiest issue told there
        or below."""
        n = len(self.head)
        weightiest = np.full(n, n)
        np.minimum.at(weightiest, np.where(self.above == NONE, self.head, self.above), np.arange(n))
        heads = np.flatnonzero((self.above == NONE) & self._heads)
        return heads[np.argsort(weightiest[heads], kind="stable")]

    def line(self, head: int) -> Line:
        """The line that the issue at ``head`` heads, with what follows."""
        below = np.flatnonzero((self.above == head) & self._heads)
        here = np.flatnonzero(self.head == head)
        lines = tuple(self.line(at) for at in below.tolist())
        return Line(tuple(here.tolist()), lines, bool(self.repeats[here].all()))

    @property
    def lines(self) -> np.ndarray:
        """Positions of the issues that head a line which says something of its own."""
        return np.flatnonzero(self._heads & ~self.repeats)

    @property
    def _heads(self) -> np.ndarray:
        result: np.ndarray = self.head == np.arange(len(self.head))
        return result


def _positions(wanted: Any, names: Any, otherwise: np.ndarray) -> np.ndarray:
    found = pc.fill_null(pc.index_in(wanted, names), NONE).to_numpy()
    # What a part of an audit leaves out is no cause there, and heads nothing.
    return np.where((found == NONE) | pc.is_null(wanted).to_numpy(zero_copy_only=False), otherwise, found)


def lines(audit: Audit) -> list[Line]:
    """The lines of the first level in the order of ``Told.causes``: every issue stands in one of them or below."""
    told = Told.of(audit)
    members: dict[int, list[int]] = {}
    for position, head in enumerate(told.head.tolist()):
        members.setdefault(head, []).append(position)
    below: dict[int, list[Line]] = {}
    above, repeats = told.above.tolist(), told.repeats.tolist()
    for head, here in members.items():
        if above[head] != NONE:
            below.setdefault(above[head], []).append(Line(tuple(here), (), all(repeats[i] for i in here)))
    return [Line(tuple(members[head]), tuple(below.get(head, ()))) for head in told.causes.tolist()]
