"""Which kinds of register are linked with each other, and in which order: what their schemas say."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from lbt_audit.model.kind import Kind
from lbt_audit.model.record import dataclass


@dataclass(frozen=True)
class LinkedKinds:
    """Kinds by the rank of their schemas; of two the earlier one is the left.

    ``order``: every kind with children in it; ``lists``: those in which a child stands once and which are held
    against each other; ``events``: those in which it may stand many times: equal entries are linked as one.
    """

    order: tuple[str, ...]
    lists: tuple[str, ...]
    events: frozenset[str]

    @classmethod
    def of(cls, kinds: Mapping[str, Kind]) -> LinkedKinds:
        ranked = sorted((k for k in kinds.values() if k.child != "none"), key=lambda k: (k.rank, k.key))
        lists = tuple(k.key for k in ranked if k.child == "listed")
        events = frozenset(k.key for k in ranked if k.child == "many")
        return cls(tuple(k.key for k in ranked), lists, events)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every two lists."""
        return list(combinations(self.lists, 2))

    def ordered(self, one: str, other: str) -> tuple[str, str]:
        """Two kinds in the order in which they are linked."""
        return (one, other) if self.order.index(one) <= self.order.index(other) else (other, one)
