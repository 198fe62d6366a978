"""What the ledger says of one day, for documents, screens and exports."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lbt_audit.ledger.state.recheck import Recheck, review
from lbt_audit.ledger.state.sampling import Pick
from lbt_audit.ledger.state.summary import Trend, trend
from lbt_audit.ledger.waivers import Unused
from lbt_audit.model.record import dataclass


@dataclass(frozen=True)
class Background:
    """What the ledger knows besides the issues: days of its audits, last reply of each issue."""

    audits: Mapping[int, date]
    replies: Mapping[str, Mapping[str, Any]]


def background(connection: sqlite3.Connection) -> Background:
    audits = {
        r["id"]: date.fromisoformat(r["as_of"]) for r in connection.execute("SELECT id, as_of FROM audit")
    }
    last = connection.execute(
        "SELECT * FROM reply WHERE id IN (SELECT max(id) FROM reply GROUP BY fingerprint)"
    )
    return Background(audits, {r["fingerprint"]: dict(r) for r in last})


@dataclass(frozen=True)
class Inspection:
    """How all issues stand, what is known besides, and the issues drawn for spot checks."""

    recheck: Recheck
    known: Background
    trend: Sequence[Trend]
    picks: Sequence[Pick] = ()
    seed: str = ""  # of the picks


def inspect(
    connection: sqlite3.Connection,
    as_of: date | None = None,
    unmatched: Sequence[Unused] = (),
    *,
    sample: int = 0,
    seed: str | None = None,
) -> Inspection:
    """The ledger on ``as_of`` (default: the day of its newest audit) and ``sample`` spot checks; the default seed
    is the day, so that asking again draws the same ones. ``unmatched`` as for ``review``."""
    recheck = review(connection, as_of, unmatched)
    seed = seed or recheck.as_of.isoformat()
    return Inspection(recheck, background(connection), trend(connection), recheck.sample(sample, seed), seed)
