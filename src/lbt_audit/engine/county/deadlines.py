"""The deadlines of a county's audit."""

from __future__ import annotations

from datetime import date

from lbt_audit.config.county import County
from lbt_audit.deadlines import Calendar, Deadlines
from lbt_audit.deadlines.holidays import read_holidays


def schedule(county: County | None, issued_on: date) -> Deadlines:
    """Deadlines counted from the day the lists go out."""
    if county is None:
        return Deadlines(issued_on)
    own = read_holidays(county.holidays_file) if county.holidays_file else {}
    return Deadlines(issued_on, county.deadlines, Calendar(own))
