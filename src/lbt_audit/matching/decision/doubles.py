"""Rows of one table that are one child, as far as it matters: those that ask for the same counterpart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from lbt_audit.matching.blocking.candidates import join_keys
from lbt_audit.matching.blocking.keys import on
from lbt_audit.matching.decision.hypotheses import odds, weigh
from lbt_audit.matching.decision.parameters import Parameters, rounded
from lbt_audit.matching.evidence.scorer import Scorer

_RATE, _WEIGHT = 0.005, 400
"""Share of rows that are a second entry of a child, and the rows this belief counts for."""
_PROBABLE, _CERTAIN = 0.5, 0.995
_ROUNDS = 3
_ASKING = 1.0
"""Odds from which on a row asks for a counterpart,"""
_RATHER = 1000.0
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
    weighed, rate = weigh(v, p, scorer.w), _RATE
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


def components(n: int, edges: Iterable[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """The least node (int64) that each of ``n`` nodes is connected with."""
    label = np.arange(n, dtype=np.int64)
    ends = list(zip(*edges, strict=True))
    if not ends:
        return label
    one, other = (np.concatenate(part) for part in ends)
    while True:
        before = label.copy()
        least = np.minimum(label[one], label[other])
        np.minimum.at(label, one, least)
        np.minimum.at(label, other, least)
        label = label[label]
        if np.array_equal(before, label):
            return label
