"""How long a unit has to correct an issue: the classes D0 … DM of the rule catalogue."""

from __future__ import annotations

from datetime import date
from typing import Literal

from lbt_audit.model.record import dataclass

Counting = Literal["working_days", "days", "date", "month_end"]


@dataclass(frozen=True, slots=True)
class DeadlineClass:
    """``n`` counts working days, calendar days or months (0 = end of the start day's own month)."""

    counting: Counting
    n: int = 0
    day: date | None = None  # for ``date``


DEFAULT_DEADLINES = {
    "D0": DeadlineClass("days", 0),  # to be looked into the same day
    "D3": DeadlineClass("working_days", 3),
    "D5": DeadlineClass("working_days", 5),
    "D10": DeadlineClass("working_days", 10),
    "DF": DeadlineClass("working_days", 10),  # the day a notice names; until the county file names one
    "DM": DeadlineClass("month_end", 1),  # with next month's submission
}
