"""What became of the issues: the answer to "was it corrected?" of one day."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date

from lbt_audit.ledger.database.store import LedgerUsageError
from lbt_audit.ledger.replies.answering import Answering, answering
from lbt_audit.ledger.state.sampling import Pick, sample
from lbt_audit.ledger.state.summary import Item, Tally, by_unit, items, overdue_by_person, tally
from lbt_audit.ledger.waivers import Unused, unused
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text

CHANGES = ("new", "closed", "false_closing", "relapsed")
_CHANGE_OF_EVENT = {"found": "new"}


@dataclass(frozen=True)
class Recheck:
    """The ledger as of a day. ``changes`` are how many issues the audits of its newest day changed (keys of
    CHANGES), ``previous`` the day of the audits before, None if there were none."""

    as_of: date
    audit: int
    first: int  # the first audit of the newest day; ``audit`` is the last
    audited: date
    previous: date | None
    changes: Mapping[str, int]
    items: Sequence[Item]
    whole: Tally
    units: Sequence[Tally]
    people: Sequence[tuple[str, str, int]]  # (unit, person, overdue issues)
    answering: Sequence[Answering]
    unused: Sequence[Unused] = field(default_factory=tuple)

    @property
    def known(self) -> int:
        """Issues the ledger held before its newest audit."""
        return self.whole.total - self.changes["new"]

    def unverified(self, item: Item) -> bool:
        """Whether an issue found earlier was not looked at on the newest day: its files were not handed in."""
        return item.status in ("new", "open") and int(item.row["last_audit"]) < self.first

    def of_status(self, status: str) -> list[Item]:
        """Issues with a status of ``summary.STATUSES``, the longest overdue first."""
        found = [i for i in self.items if (i.overdue if status == "overdue" else i.status == status)]
        return sorted(
            found, key=lambda i: (-i.standing.days_overdue, i.row["responsible_unit"], i.row["rule"])
        )

    @property
    def expired(self) -> list[Item]:
        """Issues not closed whose waiver has run out."""
        return [i for i in self.items if i.standing.waiver_expired and i.status != "closed"]

    def sample(self, size: int, seed: str | None = None) -> list[Pick]:
        """Spot checks; the default seed is the day, so that asking again gives the same list."""
        return sample(self.items, size, seed or self.as_of.isoformat())


def review(
    connection: sqlite3.Connection, as_of: date | None = None, unmatched: Sequence[Unused] = ()
) -> Recheck:
    """How the ledger stands on ``as_of`` (default: the day of its newest audit). ``unmatched`` are
    waivers of the county file that match no issue. Raises LedgerError where nothing is recorded yet."""
    audits = connection.execute(
        "SELECT max(id) AS id, min(id) AS first, as_of FROM audit GROUP BY as_of ORDER BY as_of DESC LIMIT 2"
    ).fetchall()
    if not audits:
        raise LedgerUsageError(
            Text("整改台账还没有记入任何核查", "the ledger holds no audit yet; run check --ledger first"),
        )
    audited = date.fromisoformat(audits[0]["as_of"])
    day = as_of or audited
    counted = connection.execute(
        "SELECT kind, count(DISTINCT fingerprint) FROM event WHERE audit IN"
        " (SELECT id FROM audit WHERE as_of = ?) GROUP BY kind",
        (audits[0]["as_of"],),
    )
    brought = Counter({_CHANGE_OF_EVENT.get(kind, kind): n for kind, n in counted})
    everything = items(connection, day)
    return Recheck(
        as_of=day,
        audit=audits[0]["id"],
        first=audits[0]["first"],
        audited=audited,
        previous=date.fromisoformat(audits[1]["as_of"]) if len(audits) > 1 else None,
        changes={change: brought[change] for change in CHANGES},
        items=everything,
        whole=tally(everything),
        units=by_unit(everything),
        people=overdue_by_person(connection, everything),
        answering=answering(connection, day),
        unused=[*unmatched, *unused(connection)],
    )
