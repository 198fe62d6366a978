"""Rows of one household that are left over in both tables: each would be told as missing from the other.

Names and dates that have nothing in common make no candidates. But where a list lacks a child and has another child of the
same parents whom nobody else asks for, one may be the other with a column slipped or a date made up: they are weighed as well,
and at most asked about.
"""

from __future__ import annotations

import numpy as np

from lbt_audit.matching.blocking.candidates import SMALL, join_keys
from lbt_audit.matching.blocking.keys import Keys, on
from lbt_audit.matching.decision.parameters import household_keys
from lbt_audit.matching.evidence.evidence import Evidence
from lbt_audit.matching.evidence.scorer import Scorer
from lbt_audit.matching.people.encoding import Side


def left_over(scorer: Scorer, v: Evidence, probability: np.ndarray) -> Evidence:
    """Evidence on the pairs of rows that no pair of ``v`` speaks for, of the same parents, or of one parent's name and one
    village; not those ``v`` holds already."""
    left, right = scorer.e.left, scorer.e.right
    told = probability >= scorer.w.doubtful_from
    free = [
        np.bincount(rows[told], minlength=side.n) == 0 for rows, side in ((v.left, left), (v.right, right))
    ]
    pairs = [np.zeros(0, np.int64)]
    if free[0].any() and free[1].any():
        for one, other in zip(_homes(left, free[0], scorer), _homes(right, free[1], scorer), strict=True):
            i, j, _ = join_keys("left over", one, other)
            pairs.append(i * right.n + j)
    known = v.left.astype(np.int64) * right.n + v.right
    found = np.setdiff1d(np.concatenate(pairs), known)
    return scorer.score((found // right.n).astype(np.int32), (found % right.n).astype(np.int32))


def _homes(side: Side, free: np.ndarray, scorer: Scorer) -> list[Keys]:
    """Keys of the ``free`` rows: both parents; father and village; mother and village."""
    both = household_keys(side, scorer)
    village = side.places["village_in" if scorer.e.left.n * scorer.e.right.n > SMALL else "village"]
    plain = scorer.e.adults.plain
    keys = [on(free & (both > 0), both.view(np.int64))]
    for who in (side.father, side.mother):
        named = free & (who >= 0) & (village >= 0)
        keys.append(on(named, plain[who].view(np.int64) if len(plain) else who, village))
    return keys
