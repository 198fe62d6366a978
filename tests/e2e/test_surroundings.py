"""Odd surroundings of the real command: interrupts, closed and full streams, other encodings, no register."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests.e2e.desk import book, check, children, register

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and shells differ there")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    folder.mkdir()
    register(folder / "花名册.csv", children(60))
    return folder


def shell(
    line: str, *arguments: object, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """``line`` with "$@" for the command on ``arguments``."""
    command = [sys.executable, "-m", "lbt_audit", "check", *map(str, arguments)]
    return subprocess.run(
        ["bash", "-c", line, "-", *command],
        check=False, capture_output=True, timeout=60, cwd=cwd,
        env={**os.environ, "LBT_AUDIT_LANG": "zh", "PYTHONIOENCODING": "utf-8", **environment},
    )  # fmt: skip


# Takes the place of a user's fingers: interrupts itself at the nth file opened or module imported.
INTERRUPTING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it
seen, at, count = 0, int(sys.argv.pop(1)), int(sys.argv.pop(1))
def hook(event, _):
    global seen
    if event in ("open", "import"):
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGINT)
import lbt_audit.__main__ as command
sys.addaudithook(hook)
try:
    command.main()
finally:
    os.write(count, str(seen).encode())
"""


@POSIX
def test_an_interrupt_at_any_moment_is_told_and_leaves_nothing(files: Path) -> None:
    out = files.parent / "报告"

    def interrupted(at: int) -> tuple[int, str, int]:
        """Exit code and stderr of a run interrupted at its ``at``-th event, and the events it came to."""
        told, tell = os.pipe()
        done = subprocess.run(
            [sys.executable, "-c", INTERRUPTING, str(at), str(tell), "check", files, "--out", out],
            check=False, capture_output=True, pass_fds=[tell],
            env={**os.environ, "LBT_AUDIT_LANG": "zh", "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        os.close(tell)
        with os.fdopen(told) as events:
            return done.returncode, done.stderr.decode(), int(events.read() or 0)

    code, said, whole = interrupted(0)
    assert (code, said) == (1, "") and whole > 500
    for at in (1, 40):  # before the language is known
        assert interrupted(at)[:2] == (130, "")
    for at in range(whole // 9, whole, whole // 9):
        assert interrupted(at)[:2] == (130, "已中断\n"), at
        assert not list(files.parent.rglob(".lbt-*.tmp"))


@POSIX
def test_a_reader_that_goes_away_ends_it_quietly(files: Path) -> None:
    done = shell('"$@" | head -1; exit "${PIPESTATUS[1]}"', files, "--no-documents", "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")


@POSIX
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(files: Path, closed: str) -> None:
    done = shell(f'"$@" {closed}', files, "-q", "--out", files.parent / "报告")
    assert done.returncode == 1 and b"Error" not in done.stderr and not done.stderr
    assert (files.parent / "报告" / "report.json").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_behind_stdout(files: Path) -> None:
    done = shell('"$@" >/dev/full', files, "--no-documents")
    assert done.returncode == 3 and "磁盘空间不足" in done.stderr.decode()


@POSIX
def test_a_disk_that_fills_while_documents_are_written(files: Path) -> None:
    """By a limit of the size of files, as no test can fill a disk."""
    out, ledger = files.parent / "报告", files.parent / "台账.db"
    whole = shell('"$@"', files, "-q", "--out", out, "--ledger", ledger)
    assert whole.returncode == 1
    before = {path: path.read_bytes() for path in sorted(out.rglob("*.*")) if path.is_file()}
    done = shell('ulimit -f 8; "$@"', files, "-q", "--out", out, "--lang", "en")
    assert done.returncode == 3 and b"Traceback" not in done.stderr and b"internal error" not in done.stderr
    assert not list(files.parent.rglob(".lbt-*.tmp"))
    large = [path for path, data in before.items() if len(data) > 8 * 1024]
    assert large and all(path.read_bytes() == before[path] for path in large), (
        "the old one, or none half written"
    )


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp437"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_consoles_of_other_encodings(files: Path, encoding: str, lang: str) -> None:
    rows = children(3)
    register(files / "✔𠮷😀.csv", [[*row[:3], "杨𠮷⚠", *row[4:]] for row in rows])
    env = {"PYTHONIOENCODING": encoding}
    assert check(files, "--no-documents", "--mask", "none", "--yes", lang=lang, env=env).code == 1


@pytest.mark.parametrize("columns", ["20", "40", "80", "160"])
def test_lines_keep_to_the_window(files: Path, columns: str) -> None:
    from lbt_audit.reports.text.layout import width

    said = check(files, "--out", files.parent / "报告", env={"COLUMNS": columns}).out
    room = max(int(columns), 40)
    assert max(width(line) for line in said.splitlines()) <= room, (
        "tables need some room; less is not promised"
    )


# The system's own user has no such limit; without its powers, but for that of reading files, it has.
POWERS = "-all,+dac_override,+dac_read_search"
PLAIN_USER = (
    f"setpriv --reuid=12345 --regid=12345 --clear-groups --bounding-set={POWERS} --inh-caps={POWERS} "
    f"--ambient-caps={POWERS}"
)


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="needs prlimit")
@pytest.mark.parametrize("processes", [1, 3])
def test_too_few_processes_are_told_as_that(processes: int) -> None:
    user = PLAIN_USER if os.geteuid() == 0 else ""
    if user and subprocess.run([*user.split(), "true"], check=False, capture_output=True).returncode:
        pytest.skip("the powers of this user cannot be taken away")
    with TemporaryDirectory() as open_to_all:
        folder = Path(open_to_all)
        folder.chmod(0o755)
        register(folder / "名册.csv")
        line = f'{user} prlimit --nproc={processes} "$@"'
        done = shell(line, folder, "--no-documents", cwd=folder, PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 3 and "进程数已达系统限制" in done.stderr.decode()


def test_documents_that_cannot_be_written_do_not_flood(files: Path) -> None:
    for town in "东西南北上下":
        roster = register(files / f"{town}山镇花名册.csv")
        text = roster.read_text(encoding="utf-8-sig").replace("白石镇", f"{town}山镇")
        roster.write_text(text, encoding="utf-8-sig")
    out = files.parent / "报告"
    check(files, "--out", out, "--notices")
    names = [p for p in out.rglob("[!.]*") if p.is_file()]
    assert len(names) > 12
    for path in names:
        path.unlink()
        path.mkdir()
    said = check(files, "--out", out, "--notices")
    assert said.code == 3 and len(said.err.splitlines()) <= 6
    assert f"另有 {len(names) - 5} 个文档也没有写成" in said.err


def test_without_a_register_nothing_is_called_clean(tmp_path: Path) -> None:
    book(tmp_path / "价目.xlsx", {"Sheet1": [["品名", "单价"], ["大米", 3.2]]})
    for lang, words in (("zh", "没有核查任何记录"), ("en", "no record was audited")):
        said = check(tmp_path, "--no-documents", "-q", lang=lang)
        assert said.code == 0 and words in said.out
