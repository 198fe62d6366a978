"""Options and outputs of the real command: nothing handed in is changed, wrong wishes are told."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.e2e.desk import HEADERS, book, check, children, hashes, register


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    folder.mkdir()
    register(folder / "花名册.csv")
    book(folder / "台账.xlsx", {"Sheet1": [HEADERS, *children(5)]})
    return folder


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--select", "ZZ9"), "没有代码以“ZZ9”开头的规则"),
        (("--ignore", "B01,nope"), "没有代码以“NOPE”开头的规则"),
        (("--issued-on", "下周一"), "--issued-on 不是日期：下周一"),
        (("--issued-on", "0001-01-01"), "应在 2000 年至 2099 年之间"),
        (("--as-of", "0001-01-01"), "应在 2000 年至 2099 年之间"),
        (("--as-of", "2026-02-30"), "不是日期"),
        (("--profile", "nope"), "national_2016"),
        (("--jobs", "-1"), "'--jobs' 的值无效：不能小于 0"),
        (("--jobs", "x"), "'--jobs' 的值无效：应为整数"),
        (("--config", "没有.toml"), "文件或文件夹不存在"),
        (("--kind", "*=roste"), "roster"),
        (("没有这个",), "没有这个文件或文件夹：没有这个"),
    ],
)
def test_wrong_wishes_end_at_once(files: Path, options: tuple[str, ...], said: str) -> None:
    result = check(files, "--no-documents", *options, cwd=files.parent)
    assert result.code == 2 and said in result.err and result.out == ""


@pytest.mark.parametrize("option", [("--format", "json", "--output-file"), ("--links",)])
@pytest.mark.parametrize("name", ["花名册.csv", "台账.xlsx"])
def test_no_output_takes_the_place_of_a_file_handed_in(
    files: Path, option: tuple[str, ...], name: str
) -> None:
    before = hashes(files)
    result = check(files, "--no-documents", *option, files / name)
    assert result.code == 3 and "已拒绝覆盖" in result.err and hashes(files) == before


def test_outputs_among_the_files_handed_in_are_not_audited_the_next_time(files: Path) -> None:
    options = (files, "--out", files / "报告", "--format", "json", "--output-file", files / "r.json",
               "--links", files / "l.csv")  # fmt: skip
    first, first_report = check(*options), (files / "r.json").read_bytes()
    second, second_report = check(*options), (files / "r.json").read_bytes()
    assert (first.code, first.err) == (second.code, second.err) and first_report == second_report


@pytest.mark.skipif(sys.platform == "win32", reason="devices have other names there")
def test_a_pipe_is_written_to_and_not_replaced(files: Path) -> None:
    pipe = files.parent / "p"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        result = check(
            files, "--no-documents", "--select", "A01", "--format", "concise", "--output-file", pipe
        )
        assert result.err == "" and b"A01" in os.read(reader, 1 << 16) and pipe.is_fifo()
    finally:
        os.close(reader)


def test_the_same_files_give_the_same_documents(files: Path) -> None:
    one, two = files.parent / "一", files.parent / "二"
    check(files, "--out", one, "--jobs", "1")
    check(files, "--out", two, "--jobs", "2")
    contents = [{p: c for p, (c, _) in hashes(folder).items()} for folder in (one, two)]
    assert contents[0] == contents[1] and len(contents[0]) > 2


def test_the_log_names_no_child(files: Path) -> None:
    rows = children(30)
    register(files / "花名册.csv", [[*row[:7], "x", *row[8:]] for row in rows])
    said = check(files, "--no-documents", "-v").err
    assert not any(row[3] in said or row[7] in said for row in rows)


def test_no_socket_is_opened(files: Path) -> None:
    """Any attempt ends the process."""
    watch = files.parent / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(
        "import os, sys\n"
        "def hook(event, args):\n"
        "    if event.startswith('socket.') and event not in ('socket.gethostname',):\n"
        "        sys.stderr.write(f'network: {event}\\n'); sys.stderr.flush(); os._exit(99)\n"
        "sys.addaudithook(hook)\n"
    )
    env = {"PYTHONPATH": str(watch)}
    trying = [sys.executable, "-c", "import socket; socket.socket()"]
    assert (
        subprocess.run(trying, env={**os.environ, **env}, check=False, capture_output=True).returncode == 99
    )
    result = check(files, "--out", files.parent / "报告", env=env)
    assert result.code == 1 and "network" not in result.err


def test_no_reader_opens_a_socket(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even for markup that names addresses."""
    from lbt_audit.intake.files.find import find_files
    from lbt_audit.intake.files.limits import Limits
    from lbt_audit.intake.readers.file import read_file

    def refuse(*_: object) -> None:
        raise AssertionError("network")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    address = "http://localhost/x"
    page = f"<link href='{address}'><img src='{address}'><table><tr><td>姓名</td><td>性别</td></tr></table>"
    (files / "网页.xls").write_text(f'<html xmlns:x="{address}">{page}</html>', encoding="utf-8")
    (files / "外部.xml").write_text(f'<!DOCTYPE a SYSTEM "{address}"><html>{page}</html>', encoding="utf-8")
    read = {f.relative: read_file(f, Limits()) for f in find_files([files])}
    assert {n for n, r in read.items() if r.reason is None} >= {"花名册.csv", "台账.xlsx", "网页.xls"}
