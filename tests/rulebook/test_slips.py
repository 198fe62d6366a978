"""Slips of the pen in a county's rules: each is told with file and line, by lint and by check, in both languages."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests import command
from tests.rulebook.rule_files import SLIPS, SOUND, Slip, file_of, write_county, write_slips


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return command.run(*arguments, cwd=folder, env={"COLUMNS": "500"})


@cache
def told(asked: str, lang: str) -> tuple[int, list[str]]:
    """Exit code and lines of one command over a county whose rule files hold one slip each."""
    with TemporaryDirectory() as name:
        write_slips(Path(name))
        arguments = ["rules", "lint"] if asked == "lint" else ["check", "a.csv", "--no-documents"]
        result = run(Path(name), *arguments, "--config", "lbt-audit.toml", "--lang", lang)
    return result.returncode, (result.stdout + result.stderr).splitlines()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("asked", ["lint", "check"])
@pytest.mark.parametrize("slip", SLIPS, ids=lambda s: s.name)
def test_a_slip_is_told_with_file_and_line(slip: Slip, asked: str, lang: str) -> None:
    code, lines = told(asked, lang)
    assert code == 2
    start = f"{file_of(slip)}:{slip.line}: "
    about = [line for line in lines if f"{file_of(slip)}:" in line]
    wanted = slip.zh if lang == "zh" else slip.en
    assert any(start in line and wanted in line for line in about), about


@pytest.mark.parametrize("slip", SLIPS, ids=lambda s: s.name)
def test_nothing_else_is_told_of_it_than_what_follows_from_it(slip: Slip) -> None:
    _, lines = told("lint", "en")
    about = [line for line in lines if line.startswith(f"{file_of(slip)}:")]
    more = {"misspelt placeholder": 2, "misspelt key": 2, "misspelt check": 2, "nonsense in severity_when": 2}
    assert len(about) == more.get(slip.name, 1), about


def test_the_rule_the_slips_were_made_in_is_sound(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(SOUND, encoding="utf-8")
    write_county(tmp_path, "own.yaml")
    assert run(tmp_path, "rules", "lint", "--config", "lbt-audit.toml").returncode == 0
    assert run(tmp_path, "rules", "test", "Q00", "--config", "lbt-audit.toml").returncode == 0
    result = run(tmp_path, "check", "a.csv", "--no-documents", "--select", "Q00", "--format", "concise")
    assert "Q00" in result.stdout and result.returncode == 0


def test_an_example_that_does_not_behave_is_told_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(SOUND.replace("sex: 女", "sex: 男"), encoding="utf-8")
    write_county(tmp_path, "own.yaml")
    result = run(tmp_path, "rules", "test", "Q00", "--config", "lbt-audit.toml")
    assert result.returncode == 1
    assert result.stdout.startswith("own.yaml:15: Q00 silent[0]: expected 0 issue(s), got 1\n")


def test_files_are_named_from_where_the_command_runs(tmp_path: Path) -> None:
    own = tmp_path / "county"
    own.mkdir()
    (own / "own.yaml").write_text(SOUND.replace("male", "mle"), encoding="utf-8")
    write_county(own, "own.yaml")
    result = run(tmp_path, "rules", "lint", "--config", "county/lbt-audit.toml")
    assert result.stdout.startswith("county/own.yaml:6: Q00")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("{code: Q01}\n", 1, "a rule file is a list of rules"),
        ("- Q01\n", 1, "a rule is a mapping with a code"),
        (SOUND + SOUND, 16, "duplicate code, already at own.yaml:1"),
        (SOUND.replace("Q00", "D01"), 1, "rules/D.yaml:"),
        (SOUND.replace("Q00", "q0"), 1, "a code is written like D01"),
        (SOUND.replace("  fix:", "  fix: {zh: 改, en: x}\n  fix:"), 10, "duplicate key 'fix'"),
        (SOUND + "- [\n", 17, "not valid YAML"),
    ],
)
def test_files_that_are_no_rule_files(tmp_path: Path, text: str, line: int, what: str) -> None:
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    write_county(tmp_path, "own.yaml")
    result = run(tmp_path, "rules", "lint", "--config", "lbt-audit.toml", "--lang", "en")
    assert result.returncode == 2
    assert any(t.startswith(f"own.yaml:{line}: ") and what in t for t in result.stdout.splitlines()), (
        result.stdout
    )


def test_recheck_show_and_test_refuse_it_too(tmp_path: Path) -> None:
    slip = SLIPS[0]
    (tmp_path / "own.yaml").write_text(SOUND.replace(slip.right, slip.wrong), encoding="utf-8")
    write_county(tmp_path, "own.yaml")
    for arguments in (
        ["rules", "show", "Q00"],
        ["rules", "test", "Q00"],
        ["recheck", "a.csv", "--ledger", "l.db"],
    ):
        result = run(tmp_path, *arguments, "--config", "lbt-audit.toml", "--lang", "zh")
        assert result.returncode == 2 and "own.yaml:8: Q00：" in result.stdout + result.stderr, arguments
