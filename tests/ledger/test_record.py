"""Every way an issue can go from one audit to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from factory import Seen, audit

from lbt_audit.ledger.database.store import LedgerError, open_ledger
from lbt_audit.ledger.recording.record import record
from lbt_audit.ledger.state.recheck import review
from lbt_audit.ledger.state.standing import annotate
from lbt_audit.ledger.state.summary import by_unit, items, tally, trend
from lbt_audit.ledger.waivers import Waiver, grant

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)
ONE = Seen(1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_ledger(tmp_path / "台账.db") as connection:
        yield connection


def status(ledger: sqlite3.Connection, seen: Seen = ONE) -> str:
    row = ledger.execute("SELECT status FROM issue WHERE fingerprint = ?", (seen.fingerprint,)).fetchone()
    return str(row[0])


def claim(ledger: sqlite3.Connection, seen: Seen = ONE) -> None:
    ledger.execute("UPDATE issue SET status = 'claimed' WHERE fingerprint = ?", (seen.fingerprint,))


def test_first_seen_is_new_then_open(ledger: sqlite3.Connection) -> None:
    assert record(ledger, audit(OCTOBER, [ONE])).changes == {"new": 1}
    assert status(ledger) == "new"
    assert record(ledger, audit(OCTOBER, [ONE])).changes["new"] == 1  # the same day again: still new
    record(ledger, audit(NOVEMBER, [ONE]))
    assert status(ledger) == "open"


def test_gone_is_closed_and_back_is_relapsed(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [ONE]))
    assert record(ledger, audit(NOVEMBER)).changes["closed"] == 1
    assert status(ledger) == "closed"
    later = Seen(1, deadline=date(2027, 1, 8))
    record(ledger, audit(DECEMBER, [later]))
    assert status(ledger) == "relapsed"
    assert ledger.execute("SELECT deadline FROM issue").fetchone()[0] == "2027-01-08"
    kinds = [r[0] for r in ledger.execute("SELECT kind FROM event ORDER BY id")]
    assert kinds == ["found", "closed", "relapsed"]


def test_claimed_but_still_there_is_a_false_closing(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [ONE]))
    claim(ledger)
    record(ledger, audit(NOVEMBER, [ONE]))
    assert status(ledger) == "false_closing"
    record(ledger, audit(DECEMBER, [ONE]))
    assert status(ledger) == "false_closing"


def test_claimed_and_gone_is_verified(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [ONE]))
    claim(ledger)
    record(ledger, audit(NOVEMBER))
    assert status(ledger) == "closed"


@pytest.mark.parametrize(
    "later",
    [
        audit(NOVEMBER, read=[("清水乡", "roster")]),  # another unit's file
        audit(NOVEMBER, read=[("白石镇", "village_book")]),  # another kind of file
        audit(NOVEMBER, read=[]),  # nothing handed in
        audit(NOVEMBER, ran=["D02"]),  # the rule was left out or crashed
        audit(NOVEMBER, records=0),  # an empty form
        audit(NOVEMBER, named=False),  # the column was taken out
    ],
    ids=["other unit", "other kind", "nothing", "rule not run", "empty form", "column gone"],
)
def test_what_was_not_looked_at_stays_open(ledger: sqlite3.Connection, later: object) -> None:
    record(ledger, audit(OCTOBER, [ONE]))
    record(ledger, later)  # type: ignore[arg-type]
    assert status(ledger) == "open"


def test_an_issue_across_two_files_closes_only_when_both_are_read(ledger: sqlite3.Connection) -> None:
    pair = Seen(1, kinds=("roster", "school_ledger"))
    record(ledger, audit(OCTOBER, [pair]))
    record(ledger, audit(NOVEMBER, read=[("白石镇", "roster")]))
    assert status(ledger) == "open"
    record(ledger, audit(DECEMBER, read=[("白石镇", "roster"), ("白石镇", "school_ledger")]))
    assert status(ledger) == "closed"


def test_deadline_of_an_open_issue_does_not_move(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [ONE]))
    second = annotated = audit(NOVEMBER, [Seen(1, deadline=date(2026, 12, 3))])
    record(ledger, second)
    annotated = annotate(ledger, second)
    assert annotated.issues["deadline"].to_pylist()[0] == date(2026, 11, 4)
    assert annotated.issues["status"].to_pylist()[0] == "overdue"


def test_overdue_and_relapsed_issues_become_l02_and_l03(ledger: sqlite3.Connection) -> None:
    two, back = Seen(2), Seen(3)
    record(ledger, audit(OCTOBER, [ONE, two, back]))
    record(ledger, audit(date(2026, 11, 2), [ONE, two]))
    last = audit(NOVEMBER, [ONE, two, back])
    record(ledger, last)
    result = annotate(ledger, last)
    extra = result.issues.slice(3).to_pylist()
    assert [(e["rule"], e["message"]) for e in extra] == [("L02", "白石镇 3 26"), ("L03", "白石镇 1")]
    places = result.locations.to_pylist()
    assert [p["issue"] for p in places] == [0, 1, 2, 3, 3, 3, 4]
    assert {r.rule.code: r.status for r in result.rules}["L02"] == "ran"


def test_a_waiver_holds_through_its_last_day(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [ONE]))
    grant(
        ledger, Waiver(ONE.fingerprint[-16:], "父亲服刑，证明在办", "县民政局", date(2026, 11, 15)), OCTOBER
    )
    for day, expected in ((date(2026, 11, 15), "waived"), (date(2026, 11, 16), "overdue")):
        now = audit(day, [ONE])
        record(ledger, now)
        assert annotate(ledger, now).issues["status"].to_pylist()[0] == expected
    expired = items(ledger, date(2026, 11, 16))[0].standing
    assert expired.waiver_expired
    assert not items(ledger, date(2026, 11, 15))[0].standing.waiver_expired


def test_an_earlier_audit_is_refused_and_changes_nothing(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(NOVEMBER, [ONE]))
    with pytest.raises(LedgerError, match="2026-11-30"):
        record(ledger, audit(OCTOBER))
    assert status(ledger) == "new"
    assert ledger.execute("SELECT count(*) FROM audit").fetchone()[0] == 1


def test_history_cannot_be_rewritten(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [ONE]))
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        ledger.execute("UPDATE event SET kind = 'closed'")
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        ledger.execute("DELETE FROM event")


def test_tally_and_trend_count_every_issue_once(ledger: sqlite3.Connection) -> None:
    other = Seen(2, unit="清水乡")
    both = [("白石镇", "roster"), ("清水乡", "roster")]
    record(ledger, audit(OCTOBER, [ONE, other], both))
    record(ledger, audit(NOVEMBER, [other], both))
    whole = tally(items(ledger, NOVEMBER))
    assert (whole.total, whole.counts["closed"], whole.counts["open"], whole.counts["overdue"]) == (
        2,
        1,
        1,
        1,
    )
    assert whole.rate == 0.5
    assert [(t.unit, t.unclosed) for t in by_unit(items(ledger, NOVEMBER))] == [("清水乡", 1), ("白石镇", 0)]
    points = {(t.as_of, t.unit): (t.unclosed, t.closed) for t in trend(ledger)}
    assert points == {
        (OCTOBER, "白石镇"): (1, 0),
        (OCTOBER, "清水乡"): (1, 0),
        (NOVEMBER, "白石镇"): (0, 1),
        (NOVEMBER, "清水乡"): (1, 0),
    }


def test_a_child_missing_from_a_list_stays_missing_until_the_list_is_read(ledger: sqlite3.Connection) -> None:
    lists = [("白石镇", "roster"), ("白石镇", "school_ledger")]
    record(ledger, audit(OCTOBER, [ONE], lists, rests=[(0, "school_ledger")]))
    record(ledger, audit(NOVEMBER, read=lists[:1]))
    assert status(ledger) == "open"
    record(ledger, audit(DECEMBER, read=lists))
    assert status(ledger) == "closed"


def test_another_county_or_salt_is_refused(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [ONE]))
    for other, word in ((audit(NOVEMBER, county="乌有县"), "青禾县"), (audit(NOVEMBER, seal="b"), "salt")):
        with pytest.raises(LedgerError, match=word):
            record(ledger, other)
    assert status(ledger) == "new"


def test_a_claim_is_only_refuted_by_later_data(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [ONE]))
    claim(ledger)
    ledger.execute(
        "INSERT INTO reply (fingerprint, day, state, measure, person, done_on, evidence, source)"
        " VALUES (?, '2026-11-16', 'done', '', '', NULL, '', '')",
        (ONE.fingerprint,),
    )
    for day, expected in ((OCTOBER, "claimed"), (date(2026, 11, 10), "claimed"), (NOVEMBER, "false_closing")):
        record(ledger, audit(day, [ONE]))
        assert status(ledger) == expected


def test_a_second_audit_of_the_same_day_is_no_relapse(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [ONE]))
    record(ledger, audit(NOVEMBER))
    assert status(ledger) == "closed"
    record(ledger, audit(NOVEMBER, [ONE]))
    assert status(ledger) == "open"
    found = review(ledger, NOVEMBER)
    assert (found.previous, found.changes["relapsed"], found.changes["new"]) == (OCTOBER, 0, 0)
    assert len(trend(ledger)) == 2


def test_a_day_far_ahead_is_refused(ledger: sqlite3.Connection) -> None:
    with pytest.raises(LedgerError, match="2062"):
        record(ledger, audit(date(2062, 11, 30), [ONE]))


def test_a_file_no_longer_standing_in_is_forgotten(ledger: sqlite3.Connection) -> None:
    lists = [("白石镇", "roster"), ("白石镇", "school_ledger")]
    record(ledger, audit(OCTOBER, [Seen(1, kinds=("roster", "school_ledger"))], lists))
    record(ledger, audit(NOVEMBER, [ONE], lists))  # corrected in one of them
    record(ledger, audit(DECEMBER, read=lists[:1]))
    assert status(ledger) == "closed"


def test_another_definition_is_told(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [ONE]))
    assert record(ledger, audit(NOVEMBER)).warnings == ()
    (warning,) = record(ledger, audit(DECEMBER, profile="school")).warnings
    assert "three_month_county" in warning.zh and "school" in warning.zh
