"""Recording an audit: what is new, still open, closed, falsely closed or back again.

| before        | seen again      | not seen, its files were read |
|---------------|-----------------|-------------------------------|
| (unknown)     | new             |                               |
| new, open     | open            | closed                        |
| claimed       | false_closing   | closed                        |
| false_closing | false_closing   | closed                        |
| relapsed      | relapsed        | closed                        |
| closed        | relapsed        | closed                        |

An issue whose unit's file of that kind was not read or held no records, whose column is no longer there, or
whose rule did not run, stays as it was. A new issue is an open one from the next day's audit on.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from lbt_audit import __version__
from lbt_audit.engine.audit import Audit
from lbt_audit.ledger.database.store import LedgerUsageError, transaction
from lbt_audit.ledger.numbers import give
from lbt_audit.ledger.recording.carry import GONE, carry_over, is_gone, load_readings, remember
from lbt_audit.ledger.recording.identity import belongs_to
from lbt_audit.ledger.recording.observation import COLUMNS, Observation, observe
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text

_INSERT = ", ".join((*COLUMNS, "place"))
_SEEN = f"""
    CREATE TEMP TABLE IF NOT EXISTS seen (
        {", ".join(COLUMNS)}, place, was TEXT, PRIMARY KEY (fingerprint)
    ) WITHOUT ROWID
"""
_AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Recorded:
    """What became of the ledger: the audit's number and how many issues went where. ``warnings``: what makes the
    comparison with the audit before less than it seems."""

    audit: int
    changes: Counter[str]
    previous: date | None
    warnings: tuple[Text, ...] = ()


def record(connection: sqlite3.Connection, audit: Audit) -> Recorded:
    """Enter ``audit`` in one transaction: afterwards the ledger holds it whole, or not at all.

    Raises LedgerError where the ledger is another county's, already holds a later audit, or the day of the
    audit is more than a year ahead (a slip that would keep every later audit out).
    """
    observation = observe(audit)
    with transaction(connection):
        belongs_to(connection, audit.run)
        warnings = _other_profile(connection, audit.run.profile)
        previous = _previous(connection, audit.run.as_of)
        number = _enter_audit(connection, audit, observation)
        day = audit.run.as_of.isoformat()
        connection.execute(
            "UPDATE issue SET status = 'open' WHERE status = 'new'"
            " AND first_audit IN (SELECT id FROM audit WHERE as_of < ?)",
            (day,),
        )
        load_readings(connection, observation)
        observation = carry_over(connection, observation, number, day)
        _load_seen(connection, observation)
        changes: Counter[str] = Counter()
        changes += _update_seen(connection, number, day)
        changes += _insert_new(connection, number, day)
        give(connection, [row[0] for row in observation.rows], audit.run.as_of)
        _stand(connection, observation)
        changes += _close(connection, number, day, observation)
        _tell_followers(connection, number, day)
        remember(connection, observation)
        connection.execute("DELETE FROM temp.seen")
    return Recorded(number, changes, previous, warnings)


def _other_profile(connection: sqlite3.Connection, profile: str) -> tuple[Text, ...]:
    """Issues that a change of definition brings or takes away are no doing of the units."""
    last = connection.execute("SELECT profile FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    if last is None or last["profile"] == profile:
        return ()
    return (
        Text(
            f"本次核查的口径（{profile}）与上次（{last['profile']}）不同：销号或新增的问题可能只是口径变化所致",
            f"this audit's profile ({profile}) is not the last one's ({last['profile']}): issues closed or new may "
            "owe it to the definition alone",
        ),
    )


def _previous(connection: sqlite3.Connection, as_of: date) -> date | None:
    if as_of > date.today() + _AHEAD:
        raise LedgerUsageError(
            Text(
                f"统计截止日 {as_of} 在一年以后，记入台账后更早的核查就再也记不进去；请核对 --as-of",
                f"the audit is as of {as_of}, more than a year ahead; once recorded, no earlier audit could "
                "follow: check --as-of",
            ),
        )
    row = connection.execute("SELECT max(as_of) FROM audit").fetchone()
    if row[0] is None:
        return None
    newest = date.fromisoformat(row[0])
    if newest > as_of:
        raise LedgerUsageError(
            Text(
                f"台账已记到 {newest}，不能再记入更早的 {as_of}；请改用 --as-of，或不带 --ledger",
                f"the ledger already holds an audit as of {newest}; {as_of} is earlier: "
                "change --as-of or leave --ledger out",
            ),
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


def _update_seen(connection: sqlite3.Connection, number: int, day: str) -> Counter[str]:
    """Issues known before and seen again. A relapse gets a new deadline; all others keep theirs.

    Only data of after a claim can prove it false; what was closed and is seen on the same day's data was closed
    by an incomplete audit of them.
    """
    connection.execute(
        """
        UPDATE temp.seen SET was = (
            SELECT CASE
                WHEN issue.status = 'closed' AND (SELECT as_of FROM audit WHERE id = closed_audit) = :day
                    THEN 'reopened'
                WHEN issue.status = 'claimed' AND :day < coalesce(
                        (SELECT coalesce(done_on, reply.day) FROM reply
                         WHERE reply.fingerprint = seen.fingerprint AND state = 'done' ORDER BY id DESC LIMIT 1),
                        :day) THEN 'still_claimed'
                WHEN issue.status = 'claimed' AND :day <= (SELECT as_of FROM audit WHERE id = last_audit)
                    THEN 'still_claimed'
                ELSE issue.status END
            FROM issue WHERE issue.fingerprint = seen.fingerprint)
        """,
        {"day": day},
    )
    connection.execute(
        """
        INSERT INTO event (fingerprint, audit, day, kind)
        SELECT fingerprint, ?, ?,
            CASE was WHEN 'claimed' THEN 'false_closing' WHEN 'closed' THEN 'relapsed' ELSE was END
        FROM temp.seen WHERE was IN ('claimed', 'closed', 'reopened') ORDER BY fingerprint
        """,
        (number, day),
    )
    # A claim keeps the audit it answers as its last: whether later data refute it is asked of the next one.
    connection.execute(
        """
        UPDATE issue SET
            status = CASE was WHEN 'claimed' THEN 'false_closing' WHEN 'closed' THEN 'relapsed'
                WHEN 'reopened' THEN 'open' WHEN 'still_claimed' THEN 'claimed' ELSE was END,
            deadline = CASE was WHEN 'closed' THEN seen.deadline ELSE issue.deadline END,
            last_audit = ?, closed_audit = NULL, child_gone = 0, severity = seen.severity,
            title = seen.title, message = seen.message, fix = seen.fix, child = seen.child,
            child_key = seen.child_key, unit = seen.unit, township = seen.township,
            responsible_level = seen.responsible_level, responsible_unit = seen.responsible_unit,
            responsible_township = seen.responsible_township, urgent = seen.urgent, follows = seen.follows,
            place = seen.place
        FROM temp.seen AS seen WHERE seen.fingerprint = issue.fingerprint
        """,
        (number,),
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


def _stand(connection: sqlite3.Connection, observation: Observation) -> None:
    """What each issue seen stands in now; a file of before that was not read again still counts."""
    connection.execute(
        """
        DELETE FROM standing WHERE fingerprint IN (SELECT fingerprint FROM temp.seen)
            AND (unit LIKE '@%' OR (unit, kind) IN (SELECT unit, kind FROM temp.reading_now))
        """
    )
    connection.executemany("INSERT OR IGNORE INTO standing VALUES (?, ?, ?, ?)", sorted(observation.standing))


def _close(connection: sqlite3.Connection, number: int, day: str, observation: Observation) -> Counter[str]:
    """Close what was not seen though everything it stands in was read and its rule ran."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS ran (rule TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("DELETE FROM temp.ran")
    connection.executemany("INSERT INTO temp.ran VALUES (?)", [(code,) for code in sorted(observation.ran)])
    found = connection.execute(
        """
        SELECT fingerprint, child, child_key FROM issue WHERE status <> 'closed' AND last_audit < ?
            AND rule IN (SELECT rule FROM temp.ran)
            AND NOT EXISTS (
                SELECT 1 FROM standing AS s WHERE s.fingerprint = issue.fingerprint
                    AND (s.unit, s.kind, s.field) NOT IN (SELECT unit, kind, field FROM temp.reading_now))
        ORDER BY fingerprint
        """,
        (number,),
    ).fetchall()
    closed = [(number, is_gone(connection, row, observation.children), row["fingerprint"]) for row in found]
    connection.executemany(
        "UPDATE issue SET status = 'closed', closed_audit = ?, child_gone = ? WHERE fingerprint = ?", closed
    )
    connection.executemany(
        "INSERT INTO event (fingerprint, audit, day, kind, detail) VALUES (?, ?, ?, 'closed', ?)",
        [(key, number, day, GONE if gone else "") for _, gone, key in closed],
    )
    return Counter({"closed": len(closed)})


def _tell_followers(connection: sqlite3.Connection, number: int, day: str) -> None:
    """Enter with every issue that its cause was closed, whether it closed with it or still stands in files nobody looked
    at again: the list of another unit may say otherwise, so it is not closed by that."""
    connection.execute(
        """
        INSERT INTO event (fingerprint, audit, day, kind, detail)
        SELECT issue.fingerprint, :audit, :day, 'cause_closed', cause.number
        FROM issue JOIN issue AS cause ON cause.fingerprint = issue.follows
        WHERE cause.closed_audit = :audit AND issue.last_audit < :audit
            AND (issue.closed_audit IS NULL OR issue.closed_audit = :audit)
        ORDER BY issue.fingerprint
        """,
        {"audit": number, "day": day},
    )
