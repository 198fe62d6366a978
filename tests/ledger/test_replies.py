"""Reply workbooks sent out, filled in, mangled and read back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.ledger.returning import (
    AT,
    HEADER,
    LATER,
    LETTER,
    WHOLE,
    fill,
    save,
    statuses,
)

from lbt_audit.ledger.replies.answering import answering
from lbt_audit.ledger.replies.collect import collect

Fill = Callable[[Any], None]


def test_a_filled_workbook_is_taken(ledger: sqlite3.Connection, book: Path, tmp_path: Path) -> None:
    fill(book, {1: WHOLE, 2: {"state": "整改中"}, 3: {"state": "有异议", "measure": "情况不实"}}).save(
        tmp_path / "a.xlsx"
    )
    got = collect(ledger, [tmp_path / "a.xlsx"], LATER)
    assert (got.entered, got.claims, got.repeated, got.refusals, got.incomplete) == (3, 1, 0, [], [])
    assert statuses(ledger) == {1: "claimed", 2: "new", 3: "new", 4: "new", 5: "new", 9: "new"}
    reply = dict(ledger.execute("SELECT * FROM reply WHERE state = 'done'").fetchone())
    assert (reply["person"], reply["done_on"], reply["day"]) == ("王某", "2026-11-03", "2026-11-20")
    waiting = {a.unit: (a.answered, a.issues, a.claimed) for a in answering(ledger)}
    assert waiting == {"清水乡": (0, 1, 0), "白石镇": (3, 5, 1)}
    assert answering(ledger)[0].unit == "清水乡"  # who has not answered comes first


def test_the_same_workbook_twice_counts_once(ledger: sqlite3.Connection, book: Path, tmp_path: Path) -> None:
    fill(book, {1: WHOLE}).save(tmp_path / "a.xlsx")
    collect(ledger, [tmp_path / "a.xlsx"], LATER)
    again = collect(ledger, [tmp_path / "a.xlsx"], LATER)
    assert (again.entered, again.repeated) == (0, 1)
    assert ledger.execute("SELECT count(*) FROM reply").fetchone()[0] == 1


def test_an_empty_workbook_answers_nothing(ledger: sqlite3.Connection, book: Path) -> None:
    got = collect(ledger, [book], LATER)
    assert (got.entered, got.refusals) == (0, [])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026.11.3", "2026-11-03"),
        ("2026年11月3日", "2026-11-03"),
        ("2026/11/03", "2026-11-03"),
        ("20261103", "2026-11-03"),
        (datetime(2026, 11, 3), "2026-11-03"),
        (46329, "2026-11-03"),  # a serial in a cell without date format
        ("46329", "2026-11-03"),
        ("11月3日", "2026-11-03"),
        ("11.3", "2026-11-03"),
        ("11-3", "2026-11-03"),
        (11.5, "2026-11-05"),
        ("11/3", "2026-11-03"),
        ("十一月三日", "2026-11-03"),
        ("2026—11—3", "2026-11-03"),
        ("2026 11 3", "2026-11-03"),
        ("2026.11.03.", "2026-11-03"),
        ("２０２６．１１．３", "2026-11-03"),
    ],
)
def test_dates_in_any_notation(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, written: Any, day: str
) -> None:
    fill(book, {1: WHOLE | {"done_on": written}}).save(tmp_path / "a.xlsx")
    got = collect(ledger, [tmp_path / "a.xlsx"], LATER)
    assert got.refusals == []
    assert ledger.execute("SELECT done_on FROM reply").fetchone()[0] == day


@pytest.mark.parametrize(
    ("answer", "column", "says"),
    [
        (WHOLE | {"done_on": "2026-12-01"}, "done_on", "晚于"),
        (WHOLE | {"done_on": "11月初"}, "done_on", "无法识别"),
        (WHOLE | {"done_on": "2026年11月"}, "done_on", "写到日"),
        (WHOLE | {"done_on": 11.3}, "done_on", "末尾的0"),  # the 3rd or the 30th
        (WHOLE | {"done_on": "12.3"}, "done_on", "2025-12-03 早于问题发现日期 2026-10-31"),
        (WHOLE | {"done_on": "2026-10-30"}, "done_on", "改好后重交"),
        (WHOLE | {"state": "差不多了"}, "state", "须为"),
        ({"measure": "已核实"}, "state", "须为"),
        (WHOLE | {"issue": "00000000000001"}, "issue", "改动"),
        (WHOLE | {"issue": "删了"}, "issue", "改动"),
        (WHOLE | {"issue": None}, "issue", "删除"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_cell(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, answer: dict[str, Any], column: str, says: str
) -> None:
    workbook = fill(book, {1: answer})
    workbook.save(tmp_path / "a.xlsx")
    got = collect(ledger, [tmp_path / "a.xlsx"], LATER)
    assert got.entered == 0
    (refusal,) = got.refusals
    assert refusal.place == f"a.xlsx:整改回复!{LETTER[column]}5"
    assert says in refusal.text.zh


def test_a_changed_key_that_still_looks_like_one(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path
) -> None:
    fill(book, {1: WHOLE | {"issue": "00000000000000ff"}}).save(tmp_path / "a.xlsx")
    (refusal,) = collect(ledger, [tmp_path / "a.xlsx"], LATER).refusals
    assert "00000000000000ff" in refusal.text.zh
    assert refusal.place == "a.xlsx:整改回复!B5"


def test_keys_shifted_against_their_rows(ledger: sqlite3.Connection, book: Path, tmp_path: Path) -> None:
    fill(book, {1: WHOLE | {"rule": "E04"}}).save(tmp_path / "a.xlsx")
    (refusal,) = collect(ledger, [tmp_path / "a.xlsx"], LATER).refusals
    assert (refusal.place, "错行" in refusal.text.zh) == ("a.xlsx:整改回复!C5", True)
    assert statuses(ledger)[1] == "new"


def moved(workbook: Any) -> None:
    sheet = workbook.active
    sheet.move_range("A5:O9", rows=7)
    sheet.cell(5, 2).value = "白石镇报送，王某"


def with_columns(workbook: Any) -> None:
    workbook.active.insert_cols(2, 2)
    workbook.active.cell(HEADER, 2).value = "村"
    workbook.active.insert_cols(12)
    workbook.active.cell(HEADER, 12).value = "村主任意见"


def other_headers(workbook: Any) -> None:
    sheet = workbook.active
    names = {
        "issue": "编 号",
        "state": "是否整改*",
        "measure": "措施：",
        "person": "责任人",
        "done_on": "整改完成日期",
    }
    for key, name in names.items():
        sheet.cell(HEADER, AT[key]).value = name


def header_twice(workbook: Any) -> None:
    sheet = workbook.active
    sheet.insert_rows(7)
    for column in range(1, sheet.max_column + 1):
        sheet.cell(7, column).value = sheet.cell(HEADER, column).value


def reordered(workbook: Any) -> None:
    sheet = workbook.active
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=5, max_row=9)]
    for number, row in enumerate(reversed(rows), 5):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value


def second_sheet(workbook: Any) -> None:
    workbook.active.title = "Sheet1 (2)"
    workbook.create_sheet("说明", 0).cell(1, 1).value = "请见第二张表"


@pytest.mark.parametrize(
    "mangle", [moved, with_columns, other_headers, header_twice, reordered, second_sheet]
)
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "csv"])
def test_mangled_workbooks_are_still_read(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, mangle: Fill, suffix: str
) -> None:
    workbook = fill(book, {n: WHOLE | {"person": f"人{n}"} for n in (1, 2, 4)})
    mangle(workbook)
    path = tmp_path / f"回复.{suffix}"
    save(workbook, path)
    got = collect(ledger, [path], LATER)
    if mangle is moved:  # the note typed into the key column of a row without answer says nothing
        assert [r for r in got.refusals if "改动" not in r.text.zh] == []
    else:
        assert got.refusals == []
    people = {int(r[0], 16): r[1] for r in ledger.execute("SELECT fingerprint, person FROM reply")}
    assert people == {1: "人1", 2: "人2", 4: "人4"}


def test_claims_that_lack_something_are_claims_and_are_told(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path
) -> None:
    fill(book, {1: {"state": "已整改", "person": "王某"}}).save(tmp_path / "a.xlsx")
    got = collect(ledger, [tmp_path / "a.xlsx"], LATER)
    ((reply, gap),) = got.incomplete
    assert (reply.person, gap.zh) == ("王某", "缺整改措施、完成日期、佐证材料")
    assert statuses(ledger)[1] == "claimed"


def test_a_claim_taken_back(ledger: sqlite3.Connection, book: Path, tmp_path: Path) -> None:
    fill(book, {1: WHOLE}).save(tmp_path / "a.xlsx")
    fill(book, {1: {"state": "未整改"}}).save(tmp_path / "b.xlsx")
    collect(ledger, [tmp_path / "a.xlsx"], LATER)
    collect(ledger, [tmp_path / "b.xlsx"], LATER)
    assert statuses(ledger)[1] == "new"


def test_files_that_are_no_replies(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    other = openpyxl.Workbook()
    other.active.append(["姓名", "性别"])
    other.save(tmp_path / "花名册.xlsx")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04broken")
    refused = {
        r.place: r.text.zh
        for r in collect(ledger, [tmp_path / "花名册.xlsx", tmp_path / "坏.xlsx"], LATER).refusals
    }
    assert set(refused) == {"花名册.xlsx", "坏.xlsx"}
    assert "不是整改回复表" in refused["花名册.xlsx"]


def test_identity_numbers_typed_into_a_reply_are_masked(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path
) -> None:
    fill(book, {1: WHOLE | {"measure": "身份证号更正为 52990120150312001X"}}).save(tmp_path / "a.xlsx")
    collect(ledger, [tmp_path / "a.xlsx"], LATER)
    assert "52990120150312001X" not in "\n".join(ledger.iterdump())
