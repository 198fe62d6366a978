"""Derived facts: what can be concluded from a record, computed for whole columns at once.

Every fact is a function ``Frame -> Facet`` under a dotted name; the module of its noun says exactly when
it is true, false, or not known. ``docs/derived-facts.md`` lists them for writers of rules.
"""

from __future__ import annotations

from lbt_audit.frames.derive import (
    capacity,
    child,
    death,
    eligible,
    guardian,
    parents,
    places,
    record,
    school,
    whereabouts,
)
from lbt_audit.frames.frame import Derivation

DERIVATIONS: dict[str, Derivation] = {
    **child.FACTS,
    **death.FACTS,
    **whereabouts.FACTS,
    **capacity.FACTS,
    **parents.FACTS,
    **guardian.FACTS,
    **school.FACTS,
    **record.FACTS,
    **places.FACTS,
    **eligible.FACTS,
}
