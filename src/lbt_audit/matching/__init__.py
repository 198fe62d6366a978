"""How alike two names are and why; which rows of two tables are the same child.

Everything is loaded on first use: importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lbt_audit.matching.decision.verdict import Bar, Verdict
    from lbt_audit.matching.levels import Level
    from lbt_audit.matching.linkage import Links, link
    from lbt_audit.matching.names.comparison import classify_pairs
    from lbt_audit.matching.names.difference import NameDifference, compare_names
    from lbt_audit.matching.names.forms import normalise_name
    from lbt_audit.matching.parents import ParentGroups, compare_parents
    from lbt_audit.matching.people.people import People
    from lbt_audit.matching.weights import DEFAULT_WEIGHTS, Weights

_HOME = {
    "classify_pairs": "names.comparison", "Bar": "decision.verdict", "Verdict": "decision.verdict",
    "Level": "levels", "Links": "linkage", "link": "linkage",
    "NameDifference": "names.difference", "compare_names": "names.difference", "ParentGroups": "parents",
    "compare_parents": "parents", "People": "people.people", "normalise_name": "names.forms",
    "DEFAULT_WEIGHTS": "weights", "Weights": "weights",
}  # fmt: skip

__all__ = [
    "DEFAULT_WEIGHTS",
    "Bar",
    "Level",
    "Links",
    "NameDifference",
    "ParentGroups",
    "People",
    "Verdict",
    "Weights",
    "classify_pairs",
    "compare_names",
    "compare_parents",
    "link",
    "normalise_name",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"lbt_audit.matching.{_HOME[name]}"), name)
