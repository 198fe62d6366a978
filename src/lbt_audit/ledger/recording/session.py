"""One audit put into the ledger, and what the ledger has to say about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lbt_audit.config.county import County
from lbt_audit.engine.audit import Audit
from lbt_audit.engine.county.deadlines import schedule
from lbt_audit.ledger.database.store import open_ledger
from lbt_audit.ledger.recording.record import record
from lbt_audit.ledger.state.inspection import Inspection, inspect
from lbt_audit.ledger.state.standing import annotate, renumber, told_by_ledger
from lbt_audit.ledger.waivers import COUNTY, Waiver, adopt
from lbt_audit.model.record import dataclass


@dataclass(frozen=True)
class Entered:
    """``audit`` with statuses, the deadlines first set and the issues of L02 and L03; what the ledger says now."""

    audit: Audit
    inspection: Inspection


def enter(
    audit: Audit,
    county: County | None,
    path: Path,
    *,
    create: bool = True,
    sample: int = 0,
    seed: str | None = None,
) -> Entered:
    """Record ``audit`` in the ledger at ``path``. Raises LedgerError.

    The county file's waivers are taken over after the audit is recorded, so that one may name an issue
    this audit is the first to find. ``create=False`` asks for an existing ledger; ``sample`` and ``seed`` as for
    ``inspect``.
    """
    as_of = audit.run.as_of
    with open_ledger(path, create=create) as connection:
        recorded = record(connection, audit)
        run = replace(audit.run, warnings=(*audit.run.warnings, *recorded.warnings))
        audit = replace(audit, run=run)
        unmatched = adopt(connection, county_waivers(county), as_of) if county is not None else []
        annotated = annotate(connection, renumber(connection, audit), schedule(county, run.issued_on))
        if annotated.lists is not None:
            annotated = annotated.lists.told(annotated, told_by_ledger(connection, as_of))
        return Entered(annotated, inspect(connection, as_of, unmatched, sample=sample, seed=seed))


def county_waivers(county: County) -> list[Waiver]:
    """The waivers of the county file."""
    return [Waiver(w.issue, w.reason, w.approved_by, w.until, COUNTY) for w in county.waivers]
