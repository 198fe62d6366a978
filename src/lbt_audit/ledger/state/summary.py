"""How the county's issues stand: counts per unit, per person, over the audits."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lbt_audit.ledger.state.standing import Standing, all_issues, stand
from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity

STATUSES = ("new", "open", "claimed", "false_closing", "relapsed", "overdue", "waived", "closed")


@dataclass(frozen=True)
class Tally:
    """Issues of one unit (or of all); ``unit`` tells units of one name apart.

    ``counts`` holds every status of STATUSES; an issue counts once, ``overdue`` being those of any unclosed
    status past their day and not waived.
    """

    level: str
    unit: str
    counts: Mapping[str, int]
    errors: int
    oldest_due: date | None
    gone: int = 0  # of the closed, those whose child stands on no list any more

    @property
    def total(self) -> int:
        return sum(self.counts[s] for s in STATUSES if s != "overdue")

    @property
    def unclosed(self) -> int:
        return self.total - self.counts["closed"] - self.counts["waived"]

    @property
    def rate(self) -> float | None:
        """Share of issues closed, 0 to 1, waived ones left out; None where there is nothing to close."""
        countable = self.total - self.counts["waived"]
        return self.counts["closed"] / countable if countable else None


@dataclass(frozen=True)
class Item:
    """One issue of the ledger and how it stands."""

    row: Mapping[str, Any]
    standing: Standing

    @property
    def status(self) -> str:
        """The ledger's own word, with ``waived`` for what is set aside."""
        if self.standing.status in ("waived", "closed"):
            return self.standing.status
        return str(self.row["status"])

    @property
    def gone(self) -> bool:
        """Closed only because the child stands in none of the files any more."""
        return self.standing.status == "closed" and bool(self.row["child_gone"])

    @property
    def overdue(self) -> bool:
        return self.standing.status not in ("waived", "closed") and self.standing.days_overdue > 0


@dataclass(frozen=True)
class Trend:
    """Issues of one unit after one audit."""

    audit: int
    as_of: date
    unit: str
    unclosed: int
    closed: int


def items(connection: sqlite3.Connection, as_of: date) -> list[Item]:
    """Every issue as it stands on ``as_of``."""
    return [
        # Wherever an issue is shown, its unit bears the name that tells it from others.
        Item({**dict(row), "responsible_unit": row["label"]}, stand(row, as_of))
        for row in all_issues(connection)
    ]


def tally(of: Iterable[Item], level: str = "", unit: str = "") -> Tally:
    counts: Counter[str] = Counter()
    errors = gone = 0
    due: list[date] = []
    for item in of:
        counts[item.status] += 1
        gone += item.gone
        if item.overdue:
            counts["overdue"] += 1
        if item.status not in ("waived", "closed"):
            errors += item.row["severity"] == Severity.ERROR
            due.append(item.standing.deadline)
    return Tally(level, unit, {s: counts[s] for s in STATUSES}, errors, min(due, default=None), gone)


def by_unit(of: Iterable[Item]) -> list[Tally]:
    """One tally per responsible unit, the most overdue first."""
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in of:
        groups[item.row["responsible_level"], item.row["responsible_unit"]].append(item)
    tallies = [tally(members, level, unit) for (level, unit), members in groups.items()]
    return sorted(tallies, key=lambda t: (-t.counts["overdue"], -t.unclosed, t.level, t.unit))


def overdue_by_person(connection: sqlite3.Connection, of: Iterable[Item]) -> list[tuple[str, str, int]]:
    """(unit, person named in the last reply or "", overdue issues), most first."""
    people = {
        row["fingerprint"]: row["person"]
        for row in connection.execute(
            "SELECT fingerprint, person FROM reply WHERE id IN (SELECT max(id) FROM reply GROUP BY fingerprint)"
        )
    }
    counts: Counter[tuple[str, str]] = Counter()
    for item in of:
        if item.overdue:
            counts[item.row["responsible_unit"], people.get(item.row["fingerprint"], "")] += 1
    return [(unit, person, n) for (unit, person), n in sorted(counts.items(), key=lambda e: (-e[1], e[0]))]


def trend(connection: sqlite3.Connection) -> list[Trend]:
    """Unclosed and closed issues of every unit after the audits of each day, rebuilt from the history."""
    audits = connection.execute(
        "SELECT max(id) AS id, as_of FROM audit GROUP BY as_of ORDER BY as_of"
    ).fetchall()
    owner = dict(connection.execute("SELECT fingerprint, label FROM labelled").fetchall())
    events = connection.execute(
        "SELECT fingerprint, audit.as_of, kind FROM event JOIN audit ON audit.id = event.audit"
        " WHERE kind IN ('found', 'closed', 'relapsed', 'reopened') ORDER BY event.id"
    ).fetchall()
    changes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for event in events:
        changes[event["as_of"]].append((owner[event["fingerprint"]], event["kind"]))
    unclosed: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    result = []
    for audit in audits:
        for unit, kind in changes[audit["as_of"]]:
            unclosed[unit] += -1 if kind == "closed" else 1
            closed[unit] += {"closed": 1, "relapsed": -1, "reopened": -1}.get(kind, 0)
        day = date.fromisoformat(audit["as_of"])
        units = sorted(set(unclosed) | set(closed))
        result += [Trend(audit["id"], day, unit, unclosed[unit], closed[unit]) for unit in units]
    return result


def history(connection: sqlite3.Connection, fingerprint: str) -> list[sqlite3.Row]:
    """Everything that happened to one issue, oldest first."""
    return connection.execute(
        "SELECT event.*, audit.as_of FROM event LEFT JOIN audit ON audit.id = event.audit"
        " WHERE fingerprint = ? ORDER BY event.id",
        (fingerprint,),
    ).fetchall()
