"""A ledger of the first version is brought up to date when it is opened, with all it holds."""

from __future__ import annotations

import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from factory import Seen, audit

from lbt_audit.ledger.database.schema import APPLICATION, MIGRATIONS, VERSION
from lbt_audit.ledger.database.store import LedgerError, open_ledger, transaction
from lbt_audit.ledger.recording.record import record

ISSUE = Seen(1)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A ledger as version 1 left it: one audit, one issue, in a roster and a village's book."""
    path = tmp_path / "台账.db"
    connection = sqlite3.connect(path)
    connection.executescript(MIGRATIONS[0])
    connection.executescript(
        f"""
        PRAGMA user_version = 1;
        INSERT INTO audit VALUES (1, '2026-10-31', '2026-11-01T00:00:00', '0.1.0', 'three_month_county', 1, 1);
        INSERT INTO issue VALUES ('{ISSUE.fingerprint}', 'D01', 3, '题', '问题 1', '更正', '杨*峰',
            '{ISSUE.fingerprint}', '白石镇', '白石镇', 'township', '白石镇', '2026-11-04', 'x', 'new', 1, 1, NULL);
        INSERT INTO standing VALUES ('{ISSUE.fingerprint}', '白石镇', 'roster'),
            ('{ISSUE.fingerprint}', '珠岩村', 'village_book');
        INSERT INTO event (fingerprint, audit, day, kind) VALUES ('{ISSUE.fingerprint}', 1, '2026-10-31', 'found');
        """
    )
    connection.close()
    return path


def test_nothing_is_lost(old: Path) -> None:
    with open_ledger(old, create=False) as ledger:
        assert ledger.execute("PRAGMA user_version").fetchone()[0] == VERSION
        assert ledger.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
        stands = [
            tuple(row) for row in ledger.execute("SELECT unit, kind, field FROM standing ORDER BY kind")
        ]
        assert stands == [("白石镇", "roster", ""), ("白石镇/珠岩村", "village_book", "")]
        assert ledger.execute("SELECT label FROM labelled").fetchone()[0] == "白石镇"
        assert ledger.execute("PRAGMA foreign_key_check").fetchall() == []


def test_it_goes_on(old: Path) -> None:
    with open_ledger(old, create=False) as ledger:
        record(ledger, audit(date(2026, 11, 30), [ISSUE]))
        row = ledger.execute("SELECT status, deadline FROM issue").fetchone()
        assert tuple(row) == ("open", "2026-11-04")
        assert ledger.execute("SELECT county FROM identity").fetchone()[0] == "青禾县"


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "别的.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photo (id INTEGER)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="别的程序"), open_ledger(path):
        pass
    assert path.read_bytes() == before


def test_a_damaged_ledger_says_so(old: Path) -> None:
    with open_ledger(old) as ledger:
        ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(old.read_bytes())
    data[4096 * 2 : 4096 * 6] = bytes(4096 * 4)
    old.write_bytes(data)
    with pytest.raises(LedgerError, match="损坏"), open_ledger(old, create=False):
        pass


def test_a_ledger_in_a_folder_nobody_may_write_can_be_read(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(old) as ledger:
        record(ledger, audit(date(2026, 11, 30), [ISSUE]))
    real = sqlite3.connect

    def connect(target: object, **options: object) -> sqlite3.Connection:
        if not options.get("uri"):
            refused = sqlite3.OperationalError("unable to open database file")
            refused.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise refused
        return real(target, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", connect)
    with open_ledger(old, create=False, write=False) as ledger:
        assert ledger.execute("SELECT count(*) FROM issue").fetchone()[0] == 1


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_new_ledger_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_ledger(path) as ledger, transaction(ledger):
        assert {p.stat().st_mode & 0o777 for p in tmp_path.iterdir()} == {0o600}
