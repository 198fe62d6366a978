"""The same files give the same result, however many processes read them and in whatever order they come."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

COUNTY = Path(__file__).resolve().parents[2] / "sample_data/periods/2026-11"
Result = tuple[list[dict[str, Any]], list[list[str]]]


def result(folder: Path, out: Path, jobs: str) -> Result:
    """Issues and links; paths without the folder and number put before them by ``renamed``."""
    out.mkdir()
    links = out / "links.csv"
    command = [sys.executable, "-m", "lbt_audit", "check", str(folder), "--jobs", jobs, "--links", str(links),
               "--format", "json", "--no-documents", "--fail-on", "never"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, check=True)
    text = links.read_text(encoding="utf-8-sig")
    return json.loads(done.stdout)["issues"], list(csv.reader(text.splitlines()))[1:]


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return result(COUNTY, tmp_path_factory.mktemp("usual") / "out", "2")


def test_one_process_or_two(usual: Result, tmp_path: Path) -> None:
    assert len(usual[1]) > 500 and len(usual[0]) > 50
    assert result(COUNTY, tmp_path / "out", "1") == usual


def test_files_in_another_order(usual: Result, tmp_path: Path) -> None:
    """Names that turn the order of the files round: the same children are linked, for the same reasons."""
    turned = tmp_path / "县"
    files = sorted(p for p in COUNTY.rglob("*") if p.is_file() and p.suffix != ".toml")
    new = {}
    for number, path in enumerate(reversed(files)):
        inside = path.relative_to(COUNTY)
        new[inside.as_posix()] = (inside.parent / f"{number:02d} {inside.name}").as_posix()
        (turned / inside).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, turned / new[inside.as_posix()])
    shutil.copy(COUNTY / "lbt-audit.toml", turned)
    issues, links = result(turned, tmp_path / "out", "2")
    renamed = [[new.get(cell, cell) for cell in link] for link in usual[1]]
    assert sorted(renamed) == sorted(links)
    assert {i["fingerprint"] for i in issues} == {i["fingerprint"] for i in usual[0]}
