"""Which kinds of register are linked with each other, and in which order."""

from __future__ import annotations

from typing import Final

LISTS: Final = ("roster", "village_book", "school_ledger", "enrolment")
"""Registers in which a child stands once; issues on a pair are filed under the first of the two."""
ORDER: Final = (*LISTS, "child_form", "orphans", "dormitory", "helpers", "visits", "agreements", "attendance")
"""Every kind that is linked; of two kinds the earlier one is the left."""
EVENTS: Final = frozenset({"helpers", "visits", "agreements", "attendance"})
"""Registers in which one child may stand many times: equal entries are linked as one."""
PAIRS: Final = tuple((a, b) for i, a in enumerate(LISTS) for b in LISTS[i + 1 :])


def ordered(one: str, other: str) -> tuple[str, str]:
    """Two kinds in the order in which they are linked."""
    return (one, other) if ORDER.index(one) <= ORDER.index(other) else (other, one)
