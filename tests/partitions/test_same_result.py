"""However an audit is cut, its report is the same: issues, places and their order, cases, files, rules, totals."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.command import run

COUNTIES = ("丙山县", "乙水县", "甲林县")


def report(folder: Path, *options: str) -> dict[str, Any]:
    made = run("check", folder, "--format", "json", "--no-documents", "--as-of", "2026-10-31", *options)
    assert made.returncode == 1, made.stderr
    data: dict[str, Any] = json.loads(made.stdout)
    return data


@pytest.fixture(scope="module")
def whole(province: Path) -> dict[str, Any]:
    return report(province)


def across(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Issues with places in several counties."""
    return [i for i in data["issues"] if len({p["path"].partition("/")[0] for p in i["locations"]}) > 1]


@pytest.mark.parametrize("by", ["county", "township"])
def test_parts_say_what_one_process_says(province: Path, whole: dict[str, Any], by: str) -> None:
    assert report(province, "--partition-by", by) == whole


def test_what_stands_in_several_counties_is_told_once(whole: dict[str, Any]) -> None:
    rules = Counter(issue["rule"] for issue in across(whole))
    # children in two counties, their mothers and fathers under other spouses', one number under two names, one phone
    assert {"E02", "E03", "E04", "E05", "E06", "E07"} <= rules.keys()
    for issue in across(whole):
        cells = {(p["path"], p["sheet"], p["row"]) for p in issue["locations"]}
        for other in whole["issues"]:
            if other is not issue and other["rule"] == issue["rule"]:
                own = {(p["path"], p["sheet"], p["row"]) for p in other["locations"]}
                assert not own <= cells, (issue["rule"], issue["message"], other["message"])


def test_every_number_is_one_issue(whole: dict[str, Any]) -> None:
    numbers = [issue["fingerprint"] for issue in whole["issues"]]
    assert len(set(numbers)) == len(numbers)
    known = set(numbers)
    assert all(issue["follows"] in known | {None} and issue["line"] in known for issue in whole["issues"])


def test_units_of_one_name_are_told_apart(whole: dict[str, Any]) -> None:
    units = {issue["responsible"]["unit"] for issue in whole["issues"]}
    assert {f"{county}清水乡" for county in COUNTIES} <= units and "清水乡" not in units
    for issue in whole["issues"]:
        if issue["locations"] and issue["subject"]["unit"]:
            assert issue["subject"]["unit"].startswith(issue["locations"][0]["path"].partition("/")[0])


def test_names_stay_masked_whichever_county_they_stand_in(whole: dict[str, Any], province: Path) -> None:
    text = json.dumps(whole, ensure_ascii=False)
    assert "52990120" not in text
    assert not any(p["value"] and p["field"] in ("child_name", "mother_name") and "*" not in p["value"] and len(p["value"]) > 1
                   for issue in across(whole) for p in issue["locations"])  # fmt: skip


@pytest.mark.parametrize("county", ["乙水县"])
def test_a_county_audited_alone_says_the_same_but_for_others(
    province: Path, whole: dict[str, Any], county: str
) -> None:
    """Its own issues, to the number; those told across counties stand for some of them."""
    alone = report(province / county)
    own = {i["fingerprint"]: i for i in whole["issues"] if i["locations"] and i not in across(whole)}
    replaced = {
        (i["rule"], p["path"].partition("/")[2], p["row"]) for i in across(whole) for p in i["locations"]
        if p["path"].startswith(county)
    }  # fmt: skip
    for issue in alone["issues"]:
        if issue["fingerprint"] not in own and issue["locations"]:
            cells = {(issue["rule"], p["path"], p["row"]) for p in issue["locations"]}
            assert cells <= replaced, issue["message"]


def test_one_county_by_its_townships(province: Path) -> None:
    folder = province / "乙水县"
    assert report(folder, "--partition-by", "township") == report(folder)
