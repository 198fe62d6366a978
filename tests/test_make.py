"""What needs a network says so where there is none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


def make(target: str, tools: Path) -> subprocess.CompletedProcess[str]:
    command = ["make", target, f"TOOLS={tools}", f"LOWEST={tools / 'lowest'}", f"PLAIN={tools / 'plain'}"]
    return subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False, timeout=60)


def tools(folder: Path, *, installed: bool) -> Path:
    """An environment whose Python can reach nobody."""
    python = folder / "tools" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    if installed:
        (folder / "tools" / ".installed").touch()
    return folder / "tools"


def test_weaknesses_that_cannot_be_asked_for_are_not_called_none(tmp_path: Path) -> None:
    done = make("audit", tools(tmp_path, installed=True))
    assert done.returncode and "Nothing was looked up" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("target", ["audit", "sbom", "lowest-installed"])
def test_tools_that_cannot_be_fetched_are_told(tmp_path: Path, target: str) -> None:
    done = make(target, tools(tmp_path, installed=False))
    assert done.returncode and "is there a network?" in done.stderr
    assert not (tmp_path / "tools" / ".installed").exists()
