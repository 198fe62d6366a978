"""Rows of one table that are one child, as far as it matters: those that ask for the same counterpart."""

from __future__ import annotations

import numpy as np

from lbt_audit.matching.blocking.candidates import join_keys
from lbt_audit.matching.blocking.keys import on
from lbt_audit.matching.components import components
from lbt_audit.matching.decision.hypotheses import Weighed, odds, weigh
from lbt_audit.matching.decision.likelihoods import SAME_CHILD
from lbt_audit.matching.decision.parameters import Parameters, rounded
from lbt_audit.matching.evidence.evidence import Evidence
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.matching.evidence.scorer import Scorer
from lbt_audit.matching.levels import Level
from lbt_audit.model.record import dataclass

_RATE, _WEIGHT = 0.005, 400
"""Share of rows that are a second entry of a child, and the rows this belief counts for."""
_MISSPELT, _TIED = 0.35, 20
"""Share of second entries with another spelling, and the pairs this belief counts for."""
_PROBABLE, _CERTAIN = 0.5, 0.995
_ROUNDS = 3
_ASKING = 1.0
"""Odds from which on a row asks for a counterpart,"""
_RATHER = 30.0
"""unless it asks for another one so many times as much: a twin whose own counterpart stands there is no second entry."""


@dataclass(frozen=True)
class Doubles:
    """``group`` (int64): by row the least row it is probably one child with; ``certain`` (int64): for certain; ``surely``
    (float64): how sure the group is, 1 for the only row of a child."""

    group: np.ndarray
    certain: np.ndarray
    surely: np.ndarray

    @classmethod
    def none(cls, n: int) -> Doubles:
        """No row of ``n`` is a second entry."""
        return cls(np.arange(n), np.arange(n), np.ones(n))


def doubles(
    scorer: Scorer, p: Parameters, side: int, rows: np.ndarray, others: np.ndarray, asked: np.ndarray
) -> Doubles:
    """The doubles of one table. ``rows`` of it ask for ``others`` with odds ``asked``."""
    n = (scorer.e.left, scorer.e.right)[side].n
    surely = np.ones(n)
    most = np.zeros(n)
    np.maximum.at(most, rows, asked)
    asks = (asked >= _ASKING) & (asked * _RATHER >= most[rows])
    keys = (on(np.ones(int(asks.sum()), bool), others[asks])[0], rows[asks].astype(np.int32))
    i, j, _ = join_keys("double", keys, keys)
    pairs = np.unique((i * n + j)[i < j])
    if not len(pairs):
        return Doubles.none(n)
    v = scorer.within(side).score((pairs // n).astype(np.int32), (pairs % n).astype(np.int32))
    # A row that is nobody's second entry lacks its own counterpart.
    lacking = p.absent[side].value
    weighed, rate = _misspelt(weigh(v, p, scorer.w), v, p), _RATE
    for _ in range(_ROUNDS):
        one = odds(weighed, rate / n / lacking, rate / p.siblings.value / lacking).one
        found = one / (1 + one)
        rate = rounded((float(found.sum()) + _RATE * _WEIGHT) / (n + _WEIGHT))
    hit = found >= _PROBABLE
    i, j, found = v.left[hit], v.right[hit], found[hit]
    surely[i] = surely[j] = 0
    np.maximum.at(surely, np.concatenate([i, j]), np.concatenate([found, found]))
    certain = found >= _CERTAIN
    return Doubles(components(n, [(i, j)]), components(n, [(i[certain], j[certain])]), surely)


def _misspelt(weighed: Weighed, v: Evidence, p: Parameters) -> Weighed:
    """The evidence with what second entries are like: who enters a child again under its own name is told so by any
    spreadsheet, and so more of them are misspelt than of the records of two lists. Counted among those of one number."""
    exact = v.codes["name"] <= Level.TRADITIONAL
    tied = v.codes["id_no"] == Identity.EQUAL
    share = (int((tied & ~exact).sum()) + _MISSPELT * _TIED) / (int(tied.sum()) + _TIED)
    usual = float(p.tables["name"][SAME_CHILD][Level.VARIANT : Level.UNKNOWN].sum())
    # Names like those of twins speak for twins as before.
    twins = (v.codes["name"] == Level.SWAPPED) | (v.codes["name"] >= Level.PARTLY_ALIKE)
    bits = [0.0, np.log2(rounded((1 - share) / (1 - usual))), np.log2(rounded(share / usual))]
    more = np.choose(np.where(twins, 0, np.where(exact, 1, 2)), bits)
    return Weighed(weighed.strangers + more, weighed.siblings + more)
