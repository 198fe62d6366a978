"""The audit's day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lbt_audit.config.county import County
from lbt_audit.engine.reading.framing import make_context
from lbt_audit.engine.request import Request
from lbt_audit.frames.days import day_of
from lbt_audit.intake.table import Submission
from lbt_audit.model.cell import CellKind
from lbt_audit.model.home import HomeArea
from lbt_audit.model.run import AsOfSource
from lbt_audit.values.kind import NO_DATE
from lbt_audit.values.registry import KINDS


def cut_off_day(
    request: Request, county: County, submissions: Sequence[Submission]
) -> tuple[date, AsOfSource]:
    """As asked, else the county file's, else the newest 填报日期, else today."""
    if request.as_of is not None:
        return request.as_of, "option"
    if county.as_of is not None:
        return county.as_of, "config"
    context = make_context(date.today(), HomeArea())
    newest = NO_DATE
    for submission in submissions:
        for table in submission.tables:
            fact = table.facts.get("fill_date")
            if fact is not None:
                parsed = KINDS["date"].parse(fact[0], CellKind.TEXT, context, None)
                facets = dict(zip(KINDS["date"].facets, parsed.facets, strict=False))
                if facets.get("precision") == "day" and facets["lo"] <= context.as_of:
                    newest = max(newest, facets["lo"])
    if newest != NO_DATE:
        return day_of(newest), "files"
    return date.today(), "today"
