"""The steps of a divided audit as tasks of Dask: the same result on one worker and on four, and when one is lost."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from tests.command import run

from lbt_audit.engine.audit import Audit
from lbt_audit.engine.request import Request, Watcher
from lbt_audit.model.secret import Secret
from lbt_audit.model.text import Text
from lbt_audit.partitions.audit import Division, audit
from lbt_audit.partitions.cluster import ClusterError, Dask, perform

pytest.importorskip("distributed")
SECRET = Secret("a key that is in no task and no log", "kept")


def request(folder: Path) -> Request:
    return Request((folder,), secret=SECRET, jobs=1, select=("A", "C01", "E", "F01"))


def shown(found: Audit) -> tuple[object, ...]:
    return (
        found.issues.to_pylist(),
        found.locations.to_pylist(),
        dict(found.verdicts),
        [(r.rule.code, r.status, r.issues, r.rows_checked) for r in found.rules],
        [(s.path, s.status, s.sha256) for s in found.submissions],
        found.run.given_up,
    )


@pytest.fixture(scope="module")
def expected(province: Path) -> tuple[object, ...]:
    return shown(audit(request(province)))


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_as_many_workers_as_you_like(province: Path, expected: tuple[object, ...], workers: int) -> None:
    assert shown(audit(request(province), division=Division("county", f"local[{workers}]"))) == expected


def test_a_worker_killed_in_the_middle(province: Path, expected: tuple[object, ...]) -> None:
    class Killer(Watcher):
        killed = 0

        def part(self, name: Text, done: int, count: int) -> None:
            if not self.killed and done == count // 2:
                self.killed = workers()[0]
                os.kill(self.killed, signal.SIGKILL)

    killer = Killer()
    assert shown(audit(request(province), killer, Division("township", "local[2]"))) == expected
    assert killer.killed


def workers() -> list[int]:
    """Worker processes of this one."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            continue
        if parent == os.getpid() and b"spawn_main" in command:
            found.append(int(entry.name))
    return found


def test_tasks_are_told_a_folder_and_numbers(tmp_path: Path) -> None:
    """What Dask keeps and logs of a task: nothing a person or a key could be known by, not even when it fails."""
    assert perform(str(tmp_path), "survey", 0, 0, "", "ValueError (x:1)") == "not_ready"
    said = perform(str(tmp_path), "take_in", 0, 0)
    assert said.startswith("FileNotFoundError (") and str(tmp_path) not in said


def test_what_is_no_cluster_is_told(tmp_path: Path) -> None:
    for address in ("here", "local[0]", "local[x]", "10.0.0.5:8786"):
        with pytest.raises(ClusterError):
            Dask(address)
    (tmp_path / "a.csv").write_text("姓名\n杨晓峰\n", encoding="utf-8")
    made = run("check", tmp_path, "--no-documents", "--cluster", "nowhere")
    assert made.returncode == 2
    assert "local[N]" in made.stderr and "Traceback" not in made.stderr


def test_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lbt_audit.partitions.cluster._PATIENCE", 1)
    (tmp_path / "a.csv").write_text("姓名\n杨晓峰\n", encoding="utf-8")
    with pytest.raises(ClusterError, match=r"tcp://127\.0\.0\.1:9"):
        audit(
            replace(request(tmp_path), select=("A",)), division=Division(None, "tcp://127.0.0.1:9", tmp_path)
        )
