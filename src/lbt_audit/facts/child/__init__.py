"""Facts about the child."""

from __future__ import annotations

from lbt_audit.facts.child import age, eligible, priority, residence, sex
from lbt_audit.facts.fact import Fact

FACTS: tuple[Fact, ...] = (*age.FACTS, *residence.FACTS, *eligible.FACTS, *priority.FACTS, *sex.FACTS)
