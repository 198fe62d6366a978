"""Waivers of the ledger and of the county file, spot-check samples, what the ledger holds."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from tests.ledger.factory import Seen, audit

from lbt_audit.config.county import County
from lbt_audit.config.schema import WaiverEntry
from lbt_audit.engine.audit import ISSUE_SCHEMA
from lbt_audit.intake.table import Column, Submission, Table
from lbt_audit.ledger.database.store import LedgerError, open_ledger
from lbt_audit.ledger.recording.record import record
from lbt_audit.ledger.recording.session import enter
from lbt_audit.ledger.state.recheck import review
from lbt_audit.ledger.state.sampling import sample
from lbt_audit.ledger.state.summary import items
from lbt_audit.ledger.waivers import Waiver, adopt, grant
from lbt_audit.model.unit import Unit

OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)
ONE, TWO = Seen(1), Seen(2)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_ledger(tmp_path / "台账.db") as connection:
        record(connection, audit(OCTOBER, [ONE, TWO]))
        yield connection


def waiver(issue: str, until: date = NOVEMBER, source: str = "county") -> Waiver:
    return Waiver(issue, "户口正在办理", "县民政局", until, source)


def test_a_waiver_names_an_issue_by_its_beginning(ledger: sqlite3.Connection) -> None:
    with pytest.raises(LedgerError, match="多个问题"):
        grant(ledger, waiver("0000"), OCTOBER)
    with pytest.raises(LedgerError, match="没有问题"):
        grant(ledger, waiver("abc"), OCTOBER)
    with pytest.raises(LedgerError, match="不是问题编号"):
        grant(ledger, waiver("D01"[::-1] + "!"), OCTOBER)
    with pytest.raises(LedgerError, match="早于"):
        grant(ledger, waiver(ONE.fingerprint, OCTOBER), NOVEMBER)
    with pytest.raises(LedgerError, match="理由"):
        grant(ledger, replace(waiver(ONE.fingerprint), reason=" "), OCTOBER)
    assert grant(ledger, waiver(ONE.fingerprint.upper()), OCTOBER) == ONE.fingerprint


def test_the_county_files_waivers_come_and_go_with_it(ledger: sqlite3.Connection) -> None:
    own = waiver(TWO.fingerprint, source="ledger")
    grant(ledger, own, OCTOBER)
    lost = adopt(ledger, [waiver(ONE.fingerprint), waiver("ffff")], OCTOBER)
    assert [u.waiver.issue for u in lost] == ["ffff"]
    assert [i.status for i in items(ledger, OCTOBER)] == ["waived", "waived"]
    adopt(ledger, [waiver(ONE.fingerprint)], OCTOBER)  # the same again is no new event
    adopt(ledger, [], OCTOBER)
    assert [i.status for i in items(ledger, OCTOBER)] == ["new", "waived"]
    kinds = [r[0] for r in ledger.execute("SELECT kind FROM event WHERE fingerprint = ?", (ONE.fingerprint,))]
    assert kinds == ["found", "waived", "waiver_withdrawn"]


def test_expired_and_unused_waivers_are_told(ledger: sqlite3.Connection) -> None:
    grant(ledger, waiver(ONE.fingerprint, date(2026, 11, 10)), OCTOBER)
    grant(ledger, waiver(TWO.fingerprint, date(2026, 12, 31)), OCTOBER)
    record(ledger, audit(NOVEMBER, [ONE]))
    result = review(ledger)
    assert [i.row["fingerprint"] for i in result.expired] == [ONE.fingerprint]
    assert [(u.waiver.issue, u.rule, u.unit) for u in result.unused] == [(TWO.fingerprint, "D01", "白石镇")]
    assert result.whole.counts["waived"] == 0


def test_a_waiver_in_the_county_file_may_name_an_issue_found_for_the_first_time(tmp_path: Path) -> None:
    entry = WaiverEntry(issue=ONE.fingerprint, reason="在办", approved_by="王某", until=NOVEMBER)
    county = County(Path("lbt-audit.toml"), waivers=(entry,))
    entered = enter(audit(OCTOBER, [ONE, TWO]), county, tmp_path / "台账.db")
    assert entered.audit.issues["status"].to_pylist() == ["waived", "new"]
    assert entered.inspection.recheck.unused == []
    assert entered.inspection.recheck.changes["new"] == 2


def test_recheck_needs_a_ledger_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="没有找到") as caught:
        enter(audit(OCTOBER), None, tmp_path / "台账.db", create=False)
    assert caught.value.exit_code == 2
    assert not (tmp_path / "台账.db").exists()


# -- samples ---------------------------------------------------------------------------------------


def many(connection: sqlite3.Connection) -> None:
    record(connection, audit(NOVEMBER, [Seen(n, deadline=NOVEMBER) for n in range(1, 41)]))
    connection.execute("UPDATE issue SET status = 'false_closing' WHERE fingerprint < ?", (f"{11:016x}",))


def test_the_same_seed_draws_the_same_sample(ledger: sqlite3.Connection) -> None:
    many(ledger)
    everything = items(ledger, NOVEMBER)
    one = [p.item.row["fingerprint"] for p in sample(everything, 8, "2026-11-30")]
    assert one == [p.item.row["fingerprint"] for p in sample(reversed(everything), 8, "2026-11-30")]
    assert one != [p.item.row["fingerprint"] for p in sample(everything, 8, "another")]
    assert len(one) == len(set(one)) == 8
    assert len(sample(everything, 1000, "x")) == 40
    assert sample(everything, 0, "x") == []


def test_false_closings_are_drawn_four_times_as_often(ledger: sqlite3.Connection) -> None:
    many(ledger)
    everything = items(ledger, NOVEMBER)
    drawn: Counter[str] = Counter()
    for seed in range(800):
        (pick,) = sample(everything, 1, str(seed))
        drawn[pick.item.status] += 1
    # 10 of weight 16 against 30 of weight 4 to 6: expectation 0.57 (1.5 × for open) to 0.47
    assert 0.45 < drawn["false_closing"] / 800 < 0.67


def test_no_child_twice_and_nothing_waived(ledger: sqlite3.Connection) -> None:
    many(ledger)
    ledger.execute("UPDATE issue SET child_key = 'same' WHERE fingerprint < ?", (f"{6:016x}",))
    grant(ledger, waiver(f"{40:016x}", date(2026, 12, 31)), NOVEMBER)
    picks = sample(items(ledger, NOVEMBER), 100, "x")
    assert len(picks) == 40 - 4 - 1
    assert f"{40:016x}" not in {p.item.row["fingerprint"] for p in picks}


# -- nothing in clear ------------------------------------------------------------------------------


def test_an_unmasked_audit_is_masked_in_the_ledger(tmp_path: Path) -> None:
    plain = audit(OCTOBER, [ONE])
    columns = {
        "child": "杨晓峰",
        "message": "杨晓峰（52990120150312001X）的母亲",
        "id_no": "52990120150312001X",
    }
    issues = plain.issues
    for name, value in columns.items():
        index = issues.schema.get_field_index(name)
        issues = issues.set_column(index, ISSUE_SCHEMA.field(name), pa.array([value]))
    clear = replace(plain, issues=issues, run=replace(plain.run, mask="none"))
    enter(clear, None, tmp_path / "台账.db")
    held = (tmp_path / "台账.db").read_bytes()
    assert "杨晓峰".encode() not in held
    assert b"52990120150312001X" not in held
    assert "杨*峰".encode() in held


def test_forms_named_after_a_child_do_not_name_it_in_the_ledger(tmp_path: Path) -> None:
    plain = audit(OCTOBER, [Seen(1, kinds=("child_form",))])
    path = "白石镇/杨晓峰登记表.xlsx"
    text = pa.array(["杨晓峰"])
    column = Column("child_name", 1, "姓名", "standard", text, np.zeros(1, np.uint8))
    table = Table(
        path, "杨晓峰", "child_form", Unit("township", "白石镇", "白石镇"), np.array([3], np.int32),
        {"child_name": column}, form=True,
    )  # fmt: skip
    places = plain.locations.to_pylist()
    for place in places:
        place |= {"path": path, "sheet": "杨晓峰"}
    changed = replace(
        plain,
        submissions=(Submission(path, "00" * 32, "audited", tables=(table,)),),
        locations=pa.Table.from_pylist(places, schema=plain.locations.schema),
    )
    with open_ledger(tmp_path / "台账.db") as connection:
        record(connection, changed)
        dump = "\n".join(connection.iterdump())
    assert "杨晓峰登记表.xlsx:杨晓峰!" not in dump
    assert "白石镇/杨*峰登记表.xlsx:杨*峰!" in dump


def unreadable(as_of: date, found: bool, read: int) -> object:
    """白石镇 hands in ``read`` readable files, and one that is not where ``found``."""
    base = audit(as_of, [Seen(7, kinds=())] if found else [], read=[("白石镇", f"k{n}") for n in range(read)])
    if not found:
        return base
    place = {
        "issue": 0,
        "path": "白石镇/坏.xlsx",
        "sheet": None,
        "row": None,
        "column": None,
        "field": None,
        "value": None,
    }
    return replace(
        base,
        submissions=(*base.submissions, Submission("白石镇/坏.xlsx", "00" * 32, "unreadable", "damaged")),
        locations=pa.Table.from_pylist([place], schema=base.locations.schema),
    )


def test_an_unreadable_file_is_made_good_only_by_a_file_in_its_stead(tmp_path: Path) -> None:
    def status(connection: sqlite3.Connection) -> str:
        return str(connection.execute("SELECT status FROM issue").fetchone()[0])

    with open_ledger(tmp_path / "台账.db") as connection:
        record(connection, unreadable(OCTOBER, True, 2))  # type: ignore[arg-type]
        record(connection, unreadable(NOVEMBER, False, 2))  # type: ignore[arg-type]
        assert status(connection) == "open"  # the two others again; the third is still missing
        record(connection, unreadable(date(2026, 12, 31), False, 3))  # type: ignore[arg-type]
        assert status(connection) == "closed"
