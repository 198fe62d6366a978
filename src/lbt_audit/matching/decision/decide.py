"""From evidence on pairs to what is said of them, all rows heard together."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from lbt_audit.matching.blocking.candidates import join_keys
from lbt_audit.matching.blocking.keys import on
from lbt_audit.matching.decision.absence import absences, last_of_household
from lbt_audit.matching.decision.doubles import Doubles, doubles
from lbt_audit.matching.decision.hypotheses import Odds, across, weigh
from lbt_audit.matching.decision.leftover import left_over
from lbt_audit.matching.decision.parameters import Parameters, count
from lbt_audit.matching.decision.propagation import propagate
from lbt_audit.matching.decision.reasons import reasons
from lbt_audit.matching.decision.verdict import Bar, Verdict
from lbt_audit.matching.evidence.births import Birth
from lbt_audit.matching.evidence.evidence import Agreement, Evidence, join
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.matching.evidence.scorer import Scorer
from lbt_audit.matching.levels import Level
from lbt_audit.matching.weights import Weights
from lbt_audit.model.record import dataclass

_ROUNDS = 4


@dataclass(frozen=True)
class Decision:
    """One entry per pair: ``probability`` (float32) that it is one child, ``verdict`` (uint8 ``Verdict``), ``bar`` (uint8
    ``Bar``)."""

    probability: np.ndarray
    verdict: np.ndarray
    bar: np.ndarray

    def take(self, index: np.ndarray) -> Decision:
        """Some of the pairs."""
        return Decision(*(getattr(self, f.name)[index] for f in fields(self)))


def decide(scorer: Scorer, v: Evidence, repeats: bool = False) -> tuple[Evidence, Decision, Parameters]:
    """The pairs worth telling, in order of their rows, what is said of them, and by which parameters. ``repeats``: a person may
    stand in the right table as often as something happened."""
    n = (scorer.e.left.n, scorer.e.right.n)
    p = count(scorer, v)
    weighed = weigh(v, p, scorer.w)
    twice = (Doubles.none(n[0]), Doubles.none(n[1]))
    for k in range(_ROUNDS):
        found = across(weighed, p, n)
        if k == 1:
            twice = (
                doubles(scorer, p, 0, v.left, v.right, found.one),
                doubles(scorer, p, 1, v.right, v.left, found.one),
            )
        probability = _probabilities(v, found, twice, repeats)
        before, p = p, absences(v, probability, scorer, p)
        if k and before == p:
            break
    v = join([v, _further(scorer, v, probability, twice)])
    found = across(weigh(v, p, scorer.w), p, n)
    probability = _probabilities(v, found, twice, repeats)
    if not repeats and len((more := left_over(scorer, v, probability)).left):
        v, known = join([v, more]), len(v.left)
        found = across(weigh(v, p, scorer.w), p, n)
        probability = _probabilities(v, found, twice, repeats)
        probability[known:] = np.minimum(probability[known:], scorer.w.left_over)
    decision = _decision(v, probability, found, scorer.w)
    if repeats:
        _ask_about_spellings(v, decision, n[0])
    told = np.flatnonzero(_told(v, decision, n, scorer.w))
    told = told[np.lexsort((v.right[told], v.left[told]))]
    v.codes["last"] = last_of_household(v, decision.verdict >= Verdict.MISSPELT, scorer)
    return v.take(told), decision.take(told), p


def alone(scorer: Scorer, v: Evidence, p: Parameters) -> Decision:
    """What would be said of the pairs if no other row were heard."""
    found = across(weigh(v, p, scorer.w), p, (scorer.e.left.n, scorer.e.right.n))
    return _decision(v, found.one / (1 + found.one), found, scorer.w)


def _decision(v: Evidence, probability: np.ndarray, found: Odds, w: Weights) -> Decision:
    sure = np.where(v.codes["name"] <= Level.TRADITIONAL, Verdict.SAME, Verdict.MISSPELT)
    # Two sound numbers, each with a birth date of its own: a second identity, which people settle whatever else agrees.
    second = (v.codes["id_no"] == Identity.BOTH_VALID) & (v.codes["birth"] >= Birth.YEAR_OFF)
    probability = np.where(second, np.minimum(probability, w.second_identity), probability)
    # One number is always worth a look.
    open_ = (probability >= w.doubtful_from) | _one_number(v) & (v.bits["id_no"] + v.bits["xueji_no"] > 8)
    verdict = np.where(probability >= w.link_from, sure, np.where(open_, Verdict.DOUBTFUL, Verdict.DIFFERENT))
    bar = np.where(probability >= w.link_from, Bar.NONE, reasons(v, probability, found.one, found.home))
    return Decision(probability.astype(np.float32), verdict.astype(np.uint8), bar.astype(np.uint8))


def _one_number(v: Evidence) -> np.ndarray:
    equal = np.isin(v.codes["id_no"], (Identity.EQUAL, Identity.EQUAL_INVALID))
    result: np.ndarray = equal | (v.codes["xueji_no"] == Agreement.SAME)
    return result


def _told(v: Evidence, found: Decision, n: tuple[int, int], w: Weights) -> np.ndarray:
    """Pairs (mask) that may be one child; with one number and less than that, only those of rows not spoken for."""
    sure = found.verdict >= Verdict.MISSPELT
    spoken = [
        np.bincount(rows[sure], minlength=size) > 0 for rows, size in zip((v.left, v.right), n, strict=True)
    ]
    free = ~(spoken[0][v.left] | spoken[1][v.right])
    result: np.ndarray = (found.verdict > Verdict.DIFFERENT) & (free | (found.probability >= w.doubtful_from))
    return result


def _ask_about_spellings(v: Evidence, found: Decision, n: int) -> None:
    """Another spelling of a left row that stands in the right table under its exact name as well may be somebody else's."""
    sure = found.verdict >= Verdict.MISSPELT
    exact = v.codes["name"] <= Level.TRADITIONAL
    named = np.bincount(v.left[sure & exact], minlength=n) > 0
    asked = sure & ~exact & ~_one_number(v) & named[v.left]
    found.verdict[asked], found.bar[asked] = Verdict.DOUBTFUL, Bar.RIVAL


def _probabilities(v: Evidence, found: Odds, twice: tuple[Doubles, Doubles], repeats: bool) -> np.ndarray:
    """Rows that are one child ask, and are asked for, as one: as far as it is sure that they are."""
    together = _grouped(v, found, (twice[0].group, twice[1].group), repeats)
    surely = twice[0].surely[v.left] * twice[1].surely[v.right]
    if (surely == 1).all():
        return together
    apart = _grouped(v, found, (twice[0].certain, twice[1].certain), repeats)
    return np.asarray(together * surely + apart * (1 - surely))


def _grouped(v: Evidence, found: Odds, groups: tuple[np.ndarray, np.ndarray], repeats: bool) -> np.ndarray:
    left, right = groups[0][v.left], groups[1][v.right]
    n = (len(groups[0]), len(groups[1]))
    pairs, where = np.unique(left * n[1] + right, return_inverse=True)
    best = np.zeros(len(pairs))
    np.maximum.at(best, where, found.one)
    return propagate(pairs // n[1], pairs % n[1], best, n, repeats)[where]


def _further(
    scorer: Scorer, v: Evidence, probability: np.ndarray, twice: tuple[Doubles, Doubles]
) -> Evidence:
    """The pairs of every entry of a child with every entry of its counterpart that were no candidates."""
    one, other = (d.group for d in twice)
    n = len(other)
    hit = probability >= scorer.w.doubtful_from
    edges = np.unique(one[v.left[hit]] * n + other[v.right[hit]])
    several = [np.bincount(g, minlength=len(g)) > 1 for g in (one, other)]
    edges = edges[several[0][edges // n] | several[1][edges % n]]
    some = np.ones(len(edges), bool)
    left, edge, _ = join_keys("entries", on(one >= 0, one), on(some, edges // n))
    at, right, _ = join_keys("entries", on(left >= 0, edges[edge] % n), on(other >= 0, other))
    pairs = np.setdiff1d(left[at] * n + right, v.left.astype(np.int64) * n + v.right)
    return scorer.score((pairs // n).astype(np.int32), (pairs % n).astype(np.int32))
