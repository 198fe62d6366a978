"""Recording an audit: what is new, still open, closed, falsely closed or back again.

| before        | seen again      | not seen, its files were read |
|---------------|-----------------|-------------------------------|
| (unknown)     | new             |                               |
| new, open     | open            | closed                        |
| claimed       | false_closing   | closed                        |
| false_closing | false_closing   | closed                        |
| relapsed      | relapsed        | closed                        |
| closed        | relapsed        | closed                        |

An issue whose unit's file of that kind was not read, or whose rule did not run, stays as it was.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime

from lbt_audit import __version__
from lbt_audit.engine.audit import Audit
from lbt_audit.ledger.observation import COLUMNS, Observation, observe
from lbt_audit.ledger.store import LedgerError, transaction
from lbt_audit.model.text import Text

_INSERT = ", ".join((*COLUMNS, "place"))
_SEEN = f"""
    CREATE TEMP TABLE IF NOT EXISTS seen (
        {", ".join(COLUMNS)}, place, known INTEGER, was TEXT, PRIMARY KEY (fingerprint)
    ) WITHOUT ROWID
"""


@dataclass(frozen=True)
class Recorded:
    """What became of the ledger: the audit's number and how many issues went where."""

    audit: int
    changes: Counter[str]
    previous: date | None


def record(connection: sqlite3.Connection, audit: Audit) -> Recorded:
    """Enter ``audit`` in one transaction: afterwards the ledger holds it whole, or not at all.

    Raises LedgerError where the ledger already holds a later audit.
    """
    observation = observe(audit)
    with transaction(connection):
        previous = _previous(connection, audit.run.as_of)
        number = _enter_audit(connection, audit, observation)
        _load_seen(connection, observation)
        day = audit.run.as_of.isoformat()
        changes: Counter[str] = Counter()
        changes += _update_seen(connection, number, day)
        changes += _insert_new(connection, number, day)
        connection.executemany(
            "INSERT OR IGNORE INTO standing VALUES (?, ?, ?)", sorted(observation.standing)
        )
        changes += _close(connection, number, day, observation)
        connection.execute("DELETE FROM temp.seen")
    return Recorded(number, changes, previous)


def _previous(connection: sqlite3.Connection, as_of: date) -> date | None:
    row = connection.execute("SELECT max(as_of) FROM audit").fetchone()
    if row[0] is None:
        return None
    newest = date.fromisoformat(row[0])
    if newest > as_of:
        raise LedgerError(
            Text(
                f"台账已记到 {newest}，不能再记入更早的 {as_of}；请改用 --as-of，或不带 --ledger",
                f"the ledger already holds an audit as of {newest}; {as_of} is earlier: "
                "change --as-of or leave --ledger out",
            ),
            usage=True,
        )
    return newest


def _enter_audit(connection: sqlite3.Connection, audit: Audit, observation: Observation) -> int:
    cursor = connection.execute(
        "INSERT INTO audit (as_of, recorded_at, tool_version, profile, files, issues) VALUES (?, ?, ?, ?, ?, ?)",
        (
            audit.run.as_of.isoformat(),
            datetime.now(UTC).isoformat(timespec="seconds"),
            __version__,
            audit.run.profile,
            len(audit.submissions),
            len(observation.rows),
        ),
    )
    number = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO reading VALUES (?, ?, ?, ?)",
        [(number, unit, kind, n) for (unit, kind), n in sorted(observation.readings.items())],
    )
    return number


def _load_seen(connection: sqlite3.Connection, observation: Observation) -> None:
    connection.execute(_SEEN)
    connection.execute("DELETE FROM temp.seen")
    marks = ", ".join("?" * (len(COLUMNS) + 1))
    connection.executemany(f"INSERT INTO temp.seen ({_INSERT}) VALUES ({marks})", observation.rows)
    connection.execute(
        "UPDATE temp.seen SET was = (SELECT status FROM issue WHERE issue.fingerprint = seen.fingerprint)"
    )


def _update_seen(connection: sqlite3.Connection, number: int, day: str) -> Counter[str]:
    """Issues known before and seen again. A relapse gets a new deadline; all others keep theirs."""
    connection.execute(
        """
        INSERT INTO event (fingerprint, audit, day, kind)
        SELECT fingerprint, ?, ?, CASE was WHEN 'claimed' THEN 'false_closing' ELSE 'relapsed' END
        FROM temp.seen WHERE was IN ('claimed', 'closed') ORDER BY fingerprint
        """,
        (number, day),
    )
    connection.execute(
        """
        UPDATE issue SET
            status = CASE
                WHEN issue.status = 'claimed' THEN 'false_closing'
                WHEN issue.status = 'closed' THEN 'relapsed'
                WHEN issue.status = 'new' AND ? = (SELECT as_of FROM audit WHERE id = issue.first_audit) THEN 'new'
                WHEN issue.status = 'new' THEN 'open'
                ELSE issue.status END,
            deadline = CASE WHEN issue.status = 'closed' THEN seen.deadline ELSE issue.deadline END,
            last_audit = ?, closed_audit = NULL, severity = seen.severity, title = seen.title,
            message = seen.message, fix = seen.fix, child = seen.child, unit = seen.unit,
            township = seen.township, responsible_level = seen.responsible_level,
            responsible_unit = seen.responsible_unit, place = seen.place
        FROM temp.seen AS seen WHERE seen.fingerprint = issue.fingerprint
        """,
        (day, number),
    )
    counted = connection.execute(
        """
        SELECT issue.status, count(*) FROM issue JOIN temp.seen USING (fingerprint)
        WHERE seen.was IS NOT NULL GROUP BY issue.status
        """
    )
    return Counter(dict(counted.fetchall()))


def _insert_new(connection: sqlite3.Connection, number: int, day: str) -> Counter[str]:
    cursor = connection.execute(
        f"""
        INSERT INTO issue ({_INSERT}, status, first_audit, last_audit)
        SELECT {_INSERT}, 'new', ?, ? FROM temp.seen WHERE was IS NULL
        """,
        (number, number),
    )
    connection.execute(
        """
        INSERT INTO event (fingerprint, audit, day, kind)
        SELECT fingerprint, ?, ?, 'found' FROM temp.seen WHERE was IS NULL ORDER BY fingerprint
        """,
        (number, day),
    )
    return Counter({"new": cursor.rowcount})


def _close(connection: sqlite3.Connection, number: int, day: str, observation: Observation) -> Counter[str]:
    """Close what was not seen though everything it stands in was read and its rule ran."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS ran (rule TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("DELETE FROM temp.ran")
    connection.executemany("INSERT INTO temp.ran VALUES (?)", [(code,) for code in sorted(observation.ran)])
    gone = """
        FROM issue WHERE status <> 'closed' AND last_audit < :audit
            AND rule IN (SELECT rule FROM temp.ran)
            AND NOT EXISTS (
                SELECT 1 FROM standing AS s WHERE s.fingerprint = issue.fingerprint AND NOT EXISTS (
                    SELECT 1 FROM reading AS r
                    WHERE r.audit = :audit AND r.unit = s.unit AND r.kind = s.kind))
    """
    values = {"audit": number, "day": day}
    connection.execute(
        "INSERT INTO event (fingerprint, audit, day, kind)"
        f" SELECT fingerprint, :audit, :day, 'closed' {gone} ORDER BY fingerprint",
        values,
    )
    cursor = connection.execute(
        f"""
        UPDATE issue SET status = 'closed', closed_audit = :audit
        WHERE fingerprint IN (SELECT fingerprint {gone})
        """,
        values,
    )
    return Counter({"closed": cursor.rowcount})
