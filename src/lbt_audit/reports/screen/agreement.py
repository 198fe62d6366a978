"""Lines of the terminal summary on how far the lists agree."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text as Line

from lbt_audit.links.agreement import Agreement, Tally
from lbt_audit.model.text import Lang
from lbt_audit.reports.screen.screen import Column, count_cell
from lbt_audit.reports.tables.agreement import HEADS, percent, unit_name
from lbt_audit.reports.text.safe import terminal

_LOW = 0.9  # below this share of agreement the line is red
_COUNTS = (
    "everywhere", "school_only", "township_only", "village_only", "partly", "doubtful", "differing",
)  # fmt: skip
COLUMNS = [
    *(Column(HEADS[key], number=True) for key in ("rate", *_COUNTS)),
    Column(HEADS["unit"]),  # last, since it wraps
]


def ordered(summary: Agreement) -> list[Tally]:
    """County, townships, then schools, the worst match rate first."""

    def rank(tally: Tally) -> tuple[float, str]:
        return (2.0 if tally.rate is None else tally.rate, tally.unit)

    return [summary.county, *sorted(summary.townships, key=rank), *sorted(summary.schools, key=rank)]


def row(tally: Tally, lang: Lang) -> Sequence[Line]:
    """One unit."""
    rate = tally.rate
    style = "" if rate is None else "bold red" if rate < _LOW else "yellow" if rate < 1 else "green"
    numbers = [count_cell(getattr(tally, key)) for key in _COUNTS]
    name = Line(terminal(unit_name(tally, lang)), "bold" if tally.level == "county" else "")
    return [Line(percent(tally), style), *numbers, name]
