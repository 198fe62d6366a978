"""Derived facts: what can be concluded from a record, computed for whole columns at once.

The module of each fact's noun says exactly when it is true, false, or not known. ``docs/derived-facts.md``
lists them for writers of rules.
"""

from __future__ import annotations

from collections.abc import Mapping

from lbt_audit.facts import (
    absence,
    agreement,
    births,
    child,
    file,
    guardian,
    helper,
    parents,
    record,
    school,
    term,
    visit,
)
from lbt_audit.facts.fact import Fact

FACTS: Mapping[str, Fact] = {
    fact.name: fact
    for noun in (
        child,
        parents,
        guardian,
        agreement,
        births,
        school,
        absence,
        record,
        term,
        helper,
        visit,
        file,
    )
    for fact in noun.FACTS
}
