"""``check --watch``: a clerk corrects, saves, and sees what is left. No moment is waited for: every turn ends in one line."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.benchmarks.registers import write_roster
from tests.e2e.desk import check
from tests.e2e.test_annotated_copy import CHILD, FATHER, column_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
WAITING = {"zh": "改好后保存即可", "en": "Correct and save"}
FAULTS = ((6, CHILD, "性别", ""), (8, CHILD, "民族", "火星族"), (12, FATHER, "联系电话", "139481271377"))
IGNORED = ("--ignore", "A01,A02,A07")  # what the form lacks is not the clerk's to mend
# Whoever runs the tests in the background ignores it.
COMMAND = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from lbt_audit.__main__ import main; main()"
)
_LIMIT = 300  # s; whoever waits longer hangs


class Watched:
    """A running ``check --watch``: what it says, turn by turn."""

    def __init__(self, process: subprocess.Popen[str], lang: str) -> None:
        self.process, self.waiting = process, WAITING[lang]
        self.turns = [self._turn()]

    def after(self, change: Callable[[], object]) -> str:
        """What is said after ``change``."""
        change()
        self.turns.append(self._turn())
        return self.turns[-1]

    def told(self) -> str:
        """The next line on stderr."""
        assert self.process.stderr is not None
        return self.process.stderr.readline()

    def end(self) -> int:
        """Ctrl-C; gives the exit code. Nothing was said since the last turn."""
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=_LIMIT)
        assert out == "" and "Traceback" not in err and "错误" not in err, (out, err)
        return self.process.returncode

    def _turn(self) -> str:
        assert self.process.stdout is not None
        lines: list[str] = []
        for line in self.process.stdout:
            if line.startswith(self.waiting):
                return "".join(lines)
            lines.append(line)
        assert self.process.stderr is not None
        raise AssertionError("".join(lines) + self.process.stderr.read())


@contextmanager
def watching(
    *arguments: object, cwd: Path, lang: str = "zh", env: dict[str, str] | None = None
) -> Iterator[Watched]:
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "check", "--watch", *IGNORED, *map(str, arguments)],
        cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "120", "LBT_AUDIT_LANG": lang, **(env or {})},
    )  # fmt: skip
    guard = threading.Timer(_LIMIT, process.kill)
    guard.start()
    try:
        yield Watched(process, lang)
    finally:
        guard.cancel()
        process.kill()
        process.communicate()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A list of twenty children with three faults, and beside it the paper the clerk looks things up on."""
    (tmp_path / "lbt-audit.toml").write_text(
        'extra_areas = ["529901"]\nas_of = 2026-10-31\n', encoding="utf-8"
    )
    write_roster(tmp_path / "paper.xlsx", 20)
    (tmp_path / "paper.xlsx").rename(tmp_path / "paper")
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "paper").read_bytes()))
    for row, group, leaf, wrong in FAULTS:
        book.active.cell(row, column_of(book.active, group, leaf)).value = wrong
    book.save(tmp_path / "花名册.xlsx")
    return tmp_path


def write(path: Path, changes: dict[tuple[int, str, str], Any], *, rename: bool = False) -> None:
    """Save ``changes`` as Excel does, into the file, or as WPS does: beside it, and then in its place."""
    book = openpyxl.load_workbook(path)
    for (row, group, leaf), value in changes.items():
        book.active.cell(row, column_of(book.active, group, leaf)).value = value
    if rename:
        book.save(path.with_name("~wps1234.tmp"))
        path.with_name("~wps1234.tmp").replace(path)
    else:
        book.save(path)


def right(desk: Path, fault: int) -> dict[tuple[int, str, str], Any]:
    """What the cell of a fault should hold."""
    row, group, leaf, _ = FAULTS[fault]
    paper = openpyxl.load_workbook(io.BytesIO((desk / "paper").read_bytes())).active
    return {(row, group, leaf): paper.cell(row, column_of(paper, group, leaf)).value}


@pytest.mark.parametrize("env", [{}, {"WATCHFILES_FORCE_POLLING": "1"}], ids=["events", "polling"])
def test_corrected_fault_by_fault_until_nothing_is_left(desk: Path, env: dict[str, str]) -> None:
    file = desk / "花名册.xlsx"
    with watching("花名册.xlsx", cwd=desk, env=env) as clerk:
        (first,) = clerk.turns
        assert re.search(r"\[\d\d:\d\d:\d\d\] 有 3 条问题", first) and "已消除" not in first
        assert all(place in first for place in ("花名册!C6", "花名册!D8", "B01 必填项缺失", "C13", "C14"))
        assert "lbt-report/问题清单.xlsx" in first

        said = clerk.after(lambda: write(file, right(desk, 0)))
        gone, left = said.split("尚余\n")
        assert "消除 1 条，尚余 2 条" in gone and "花名册!C6" in gone and "花名册!D8" in left
        assert "花名册!C6" not in left and "lbt-report" not in said and "新出现" not in said
        number = re.search(r"(\d) +黄 +\S+ +花名册!C6", first)
        assert number and re.search(rf"{number[1]} +黄 +\S+ +花名册!C6", gone)

        # Another slip made while mending; saved as WPS does.
        more = {**right(desk, 1), (9, CHILD, "性别"): "女男"}
        said = clerk.after(lambda: write(file, more, rename=True))
        assert "消除 1 条，新出现 1 条，尚余 2 条" in said
        assert re.search(r"新出现\n.*\n +4 +黄 +\S+ +花名册!C9 +C16", said)

        paper = openpyxl.load_workbook(io.BytesIO((desk / "paper").read_bytes())).active
        rest = {**right(desk, 2), (9, CHILD, "性别"): paper.cell(9, column_of(paper, CHILD, "性别")).value}
        said = clerk.after(lambda: write(file, rest, rename=True))
        assert "消除 2 条，尚余 0 条" in said and said.endswith("全部改好了，没有问题，可以报送。\n")
        assert clerk.end() == 0
    assert not (desk / "lbt-report" / "批注").exists()


def test_a_child_whose_number_is_put_right_keeps_its_other_issues(desk: Path) -> None:
    """Fingerprints are made of the number; nothing is told as gone and new for that."""
    file, number = desk / "花名册.xlsx", (6, CHILD, "公民身份证号码")
    paper = openpyxl.load_workbook(io.BytesIO((desk / "paper").read_bytes())).active
    valid = paper.cell(6, column_of(paper, CHILD, "公民身份证号码")).value
    write(file, {number: valid[:-1]})
    with watching("花名册.xlsx", "--no-documents", cwd=desk) as clerk:
        assert "C01" in clerk.turns[0]
        said = clerk.after(lambda: write(file, {number: valid}))
        assert "新出现" not in said and "尚余 3 条" in said and "B01 必填项缺失" in said.split("尚余\n")[1]
        assert clerk.end() == 0  # of warnings


def test_what_cannot_be_read_is_waited_for(desk: Path) -> None:
    file, whole = desk / "花名册.xlsx", (desk / "花名册.xlsx").read_bytes()
    with watching("花名册.xlsx", "--fail-on", "warning", cwd=desk) as clerk:
        file.unlink()
        assert "花名册.xlsx 不在原处了" in clerk.told()
        file.write_bytes(whole[: len(whole) // 2])
        assert "花名册.xlsx 还没有写完" in clerk.told()
        said = clerk.after(lambda: file.write_bytes(whole))
        assert "没有变化，尚余 3 条" in said and "花名册!C6" not in said
        assert len(clerk.turns) == 2 and clerk.end() == 1


def test_only_files_handed_in_start_a_turn(desk: Path) -> None:
    folder = desk / "报送"
    folder.mkdir()
    file = folder / "花名册.xlsx"
    (desk / "花名册.xlsx").rename(file)
    out = folder / "报告"
    with watching(folder, "--out", out, cwd=desk) as clerk:
        assert "花名册.xlsx:花名册!C6" in clerk.turns[0] or "花名册!C6" in clerk.turns[0]
        (folder / "~$花名册.xlsx").write_bytes(b"lock")
        (folder / ".~花名册.xlsx").write_bytes(b"lock")
        copy = out / "批注" / "花名册.xlsx"
        book = openpyxl.load_workbook(copy)
        book.save(copy)  # somebody works in the copy
        said = clerk.after(lambda: write(file, right(desk, 0), rename=True))
        assert "消除 1 条，尚余 2 条" in said and clerk.told().startswith("花名册.xlsx 已被改动或填写过")
        second = folder / "另一份.xlsx"
        said = clerk.after(lambda: second.write_bytes(file.read_bytes()))
        assert "新出现" in said and "另一份.xlsx" in said
        said = clerk.after(second.unlink)
        assert "新出现" not in said and "尚余 2 条" in said
        assert len(clerk.turns) == 4 and clerk.end() == 0


def test_in_english(desk: Path) -> None:
    file = desk / "花名册.xlsx"
    with watching("花名册.xlsx", "--no-documents", cwd=desk, lang="en") as clerk:
        assert "3 issues" in clerk.turns[0]
        said = clerk.after(lambda: write(file, {k: v for n in range(3) for k, v in right(desk, n).items()}))
        assert "3 gone, 0 left" in said and "Nothing is left to correct" in said
        assert clerk.end() == 0


def test_a_slip_in_the_county_file_ends_nothing(desk: Path) -> None:
    county, file = desk / "lbt-audit.toml", desk / "花名册.xlsx"
    text = county.read_text("utf-8")
    with watching("花名册.xlsx", "--no-documents", cwd=desk) as clerk:
        county.write_text("as_of = 十月\n", "utf-8")
        assert clerk.after(lambda: write(file, right(desk, 0))) == "" and "lbt-audit.toml" in clerk.told()
        county.write_text(text, "utf-8")
        assert "消除 2 条，尚余 1 条" in clerk.after(lambda: write(file, right(desk, 1)))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--format", "json"), "标准输出不能同时用其他格式"),
        (("--ledger", "l.db"), "--watch 与 --ledger 不能同时用"),
        (("--notices",), "--watch 与 --notices 不能同时用"),
    ],
)
def test_what_is_made_once_is_refused(desk: Path, options: tuple[str, ...], said: str) -> None:
    result = check("花名册.xlsx", "--watch", *options, cwd=desk)
    assert result.code == 2 and said in result.err and result.out == ""
    assert not (desk / "l.db").exists()


def test_a_format_in_a_file_is_written_every_time(desk: Path) -> None:
    file, report = desk / "花名册.xlsx", desk / "r.json"
    with watching(
        "花名册.xlsx", "--no-documents", "--format", "json", "--output-file", "r.json", cwd=desk
    ) as clerk:
        before = report.read_text("utf-8")
        clerk.after(lambda: write(file, right(desk, 0)))
        assert report.read_text("utf-8") != before and clerk.end() == 0
