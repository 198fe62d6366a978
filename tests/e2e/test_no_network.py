"""Nothing is sent and nothing fetched: the system is asked for no socket, by whatever the command does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.e2e.desk import register

STRACE = shutil.which("strace")


def traced(log: Path, *arguments: object) -> str:
    """System calls of the network's that the command and its readers made."""
    command = [
        str(STRACE),
        "-f",
        "-qq",
        "-e",
        "trace=network",
        "-o",
        str(log),
        sys.executable,
        *map(str, arguments),
    ]
    done = subprocess.run(
        command, check=False, capture_output=True, timeout=120, env={**os.environ, "LBT_AUDIT_LANG": "zh"}
    )
    calls = log.read_text(errors="replace") if log.exists() else ""
    if not calls and done.returncode not in (0, 1):
        pytest.skip(f"this system lets nobody look on: {done.stderr.decode(errors='replace')[:100]}")
    return calls


@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
def test_no_socket_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "报送").mkdir()
    register(tmp_path / "报送" / "白石镇名册.csv")
    seen = traced(tmp_path / "log", "-c", "import socket; socket.socket().close()")
    assert "socket(" in seen, "what looks on sees one where there is one"
    ledger = ("--ledger", tmp_path / "台账.db", "--out", tmp_path / "报告")
    for command in (
        ["check", tmp_path / "报送", *ledger],
        ["recheck", tmp_path / "报送", *ledger],
        ["rules", "lint"],
    ):
        calls = traced(tmp_path / command[0], "-m", "lbt_audit", *command)
        assert "socket(" not in calls and "connect(" not in calls, calls[:500]
    assert (tmp_path / "报告" / "report.json").exists()
