"""The versions the project is checked with: whole, by hash, and without a place they came from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINNED = re.compile(r"^([\w.-]+)==([\w.]+)(?: ; [^\\]+)? \\$", re.MULTILINE)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=\[; ]", name)[0]).lower()


def versions(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package, version in PINNED.findall((ROOT / "requirements" / name).read_text(encoding="utf-8")):
        found.setdefault(plain(package), set()).add(version)
    return found


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "build.txt"])
def test_every_line_is_a_version_a_hash_or_a_reason(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        assert PINNED.match(line) or re.fullmatch(
            r"    --hash=sha256:[0-9a-f]{64}(?: \\)?|    # +[\w.-]+.*", line
        ), line
    assert not re.search(r"://|index|trusted|find-links|(?<!\w)[/\\]\w", text)
    for entry in re.split(r"\n(?=\w)", text):
        assert "--hash=sha256:" in entry


def test_they_hold_what_the_project_asks_for() -> None:
    run, dev = versions("run.txt"), versions("dev.txt")
    assert {plain(p) for p in PROJECT["dependencies"]} <= run.keys() <= dev.keys()
    extras = PROJECT["optional-dependencies"]
    asked = {plain(p) for name in ("dev", "desk", "cluster") for p in extras[name]}
    assert asked - {plain(PROJECT["name"])} <= dev.keys()  # dev asks for the project's own extras
    assert all(run[name] == dev[name] for name in run)
