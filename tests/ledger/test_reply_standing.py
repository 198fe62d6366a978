"""What replies make of issues and of units: claims taken back, who has answered."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.ledger.factory import Seen, audit
from tests.ledger.returning import LATER, NOVEMBER, OCTOBER, OURS, THEIRS, WHOLE, fill, statuses

from lbt_audit.cli.main import run
from lbt_audit.ledger.recording.record import record
from lbt_audit.ledger.replies.answering import answering
from lbt_audit.ledger.replies.collect import collect
from lbt_audit.ledger.state.summary import history
from lbt_audit.ledger.waivers import Waiver, grant

DECEMBER = date(2026, 12, 31)


def reply(ledger: sqlite3.Connection, book: Path, state: str, on: date, number: int = 1) -> None:
    """One answer; a claim says it was done the day before."""
    path = book.parent / "a.xlsx"
    day = {"done_on": (on - timedelta(days=1)).isoformat()} if state == "已整改" else {"done_on": None}
    fill(book, {number: WHOLE | {"state": state} | day}).save(path)
    got = collect(ledger, [path], on)
    assert (got.entered, got.refusals) == (1, [])


@pytest.mark.parametrize("taken_back", ["整改中", "未整改", "有异议"])
def test_a_false_closing_claimed_again_and_taken_back(
    ledger: sqlite3.Connection, book: Path, taken_back: str
) -> None:
    reply(ledger, book, "已整改", LATER)
    record(ledger, audit(NOVEMBER, OURS))
    assert statuses(ledger)[1] == "false_closing"
    reply(ledger, book, "已整改", NOVEMBER + timedelta(days=5))
    assert statuses(ledger)[1] == "claimed"
    reply(ledger, book, taken_back, NOVEMBER + timedelta(days=6))
    assert statuses(ledger)[1] == "false_closing"
    kinds = [e["kind"] for e in history(ledger, OURS[0].fingerprint)]
    assert kinds[:4] == ["found", "reply_done", "false_closing", "reply_done"]


def test_a_relapse_claimed_and_taken_back(ledger: sqlite3.Connection, book: Path) -> None:
    record(ledger, audit(NOVEMBER, OURS[1:]))
    record(ledger, audit(DECEMBER, OURS))
    assert statuses(ledger)[1] == "relapsed"
    on = DECEMBER + timedelta(days=5)
    reply(ledger, book, "已整改", on)
    reply(ledger, book, "未整改", on)
    assert statuses(ledger)[1] == "relapsed"


def test_an_open_issue_claimed_and_taken_back(ledger: sqlite3.Connection, book: Path) -> None:
    reply(ledger, book, "已整改", LATER)
    reply(ledger, book, "整改中", LATER)
    assert statuses(ledger)[1] == "new"
    record(ledger, audit(NOVEMBER, OURS))
    on = NOVEMBER + timedelta(days=5)
    reply(ledger, book, "已整改", on)
    reply(ledger, book, "整改中", on)
    assert statuses(ledger)[1] == "open"


def test_nobody_asks_an_answer_to_what_is_waived(ledger: sqlite3.Connection) -> None:
    until = date(2026, 11, 25)
    grant(ledger, Waiver(THEIRS[0].fingerprint, "户口在办", "县民政局", until), OCTOBER)
    grant(ledger, Waiver(OURS[0].fingerprint, "户口在办", "县民政局", until), OCTOBER)
    assert {a.unit: a.issues for a in answering(ledger)} == {"白石镇": 4}
    assert {a.unit: a.issues for a in answering(ledger, until)} == {"白石镇": 4}
    after = answering(ledger, until + timedelta(days=1))
    assert {a.unit: a.issues for a in after} == {"白石镇": 5, "清水乡": 1}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_tells_claims_by_unit(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], lang: str
) -> None:
    grant(ledger, Waiver(Seen(5).fingerprint, "户口在办", "县民政局", NOVEMBER), OCTOBER)
    fill(book, {1: WHOLE, 2: WHOLE, 3: WHOLE | {"state": "整改中"}, 4: WHOLE | {"done_on": "昨天"}}).save(
        tmp_path / "a.xlsx"
    )
    arguments = ["ledger", "reply", str(tmp_path / "a.xlsx"), "--ledger", str(tmp_path / "台账.db")]
    assert run([*arguments, "--on", "2026-11-20", "--lang", lang]) == 1
    out, err = capfd.readouterr()
    assert "a.xlsx:整改回复!N8" in err
    wanted = {
        "zh": (
            "白石镇  应答复 4 条，已答复 3 条（报称已整改 2 条），未答复 1 条",
            "清水乡  1 条，最早时限 2026-11-04",
        ),
        "en": ("白石镇  3 of 4 (2 reported as done), 1 to come", "清水乡  1, first due 2026-11-04"),
    }
    assert all(line in out for line in wanted[lang])


def test_the_command_says_what_to_look_at(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(
        f"问题编号,整改情况\n{OURS[0].fingerprint},整改中\n{THEIRS[0].fingerprint},整改中\n", encoding="utf-8"
    )
    arguments = ["ledger", "reply", str(tmp_path / "a.csv"), "--ledger", str(tmp_path / "台账.db")]
    assert run([*arguments, "--on", "2026-11-20", "--lang", "zh"]) == 0
    out, err = capfd.readouterr()
    assert "收下答复 2 条" in out
    assert err.startswith("注意：a.csv：表头没有单位名称")
