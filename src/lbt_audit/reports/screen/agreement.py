"""Lines of the terminal summary on how far the lists agree."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text as Line

from lbt_audit.links.agreement import Agreement, Tally
from lbt_audit.model.text import Lang
from lbt_audit.reports.tables.agreement import HEADS, cells, percent, unit_name
from lbt_audit.reports.text.safe import terminal

_LOW = 0.9  # below this share of agreement the line is red
SHOWN = (
    "rate",
    "everywhere",
    "school_only",
    "township_only",
    "village_only",
    "partly",
    "doubtful",
    "differing",
)


def heads() -> list[tuple[str, str]]:
    """Titles of the columns, the unit's last since it wraps."""
    return [*((HEADS[k].zh, HEADS[k].en) for k in SHOWN), (HEADS["unit"].zh, HEADS["unit"].en)]


def ordered(summary: Agreement) -> list[Tally]:
    """County, townships, then schools, the worst match rate first."""

    def rank(tally: Tally) -> tuple[float, str]:
        return (2.0 if tally.rate is None else tally.rate, tally.unit)

    return [summary.county, *sorted(summary.townships, key=rank), *sorted(summary.schools, key=rank)]


def row(tally: Tally, lang: Lang) -> Sequence[Line]:
    """One unit."""
    keys = [k for k in HEADS if k not in ("unit", "rate")]
    counts = dict(zip(keys, cells(tally), strict=True))
    rate = tally.rate
    style = "" if rate is None else "bold red" if rate < _LOW else "yellow" if rate < 1 else "green"
    numbers = [Line(str(counts[k]) if counts[k] else ".", "" if counts[k] else "dim") for k in SHOWN[1:]]
    name = Line(terminal(unit_name(tally, lang)), "bold" if tally.level == "county" else "")
    return [Line(percent(tally), style), *numbers, name]
