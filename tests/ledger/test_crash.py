"""The ledger survives kill -9 at any moment: the audit before or the audit after, never between."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from factory import Seen, audit

from lbt_audit.ledger.database.store import LedgerError, open_ledger
from lbt_audit.ledger.recording.record import record

KILLS = 200
FOLDER = Path(__file__).parent


def issues_after(n: int) -> list[Seen]:
    """What the n-th audit (from 0) sees: issues come and go."""
    return [Seen(i) for i in range(40) if (i + n) % 3]


def record_next(connection: sqlite3.Connection) -> None:
    n = connection.execute("SELECT count(*) FROM audit").fetchone()[0]
    record(connection, audit(date(2026, 1, 1) + timedelta(days=n), issues_after(n)))


def check_whole(path: Path) -> int:
    """Number of audits held; fails unless every one of them is held whole."""
    with open_ledger(path, create=False) as ledger:
        assert ledger.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert ledger.execute("PRAGMA foreign_key_check").fetchall() == []
        n = ledger.execute("SELECT count(*) FROM audit").fetchone()[0]
        if n:
            expected = {seen.fingerprint for seen in issues_after(n - 1)}
            held = {
                r[0]
                for r in ledger.execute(
                    "SELECT fingerprint FROM issue WHERE last_audit = (SELECT max(id) FROM audit)"
                )
            }
            open_ = {r[0] for r in ledger.execute("SELECT fingerprint FROM issue WHERE status <> 'closed'")}
            assert held == expected == open_
            readings = ledger.execute("SELECT count(DISTINCT audit) FROM reading").fetchone()[0]
            assert readings == n
        return int(n)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill -9")
def test_killed_two_hundred_times(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_ledger(path) as ledger:
        record_next(ledger)
        start = time.perf_counter()
        for _ in range(10):
            record_next(ledger)
    long = (time.perf_counter() - start) / 10  # what one audit takes here and now
    chance = random.Random(20261031)
    before = recorded = check_whole(path)
    cut_short = 0
    for _ in range(KILLS):
        ready, tell = os.pipe()
        child = os.fork()
        if child == 0:  # records audit after audit until it is killed
            with open_ledger(path) as ledger:
                os.write(tell, b".")
                while True:
                    record_next(ledger)
                    os.write(tell, b".")
        # The child says how far it is, so that a busy machine changes nothing.
        for _ in range(1 + chance.randrange(4)):
            os.read(ready, 1)
        time.sleep(chance.uniform(0, long))
        cut_short += Path(f"{path}-wal").exists()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(ready)
        os.close(tell)
        recorded = check_whole(path)
    assert recorded > before + KILLS // 10  # audits did go in between the kills
    assert cut_short > KILLS // 2  # and the kills fell while the ledger was in use


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from lbt_audit.ledger.database.store import LedgerError, open_ledger
from test_crash import record_next
with open_ledger(Path(sys.argv[1])) as ledger:
    done = 0
    while done < 15:
        try:
            record_next(ledger)
            done += 1
        except LedgerError as error:  # another was a day ahead: refused in words, nothing lost
            assert "--as-of" in error.text.en, error
"""


def test_four_audits_at_once_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    command = [sys.executable, "-c", WRITER, str(path), str(FOLDER)]
    workers = [subprocess.Popen(command) for _ in range(4)]
    assert [w.wait() for w in workers] == [0, 0, 0, 0]
    with open_ledger(path) as ledger:
        assert ledger.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert ledger.execute("SELECT count(*) FROM audit").fetchone()[0] == 60


def test_a_ledger_in_use_gives_a_clear_message(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_ledger(path) as first:
        first.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="占用"), open_ledger(path, wait=0.05) as second:
            record(second, audit(date(2026, 10, 31), [Seen(1)]))


def test_a_full_disk_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_ledger(path) as ledger:
        record(ledger, audit(date(2026, 10, 31), [Seen(1)]))
    with pytest.raises(LedgerError, match="磁盘已满"), open_ledger(path) as ledger:
        pages = ledger.execute("PRAGMA page_count").fetchone()[0]
        ledger.execute(f"PRAGMA max_page_count = {pages + 2}")
        record(ledger, audit(date(2026, 11, 30), [Seen(i) for i in range(5000)]))
    with open_ledger(path) as ledger:
        assert ledger.execute("SELECT count(*) FROM audit").fetchone()[0] == 1


def test_a_newer_ledger_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="99"), open_ledger(path):
        pass
    assert path.read_bytes() == before


def test_something_else_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"name,sex\n" * 500)
    with pytest.raises(LedgerError, match="不是整改台账"), open_ledger(path):
        pass
    with pytest.raises(LedgerError, match="没有找到"), open_ledger(tmp_path / "none.db", create=False):
        pass


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="无法写入"), open_ledger(tmp_path / "no" / "ledger.db"):
        pass
