"""Three hypotheses on a pair of records: one child; two children of one household; strangers.

Fellegi & Sunter (1969) weigh each field by the ratio of its likelihoods, but know of two hypotheses only, and so take brothers
for one child: father, mother, telephone and village speak for both. Here they cancel, and what is left to tell a child from
its brother or twin is the name, the date, the sex and the numbers, and whether anybody of the household is left on either side.
"""

from __future__ import annotations

import numpy as np

from lbt_audit.matching.decision.likelihoods import SAME_CHILD, SIBLINGS, TABLES, TWINS
from lbt_audit.matching.decision.parameters import Parameters, rounded
from lbt_audit.matching.evidence.births import Birth
from lbt_audit.matching.evidence.evidence import HOUSEHOLD, Agreement, Evidence
from lbt_audit.matching.levels import Level
from lbt_audit.matching.weights import Weights
from lbt_audit.model.record import dataclass

_MOVED = 3.0
"""Bits by which what was counted may move a weight."""
_IN_A_YEAR = 8.0
_MOST = 60.0
"""Bits that no evidence exceeds."""


@dataclass(frozen=True)
class Weighed:
    """Per pair, in bits (float64): how much likelier the evidence is for one child than for two ``strangers``, than for
    two ``siblings``."""

    strangers: np.ndarray
    siblings: np.ndarray


@dataclass(frozen=True)
class Odds:
    """Per pair (float64), no other row heard: ``one`` child against all else; ``home``: two children of one household against
    strangers."""

    one: np.ndarray
    home: np.ndarray


def weigh(v: Evidence, p: Parameters, w: Weights) -> Weighed:
    """The evidence on each pair under the three hypotheses."""
    return Weighed(_strangers(v, p, w), _siblings(v, p, w))


def odds(weighed: Weighed, strangers: float, siblings: float) -> Odds:
    """``strangers``, ``siblings``: how many times likelier one child is than each, before anything is compared."""
    one = 2.0 ** np.clip(weighed.strangers + np.log2(rounded(strangers)), -_MOST, _MOST)
    home = one / 2.0 ** np.clip(weighed.siblings + np.log2(rounded(siblings)), -_MOST, _MOST)
    return Odds(one / (1 + home), home)


def across(weighed: Weighed, p: Parameters, n: tuple[int, int]) -> Odds:
    """Odds of pairs of rows of two tables of ``n`` rows.

    Two records of one household that are not one child each lack their own: where few children are lacking, that is
    unlikely by itself.
    """
    lone = [share.value / (1 - share.value) for share in p.absent]  # against one child that is in both
    both = 1 / (1 + sum(lone))
    return odds(weighed, 1 / max(*n, 2), 1 / (lone[0] * lone[1] * both * p.siblings.value))


def _strangers(v: Evidence, p: Parameters, w: Weights) -> np.ndarray:
    total = v.bits["xueji_no"].astype(np.float64)
    for field in ("name", "birth", "id_no", "sex"):
        moved = np.log2(p.tables[field][SAME_CHILD] / TABLES[field][SAME_CHILD])
        total += v.bits[field] + np.clip(moved, -_MOVED, _MOVED)[v.codes[field]]
    # Of another name nothing is left to be rare.
    different = v.codes["name"] == Level.DIFFERENT
    total += np.where(different, w.name_differs - v.bits["name"], 0)
    home = np.zeros(len(v.left))
    for field in HOUSEHOLD:
        home += np.where(v.codes[field] == Agreement.DIFFERS, p.differs[field], v.bits[field])
    both = (v.codes["father"] == Agreement.DIFFERS) & (v.codes["mother"] == Agreement.DIFFERS)
    home += np.where(both, w.parents_both_differ, 0)
    return np.asarray(total + np.minimum(home, w.household_cap))


def _siblings(v: Evidence, p: Parameters, w: Weights) -> np.ndarray:
    likely = np.ones((3, len(v.left)))
    for field, table in p.tables.items():
        # A row has its columns exchanged whichever child it is.
        likely *= table[:, v.codes["spelt" if field == "name" else field]]
    # Within one year a brother is born as well.
    wide = (v.codes["birth"] == Birth.OVERLAP) & (v.bits["birth"] < w.birth_month)
    likely[SIBLINGS] *= np.where(wide, _IN_A_YEAR, 1)
    twins = p.twins.value
    return np.asarray(np.log2(likely[SAME_CHILD] / (likely[TWINS] * twins + likely[SIBLINGS] * (1 - twins))))
