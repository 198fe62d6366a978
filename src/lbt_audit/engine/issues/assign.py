"""Who must correct an issue, and by when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date

from lbt_audit.intake.table import Table
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units


@dataclass
class Assigner:
    """``due`` maps a deadline class to its day; ``units`` is the county's list."""

    units: Units
    due: Callable[[str], date]
    _dates: dict[str, date] = field(default_factory=dict)

    def deadline(self, deadline_class: str) -> date:
        if deadline_class not in self._dates:
            self._dates[deadline_class] = self.due(deadline_class)
        return self._dates[deadline_class]

    def responsible(self, rule: Rule, unit: Unit, named: Mapping[str, str] | None = None) -> Unit:
        """The unit ``rule`` holds to account for a record of ``unit``'s sheet.

        ``named`` holds what the record itself says (village, school); where it says nothing the
        county knows, the unit that handed the sheet in answers. For a unit the county's list lacks its township
        answers, else the county: nobody can be ordered who is not there.
        """
        level: str = rule.responsible
        if level == "local":  # a school answers for its pupils' records, else the village
            level = "school" if unit.level == "school" else "village"
        if not unit.known:
            listed = self.units.find(unit.township, "township")
            unit = listed or Unit("county", self.units.county or unit.name)
        if level in ("submitter", unit.level):
            return unit
        if level == "county":
            return Unit("county", self.units.county or unit.name)
        if level == "township":
            return Unit("township", unit.township) if unit.township else unit
        text = (named or {}).get(level, "")
        found = self.units.find(text, level) if text else None
        return found if found is not None and found.known else unit


def of_table(table: Table | None, county: str) -> Unit:
    """The unit that handed a table in; a file nobody can read is answered for by the county."""
    return table.unit if table is not None else Unit("county", county)
