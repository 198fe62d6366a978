"""The rosters matching is measured on: the same each time, true to themselves, hard; and what is reached on them."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import Counter
from datetime import date

import numpy as np
import pytest
from tests.benchmarks.matching.measure import measure, namesakes_joined, true_pairs, twins_joined
from tests.benchmarks.matching.measure.accuracy import kinds_of_pair
from tests.benchmarks.matching.measure.reliability import reliability
from tests.benchmarks.matching.population.county import County
from tests.benchmarks.matching.rosters import Roster, register_and_school, village_and_register
from tests.benchmarks.matching.rosters.pairs import pair
from tests.benchmarks.matching.rosters.variants import BY_NAME, VARIANTS
from tests.benchmarks.matching.slips.dates import lunar_date
from tests.benchmarks.matching.slips.sounds import spoken

from lbt_audit.matching import Verdict, link

DIGEST = """
import hashlib, pickle
from tests.benchmarks.matching.rosters.pairs import pair
left, right = pair("links", 60, 200, 3)
print(hashlib.sha256(repr([(r.columns, r.lo, r.hi, r.sex, r.truth.tolist(), r.kinds) for r in (left, right)]).encode())
      .hexdigest())
"""


@pytest.fixture(scope="module")
def rosters() -> tuple[Roster, Roster]:
    return register_and_school(1500, 5000, 7)


def test_the_same_seed_makes_the_same_rosters_whatever_the_hashes() -> None:
    def digest(hashes: str) -> str:
        env = os.environ | {"PYTHONHASHSEED": hashes}
        done = subprocess.run(
            [sys.executable, "-c", DIGEST], env=env, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert digest("1") == digest("2") != ""
    one, other = (pickle.dumps(pair("villages", 60, 200, seed)) for seed in (3, 4))
    assert one != other


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: v.name)
def test_truth_and_kinds_of_slips_hold(variant: object) -> None:
    left, right = register_and_school(400, 1200, 5, variant=variant)  # type: ignore[arg-type]
    kinds: Counter[str] = Counter()
    pairs = true_pairs(left, right)
    assert 0 < len(pairs) <= 1.1 * len(left.truth)
    for i, j in pairs:
        assert left.household[i] == right.household[j]
        kind = kinds_of_pair(left, right, i, j)
        kinds.update(f"{what}: {k}" for what, k in kind.items())
        names = left.columns["name"][i], right.columns["name"][j]
        # A slip said to be there is there, and none is that is not said.
        assert (names[0] == names[1]) == (kind["name"] == "equal") or kind["name"] in ("several", "former"), (
            names
        )
        if kind["birth"] == "equal":
            assert left.lo[i] == left.hi[i] == right.lo[j]
        if kind["number"] == "equal":
            assert left.columns["id_no"][i] == right.columns["id_no"][j] is not None
    for row, kind_of in enumerate(left.kinds["birth"]):
        assert kind_of != "month" or left.hi[row] - left.lo[row] in range(27, 31)


def test_variants_hold_what_they_promise() -> None:
    def left(name: str) -> Roster:
        return register_and_school(600, 1500, 5, variant=BY_NAME[name])[0]

    def share(of: Roster, what: str, kind: str) -> float:
        return of.kinds[what].count(kind) / len(of.truth)

    assert 0.2 < share(left("january"), "birth", "january") < 0.3
    assert 0.2 < share(left("lunar"), "birth", "lunar") < 0.3
    assert 0.05 < share(left("shifted"), "number", "shifted") < 0.15
    assert 0.05 < share(left("swapped_columns"), "name", "swapped columns") < 0.15
    assert 0.5 < share(left("few_numbers"), "number", "missing") < 0.7
    for kind, variant in (("dialect", "dialect"), ("printed_alike", "printed_alike"), ("word", "words")):
        assert 0.05 < share(left(variant), "name", kind) < 0.13
    roster = left("january")
    january = [row for row, k in enumerate(roster.kinds["birth"]) if k == "january"]
    assert {str(np.datetime64(roster.lo[r], "D"))[4:] for r in january} == {"-01-01"}
    twins = Counter(c.twin for c in County(1, twin_births=0.18).children(2000))
    assert 0.25 < twins[True] / sum(twins.values()) < 0.37
    few, right = register_and_school(1000, 2000, 5, variant=BY_NAME["low_coverage"])
    assert 0.4 < len(true_pairs(few, right)) / len(few.truth) < 0.65


def test_slips_stay_where_no_number_stands(rosters: tuple[Roster, Roster]) -> None:
    register = rosters[0]
    rows = range(len(register.truth))
    twice = [k for k, n in Counter(register.truth.tolist()).items() if n > 1]
    assert 0.003 < len(twice) / len(rows) < 0.02
    assert 0.03 < register.kinds["birth"].count("wrong") / len(rows) < 0.05
    lists, _ = village_and_register(800, 1600, 7)
    kinds = Counter(k for k, number in zip(lists.kind, lists.columns["id_no"], strict=True) if number is None)
    assert kinds["unrelated"] and kinds["another_name"] and kinds["two_slips"]


def test_lunar_dates_and_dialects() -> None:
    assert lunar_date(date(2013, 7, 4)) == date(2013, 5, 27)
    assert lunar_date(date(2017, 8, 1)) == date(2017, 6, 10)  # of the leap sixth month
    assert lunar_date(date(2013, 4, 9)) is None  # the thirtieth of the second month
    assert (
        spoken("nan", "n–l") == ["lan"]
        and spoken("fei", "f–h") == ["hui"]
        and spoken("he", "he–huo") == ["huo"]
    )
    assert (
        spoken("yu", "ü–i") == ["yi"]
        and spoken("rong", "r–z") == ["zong"]
        and spoken("jie", "jie–gai") == ["gai"]
    )
    assert spoken("lin", "nasals") == ["ling"] and spoken("lian", "nasals") == ["liang"]


def test_reliability_flags_what_is_off_where_enough_pairs_stand() -> None:
    fair = [(0.95, k < 95) for k in range(100)]
    vain = [(0.85, k < 30) for k in range(60)]
    few = [(0.15, True)] * 5
    bins = {b.low: b for b in reliability(fair + vain + few)}
    assert not bins[0.9].off and bins[0.8].off and bins[0.8].true == 0.5 and not bins[0.1].off
    assert bins[0.1].n == 5 and reliability([(1.0, True)])[0].low == 0.9


def test_links_hold(rosters: tuple[Roster, Roster]) -> None:
    found, pairs = _reached(*rosters)
    assert found["precision"] >= 0.999 and found["recall"] >= 0.985, found
    assert namesakes_joined(*rosters, pairs) == twins_joined(*rosters, pairs) == 0


def test_village_lists_without_numbers_hold() -> None:
    found, _ = _reached(*village_and_register(800, 2600, 22))
    assert found["precision"] >= 0.999 and found["recall"] >= 0.95, found


@pytest.mark.parametrize("name", ["many_twins", "low_coverage"])
def test_brothers_and_sisters_stay_apart_where_they_are_many(name: str) -> None:
    found, _ = _reached(*register_and_school(800, 2600, 23, variant=BY_NAME[name]))
    assert found["precision"] >= 0.99 and found["recall"] >= 0.97, found


def _reached(left: Roster, right: Roster) -> tuple[dict[str, float], set[tuple[int, int]]]:
    links = link(left.people(), right.people())
    sure = links.verdict >= Verdict.MISSPELT
    pairs = set(zip(links.left[sure].tolist(), links.right[sure].tolist(), strict=True))
    return measure(left, right, pairs, true_pairs(left, right)), pairs
