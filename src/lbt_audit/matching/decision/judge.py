"""From evidence to a verdict on each pair by itself: a fixed table of bars."""

from __future__ import annotations

import numpy as np

from lbt_audit.matching.decision.verdict import Bar, Verdict
from lbt_audit.matching.evidence.births import Birth
from lbt_audit.matching.evidence.evidence import Agreement, Evidence
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.matching.levels import Level
from lbt_audit.matching.weights import Weights


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
