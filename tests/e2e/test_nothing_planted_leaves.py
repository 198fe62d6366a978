"""What identifies a person leaves in no byte an audit writes or prints, wherever it stood."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import run
from tests.e2e.planted import IDS, NAMES, found_in, found_in_copy, found_in_text, plant

from lbt_audit.resources import data_dir
from lbt_audit.schemas.load import load_dictionary

FORMATS = ("json", "jsonl", "sarif", "junit", "markdown", "github", "concise", "text")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    plant(folder / "in", load_dictionary(data_dir("schemas")))
    return folder


@pytest.mark.parametrize("mask", ["partial", "full"])
def test_nothing_planted_leaves(county: Path, mask: str) -> None:
    desk = county / mask
    desk.mkdir()
    files = [(name, desk / f"report.{name}") for name in FORMATS]
    wanted = [word for name, path in files for word in ("--format", name, "--output-file", path)]
    ledger = ("--ledger", desk / "ledger.db")
    env = {"LBT_AUDIT_LANG": "zh", "COLUMNS": "200"}
    common = ("../in", "--mask", mask, "--out", "out", *ledger, "--as-of", "2026-10-31")
    said = [run("check", *common, *wanted, "--links", "links.csv", cwd=desk, env=env)]
    if mask == "partial":
        said.append(run("recheck", *common, "--sample", "20", cwd=desk, env=env))
    assert all(s.returncode == 1 for s in said), [
        (s.returncode, s.stderr[-600:], s.stdout[-300:]) for s in said
    ]
    for command in (["status"], ["export", "--output-file", "register.xlsx"], ["export", "--format", "csv"],
                    ["export", "--format", "json"]):  # fmt: skip
        said.append(run("ledger", *command, *ledger, cwd=desk, env=env))
        assert said[-1].returncode == 0, said[-1].stderr
    said.append(run("explain-match", NAMES[0], "--in", "../in", "--mask", mask, cwd=desk, env=env))
    leaks = {f"{s.args[:2]} {stream}": found for s in said
             for stream, text in (("out", s.stdout), ("err", s.stderr)) if (found := found_in_text(text))}  # fmt: skip
    written = [path for path in desk.rglob("*") if path.is_file() and path.name != "ledger.db.key"]
    assert len(written) > len(FORMATS) + 5
    copies = [path for path in written if "批注" in path.parts]
    assert copies
    for path in written:
        if found := (found_in_copy if path in copies else found_in)(path):
            leaks[str(path.relative_to(desk))] = found
    assert not leaks


def test_the_search_finds_what_is_there(county: Path) -> None:
    desk = county / "none"
    desk.mkdir()
    done = run(
        "check",
        "../in",
        "--mask",
        "none",
        "--yes",
        "--select",
        "C",
        "--out",
        "out",
        "--format",
        "json",
        cwd=desk,
    )
    told = found_in_text(done.stdout)
    assert set(NAMES) <= told and len(told & set(IDS)) > 9
    assert any(found_in(path) for path in (desk / "out").rglob("*.xlsx"))
