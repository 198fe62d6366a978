"""The one-folder program, run as on a machine without Python: ``make try-folder`` builds it and names it here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from tests.command import run
from tests.partitions.province import make_province
from tests.reports.page.browser import browser, needs_browser

TOP = Path(__file__).parents[2]
FOLDER = os.environ.get("LBT_AUDIT_FOLDER", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="make try-folder")

SECONDS = 3  # of processor time, to start in
MEGABYTES = 300
COUNTY = TOP / "sample_data" / "qinghe"


def call(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The program with nothing of this machine but its system: no search path, no Python, no home."""
    program = Path(FOLDER, "lbt-audit").absolute()
    return subprocess.run(
        [program, *map(str, arguments)],
        cwd=cwd,
        env={"LANG": "C.UTF-8", "HOME": str(cwd), "LBT_AUDIT_KEYS": os.environ["LBT_AUDIT_KEYS"]},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


@needs_browser
def test_the_desk_checks_what_is_dropped(tmp_path: Path) -> None:
    """Its checks are processes of their own: the program started once more."""
    command = [Path(FOLDER, "lbt-audit").absolute(), "desk", "--no-browser", "--as-of", "2026-10-31"]
    environment = {"LANG": "C.UTF-8", "HOME": str(tmp_path), "LBT_AUDIT_KEYS": os.environ["LBT_AUDIT_KEYS"]}
    desk = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, encoding="utf-8")
    try:
        assert desk.stdout is not None
        address = desk.stdout.readline().partition("：")[2].strip()
        with browser() as running:
            page = running.new_page()
            page.goto(address)
            page.set_input_files("#files-input", next(COUNTY.glob("望溪乡/*.xlsx")))
            page.wait_for_selector("#report[src*='check/1/']", timeout=120_000)
            verdict = page.inner_text("#results .verdict h2")
    finally:
        desk.terminate()
        desk.wait(30)
    assert re.search(r"\d", verdict) and "没有核查到" not in verdict, verdict


def report(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("command", [("--help",), ("rules", "list")])
def test_it_starts_at_once(tmp_path: Path, command: tuple[str, ...]) -> None:
    spent = []
    for _ in range(3):
        before = os.times()
        done = call(*command, cwd=tmp_path)
        after = os.times()
        spent.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )
        assert done.returncode == 0 and not done.stderr
        assert done.stdout == run(*command, env={"LBT_AUDIT_LANG": "zh"}).stdout
    assert min(spent) < SECONDS, spent


def test_the_sample_county_is_audited_as_in_the_checkout(tmp_path: Path) -> None:
    arguments = ("check", COUNTY, "--jobs", 2, "--out")
    started = time.monotonic()
    ours = call(*arguments, "folder", cwd=tmp_path)
    seconds = time.monotonic() - started
    theirs = run(*arguments, tmp_path / "checkout", cwd=tmp_path, env={"LBT_AUDIT_LANG": "zh"})
    assert ours.returncode == theirs.returncode == 1, ours.stderr
    issues, expected = (report(tmp_path / name)["issues"] for name in ("folder", "checkout"))
    assert len(expected) > 500
    assert [issue["fingerprint"] for issue in issues] == [issue["fingerprint"] for issue in expected]
    written = [
        {
            p.relative_to(tmp_path / name): p.stat().st_size
            for p in (tmp_path / name).rglob("*")
            if p.is_file()
        }
        for name in ("folder", "checkout")
    ]
    assert written[0] == written[1], "documents"
    print(f"the sample county in {seconds:.1f} s")


def test_a_county_in_parts(tmp_path: Path) -> None:
    """Its steps are processes of their own."""
    make_province(tmp_path / "province")
    done = call("check", "province", "--partition-by", "county", "--out", "folder", cwd=tmp_path)
    assert done.returncode == 1, done.stderr  # 3 were a part that failed
    assert report(tmp_path / "folder")["issues"]


def test_forms_repairs_and_lists_of_the_ledger(tmp_path: Path) -> None:
    assert call("template", "roster", "--out", "form.xlsx", cwd=tmp_path).returncode == 0
    assert call("sample", "demo", "--periods", cwd=tmp_path).returncode == 0
    done = call("check", "demo/2026-10", "--ledger", "ledger.db", "--fail-on", "never", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    register = next((tmp_path / "demo" / "2026-10").rglob("*.xlsx"))
    assert call("fix", register, cwd=tmp_path).returncode in {0, 1}
    written = call(
        "check", register, "--no-documents", "--format", "parquet", "--output-file", "a.parquet", cwd=tmp_path
    )
    assert written.returncode in {0, 1} and (tmp_path / "a.parquet").is_file(), written.stderr
    assert call("ledger", "status", "--ledger", "ledger.db", cwd=tmp_path).returncode == 0


def test_it_holds_what_it_needs_and_is_no_larger_than_said() -> None:
    files = [path for path in Path(FOLDER).rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files) / 1_000_000
    print(f"{len(files)} files, {size:.0f} MB")
    assert size < MEGABYTES
    parts = {path.name.lower().split(".")[0].split("-")[0] for path in Path(FOLDER, "_internal").iterdir()}
    assert not parts & {
        "pytest",
        "hypothesis",
        "mypy",
        "playwright",
        "dask",
        "distributed",
        "mkdocs",
        "jieba",
        "pil",
    }
    inside = {path.relative_to(FOLDER).as_posix() for path in files}
    assert not any("/tests/" in name or name.endswith((".pyx", ".h")) for name in inside)
    assert "_internal/lbt_audit/_data/rules/sources.yaml" in inside
