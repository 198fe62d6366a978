"""From evidence to verdicts: what may be a link at all, one row to one row, and what stays doubtful."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from lbt_audit.matching.births import Birth
from lbt_audit.matching.evidence import Agreement, Evidence
from lbt_audit.matching.identity import Identity
from lbt_audit.matching.levels import Level
from lbt_audit.matching.people import People
from lbt_audit.matching.weights import Weights


class Verdict(IntEnum):
    """What is said of two rows."""

    DIFFERENT = 0
    DOUBTFUL = 1
    MISSPELT = 2
    SAME = 3

    @property
    def key(self) -> str:
        """The name written to files."""
        return self.name.lower()


class Bar(IntEnum):
    """Why two rows alike are kept apart, or not joined for certain."""

    NONE = 0
    TWIN = 1  # born on one day in one household, with two names or two valid numbers
    SIBLING = 2  # one household, another name or date
    TWO_NUMBERS = 3  # both numbers valid and different, names not equal
    SAME_NAME = 4  # same name, but too many bear it, or date, parents or number contradict
    NAMES_DIFFER = 5  # one number, two quite different names
    RIVAL = 6  # another row fits as well
    TOO_LITTLE = 7
    SEXES = 8
    PARTLY_ALIKE = 9  # the names share part of a character, as those of sisters do
    CONTRADICTED = 10  # name and birth date agree, nearly all else contradicts


def judge(v: Evidence, w: Weights) -> tuple[np.ndarray, np.ndarray]:
    """Verdict and bar (uint8) of each pair taken by itself."""
    name, ids, birth = v.codes["name"], v.codes["id_no"], v.codes["birth"]
    verdict = np.where(
        v.score >= w.same_from,
        Verdict.MISSPELT,
        np.where(v.score >= w.doubtful_from, Verdict.DOUBTFUL, Verdict.DIFFERENT),
    )
    bar = np.where(v.score >= w.same_from, Bar.NONE, Bar.TOO_LITTLE).astype(np.uint8)
    equal_name = name <= Level.TRADITIONAL
    equal_id = (
        (ids == Identity.EQUAL) | (ids == Identity.EQUAL_INVALID) | (v.codes["xueji_no"] == Agreement.SAME)
    )
    slip = name <= Level.PARTLY_ALIKE
    named = equal_name | v.former
    parents = (v.codes["father"] == Agreement.SAME) & (v.codes["mother"] == Agreement.SAME)
    home = (v.codes["father"] == Agreement.SAME) | (v.codes["mother"] == Agreement.SAME)
    strangers = (v.codes["father"] == Agreement.DIFFERS) | (v.codes["mother"] == Agreement.DIFFERS)
    close_birth = (birth == Birth.SAME_DAY) | (birth == Birth.OVERLAP)

    def at_most(where: np.ndarray, limit: Verdict, why: Bar) -> None:
        nonlocal verdict, bar
        hit = where & (verdict > limit)
        verdict = np.where(hit, limit, verdict)
        bar = np.where(hit | (where & (bar == Bar.TOO_LITTLE)), why, bar).astype(np.uint8)

    sexes = v.codes["sex"] == Agreement.DIFFERS
    # A number that one correction turns into the other is the same number: twins' are both valid.
    numbered = equal_id | (ids == Identity.SLIP)
    # Sisters are named with one radical: a character alike in part needs more than the household.
    at_most((name == Level.PARTLY_ALIKE) & ~numbered, Verdict.DOUBTFUL, Bar.PARTLY_ALIKE)
    # Another name needs an equal number; a wholly different one also a parent, no other parent, and the birth
    # date of both columns, to the month: a brother's number copied by mistake rarely brings his birthday along.
    at_most(~slip & ~numbered & close_birth & home, Verdict.DIFFERENT, Bar.TWIN)
    at_most(~slip & ~numbered, Verdict.DIFFERENT, Bar.SIBLING)
    at_most(
        (name == Level.UNRELATED) & ~equal_id & ~(home & ~strangers & close_birth & ~sexes),
        Verdict.DOUBTFUL,
        Bar.NAMES_DIFFER,
    )
    same_month = close_birth & (v.bits["birth"] >= w.birth_month)
    one_family = home & ~strangers & ((ids == Identity.EQUAL) | parents)
    at_most(
        (name == Level.DIFFERENT) & ~(equal_id & one_family & same_month & ~sexes),
        Verdict.DOUBTFUL,
        Bar.NAMES_DIFFER,
    )
    at_most((name == Level.UNRELATED) & sexes, Verdict.DOUBTFUL, Bar.SEXES)
    # A number typed for two children of a family shows in their dates.
    at_most((name >= Level.UNRELATED) & (birth >= Birth.YEAR_OFF), Verdict.DOUBTFUL, Bar.SIBLING)
    # Two valid numbers and two spellings are two children until shown otherwise.
    two_numbers = (ids == Identity.BOTH_VALID) | (ids == Identity.TWIN)
    at_most((ids == Identity.TWIN) & ~named, Verdict.DIFFERENT, Bar.TWIN)
    at_most(two_numbers & ~named, Verdict.DOUBTFUL, Bar.TWO_NUMBERS)
    at_most(two_numbers & ~parents & ~close_birth, Verdict.DOUBTFUL, Bar.SAME_NAME)
    # A slip in the name and a date that contradicts: the next child of the house.
    at_most(~named & ~equal_id & (birth >= Birth.CLOSE), Verdict.DOUBTFUL, Bar.SIBLING)
    at_most(~named & ~equal_id & (birth >= Birth.AGE_APART), Verdict.DIFFERENT, Bar.SIBLING)
    # A name lacking a character or with another surname needs the date or the number, or the age and a parent.
    fits = (birth == Birth.AGE) & home & ~strangers
    weak = (name >= Level.EXTRA) & (name <= Level.SURNAME) & ~equal_id
    at_most(
        weak & ~(close_birth | (birth == Birth.SWAPPED) | (birth == Birth.LUNAR) | fits) & ~parents,
        Verdict.DOUBTFUL,
        Bar.TOO_LITTLE,
    )
    at_most(~named & ~equal_id & sexes & home, Verdict.DOUBTFUL, Bar.SEXES)
    both_differ = (v.codes["father"] == Agreement.DIFFERS) & (v.codes["mother"] == Agreement.DIFFERS)
    at_most(
        equal_name & ~equal_id & both_differ & ~((birth == Birth.SAME_DAY) & (v.bits["household"] > -8)),
        Verdict.DOUBTFUL,
        Bar.SAME_NAME,
    )
    # Without a date, a name and a place are no match for another parent, nor for a fact against each one for.
    undated = (birth == Birth.UNKNOWN) | (birth == Birth.AGE)
    facts = balance(v)
    at_most(~equal_id & undated & strangers & ~home, Verdict.DOUBTFUL, Bar.SAME_NAME)
    elsewhere = v.codes["village"] == Agreement.DIFFERS
    at_most(~equal_id & (birth == Birth.UNKNOWN) & elsewhere & (facts <= 0), Verdict.DOUBTFUL, Bar.SAME_NAME)
    # A date years off is a namesake's unless someone of the household goes with the name.
    someone = home | (v.codes["guardian"] == Agreement.SAME) | (v.codes["phone"] == Agreement.SAME)
    at_most(~equal_id & (birth >= Birth.AGE_OFF) & ~someone, Verdict.DOUBTFUL, Bar.SAME_NAME)
    # A name and a date are shared by chance in any county: by two who share nothing else they prove nothing.
    numbers = v.bits["id_no"] + v.bits["xueji_no"]
    at_most((numbers <= 0) & (facts <= -w.contradictions), Verdict.DOUBTFUL, Bar.CONTRADICTED)
    # One number is always worth a look.
    shared = equal_id & (numbers > 8) & (verdict == Verdict.DIFFERENT)
    verdict = np.where(shared, Verdict.DOUBTFUL, verdict)
    bar = np.where(shared & (bar == Bar.TOO_LITTLE), Bar.NAMES_DIFFER, bar)
    low = (verdict == Verdict.DIFFERENT) & (bar == Bar.TOO_LITTLE)
    bar = np.where(low & equal_name & ((birth >= Birth.CLOSE) | strangers), Bar.SAME_NAME, bar)
    verdict = np.where((verdict == Verdict.MISSPELT) & equal_name, Verdict.SAME, verdict)
    return verdict.astype(np.uint8), bar.astype(np.uint8)


def balance(v: Evidence) -> np.ndarray:
    """Facts of the household for less facts against one child (int8), each about as independent as the next: a
    parent counts two, a phone or a guardian in common two (a child has several, so others say less), the place,
    the school and the class one; another surname one against, unless a parent bears it."""
    result = np.zeros(len(v.left), np.int8)
    for field, good, bad in (
        ("father", 2, 2), ("mother", 2, 2), ("phone", 2, 1), ("guardian", 2, 1), ("school", 1, 1),
        ("class_name", 1, 0),
    ):  # fmt: skip
        code = v.codes[field]
        result += good * (code == Agreement.SAME) + (good - 1) * (code == Agreement.SLIP)
        result -= bad * (code == Agreement.DIFFERS)
    village, town = v.codes["village"], v.codes["township"]
    result += village == Agreement.SAME
    result -= np.where(village == Agreement.UNKNOWN, town, village) == Agreement.DIFFERS
    result -= (v.codes["name"] == Level.SURNAME) & (v.codes["kin"] == 0)
    return result


def assign(
    v: Evidence, verdict: np.ndarray, bar: np.ndarray, people: tuple[People, People], w: Weights
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Choose links: (positions in ``v``, verdicts, bars). Rounds of mutual best; ties stay doubtful."""
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
        win = (first_i[i] == here) & (first_j[j] == here)
        got = pool[win]
        chosen[got] = True
        taken[0][v.left[got]], taken[1][v.right[got]] = True, True
        left_of[v.left[got]], right_of[v.right[got]] = got, got
        pool = pool[~(taken[0][i] | taken[1][j])]
    verdict, bar = verdict.copy(), bar.copy()
    double = _double(v, verdict, chosen, taken)
    rival = _rivals(v, verdict, chosen, double, (left_of, right_of), w)
    hit = np.flatnonzero(chosen)[rival[chosen]]
    hit = hit[verdict[hit] > Verdict.DOUBTFUL]
    verdict[hit], bar[hit] = Verdict.DOUBTFUL, Bar.RIVAL
    at = np.flatnonzero(chosen | double)
    return at, verdict[at], bar[at]


def _order(v: Evidence, verdict: np.ndarray, people: tuple[People, People]) -> np.ndarray:
    """Rank of pairs, best first: certain before doubtful, equal number, then score, then nearer name."""
    score = np.round(v.score.astype(np.float64), 3)
    sure = verdict >= Verdict.MISSPELT
    # Equal scores are ordered by what the rows say, not by where they stand. That only matters among pairs
    # that compete for a row.
    at = np.flatnonzero(_tied(v, verdict, score))
    keys = np.zeros((2, len(verdict)), np.uint64)
    for side, rows in enumerate((v.left, v.right)):
        if len(at):
            some, where = np.unique(rows[at], return_inverse=True)
            keys[side, at] = people[side].fingerprints(some)[where]
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
) -> np.ndarray:
    """Chosen pairs (mask) with a rival: another pair of one of their rows that scores as well, or has the exact
    name for a slip, and whose other row is not clearly better placed elsewhere."""
    result = np.zeros(len(verdict), bool)
    loose = np.flatnonzero(~chosen & (verdict > Verdict.DIFFERENT))
    exact = v.codes["name"] <= Level.TRADITIONAL
    by_number = (v.codes["id_no"] == Identity.EQUAL) | (v.codes["xueji_no"] == Agreement.SAME)
    score = v.score[loose]
    for mine, other in ((0, 1), (1, 0)):
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
