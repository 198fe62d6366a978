"""What people type into a reply: names of children, and signs that say nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.factory import audit
from tests.ledger.returning import LATER, OCTOBER, OURS, THEIRS, WHOLE, fill, save, with_children

from lbt_audit.engine.audit import Audit
from lbt_audit.ledger.replies.collect import collect

CHILDREN = {1: "任*鑫", 2: "周*", 3: "欧阳*", 4: "阿依古丽·**", 5: "石**", 9: "黄*泽(*)"}


@pytest.fixture
def october() -> Audit:
    return with_children(audit(OCTOBER, [*OURS, *THEIRS]), CHILDREN)


@pytest.mark.parametrize(
    ("number", "typed", "kept"),
    [
        (1, "已为任一鑫补填", "已为任*鑫补填"),
        (1, "任 一 鑫的家长已补", "任*鑫的家长已补"),
        (1, "任　一鑫、任一鑫之父", "任*鑫、任*鑫之父"),
        (1, "班主任已完成任务", "班主任已完成任务"),
        (1, "同村欧阳娜也已更正", "同村欧阳*也已更正"),  # the child of another row
        (1, "任一鑫 529901201503120017", "任*鑫 5299**********0017"),
        (2, "为周明补填，周边已查", "为周*补填，周边已查"),
        (2, "清水乡周明", "清水乡周*"),
        (3, "欧阳娜已更正", "欧阳*已更正"),
        (4, "阿依古丽•买买提补办", "阿依古丽·**办"),  # a dotted name has no end one can see
        (5, "石小花已补，白石镇已核", "石**已补，白石镇已核"),
    ],
)
def test_the_childs_name_is_masked(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, number: int, typed: str, kept: str
) -> None:
    fill(book, {number: WHOLE | {"measure": typed, "evidence": typed}}).save(tmp_path / "a.xlsx")
    assert collect(ledger, [tmp_path / "a.xlsx"], LATER).entered == 1
    got = ledger.execute("SELECT measure, evidence, person FROM reply").fetchone()
    assert tuple(got) == (kept, kept, "王某")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("罗文彬", "罗文彬"), ("任大鑫", "任*鑫"), ("周明", "周明"), ("王某13800138000", "王某138****8000")],
)
def test_the_official_keeps_his_name(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, typed: str, kept: str
) -> None:
    fill(book, {1: WHOLE | {"person": typed}}).save(tmp_path / "a.xlsx")
    collect(ledger, [tmp_path / "a.xlsx"], LATER)
    assert ledger.execute("SELECT person FROM reply").fetchone()[0] == kept
    assert ledger.execute("SELECT detail FROM event WHERE kind = 'reply_done'").fetchone()[0] == kept


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_names_of_files_and_sheets(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, suffix: str
) -> None:
    workbook = fill(book, {1: {"state": "已整改"}, 2: WHOLE | {"done_on": "任一鑫"}})
    workbook.active.title = "周明"
    folder = tmp_path / "白石镇"
    folder.mkdir()
    save(workbook, folder / f"任一鑫回复.{suffix}")
    got = collect(ledger, [folder], LATER)
    texts = [r.place + r.text.zh + r.text.en for r in got.refusals] + [r.source for r, _ in got.incomplete]
    assert len(texts) == 2
    assert all("任*鑫回复" in text for text in texts)
    for told in (*texts, "\n".join(ledger.iterdump())):
        assert "任一鑫" not in told
        assert "周明" not in told


def test_refusals_repeat_nothing_that_may_be_a_name(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path
) -> None:
    answers = {1: {"state": "任一鑫"}, 2: WHOLE | {"done_on": "周明"}, 3: WHOLE | {"issue": "欧阳娜"}}
    fill(book, answers).save(tmp_path / "a.xlsx")
    refusals = collect(ledger, [tmp_path / "a.xlsx"], LATER).refusals
    assert len(refusals) == 3
    told = "".join(r.text.zh + r.text.en for r in refusals)
    assert not any(name in told for name in ("任一鑫", "周明", "欧阳娜"))


@pytest.mark.parametrize("sign", ["/", "无", "—", "暂无", "同上", "－", "〃", "无。", " ", "N/A"])
def test_signs_that_say_nothing_are_missing(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, sign: str
) -> None:
    answer = {"state": "已整改"} | dict.fromkeys(("measure", "person", "done_on", "evidence"), sign)
    blank = dict.fromkeys(("state", "measure", "person", "done_on", "evidence"), sign)
    fill(book, {1: answer, 2: blank}).save(tmp_path / "a.xlsx")
    got = collect(ledger, [tmp_path / "a.xlsx"], LATER)
    assert (got.entered, got.claims, got.refusals) == (1, 1, [])
    ((_, gap),) = got.incomplete
    assert gap.zh == "缺整改措施、整改人、完成日期、佐证材料"
    assert gap.en == "lacks measure, person, date, evidence"


@pytest.mark.parametrize("meant", ["附件1", "×镇公示照片", "已更正", "0号文件"])
def test_what_says_something_is_kept(
    ledger: sqlite3.Connection, book: Path, tmp_path: Path, meant: Any
) -> None:
    fill(book, {1: WHOLE | {"evidence": meant}}).save(tmp_path / "a.xlsx")
    assert collect(ledger, [tmp_path / "a.xlsx"], LATER).incomplete == []
    assert ledger.execute("SELECT evidence FROM reply").fetchone()[0] == meant
