"""How alike two names are and why; which rows of two tables are the same child.

Everything is loaded on first use: importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lbt_audit.matching.classify import classify_pairs
    from lbt_audit.matching.decide import Bar, Verdict
    from lbt_audit.matching.doubles import dedupe
    from lbt_audit.matching.levels import Level
    from lbt_audit.matching.linkage import Links, link
    from lbt_audit.matching.names import NameDifference, compare_names
    from lbt_audit.matching.parents import ParentGroups, compare_parents
    from lbt_audit.matching.people import People
    from lbt_audit.matching.tokens import normalise_name
    from lbt_audit.matching.weights import DEFAULT_WEIGHTS, Weights

_HOME = {
    "classify_pairs": "classify", "Bar": "decide", "Verdict": "decide", "dedupe": "doubles", "Level": "levels",
    "Links": "linkage", "link": "linkage", "NameDifference": "names", "compare_names": "names",
    "ParentGroups": "parents", "compare_parents": "parents", "People": "people", "normalise_name": "tokens",
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
    "dedupe",
    "link",
    "normalise_name",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"lbt_audit.matching.{_HOME[name]}"), name)
