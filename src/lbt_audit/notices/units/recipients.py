"""Who gets documents: the units of a county file; without one nobody, unless letters are asked for."""

from __future__ import annotations

from dataclasses import field

from lbt_audit.config.county import County
from lbt_audit.model.record import dataclass
from lbt_audit.model.units import Units


@dataclass(frozen=True)
class Recipients:
    """``folders``: every unit that answers for issues gets a folder with its list; ``letters``: with an order in it,
    and there is a circular. ``units`` is the county's list."""

    folders: bool = False
    letters: bool = False
    units: Units = field(default_factory=Units)

    @classmethod
    def of(cls, county: County | None, wanted: bool | None) -> Recipients:
        """``wanted``: whether letters were asked for or declined; None leaves it to the county file."""
        listed = county is not None and county.units.listed
        letters = listed if wanted is None else wanted
        return cls(listed or letters, letters, county.units if county is not None else Units())

    def knows(self, level: str, unit: str) -> bool:
        """Whether the list has a unit the ledger remembers; departments of the county stand in no list."""
        return level == "county" or not self.units.listed or self.units.find(unit, level) is not None
