"""The deadlines of a county's audit."""

from __future__ import annotations

from datetime import date

from lbt_audit.config.county import County
from lbt_audit.deadlines import Calendar, Deadlines
from lbt_audit.deadlines.holidays import read_holidays


def schedule(county: County | None, as_of: date) -> Deadlines:
    """Deadlines counted from the day the notices are served, else from the audit's own day.

    A day of service before the audit's is one of last time, left in the county file: it is not used, and told.
    """
    if county is None:
        return Deadlines(as_of)
    own = read_holidays(county.holidays_file) if county.holidays_file else {}
    served = county.served_on or as_of
    return Deadlines(
        max(served, as_of), county.deadlines, Calendar(own), outdated=served if served < as_of else None
    )
