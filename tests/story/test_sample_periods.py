"""The sample county's three periods through the commands: the ledger says what the story says.

The planted issues are compared with ``truth_periods.json``, which is worked out from the story alone;
the counts of all issues together, whatever rule found them, with the audits' own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sample_data.generate.__main__ import differences
from sample_data.generate.periods.make import NAMES
from tests.command import run

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_data"
UNCLOSED = ("new", "open", "claimed", "false_closing", "relapsed")


@dataclass
class Step:
    """What the ledger's export says after a step, and what the command printed."""

    code: int
    out: str
    err: str
    report: dict[str, Any]


@dataclass
class Played:
    folder: Path
    steps: list[Step] = field(default_factory=list)


def call(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(*arguments, cwd=folder, env={"LBT_AUDIT_LANG": "zh", "COLUMNS": "100"})


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SAMPLE / "truth_periods.json").read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The commands of the README, one after the other."""
    played = Played(tmp_path_factory.mktemp("periods"))
    ledger = ("--ledger", "ledger.db")
    assert call(played.folder, "sample", "demo", "--periods").returncode == 0
    for day, command in (
        ("2026-10-31", ("check", "demo/2026-10", *ledger, "--out", "10")),
        ("2026-11-16", ("ledger", "reply", "demo/replies", *ledger, "--on", "2026-11-16")),
        ("2026-11-30", ("recheck", "demo/2026-11", *ledger, "--out", "11")),
        ("2026-12-31", ("recheck", "demo/2026-12", *ledger, "--out", "12", "--sample", "10")),
    ):
        done = call(played.folder, *command)
        exported = call(played.folder, "ledger", "export", *ledger, "--format", "json", "--as-of", day)
        assert exported.returncode == 0, done.stderr + exported.stderr
        status = call(played.folder, "ledger", "status", *ledger, "--as-of", day)
        assert status.returncode == 0, status.stderr
        report = json.loads(exported.stdout)
        played.steps.append(Step(done.returncode, done.stdout, done.stderr, report))
    return played


def words(issue: dict[str, Any], day: str) -> list[str]:
    """As ``truth_periods.json`` tells it: status, then expired and overdue."""
    until = issue["waived_until"]
    expired = until is not None and until < day and issue["status"] in UNCLOSED
    return [issue["status"], *(["expired"] if expired else []), *(["overdue"] if issue["overdue"] else [])]


def counted(issues: list[dict[str, Any]], day: str) -> Counter[str]:
    return Counter(word for issue in issues for word in words(issue, day))


def test_every_step_runs_to_its_end(played: Played) -> None:
    assert [step.code for step in played.steps] == [1, 1, 1, 1], played.steps[-1].err


@pytest.mark.parametrize("at", range(4))
def test_every_count_is_right(played: Played, truth: dict[str, Any], at: int) -> None:
    step = truth["steps"][at]
    issues = [i for i in played.steps[at].report["issues"] if i["rule"] in truth["rules"]]
    planted = {i["rule"] for i in issues}
    assert planted == set(truth["rules"]) if at == 0 else planted >= set(truth["rules"])
    assert counted(issues, step["day"]) == step["counts"]
    units = {u: dict(counted([i for i in issues if i["unit"] == u], step["day"])) for u in step["units"]}
    assert units == step["units"]


@pytest.mark.parametrize("at", range(4))
def test_every_planted_issue_stands_as_told(played: Played, truth: dict[str, Any], at: int) -> None:
    day = truth["steps"][at]["day"]
    held = {i["issue"]: " ".join(words(i, day)) for i in played.steps[at].report["issues"]}
    wanted = {i["issue"]: i["status"][at] for i in truth["issues"] if i["issue"]}
    assert len(wanted) > 60
    assert {key: held.get(key, "") for key in wanted} == wanted


def test_every_status_is_reached(truth: dict[str, Any]) -> None:
    reached = {status for step in truth["steps"] for status in step["counts"]}
    assert reached == {*UNCLOSED, "closed", "waived", "overdue", "expired"}


def test_replies_are_taken_and_the_changed_number_refused(played: Played, truth: dict[str, Any]) -> None:
    step, replies = played.steps[1], truth["replies"]
    assert step.code == 1  # one row was refused
    assert f"收下答复 {replies['entered']} 条（其中报称已整改 {replies['claims']} 条）" in step.out
    (cell,) = replies["refused"]
    assert cell in step.err
    assert step.err.count("无法对应到台账") == 1
    assert {p.suffix for p in (SAMPLE / "replies").iterdir()} == {".xlsx", ".xls", ".csv"}


def test_replies_carry_numbers_that_were_sent_out(played: Played, truth: dict[str, Any]) -> None:
    """The workbooks written by ``check`` hold every number the committed replies answer."""
    import openpyxl

    for unit in {i["unit"] for i in truth["issues"] if i["reply"]}:
        (book,) = (played.folder / "10/责任单位" / unit).glob("*.xlsx")
        sent = {str(c.value) for row in openpyxl.load_workbook(book).active.iter_rows() for c in row}
        assert {i["issue"] for i in truth["issues"] if i["unit"] == unit and i["issue"]} <= sent


def test_a_file_not_handed_in_closes_nothing(played: Played, truth: dict[str, Any]) -> None:
    village = "石桥村"
    assert not [p for p in (SAMPLE / "periods/2026-11").rglob("*") if village in p.name]
    assert [p for p in (SAMPLE / "periods/2026-12").rglob("*") if village in p.name]
    mine = [i for i in truth["issues"] if village in (i["path"] or "") and i["status"][0]]
    assert mine
    assert "closed" not in {i["status"][2] for i in mine}
    assert "claimed overdue" in {i["status"][2] for i in mine}


def test_waivers(played: Played, truth: dict[str, Any]) -> None:
    used, unused = truth["waivers"]
    if not used["used"]:
        used, unused = unused, used
    november, december = played.steps[2], played.steps[3]
    assert next(i for i in november.report["issues"] if i["issue"] == used["issue"])["status"] == "waived"
    assert "豁免已到期、重新计入的 1 条" in december.out
    for step in (november, december):
        assert unused["issue"] in step.out
        assert "豁免不再需要" in step.out


def test_relapsed_and_falsely_claimed_by_history(played: Played, truth: dict[str, Any]) -> None:
    stories = {
        "back": ["发现", "单位报称已整改", "复查无此问题，销号", "销号后再次出现"],
        "false_claim": ["发现", "单位报称已整改", "报称已整改，复查仍存在"],
        "late": ["发现", "单位报称已整改", "报称已整改，复查仍存在", "复查无此问题，销号"],
    }
    for fate, events in stories.items():
        issue = next(
            i for i in truth["issues"] if i["fate"] == fate and i["reply"] == "done" and "claimed" not in i["status"][2]
        )  # fmt: skip
        got = call(played.folder, "ledger", "history", issue["issue"][:10], "--ledger", "ledger.db").stdout
        lines = [line for line in got.splitlines() if re.match(r"\d{4}-", line)]
        assert len(lines) == len(events)
        assert all(event in line for event, line in zip(events, lines, strict=True)), lines


def test_regenerating_gives_the_committed_files(tmp_path: Path) -> None:
    # In a process of its own: xlwt keeps module state that other tests' workbooks leave behind.
    command = [sys.executable, "-m", "sample_data.generate.periods", "--out", str(tmp_path)]
    subprocess.run(command, check=True, cwd=SAMPLE.parent, stdout=subprocess.DEVNULL)
    assert differences(tmp_path, SAMPLE, NAMES) == []


def test_the_whole_sample_stays_small() -> None:
    names = ("qinghe", "clean", "periods", "replies")
    assert sum(p.stat().st_size for n in names for p in (SAMPLE / n).rglob("*") if p.is_file()) < 8_000_000


@pytest.mark.parametrize("at", [2, 3])
def test_screen_and_export_agree(played: Played, at: int) -> None:
    """Whatever rule found them: the last line of the screen counts what the export lists."""
    issues = played.steps[at].report["issues"]
    closed = sum(i["status"] == "closed" for i in issues)
    overdue = sum(i["overdue"] for i in issues)
    assert played.steps[at].out.splitlines()[-1].startswith(f"共 {len(issues)} 条问题：已销号 {closed}，")
    assert f"逾期 {overdue}" in played.steps[at].out.splitlines()[-1]
