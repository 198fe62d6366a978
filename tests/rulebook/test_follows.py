"""What a rule follows from, as the catalogue reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rulebook.rule_files import SOUND, write_county

from lbt_audit.config.load import load_county
from lbt_audit.engine.rules.load import lint_rules, load_all
from lbt_audit.rulebook.follows import circles


def rules(folder: Path, **follows: str) -> Path:
    """A county file with one sound rule per argument, following as said."""
    for code, named in follows.items():
        text = SOUND.replace("Q00", code).replace("deadline: D3", f"deadline: D3\n  follows: [{named}]")
        (folder / f"{code}.yaml").write_text(text, encoding="utf-8")
    return write_county(folder, *(f"{code}.yaml" for code in follows))


def test_a_circle_is_told_where_it_is_written(tmp_path: Path) -> None:
    county = load_county(rules(tmp_path, Q01="C02, Q02", Q02="Q03", Q03="Q01", Q04="Q01"))
    told = sorted(problem.message("en").removeprefix(f"{tmp_path}/") for problem in lint_rules(county))
    assert [line.split(":")[:2] for line in told] == [[f"Q0{n}.yaml", "13"] for n in (1, 2, 3)]
    assert "Q01: 'Q02' in turn follows from 'Q01': a circle" in told[0]


@pytest.mark.parametrize(
    ("follows", "found"),
    [
        ({"A": ["B"], "B": ["C"], "C": []}, []),
        ({"A": ["B", "C"], "B": ["D"], "C": ["D"], "D": []}, []),  # two ways to one cause
        ({"A": ["A"]}, ["A"]),
        ({"A": ["B"], "B": ["A"]}, ["A", "B"]),
        ({"A": ["B"], "B": ["C"], "C": ["B"]}, ["B", "C"]),  # A leads into the circle and is none of it
        ({"A": ["X"]}, []),  # a rule a profile drops
    ],
)
def test_circles(follows: dict[str, list[str]], found: list[str]) -> None:
    assert [code for code, _ in circles(follows)] == found


def test_a_countys_rule_may_follow_from_the_catalogues(tmp_path: Path) -> None:
    catalogue, _ = load_all(load_county(rules(tmp_path, Q01="C02, F03")))
    assert catalogue.rules["Q01"].follows == ("C02", "F03")


def test_what_is_urgent_is_not_told_beneath_a_slip_of_the_pen() -> None:
    every = load_all()[0].rules
    safe = {code for code, rule in every.items() if rule.safety is True}
    assert safe and all(set(every[code].follows) <= safe for code in safe)
