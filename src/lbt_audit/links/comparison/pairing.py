"""Pairs of records of two registers that are one child, and what comparing them needs."""

from __future__ import annotations

from dataclasses import field, replace
from functools import cached_property

import numpy as np
import pyarrow as pa

from lbt_audit.frames.frame import Frame
from lbt_audit.frames.texts import some
from lbt_audit.links.children import Pairs
from lbt_audit.links.comparison.fields import Difference, FieldComparison
from lbt_audit.links.homes import Homes
from lbt_audit.links.linkage import Linkage
from lbt_audit.links.renamings import Renamings
from lbt_audit.matching.evidence.evidence import Evidence
from lbt_audit.matching.people.encoding import Encoded
from lbt_audit.model.record import dataclass


@dataclass(frozen=True)
class Pairing:
    """``left`` and ``right`` are the two frames."""

    pairs: Pairs
    linkage: Linkage
    left: Frame
    right: Frame
    homes: Homes
    renamings: Renamings
    known: list[tuple[str, FieldComparison, Difference | None]] = field(default_factory=list)
    """Fields compared so far."""

    @cached_property
    def evidence(self) -> Evidence:
        """What matching says of every pair, a former name noted in a third list heard."""
        v = self.linkage.evidence(self.pairs.left, self.pairs.right)
        return replace(v, codes={**v.codes, "name": self.renamings.explain(self.pairs, v.codes["name"])})

    @property
    def sides(self) -> tuple[tuple[Frame, np.ndarray], tuple[Frame, np.ndarray]]:
        """Frame and rows of the left and of the right records."""
        return (self.left, self.pairs.left), (self.right, self.pairs.right)

    @property
    def encoded(self) -> Encoded:
        """What matching made of the two registers; ``entries`` are the records' rows there."""
        return self.linkage.found.scorer.e

    @property
    def entries(self) -> tuple[np.ndarray, np.ndarray]:
        return self.linkage.entry[0][self.pairs.left], self.linkage.entry[1][self.pairs.right]

    def take(self, chosen: np.ndarray) -> Pairing:
        """Some of the pairs (positions)."""
        p = self.pairs
        pairs = replace(p, left=p.left[chosen], right=p.right[chosen])
        return replace(self, pairs=pairs, known=[])

    def fields(self, name: str, how: FieldComparison) -> tuple[str, str] | None:
        """The columns of the left and the right register that say it; None where one lacks it."""
        left = next((f for f in (name, how.instead) if f and some(self.left, f)), None)
        right = next((f for f in (how.other or name, how.instead) if f and some(self.right, f)), None)
        return (left, right) if left and right else None

    def texts(self, left: str, right: str) -> tuple[pa.Array, pa.Array]:
        """The cells as written."""
        one, other = (
            f.text(c).take(pa.array(rows.astype(np.int64)))
            for (f, rows), c in zip(self.sides, (left, right), strict=True)
        )
        return one, other
