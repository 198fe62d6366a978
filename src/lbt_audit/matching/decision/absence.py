"""How many children of either table the other lacks: expectation and maximisation over the pairs (Dempster et al. 1977).

Where few are lacking, two records of which each would lack its own are rather one child's; of households met in both
tables that is said apart, for a list that leaves a household out leaves out all of it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lbt_audit.matching.decision.parameters import Parameters, Share, household_keys, rounded
from lbt_audit.matching.evidence.evidence import Evidence
from lbt_audit.matching.evidence.scorer import Scorer

_PRIOR, _WEIGHT = 0.15, 20
"""The share believed beforehand, and the rows it counts for."""
_LEAST = 0.04
_SURELY = 0.9


def absences(v: Evidence, probability: np.ndarray, scorer: Scorer, p: Parameters) -> Parameters:
    """The parameters with what these probabilities say of absence."""
    sides = (scorer.e.left, scorer.e.right)
    absent = []
    for k, rows in enumerate((v.left, v.right)):
        lone = 1 - np.minimum(np.bincount(rows, probability, sides[k].n), 1)
        absent.append(_share(lone[_met(household_keys(sides[k], scorer), 1 - lone)]))
    return replace(p, absent=tuple(absent))


def _met(keys: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Rows (bool) of whose household another one is ``found`` in the other table."""
    _, home = np.unique(keys, return_inverse=True)
    others = np.bincount(home, found)[home] - found
    result: np.ndarray = (keys > 0) & (others > _SURELY)
    return result


def last_of_household(v: Evidence, sure: np.ndarray, scorer: Scorer) -> np.ndarray:
    """Pairs (uint8) of a household known by both parents of which all other rows of either table are in a pair that is
    ``sure``."""
    result = np.ones(len(v.left), np.uint8)
    for rows, side in ((v.left, scorer.e.left), (v.right, scorer.e.right)):
        keys = household_keys(side, scorer)
        _, home = np.unique(keys, return_inverse=True)
        lone = np.bincount(rows[sure], minlength=side.n) == 0
        left_over = np.bincount(home, lone)[home] - lone
        result &= ((keys > 0) & (left_over == 0))[rows]
    return result


def _share(lone: np.ndarray) -> Share:
    share = (float(lone.sum()) + _PRIOR * _WEIGHT) / (len(lone) + _WEIGHT)
    # However many are lacking, some may be there.
    return Share(min(rounded(max(share, _LEAST)), 1 - _LEAST), len(lone))
