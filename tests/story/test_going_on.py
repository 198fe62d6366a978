"""What happens to a child's issues when its record changes under them, through real audits and the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.story.registers import Child, write_roster

from lbt_audit.engine.audit import Audit
from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit
from lbt_audit.ledger.database.store import open_ledger
from lbt_audit.ledger.recording.record import record
from lbt_audit.ledger.state.recheck import review
from lbt_audit.ledger.state.standing import renumber
from lbt_audit.ledger.state.summary import history

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)
MEI = Child("赵小梅", 1, girl=True, wrong_sex=True, blank=True, typo=True)
FENG = Child("钱小峰", 2, blank=True)
LIAN = Child("孙小莲", 3, girl=True, blank=True)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_ledger(tmp_path / "台账.db") as connection:
        yield connection


def look(folder: Path, as_of: date, *rules: str) -> Audit:
    return audit(
        Request((folder,), as_of=as_of, select=rules or ("C02", "C08", "C10"), jobs=1, children=True)
    )


def enter(ledger: sqlite3.Connection, folder: Path, as_of: date, children: Sequence[Child]) -> Audit:
    """Audit a roster of these children and record it."""
    write_roster(folder / "花名册.xlsx", "白石镇", "珠岩村", children)
    found = look(folder, as_of)
    record(ledger, found)
    return found


def stand(ledger: sqlite3.Connection) -> dict[str, list[str]]:
    """Rule → statuses of its issues."""
    found: dict[str, list[str]] = {}
    for row in ledger.execute("SELECT rule, status FROM issue ORDER BY rule, status"):
        found.setdefault(row["rule"], []).append(row["status"])
    return found


def test_correcting_the_number_leaves_the_other_issues_open(
    ledger: sqlite3.Connection, tmp_path: Path
) -> None:
    before = enter(ledger, tmp_path, OCTOBER, [MEI, FENG])
    assert stand(ledger) == {"C02": ["new"], "C08": ["new"], "C10": ["new", "new"]}
    deadlines = dict(ledger.execute("SELECT fingerprint, deadline FROM issue"))
    after = enter(ledger, tmp_path, NOVEMBER, [replace(MEI, typo=False), FENG])
    assert stand(ledger) == {"C02": ["closed"], "C08": ["open"], "C10": ["open", "open"]}
    assert dict(ledger.execute("SELECT fingerprint, deadline FROM issue")) == deadlines
    numbers = {*before.issues["fingerprint"].to_pylist()}
    assert {*after.issues["fingerprint"].to_pylist()} - numbers  # the audit knows the child by another key
    assert {*renumber(ledger, after).issues["fingerprint"].to_pylist()} <= numbers  # the ledger does not
    (sex,) = ledger.execute("SELECT fingerprint FROM issue WHERE rule = 'C08'").fetchone()
    assert [event["kind"] for event in history(ledger, sex)] == ["found", "child_corrected"]
    enter(ledger, tmp_path, DECEMBER, [MEI.right(), FENG])
    assert stand(ledger) == {"C02": ["closed"], "C08": ["closed"], "C10": ["closed", "open"]}


def test_a_claim_goes_on_as_well(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    enter(ledger, tmp_path, OCTOBER, [MEI, FENG])
    ledger.execute("UPDATE issue SET status = 'claimed' WHERE rule = 'C08'")
    enter(ledger, tmp_path, NOVEMBER, [replace(MEI, typo=False), FENG])
    assert stand(ledger)["C08"] == ["false_closing"]


def test_brothers_and_sisters_are_not_taken_for_each_other(
    ledger: sqlite3.Connection, tmp_path: Path
) -> None:
    sister = replace(MEI, name="赵小兰", number=4, typo=False)
    enter(ledger, tmp_path, OCTOBER, [MEI])
    enter(ledger, tmp_path, NOVEMBER, [sister])
    assert stand(ledger) == {"C02": ["closed"], "C08": ["closed", "new"], "C10": ["closed", "new"]}


def test_taking_the_child_off_the_list_is_told(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    enter(ledger, tmp_path, OCTOBER, [MEI, FENG, LIAN])
    enter(ledger, tmp_path, NOVEMBER, [FENG, LIAN.right()])
    closed = {
        row["child"]: row["child_gone"] for row in ledger.execute("SELECT * FROM issue WHERE rule = 'C10'")
    }
    assert closed == {"赵*梅": 1, "钱*峰": 0, "孙*莲": 0}
    found = review(ledger, NOVEMBER)
    assert (found.whole.counts["closed"], found.whole.gone) == (4, 3)
    heaviest = found.sample(3)[0]
    assert heaviest.item.gone and heaviest.item.row["child"] == "赵*梅"


def test_an_empty_form_closes_nothing(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    enter(ledger, tmp_path, OCTOBER, [MEI, FENG])
    enter(ledger, tmp_path, NOVEMBER, [])
    assert stand(ledger) == {"C02": ["open"], "C08": ["open"], "C10": ["open", "open"]}


def test_villages_of_one_name_stay_apart(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    for township, child in (("白石镇", MEI), ("清水乡", FENG)):
        folder = tmp_path / township / "新民村"
        write_roster(folder / "台账.xlsx", f"{township}新民村", "新民村", [child])
    (tmp_path / "lbt-audit.toml").write_text(
        'county = "青禾县"\n[units.townships]\n"白石镇" = ["新民村"]\n"清水乡" = ["新民村"]\n',
        encoding="utf-8",
    )
    from lbt_audit.config.load import load_county

    county = load_county(tmp_path / "lbt-audit.toml")

    def check(path: Path, as_of: date) -> None:
        request = Request(
            (path,),
            county,
            as_of=as_of,
            kinds=(("*", "village_book"),),
            select=("C10",),
            jobs=1,
            children=True,
        )
        record(ledger, audit(request))

    check(tmp_path, OCTOBER)
    units = [row["label"] for row in ledger.execute("SELECT label FROM labelled ORDER BY label")]
    assert units == ["清水乡新民村", "白石镇新民村"]
    check(tmp_path / "白石镇", NOVEMBER)
    assert stand(ledger) == {"C10": ["open", "open"]}
    write_roster(tmp_path / "白石镇/新民村/台账.xlsx", "白石镇新民村", "新民村", [MEI.right()])
    check(tmp_path / "白石镇", DECEMBER)
    assert stand(ledger) == {"C10": ["closed", "open"]}
    (open_one,) = ledger.execute("SELECT responsible_township FROM issue WHERE status = 'open'").fetchone()
    assert open_one == "清水乡"
