"""From verdicts on pairs to links: one row to one row, ties left doubtful."""

from __future__ import annotations

import numpy as np

from lbt_audit.matching.decision.verdict import Bar, Verdict
from lbt_audit.matching.evidence.births import Birth
from lbt_audit.matching.evidence.evidence import Agreement, Evidence
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.matching.levels import Level
from lbt_audit.matching.people.people import People
from lbt_audit.matching.weights import Weights


def assign(
    v: Evidence,
    verdict: np.ndarray,
    bar: np.ndarray,
    people: tuple[People, People],
    w: Weights,
    repeats: bool = False,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Choose links: (positions in ``v``, verdicts, bars). Rounds of mutual best; ties stay doubtful.

    ``repeats``: a person may stand in the right table as often as something happened: every right row takes its
    best left row, whoever else has taken it.
    """
    n = (len(people[0]), len(people[1]))
    order_key = _order(v, verdict, people)
    chosen = np.zeros(len(verdict), bool)
    taken = (np.zeros(n[0], bool), np.zeros(n[1], bool))
    left_of, right_of = np.full(n[0], -1, np.int64), np.full(n[1], -1, np.int64)
    pool = np.flatnonzero(verdict > Verdict.DIFFERENT)
    pool = pool[np.argsort(order_key[pool], kind="stable")]
    while len(pool):
        i, j = v.left[pool], v.right[pool]
        first_i, first_j = _first(i, n[0]), _first(j, n[1])
        here = np.arange(len(pool))
        win = first_j[j] == here if repeats else (first_i[i] == here) & (first_j[j] == here)
        got = pool[win]
        chosen[got] = True
        taken[0][v.left[got]], taken[1][v.right[got]] = True, True
        left_of[v.left[got]], right_of[v.right[got]] = got, got
        pool = pool[~taken[1][j] if repeats else ~(taken[0][i] | taken[1][j])]
    verdict, bar = verdict.copy(), bar.copy()
    double = _double(v, verdict, chosen, taken)
    rival = _rivals(v, verdict, chosen, double, (left_of, right_of), w, repeats)
    if repeats:
        rival |= _other_spellings(v, chosen, n[0])
    hit = np.flatnonzero(chosen)[rival[chosen]]
    hit = hit[verdict[hit] > Verdict.DOUBTFUL]
    verdict[hit], bar[hit] = Verdict.DOUBTFUL, Bar.RIVAL
    index = np.flatnonzero(chosen | double)
    return index, verdict[index], bar[index]


def _order(v: Evidence, verdict: np.ndarray, people: tuple[People, People]) -> np.ndarray:
    """Rank of pairs, best first: certain before doubtful, equal number, then score, then nearer name."""
    score = np.round(v.score.astype(np.float64), 3)
    sure = verdict >= Verdict.MISSPELT
    # Equal scores are ordered by what the rows say, not by where they stand. That only matters among pairs
    # that compete for a row.
    index = np.flatnonzero(_tied(v, verdict, score))
    keys = np.zeros((2, len(verdict)), np.uint64)
    for side, rows in enumerate((v.left, v.right)):
        if len(index):
            some, where = np.unique(rows[index], return_inverse=True)
            keys[side, index] = people[side].fingerprints(some)[where]
    order = np.lexsort((v.right, v.left, keys[1], keys[0], v.codes["name"], -score, ~sure))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _tied(v: Evidence, verdict: np.ndarray, score: np.ndarray) -> np.ndarray:
    """Pairs (mask) that share a row with another pair of equal rank."""
    tied = np.zeros(len(verdict), bool)
    live = np.flatnonzero(verdict > Verdict.DIFFERENT)
    sure = verdict[live] >= Verdict.MISSPELT
    for rows in (v.left[live], v.right[live]):
        order = np.lexsort((v.codes["name"][live], score[live], sure, rows))
        equal = np.ones(max(len(live) - 1, 0), bool)
        for column in (rows, sure, score[live], v.codes["name"][live]):
            equal &= column[order[1:]] == column[order[:-1]]
        tied[live[order[1:][equal]]] = True
        tied[live[order[:-1][equal]]] = True
    return tied


def _first(values: np.ndarray, n: int) -> np.ndarray:
    """Position of the first occurrence of each value."""
    first = np.full(n, -1, np.int64)
    first[values[::-1]] = np.arange(len(values))[::-1]
    return first


def _certain(v: Evidence) -> np.ndarray:
    """Pairs that are one child whoever else is: equal number, or name and birth date to the day."""
    equal_id = np.isin(v.codes["id_no"], (Identity.EQUAL, Identity.EQUAL_INVALID)) & (
        v.codes["name"] <= Level.FORMER
    )
    clear = ~np.isin(v.codes["id_no"], (Identity.BOTH_VALID, Identity.TWIN))
    exact = (v.codes["name"] <= Level.TRADITIONAL) & (v.codes["birth"] == Birth.SAME_DAY)
    strangers = (v.codes["father"] == Agreement.DIFFERS) | (v.codes["mother"] == Agreement.DIFFERS)
    # A month-only date is enough with a parent to go with it.
    home = (v.codes["father"] == Agreement.SAME) | (v.codes["mother"] == Agreement.SAME)
    exact |= (v.codes["name"] <= Level.TRADITIONAL) & (v.codes["birth"] == Birth.OVERLAP) & home
    # No parents give two children one name, whatever became of the date.
    parents = (v.codes["father"] == Agreement.SAME) & (v.codes["mother"] == Agreement.SAME)
    whole = (v.codes["birth"] < Birth.CLOSE) & (v.codes["sex"] != Agreement.DIFFERS)
    parents |= home & (v.codes["phone"] == Agreement.SAME)
    exact |= (v.codes["name"] <= Level.TRADITIONAL) & parents & whole
    result: np.ndarray = equal_id | (exact & clear & ~strangers)
    return result


def _double(
    v: Evidence, verdict: np.ndarray, chosen: np.ndarray, taken: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    """Further rows of a child already linked: true double registrations of either table."""
    result: np.ndarray = (
        ~chosen & (verdict >= Verdict.MISSPELT) & _certain(v) & ~(taken[0][v.left] & taken[1][v.right])
    )
    return result


def _rivals(
    v: Evidence,
    verdict: np.ndarray,
    chosen: np.ndarray,
    double: np.ndarray,
    of: tuple[np.ndarray, np.ndarray],
    w: Weights,
    repeats: bool,
) -> np.ndarray:
    """Chosen pairs (mask) with a rival: another pair of one of their rows that scores as well, or has the exact
    name for a slip, and whose other row is not clearly better placed elsewhere."""
    result = np.zeros(len(verdict), bool)
    loose = np.flatnonzero(~chosen & (verdict > Verdict.DIFFERENT))
    exact = v.codes["name"] <= Level.TRADITIONAL
    by_number = (v.codes["id_no"] == Identity.EQUAL) | (v.codes["xueji_no"] == Agreement.SAME)
    score = v.score[loose]
    for mine, other in ((1, 0),) if repeats else ((0, 1), (1, 0)):
        rows = (v.left, v.right)
        own, away = of[mine][rows[mine][loose]], of[other][rows[other][loose]]
        # An exact name is never in doubt for the sake of a slip.
        as_good = (score > v.score[own] - w.margin) & (score >= w.same_from - w.margin)
        as_good &= (exact[loose] | ~exact[own]) & ~double[loose]
        placed = (away >= 0) & (v.score[away] >= score + w.margin)
        # A slip is in doubt wherever the exact name stands beside it, however little that row says.
        better = exact[loose] & ~exact[own] & ~by_number[own] & (away < 0)
        result[own[(own >= 0) & (as_good & ~placed | better)]] = True
    return result


def _other_spellings(v: Evidence, chosen: np.ndarray, n: int) -> np.ndarray:
    """Chosen pairs (mask) by another spelling only, of a left row that stands in the right table under its exact name
    as well: the other spelling may be somebody else's."""
    exact = v.codes["name"] <= Level.TRADITIONAL
    by_number = (v.codes["id_no"] == Identity.EQUAL) | (v.codes["xueji_no"] == Agreement.SAME)
    named = np.zeros(n, bool)
    named[v.left[chosen & exact]] = True
    return np.asarray(chosen & ~exact & ~by_number & named[v.left])
