"""The commands of README and of the site's guides, run one after the other as they stand."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from tests.command import run

TOP = Path(__file__).parents[2]
COUNTY = TOP / "sample_data" / "qinghe"
ROSTER = COUNTY / "望溪乡" / "望溪乡农村留守儿童花名册(10月).xlsx"
ENDLESS = {"--watch", "desk"}
"""What goes on until somebody ends it; tests of their own are about these."""


def commands(page: Path) -> list[list[str]]:
    """Arguments of every ``lbt-audit …`` in a block for the shell."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("lbt-audit ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


@pytest.mark.parametrize("name", ["tutorial", "inspector", "desk", "install"])
def test_both_languages_have_the_same_commands(name: str) -> None:
    docs = TOP / "docs"
    assert commands(docs / f"{name}.zh-CN.md") == commands(docs / f"{name}.md")


@pytest.mark.parametrize("name", ["tutorial", "inspector"])
def test_the_guides_can_be_followed(tmp_path: Path, name: str) -> None:
    followed = commands(TOP / "docs" / f"{name}.md")
    assert len(followed) > 5
    follow(followed, tmp_path)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_can_be_followed(tmp_path: Path, name: str) -> None:
    """On two files by the names README gives them; the story of three months is the inspector's guide, and what both
    languages have is run once."""
    (tmp_path / "报送材料").mkdir()
    for path in (ROSTER, *ROSTER.parent.glob("*.csv")):
        shutil.copy(path, tmp_path / "报送材料")
    shutil.copy(COUNTY / "lbt-audit.toml", tmp_path)
    shutil.copy(ROSTER, tmp_path / "花名册.xlsx")
    shutil.copy(ROSTER, tmp_path / "本县表样.xlsx")
    for folder in ("10月", "11月", "全省/青禾县"):
        (tmp_path / folder).mkdir(parents=True)
        shutil.copy(ROSTER, tmp_path / folder)
    told = commands(TOP / "docs" / "inspector.md")
    told += commands(TOP / "README.zh-CN.md") if name == "README.md" else []
    followed = [
        command
        for command in commands(TOP / name)
        if command not in told and "demo/" not in " ".join(command)
    ]
    assert len(followed) > 2
    follow(followed, tmp_path)


def follow(followed: list[list[str]], folder: Path) -> None:
    for command in followed:
        if not ENDLESS & set(command):
            done = run(*command, cwd=folder)
            said = f"lbt-audit {shlex.join(command)}\n{done.stdout[-500:]}\n{done.stderr[-1500:]}"
            assert done.returncode in {0, 1} and "Traceback" not in done.stderr, said
