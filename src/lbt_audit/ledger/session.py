"""One audit put into the ledger, and what the ledger has to say about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from lbt_audit.config.county import County
from lbt_audit.engine.audit import Audit
from lbt_audit.engine.schedule import schedule
from lbt_audit.ledger.export import Background, background
from lbt_audit.ledger.recheck import Recheck, review
from lbt_audit.ledger.record import record
from lbt_audit.ledger.standing import annotate, renumber
from lbt_audit.ledger.store import open_ledger
from lbt_audit.ledger.summary import Trend, trend
from lbt_audit.ledger.waivers import COUNTY, Waiver, adopt


@dataclass(frozen=True)
class Entered:
    """``audit`` with statuses, the deadlines first set and the issues of L02 and L03; how all issues
    stand; what the ledger knows besides."""

    audit: Audit
    recheck: Recheck
    known: Background
    trend: list[Trend]


def enter(audit: Audit, county: County | None, path: Path, *, create: bool = True) -> Entered:
    """Record ``audit`` in the ledger at ``path``. Raises LedgerError.

    The county file's waivers are taken over after the audit is recorded, so that one may name an issue
    this audit is the first to find. ``create=False`` asks for an existing ledger.
    """
    as_of = audit.run.as_of
    with open_ledger(path, create=create) as connection:
        recorded = record(connection, audit)
        run = replace(audit.run, warnings=(*audit.run.warnings, *recorded.warnings))
        audit = replace(audit, run=run)
        unmatched = adopt(connection, county_waivers(county), as_of) if county is not None else []
        annotated = annotate(connection, renumber(connection, audit), schedule(county, as_of))
        return Entered(
            annotated, review(connection, as_of, unmatched), background(connection), trend(connection)
        )


def county_waivers(county: County) -> list[Waiver]:
    """The waivers of the county file."""
    return [Waiver(w.issue, w.reason, w.approved_by, w.until, COUNTY) for w in county.waivers]
