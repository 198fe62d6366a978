"""What returned reply workbooks came to, and who has answered."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import field
from datetime import date

from lbt_audit.ledger.replies.sheet import Refusal
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text


@dataclass(frozen=True)
class Reply:
    """One answer as the ledger keeps it: names of children and numbers masked. ``done_on`` None = no date given."""

    fingerprint: str
    state: str
    measure: str
    person: str
    done_on: date | None
    evidence: str
    source: str  # file:sheet!row


@dataclass
class Collected:
    """What the returned workbooks came to. ``remarks``: what was taken, but should be looked at."""

    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Refusal] = field(default_factory=list)
    entered: int = 0
    claims: int = 0  # of these, how many say done
    repeated: int = 0
    incomplete: list[tuple[Reply, Text]] = field(default_factory=list)


@dataclass(frozen=True)
class Answering:
    """How one responsible unit has answered its unclosed issues that are not waived."""

    level: str
    unit: str
    issues: int
    answered: int
    claimed: int
    first_due: date | None


def answering(connection: sqlite3.Connection, on: date | None = None) -> list[Answering]:
    """Every responsible unit with issues to answer on a day (default: that of the newest audit); who has not
    answered comes first. Of a waived issue, through its last day, nobody asks an answer."""
    rows = connection.execute(
        """
        SELECT responsible_level, label, status, deadline,
            EXISTS (SELECT 1 FROM reply WHERE reply.fingerprint = issue.fingerprint) AS answered
        FROM issue JOIN labelled USING (fingerprint)
        WHERE status <> 'closed' AND NOT EXISTS (
            SELECT 1 FROM waiver WHERE waiver.fingerprint = issue.fingerprint
                AND until >= coalesce(?, (SELECT max(as_of) FROM audit)))
        """,
        (on.isoformat() if on is not None else None,),
    )
    units: dict[tuple[str, str], list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        units[row["responsible_level"], row["label"]].append(row)
    result = [
        Answering(
            level=level,
            unit=unit,
            issues=len(members),
            answered=sum(m["answered"] for m in members),
            claimed=sum(m["status"] == "claimed" for m in members),
            first_due=min(date.fromisoformat(m["deadline"]) for m in members),
        )
        for (level, unit), members in units.items()
    ]
    return sorted(result, key=lambda a: (a.answered > 0, -a.issues, a.level, a.unit))
