"""Which registers a county wants each month, of whom (``[due]`` in the county file)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from lbt_audit.model.record import dataclass
from lbt_audit.model.unit import Level


@dataclass(frozen=True)
class Due:
    """``kinds``: level → kinds of register every unit of it hands in each month; ``exempt``: names of units that owe
    none."""

    kinds: Mapping[Level, tuple[str, ...]] = field(default_factory=dict)
    exempt: frozenset[str] = frozenset()

    @property
    def all_kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(kind for kinds in self.kinds.values() for kind in kinds))


DEFAULT_DUE: Final = Due({"township": ("roster",), "school": ("school_ledger",)})
