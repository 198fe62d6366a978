"""The days of an audit: the one its data are to be true for, and the one its lists go out."""

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
from lbt_audit.model.run import AsOfSource, IssuedSource
from lbt_audit.model.text import Text
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


def day_of_issue(
    request: Request, county: County, as_of: date
) -> tuple[date, IssuedSource, tuple[Text, ...]]:
    """As asked, else the county file's, else today; with what is to be told of it.

    Lists do not go out before the day their data are for: an earlier day asked for is mostly one of last time,
    left in the county file, and every deadline counted from it would be past. Then, and where a day to come is
    audited, they count from ``as_of``.
    """
    asked, source = request.issued_on, "option"
    if asked is None:
        asked, source = county.issued_on, "config"
    if asked is None:
        today = date.today()
        return (today, "today", ()) if today >= as_of else (as_of, "as_of", ())
    if asked >= as_of:
        return asked, "option" if source == "option" else "config", ()
    told = Text(
        f"下发日期 {asked} 早于统计截止日 {as_of}，整改时限改从统计截止日起算；请更新下发日期",
        f"the day of issue, {asked}, is before the day of the data, {as_of}: deadlines count from the latter; "
        "bring the day of issue up to date",
    )
    return as_of, "as_of", (told,)
