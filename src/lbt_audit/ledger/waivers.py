"""Waivers: an issue set aside for a stated reason, by somebody, until a day (inclusive)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date

from lbt_audit.ledger.database.store import LedgerError, LedgerUsageError, transaction
from lbt_audit.ledger.numbers import said
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text

COUNTY = "county"  # source of the waivers of the county file


@dataclass(frozen=True)
class Waiver:
    """``issue``: a fingerprint, the beginning of one, or the number people say."""

    issue: str
    reason: str
    approved_by: str
    until: date
    source: str = "ledger"


def find_issue(connection: sqlite3.Connection, prefix: str) -> str:
    """The fingerprint that begins with ``prefix``, or is of the issue numbered so (清溪镇-2610-012).

    Raises LedgerError where none or several do.
    """
    if (number := said(prefix)) is not None:
        row = connection.execute("SELECT fingerprint FROM issue WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise LedgerUsageError(Text(f"台账中没有问题“{number}”", f"no issue {number!r} in the ledger"))
        return str(row[0])
    text = prefix.strip().lower()
    if not text or any(c not in "0123456789abcdef" for c in text):
        raise LedgerUsageError(Text(f"“{prefix}”不是问题编号", f"{prefix!r} is not an issue number"))
    found = connection.execute(
        """
        SELECT fingerprint FROM issue WHERE fingerprint BETWEEN :low AND :high
        UNION SELECT issue FROM renumbered WHERE fingerprint BETWEEN :low AND :high LIMIT 2
        """,
        {"low": text, "high": text + "g"},
    ).fetchall()
    if not found:
        raise LedgerUsageError(Text(f"台账中没有问题“{prefix}”", f"no issue {prefix!r} in the ledger"))
    if len(found) > 1:
        raise LedgerUsageError(
            Text(
                f"有多个问题以“{prefix}”开头，请写得更全",
                f"several issues begin with {prefix!r}; give more digits",
            ),
        )
    return str(found[0][0])


def grant(connection: sqlite3.Connection, waiver: Waiver, on: date) -> str:
    """Set one issue aside; gives its full fingerprint. A later waiver replaces an earlier one."""
    if not waiver.reason.strip() or not waiver.approved_by.strip():
        raise LedgerUsageError(
            Text("豁免须写明理由和批准人", "a waiver needs a reason and who approved it"),
        )
    if waiver.until < on:
        raise LedgerUsageError(
            Text(
                f"豁免截止日 {waiver.until} 早于 {on}", f"the waiver would end on {waiver.until}, before {on}"
            ),
        )
    with transaction(connection):
        fingerprint = find_issue(connection, waiver.issue)
        _write(connection, fingerprint, waiver, on)
    return fingerprint


@dataclass(frozen=True)
class Unused:
    """A waiver that sets nothing aside, and why. ``unit`` and ``rule`` of its issue, if there is one."""

    waiver: Waiver
    text: Text
    unit: str = ""
    rule: str = ""


def adopt(connection: sqlite3.Connection, waivers: Iterable[Waiver], on: date) -> list[Unused]:
    """Make the county file's waivers the ledger's; one the file no longer holds ends. Gives those that
    match no issue, or several."""
    unused = []
    granted: set[str] = set()
    with transaction(connection):
        for waiver in waivers:
            try:
                fingerprint = find_issue(connection, waiver.issue)
            except LedgerError as error:
                unused.append(Unused(waiver, error.text))
                continue
            granted.add(fingerprint)
            same = connection.execute(
                "SELECT 1 FROM waiver WHERE (fingerprint, reason, approved_by, until) = (?, ?, ?, ?)",
                (fingerprint, waiver.reason, waiver.approved_by, waiver.until.isoformat()),
            ).fetchone()
            if same is None:
                _write(connection, fingerprint, waiver, on)
        _withdraw(connection, granted, on)
    return unused


def _withdraw(connection: sqlite3.Connection, granted: set[str], on: date) -> None:
    """End the county file's waivers that stand there no longer."""
    held = connection.execute("SELECT fingerprint FROM waiver WHERE source = ? ORDER BY 1", (COUNTY,))
    for fingerprint in [row[0] for row in held if row[0] not in granted]:
        connection.execute("DELETE FROM waiver WHERE fingerprint = ?", (fingerprint,))
        connection.execute(
            "INSERT INTO event (fingerprint, day, kind) VALUES (?, ?, 'waiver_withdrawn')",
            (fingerprint, on.isoformat()),
        )


def _write(connection: sqlite3.Connection, fingerprint: str, waiver: Waiver, on: date) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO waiver VALUES (?, ?, ?, ?, ?, ?)",
        (
            fingerprint,
            waiver.reason,
            waiver.approved_by,
            waiver.until.isoformat(),
            on.isoformat(),
            waiver.source,
        ),
    )
    connection.execute(
        "INSERT INTO event (fingerprint, day, kind, detail) VALUES (?, ?, 'waived', ?)",
        (fingerprint, on.isoformat(), f"{waiver.approved_by}: {waiver.reason} ({waiver.until})"),
    )


def unused(connection: sqlite3.Connection) -> list[Unused]:
    """Waivers of issues that are closed: nothing is left for them to set aside."""
    rows = connection.execute(
        """
        SELECT waiver.*, issue.rule, label FROM waiver
        JOIN issue USING (fingerprint) JOIN labelled USING (fingerprint) WHERE issue.status = 'closed' ORDER BY fingerprint
        """
    )
    return [
        Unused(
            Waiver(
                r["fingerprint"], r["reason"], r["approved_by"], date.fromisoformat(r["until"]), r["source"]
            ),
            Text("问题已销号，豁免不再需要", "the issue is closed; the waiver is no longer needed"),
            r["label"],
            r["rule"],
        )
        for r in rows
    ]
