"""Numbers people say, and what becomes of an issue when its cause is closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from factory import Seen, audit

from lbt_audit.ledger.database.schema import MIGRATIONS
from lbt_audit.ledger.database.store import LedgerError, open_ledger
from lbt_audit.ledger.numbers import said, spelt, together
from lbt_audit.ledger.recording.record import record
from lbt_audit.ledger.state.standing import annotate
from lbt_audit.ledger.waivers import find_issue

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)
BOTH = (("白石镇", "roster"), ("清水乡", "roster"))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_ledger(tmp_path / "台账.db") as connection:
        yield connection


def numbers(ledger: sqlite3.Connection) -> dict[int, str]:
    return {int(f, 16): n for f, n in ledger.execute("SELECT fingerprint, number FROM issue")}


def events(ledger: sqlite3.Connection, seen: Seen) -> list[tuple[str, str]]:
    found = ledger.execute(
        "SELECT kind, detail FROM event WHERE fingerprint = ? ORDER BY id", (seen.fingerprint,)
    )
    return [tuple(row) for row in found]


def test_a_unit_counts_its_own_issues_of_the_month(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [Seen(9), Seen(3), Seen(5, unit="清水乡")], BOTH))
    assert numbers(ledger) == {9: "白石镇-2610-001", 3: "白石镇-2610-002", 5: "清水乡-2610-001"}


def test_a_number_stays_whatever_comes_and_goes(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [Seen(2), Seen(1)]))
    record(ledger, audit(OCTOBER, [Seen(1), Seen(3)]))  # the same month again
    record(ledger, audit(NOVEMBER, [Seen(2), Seen(4)]))
    assert numbers(ledger) == {
        2: "白石镇-2610-001", 1: "白石镇-2610-002", 3: "白石镇-2610-003", 4: "白石镇-2611-001",
    }  # fmt: skip


def test_more_than_fit_three_digits(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [Seen(n) for n in range(1, 1002)]))
    record(ledger, audit(OCTOBER, [Seen(n) for n in range(1, 1003)]))
    found = numbers(ledger)
    assert found[1001] == "白石镇-2610-1001" and found[1002] == "白石镇-2610-1002"
    assert len(set(found.values())) == 1002


def test_reports_show_it(ledger: sqlite3.Connection) -> None:
    seen = audit(OCTOBER, [Seen(2), Seen(1)])
    record(ledger, seen)
    shown = annotate(ledger, seen).issues
    assert dict(zip(shown["fingerprint"].to_pylist(), shown["number"].to_pylist(), strict=True)) == {
        Seen(2).fingerprint: "白石镇-2610-001", Seen(1).fingerprint: "白石镇-2610-002",
    }  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        "白石镇-2610-002",
        "白石镇-2610-2",
        "白石镇—２６１０—００２",
        " 白石镇 2610 2 ",
        "白石镇－2610－002",
        "白石镇\u20112610\u2011002",
    ],
)
def test_an_issue_is_found_as_people_write_its_number(ledger: sqlite3.Connection, written: str) -> None:
    record(ledger, audit(OCTOBER, [Seen(2), Seen(1)]))
    assert find_issue(ledger, written) == Seen(1).fingerprint


@pytest.mark.parametrize("written", ["白石镇-2610-003", "白石镇-2611-001", "清水乡-2610-001", "白石镇-2610"])
def test_a_number_nobody_has_is_told(ledger: sqlite3.Connection, written: str) -> None:
    record(ledger, audit(OCTOBER, [Seen(2), Seen(1)]))
    with pytest.raises(LedgerError):
        find_issue(ledger, written)


def test_a_fingerprint_is_no_number() -> None:
    assert said("0000000000000012") is None and said("00-12") is None
    assert said("一-小-2610-12") == "一-小-2610-012"  # units with a dash in their name


def test_old_ledgers_get_numbers(tmp_path: Path) -> None:
    path = tmp_path / "台账.db"
    connection = sqlite3.connect(path)
    for script in MIGRATIONS[:2]:
        connection.executescript(script)
    connection.executescript("PRAGMA user_version = 2;")
    for number, day in enumerate(("2026-10-31", "2026-11-30"), 1):
        connection.execute("INSERT INTO audit VALUES (?, ?, '', '', 'p', 1, 1)", (number, day))
    for n, severity, unit, first in (
        (1, 1, "白石镇", 1),
        (2, 3, "白石镇", 1),
        (3, 3, "白石镇", 2),
        (4, 3, "", 1),
    ):
        connection.execute(
            "INSERT INTO issue (fingerprint, rule, severity, title, message, fix, child_key, unit, responsible_level,"
            " responsible_unit, deadline, place, status, first_audit, last_audit)"
            " VALUES (?, 'D01', ?, '', '', '', '', ?, 'township', ?, '2026-11-04', 'x', 'open', ?, 2)",
            (f"{n:016x}", severity, unit, unit, first),
        )
    connection.commit()
    connection.close()
    with open_ledger(path, create=False) as ledger:
        assert numbers(ledger) == {
            2: "白石镇-2610-001", 1: "白石镇-2610-002", 3: "白石镇-2611-001", 4: "单位不明-2610-001",
        }  # fmt: skip
        record(ledger, audit(NOVEMBER, [Seen(1), Seen(7)]))
        assert numbers(ledger)[7] == "白石镇-2611-002"


def test_what_followed_closes_with_its_cause_where_its_files_show_it(ledger: sqlite3.Connection) -> None:
    cause, follower = Seen(1), Seen(2, rule="D02", cause=1)
    record(ledger, audit(OCTOBER, [cause, follower]))
    assert record(ledger, audit(NOVEMBER)).changes["closed"] == 2
    assert events(ledger, follower)[-2:] == [("closed", ""), ("cause_closed", "白石镇-2610-001")]


def test_it_stays_open_where_its_other_list_was_not_looked_at(ledger: sqlite3.Connection) -> None:
    cause, follower = Seen(1), Seen(2, rule="D02", kinds=("roster", "school_ledger"), cause=1)
    record(ledger, audit(OCTOBER, [cause, follower]))
    record(ledger, audit(NOVEMBER))  # the roster alone
    row = ledger.execute("SELECT status FROM issue WHERE fingerprint = ?", (follower.fingerprint,)).fetchone()
    assert row[0] == "open"
    assert events(ledger, follower)[-1] == ("cause_closed", "白石镇-2610-001")
    record(ledger, audit(DECEMBER))
    assert [kind for kind, _ in events(ledger, follower)].count("cause_closed") == 1


def test_what_is_still_found_follows_no_closed_cause(ledger: sqlite3.Connection) -> None:
    record(ledger, audit(OCTOBER, [Seen(1), Seen(2, rule="D02", cause=1)]))
    record(ledger, audit(NOVEMBER, [Seen(2, rule="D02")]))
    assert "cause_closed" not in dict(events(ledger, Seen(2)))
    assert ledger.execute("SELECT follows FROM issue WHERE number = '白石镇-2610-002'").fetchone()[0] is None


def test_numbers_in_a_row_are_told_as_one() -> None:
    given = [spelt("清溪镇-2610", n) for n in (12, 1, 2, 3)] + ["清溪镇-2611-004"]
    assert together(given, 9).zh == "清溪镇-2610-001至003、012；清溪镇-2611-004"
    assert together(given, 9).en == "清溪镇-2610-001–003, 012; 清溪镇-2611-004"
    assert together(given, 2).zh == "清溪镇-2610-001至003、012等共 5 条"
    assert together((), 2).zh == ""
