"""How every issue stands on a day: its status, days overdue, waiver; and the audit told so."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.checks.history import ledger as check
from lbt_audit.engine.audit import ISSUE_SCHEMA, LOCATION_SCHEMA, Audit
from lbt_audit.engine.identity.fingerprint import hash_texts, hexadecimal
from lbt_audit.engine.reorder import reordered
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule

_WORD = pa.dictionary(pa.int32(), pa.string())

# What a document shows for a status of the ledger.
_SHOWN = {
    "relapsed": "relapsed",
    "false_closing": "claimed",
    "claimed": "claimed",
    "open": "open",
    "new": "new",
}


@dataclass(frozen=True)
class Standing:
    """An issue on a day. ``status`` is one of new, open, overdue, relapsed, claimed, waived, closed."""

    status: str
    deadline: date
    days_overdue: int
    waived_until: date | None
    waiver_expired: bool


def stand(row: sqlite3.Row, as_of: date) -> Standing:
    """How the ledger's ``row`` (issue joined with its waiver's ``until``) stands on ``as_of``.

    A waiver holds through its last day; a deadline is met on its day.
    """
    deadline = date.fromisoformat(row["deadline"])
    until = date.fromisoformat(row["until"]) if row["until"] else None
    overdue = max(0, (as_of - deadline).days)
    closed = row["status"] == "closed"
    if closed:
        status = "closed"
    elif until is not None and as_of <= until:
        status = "waived"
    else:
        status = _SHOWN[row["status"]]
        if overdue and status in ("open", "new"):
            status = "overdue"
    return Standing(status, deadline, 0 if closed else overdue, until, until is not None and as_of > until)


def all_issues(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """Every issue with the last day of its waiver, if it has one, and its unit's ``label``."""
    return connection.execute(
        "SELECT issue.*, labelled.label, waiver.until FROM issue JOIN labelled USING (fingerprint)"
        " LEFT JOIN waiver USING (fingerprint) ORDER BY fingerprint"
    ).fetchall()


def renumber(connection: sqlite3.Connection, audit: Audit) -> Audit:
    """``audit`` with the numbers the ledger knows its issues by."""
    known = dict(connection.execute("SELECT fingerprint, issue FROM renumbered").fetchall())
    given = audit.issues["fingerprint"].to_pylist()
    taken = set(given)
    numbers = {f: n for f in given if (n := known.get(f, f)) not in taken}
    issues = audit.issues
    for column in ("fingerprint", "follows", "line") if numbers else ():
        named = [numbers.get(f, f) for f in issues[column].to_pylist()]
        issues = _replace(issues, column, pa.array(named, pa.string()))
    return replace(audit, issues=issues)


def annotate(connection: sqlite3.Connection, audit: Audit, due: Callable[[str], date] | None = None) -> Audit:
    """``audit`` with the ledger's status and deadline for each issue, and what the rules on the ledger
    itself (L02, L03) find. ``due`` gives the last day of a deadline class; without it, the audit's day."""
    as_of = audit.run.as_of
    known = {row["fingerprint"]: row for row in all_issues(connection)}
    standings = {fingerprint: stand(row, as_of) for fingerprint, row in known.items()}
    seen = [standings[f] for f in audit.issues["fingerprint"].to_pylist()]
    issues = _replace(audit.issues, "status", pa.array([s.status for s in seen], pa.string()).cast(_WORD))
    issues = _replace(issues, "deadline", pa.array([s.deadline for s in seen], pa.date32()))
    numbers = [known[f]["number"] for f in audit.issues["fingerprint"].to_pylist()]
    issues = _replace(issues, "number", pa.array(numbers, pa.string()))
    audit = replace(audit, issues=issues)
    days = np.array([s.days_overdue for s in seen], np.int64)
    for number, run in enumerate(audit.rules):
        if run.rule.check == check.CHECK.name:
            which = np.array([check.finds(run.rule, s.status, s.days_overdue) for s in seen], np.bool_)
            day = due(run.rule.deadline) if due is not None else as_of
            audit = _add(audit, number, which, days, day)
    return reordered(audit)


def told_by_ledger(connection: sqlite3.Connection, as_of: date) -> dict[str, set[str]]:
    """What the rules on the ledger tell by themselves: numbers of issues overdue, and of those back or falsely closed."""
    stood = {row["fingerprint"]: stand(row, as_of) for row in all_issues(connection)}
    return {
        "overdue": {f for f, s in stood.items() if s.days_overdue and s.status not in ("waived", "closed")},
        "relapsed": {f for f, s in stood.items() if s.status in ("relapsed", "claimed")},
    }


def _replace(table: pa.Table, column: str, values: Any) -> pa.Table:
    return table.set_column(table.schema.get_field_index(column), ISSUE_SCHEMA.field(column), values)


def _add(audit: Audit, at: int, which: np.ndarray, days: np.ndarray, day: date) -> Audit:
    """One issue of rule ``at`` per responsible unit that has any of ``which``."""
    runs = list(audit.rules)
    rule = runs[at].rule
    members: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    columns = ("responsible_level", "responsible_unit", "responsible_township")
    owners = list(zip(*(audit.issues[name].to_pylist() for name in columns), strict=True))
    for i in np.flatnonzero(which).tolist():
        level, unit, township = owners[i]
        members[level, unit or "", township or ""].append(i)
    runs[at] = replace(
        runs[at], status="ran", reason=None, rows_checked=len(which), issues=len(members), unverifiable=0
    )
    if not members:
        return replace(audit, rules=tuple(runs))
    start = len(audit.issues)
    rows = [_issue(audit, rule, owner, at_, days, day) for owner, at_ in sorted(members.items())]
    issues = pa.Table.from_pylist(rows, schema=ISSUE_SCHEMA)
    at_issue = audit.locations["issue"].to_numpy()
    parts = []
    for number, (_, indices) in enumerate(sorted(members.items())):
        place = audit.locations.filter(pa.array(np.isin(at_issue, indices)))
        column = pa.array(np.full(len(place), start + number, np.int32))
        parts.append(place.set_column(0, LOCATION_SCHEMA.field("issue"), column))
    return replace(
        audit,
        rules=tuple(runs),
        issues=pa.concat_tables([audit.issues, issues]).unify_dictionaries().combine_chunks(),
        locations=pa.concat_tables([audit.locations, *parts]).unify_dictionaries().combine_chunks(),
    )


def _issue(
    audit: Audit, rule: Rule, owner: tuple[str, str, str], at: list[int], days: np.ndarray, day: date
) -> dict[str, Any]:
    lang = audit.run.lang
    level, unit, township = owner
    fingerprint = hexadecimal(hash_texts([f"{rule.code}|{level}|{township}|{unit}"], ""))[0]
    worst = int(days[at].max())
    return {
        "fingerprint": fingerprint,
        "rule": rule.code,
        "severity": int(rule.severity),
        "title": rule.title[lang],
        "message": rule.message[lang].format(unit=unit, count=len(at), days=worst),
        "fix": rule.fix[lang],
        "unit": unit,
        "township": unit if level == "township" else township or None,
        "responsible_level": level,
        "responsible_unit": unit,
        "responsible_township": township or None,
        "deadline_class": rule.deadline,
        "deadline": day,
        "status": rule.params.finds,
        "child_key": fingerprint,
        "line": fingerprint,
        "repeats": False,
        "safety": False,
    }
