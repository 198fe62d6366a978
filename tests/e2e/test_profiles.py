"""The profiles through the real command: what each finds on the sample, and what reports say it changed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.e2e.desk import check, report_of

from lbt_audit.engine.rules.load import load_all
from lbt_audit.resources import data_dir
from lbt_audit.rulebook.departures import _named, _names
from lbt_audit.rulebook.profile import profile_names

CLEAN = Path(__file__).parents[2] / "sample_data" / "clean"
MONTHS = ("min_away_months", "3", "6", "six_month_2024.yaml")


def changes(report: dict[str, Any]) -> list[tuple[str, ...]]:
    return [(d["name"], d["default"], d["value"], d["source"]) for d in report["run"]["profile_changes"]]


@pytest.mark.parametrize(
    ("profile", "changed"),
    [
        ("three_month_county", []),
        ("national_2016", [("min_away_months", "3", "0", "national_2016.yaml")]),
        ("six_month_2024", [MONTHS, ("away_scope", "不限", "跨县域", "six_month_2024.yaml"),
                            ("rural_only", "是", "否", "six_month_2024.yaml")]),
        ("school", [("definition", "民政口径", "教育口径", "school.yaml"), ("rural_only", "是", "否", "school.yaml")]),
    ],
)  # fmt: skip
def test_a_profile_says_what_it_changed(profile: str, changed: list[tuple[str, ...]]) -> None:
    report = report_of(CLEAN, "--profile", profile, "--fail-on", "never").report
    assert report["run"]["profile"] == profile and changes(report) == changed
    found = Counter(issue["rule"] for issue in report["issues"])
    if profile == "six_month_2024":  # parents who left since May
        assert set(found) == {"G05"} and all("不足6个月" in i["message"] for i in report["issues"])
    else:
        assert not found, found


def test_screen_workbook_and_text_say_it(tmp_path: Path) -> None:
    arguments = (CLEAN, "--profile", "six_month_2024", "--fail-on", "never")
    screen = check(*arguments, "--out", tmp_path / "out")
    line = "连续外出月数：3 → 6（six_month_2024.yaml，涉及规则 F01、F07、G05、G06、G10"
    assert "与默认口径（县三个月口径）的差别：" in screen.out and line in screen.out
    (book,) = (tmp_path / "out").glob("*.xlsx")
    cells = {str(c.value) for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for c in row}
    assert any(line in cell for cell in cells)
    markdown = check(*arguments, "--no-documents", "--format", "markdown", lang="en")
    text = markdown.out.replace("\\", "")
    assert "months away: 3 → 6 (six_month_2024.yaml; rules F01, F07, G05, G06, G10" in text
    assert "rural households only: yes → no (six_month_2024.yaml; rules F01, G07, G10)" in text


def test_parameters_of_the_county_file_are_told_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("姓名,性别\n杨晓峰,男\n", encoding="utf-8")
    (tmp_path / "lbt-audit.toml").write_text(
        "as_of = 2026-10-31\n[params]\nblank_severe = 4\n", encoding="utf-8"
    )
    report = report_of(tmp_path, "--profile", "school", "--fail-on", "never").report
    assert ("blank_severe", "5", "4", "lbt-audit.toml") in changes(report)
    (told,) = [d for d in report["run"]["profile_changes"] if d["name"] == "blank_severe"]
    assert told["rules"] == ["B01", "B02"] and told["title"] == "缺几项算严重"


def test_every_parameter_has_a_name_and_rules_that_are_there() -> None:
    catalogue, _ = load_all()
    named = _named(data_dir("rules"))
    assert set(named) == set(catalogue.params)
    for name, param in named.items():
        assert set(param.rules) <= {*catalogue.rules, "H01", "J01"}, name
        used = any(_names(entry.merged(), name) for entry in catalogue.entries.values())
        assert used or param.rules or name.startswith(("hollow", "term", "update", "unchanged", "visit")), (
            name
        )
    assert {"national_2016", "school", "six_month_2024", "three_month_county"} <= set(
        profile_names(data_dir("rules"))
    )
