"""Who answers for a sheet: county, township, village or school."""

from __future__ import annotations

from typing import Literal

from lbt_audit.model.record import dataclass

Level = Literal["county", "township", "village", "school"]
LOCAL = ("village", "school")
"""Levels of units that lie in a township: two of one name are told apart by it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit; ``name`` as the county file spells it, or as the sheet does if unknown there."""

    level: Level
    name: str
    township: str | None = None  # the township a village or school lies in
    known: bool = True  # stands in the county's list of units

    @property
    def path(self) -> str:
        """The name, after the township's where two units may share it: one unit, one path."""
        return f"{self.township}/{self.name}" if self.level in LOCAL and self.township else self.name
