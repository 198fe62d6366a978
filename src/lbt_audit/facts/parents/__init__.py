"""Facts about father and mother."""

from __future__ import annotations

from lbt_audit.facts.fact import Fact
from lbt_audit.facts.parents import (
    away,
    capacity,
    death,
    duration,
    persons,
    single,
    terms,
    together,
    whereabouts,
)

FACTS: tuple[Fact, ...] = tuple(
    fact
    for noun in (death, whereabouts, away, duration, capacity, terms, persons, together, single)
    for fact in noun.FACTS
)
