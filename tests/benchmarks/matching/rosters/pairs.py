"""A township register beside a school roll ("links"), and village lists beside the register ("villages")."""

from __future__ import annotations

import random
from dataclasses import replace

from tests.benchmarks.matching.population.county import County
from tests.benchmarks.matching.rosters.roster import Roster, roster
from tests.benchmarks.matching.rosters.variants import ORDINARY, Variant

# Of the children due in either list, the share that stands in it.
COVERAGE = {"links": (0.97, 0.96), "villages": (0.95, 0.90)}


def register_and_school(
    n: int, m: int, seed: int, first_key: int = 0, tag: str = "", variant: Variant = ORDINARY
) -> tuple[Roster, Roster]:
    """A township register of ``n`` rows and a school file of ``m``; 4 % of the register in no school file."""
    return pair("links", n, m, seed, variant, first_key, tag)


def village_and_register(n: int, m: int, seed: int, variant: Variant = ORDINARY) -> tuple[Roster, Roster]:
    """Village lists of ``n`` rows with almost no numbers, and the township register of ``m``."""
    return pair("villages", n, m, seed, variant)


def pair(
    lists: str, n: int, m: int, seed: int, variant: Variant = ORDINARY, first_key: int = 0, tag: str = ""
) -> tuple[Roster, Roster]:
    """Two lists of about ``n`` and at most ``m`` children and their doubles. ``lists``: a key of ``COVERAGE``."""
    few, many = (variant.coverage,) * 2 if variant.coverage else COVERAGE[lists]
    people = County(seed, first_key, tag, variant.twin_births).children(int(m / many * 1.02))
    rng = random.Random(seed + 1)
    # Left-behind children come by household: siblings and twins stand in the register together.
    share = n / (len(people) * few)
    chosen = {h for h in dict.fromkeys(c.household for c in people) if rng.random() < share}
    left = [c for c in people if c.household in chosen and rng.random() < few]
    right = [c for c in people if rng.random() < many][:m]
    one, other = variant.habits[lists]
    return (
        roster(left, replace(one, **variant.both, **variant.left), seed + 2),
        roster(right, replace(other, **variant.both), seed + 3),
    )
