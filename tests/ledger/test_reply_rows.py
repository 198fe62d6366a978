"""Whose row is it: numbers swapped, rows answered twice, workbooks of other units."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.ledger.factory import Seen, audit
from tests.ledger.returning import (
    AT,
    HEADER,
    LATER,
    LETTER,
    NOVEMBER,
    OCTOBER,
    OURS,
    THEIRS,
    WHOLE,
    fill,
    moved_down,
    save,
    send,
    statuses,
    with_children,
    with_columns,
)  # fmt: skip

from lbt_audit.engine.audit import Audit
from lbt_audit.ledger.database.store import open_ledger
from lbt_audit.ledger.recording.record import record
from lbt_audit.ledger.replies.collect import collect

CHILDREN = {1: "杨*月", 2: "刘*泽", 3: "杨*月", 4: None, 5: "欧阳*"}


@pytest.fixture
def october() -> Audit:
    """Issues 1 and 3 are of children one cannot tell apart by their masks; 4 is about no child."""
    return with_children(audit(OCTOBER, [*OURS, *THEIRS]), CHILDREN)


def row_of(workbook: Any, number: int) -> int:
    sheet = workbook.active
    rows = range(HEADER + 1, sheet.max_row + 1)
    return next(r for r in rows if int(sheet.cell(r, AT["issue"]).value or "0", 16) == number)


def swapped(book: Path, one: int, other: int) -> Any:
    """The row of ``one``, answered, bears the number of ``other``, and the other way round."""
    workbook = fill(book, {one: WHOLE})
    sheet, at = workbook.active, (row_of(workbook, one), row_of(workbook, other))
    keys = [sheet.cell(r, AT["issue"]).value for r in at]
    for row, key in zip(at, reversed(keys), strict=True):
        sheet.cell(row, AT["issue"]).value = key
    return workbook


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "csv"])
@pytest.mark.parametrize(("other", "column"), [(2, "child"), (3, "place"), (4, "place")])
def test_a_number_swapped_with_another_of_the_same_rule(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, other: int, column: str, suffix: str
) -> None:
    workbook = swapped(book, 1, other)
    row = row_of(workbook, other)
    save(workbook, tmp_path / f"a.{suffix}")
    got = collect(ledger, [tmp_path / f"a.{suffix}"], LATER)
    (refusal,) = got.refusals
    assert got.entered == 0
    assert refusal.place.endswith(f"!{LETTER[column]}{row}")
    assert "错行" in refusal.text.zh
    assert "shifted" in refusal.text.en
    assert set(statuses(ledger).values()) == {"new"}


@pytest.mark.parametrize(
    ("column", "value"),
    [("child", "王*月"), ("rule", "D02"), ("place", "白石镇/roster.xlsx:Sheet1!B88"), ("message", "问题 77")],
)
def test_every_column_that_contradicts(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, column: str, value: str
) -> None:
    fill(book, {1: WHOLE | {column: value}}).save(tmp_path / "a.xlsx")
    (refusal,) = collect(ledger, [tmp_path / "a.xlsx"], LATER).refusals
    assert refusal.place == f"a.xlsx:整改回复!{LETTER[column]}5"
    assert "王" not in refusal.text.zh


@pytest.mark.parametrize(
    "harmless",
    [
        {"child": "杨 * 月"},
        {"child": "杨小月"},  # written in full
        {"child": "杨**"},
        {"child": "杨*月（五年级）"},
        {"child": None, "place": None, "message": None, "rule": None},
        {"child": "—", "message": "问 题 1（已核实）"},
        {"place": "白石镇/roster.xlsx: Sheet1!B6、C6"},
        {"issue": " 0000000000 000001 "},
    ],
)
def test_what_contradicts_nothing(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, harmless: dict[str, Any]
) -> None:
    fill(book, {1: WHOLE | harmless}).save(tmp_path / "a.xlsx")
    got = collect(ledger, [tmp_path / "a.xlsx"], LATER)
    assert (got.entered, got.refusals) == (1, [])


def test_a_workbook_of_before_the_newest_audit(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path
) -> None:
    """Since then rows moved: a place is no longer the ledger's, but it is not another child's either."""
    swapped(book, 1, 3).save(tmp_path / "swapped.xlsx")
    fill(book, {1: WHOLE}).save(tmp_path / "right.xlsx")
    moved = with_children(audit(NOVEMBER, OURS[:2] + OURS[3:]), CHILDREN)
    record(ledger, moved_down(moved))
    on = NOVEMBER + timedelta(days=1)
    (refusal,) = collect(ledger, [tmp_path / "swapped.xlsx"], on).refusals
    assert refusal.place == f"swapped.xlsx:整改回复!{LETTER['place']}5"
    assert collect(ledger, [tmp_path / "right.xlsx"], on).refusals == []


def test_two_audits_of_one_day(
    ledger: sqlite3.Connection, october: Audit, book: Path, tmp_path: Path
) -> None:
    """A township hands a better file in for the same day: what was sent before may still be answered."""
    record(ledger, moved_down(october))
    fill(book, {1: WHOLE}).save(tmp_path / "a.xlsx")
    assert collect(ledger, [tmp_path / "a.xlsx"], LATER).refusals == []


def copied(book: Path, number: int, answer: dict[str, Any]) -> Any:
    """The workbook with the row of ``number`` a second time at its end, answered otherwise."""
    workbook = fill(book, {number: WHOLE})
    sheet, row, last = workbook.active, row_of(workbook, number), workbook.active.max_row + 3
    for column in range(1, sheet.max_column + 1):
        sheet.cell(last, column).value = sheet.cell(row, column).value
    for key, value in answer.items():
        sheet.cell(last, AT[key]).value = value
    return workbook


def test_two_contradictory_answers_are_both_refused(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path
) -> None:
    copied(book, 1, {"state": "未整改", "measure": "还没有"}).save(tmp_path / "a.xlsx")
    got = collect(ledger, [tmp_path / "a.xlsx"], LATER)
    cells = [f"a.xlsx:整改回复!K{row}" for row in (5, 12)]
    assert [r.place for r in got.refusals] == cells
    assert cells[1] in got.refusals[0].text.zh and "整改情况、整改措施" in got.refusals[0].text.zh
    assert cells[0] in got.refusals[1].text.en
    assert (got.entered, statuses(ledger)[1]) == (0, "new")


def test_contradictions_between_files(ledger: sqlite3.Connection, book: Path, tmp_path: Path) -> None:
    for name, measure in (("a", "入户更正"), ("b", "电话核实")):
        fill(book, {1: WHOLE | {"measure": measure}, 2: WHOLE}).save(tmp_path / f"{name}.xlsx")
    got = collect(ledger, [tmp_path / "a.xlsx", tmp_path / "b.xlsx"], LATER)
    assert {r.place for r in got.refusals} == {"a.xlsx:整改回复!L5", "b.xlsx:整改回复!L5"}
    assert (got.entered, got.repeated, statuses(ledger)[2]) == (1, 1, "claimed")


@pytest.mark.parametrize("again", [{}, {"measure": "入户 核实后更正"}, {"evidence": None, "person": "/"}])
def test_the_same_answer_twice_counts_once(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, again: dict[str, Any]
) -> None:
    copied(book, 1, again).save(tmp_path / "a.xlsx")
    got = collect(ledger, [tmp_path / "a.xlsx"], LATER)
    assert (got.entered, got.repeated, got.refusals, got.incomplete) == (1, 1, [], [])


def test_a_later_batch_supersedes(ledger: sqlite3.Connection, book: Path, tmp_path: Path) -> None:
    for state in ("整改中", "已整改"):
        fill(book, {1: WHOLE | {"state": state}}).save(tmp_path / "a.xlsx")
        assert collect(ledger, [tmp_path / "a.xlsx"], LATER).entered == 1
    assert statuses(ledger)[1] == "claimed"


def pasted(into: Path, row_from: Path) -> Any:
    """The first row of ``row_from``, answered, at the end of the workbook ``into``."""
    workbook = openpyxl.load_workbook(into)
    row = [c.value for c in fill(row_from, {1: WHOLE, 2: WHOLE}).active[HEADER + 1]]
    for column, value in enumerate(row, 1):
        workbook.active.cell(HEADER + 2, column).value = value
    return workbook


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "csv"])
@pytest.mark.parametrize("kept", ["both", "title", "mark"])
def test_the_workbook_of_another_unit(
    ledger: sqlite3.Connection, october: Audit, book: Path, tmp_path: Path, kept: str, suffix: str
) -> None:
    workbook = pasted(send(october, tmp_path / "theirs.xlsx", "清水乡"), book)
    if kept == "title":
        workbook.active["A3"] = "请于11月20日前交回"
    if kept == "mark":
        workbook.active["A1"] = "整改情况"
    save(workbook, tmp_path / f"a.{suffix}")
    (refusal,) = collect(ledger, [tmp_path / f"a.{suffix}"], LATER).refusals
    assert refusal.place.endswith("!B6")
    assert "由白石镇负责，这是清水乡的回复表" in refusal.text.zh


def test_a_title_retyped(ledger: sqlite3.Connection, book: Path, tmp_path: Path) -> None:
    for title, taken in (
        ("清水乡 整改回复表", 0),
        ("青禾县留守儿童问题整改回复表", 1),
        ("白石镇报送整改回复", 1),
    ):
        workbook = fill(book, {1: WHOLE})
        workbook.active["A1"] = title
        workbook.save(tmp_path / "a.xlsx")
        got = collect(ledger, [tmp_path / "a.xlsx"], LATER)
        assert got.entered + got.repeated == taken


def test_a_workbook_that_says_nothing_of_its_unit(
    ledger: sqlite3.Connection, october: Audit, book: Path, tmp_path: Path
) -> None:
    workbook = pasted(send(october, tmp_path / "theirs.xlsx", "清水乡"), book)
    workbook.active.cell(5, AT["state"]).value = "整改中"
    workbook.active.delete_rows(1, 3)
    workbook.save(tmp_path / "a.xlsx")
    got = collect(ledger, [tmp_path / "a.xlsx"], LATER)
    assert (got.entered, got.refusals) == (2, [])
    (remark,) = got.remarks
    assert (remark.place, "分属 清水乡、白石镇" in remark.text.zh) == ("a.xlsx", True)


def test_workbooks_put_together_with_a_column_for_the_unit(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path
) -> None:
    workbook = fill(book, {1: WHOLE, 2: WHOLE})
    sheet = workbook.active
    sheet.delete_rows(1, 3)
    sheet.insert_cols(1)
    sheet["A1"] = "责任单位"
    for row, unit in ((2, "清水乡"), (3, "白石镇人民政府")):
        sheet.cell(row, 1).value = unit
    workbook.save(tmp_path / "a.xlsx")
    got = collect(ledger, [tmp_path / "a.xlsx"], LATER)
    (refusal,) = got.refusals
    assert (refusal.place, got.entered, statuses(ledger)[2]) == ("a.xlsx:整改回复!A2", 1, "claimed")


def test_a_township_answers_for_its_villages(tmp_path: Path) -> None:
    of = with_columns(
        audit(OCTOBER, [Seen(1), Seen(2)]),
        responsible_level=["township", "village"],
        responsible_unit=["白石镇", "大坪村"],
        responsible_township=[None, "白石镇"],
    )
    with open_ledger(tmp_path / "台账.db") as ledger:
        record(ledger, of)
        fill(send(of, tmp_path / "village.xlsx", "大坪村"), {2: WHOLE}).save(tmp_path / "own.xlsx")
        workbook = pasted(send(of, tmp_path / "town.xlsx"), tmp_path / "own.xlsx")
        workbook.save(tmp_path / "a.xlsx")
        assert collect(ledger, [tmp_path / "own.xlsx"], LATER).entered == 1
        assert collect(ledger, [tmp_path / "a.xlsx"], LATER).refusals == []
        foreign = openpyxl.load_workbook(tmp_path / "own.xlsx")
        foreign.active["A3"] = "〔责任单位：清水乡／大坪村〕"  # a village of that name in another township
        foreign.save(tmp_path / "twin.xlsx")
        (refusal,) = collect(ledger, [tmp_path / "twin.xlsx"], LATER).refusals
        assert "由大坪村负责" in refusal.text.zh


def test_a_number_the_issue_came_to_bear(ledger: sqlite3.Connection, book: Path, tmp_path: Path) -> None:
    """The child's ID number was corrected: a workbook written since bears the new number of the issue."""
    new = "00000000000000ab"
    ledger.execute("INSERT INTO renumbered VALUES (?, ?)", (new, OURS[0].fingerprint))
    fill(book, {1: WHOLE | {"issue": new}}).save(tmp_path / "a.xlsx")
    assert collect(ledger, [tmp_path / "a.xlsx"], LATER).refusals == []
    assert statuses(ledger)[1] == "claimed"


@pytest.mark.parametrize("hyphen", ["-", "\u2011", " - "], ids=["hyphen", "unbroken", "blanks"])
def test_a_row_may_bear_the_number_of_the_order(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, hyphen: str
) -> None:
    (number,) = ledger.execute(
        "SELECT number FROM issue WHERE fingerprint = ?", (Seen(1).fingerprint,)
    ).fetchone()
    shown = hyphen.join(number.split("-"))
    workbook = fill(book, {1: WHOLE})
    workbook.active.cell(row_of(workbook, 1), AT["issue"]).value = shown
    save(workbook, tmp_path / "a.xlsx")
    got = collect(ledger, [tmp_path / "a.xlsx"], LATER)
    assert got.entered == 1 and not got.refusals and statuses(ledger)[1] != "new"


def test_what_only_looks_like_a_number_is_not_repeated(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path
) -> None:
    workbook = fill(book, {1: WHOLE})
    workbook.active.cell(row_of(workbook, 1), AT["issue"]).value = "杨晓峰-2015-03"
    save(workbook, tmp_path / "a.xlsx")
    got = collect(ledger, [tmp_path / "a.xlsx"], LATER)
    (refusal,) = got.refusals
    assert got.entered == 0 and "晓峰" not in f"{refusal.text.zh}{refusal.text.en}{refusal.place}"
