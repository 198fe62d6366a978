"""The sample counties through the real command: exactly the known defects are found, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.command import run

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
# Speaks of changes since last month: the story of three periods (tests/story) shows it.
NEEDS_PREVIOUS = {"F13", "K07"}

Cell = tuple[str, int | None]  # file and row; None = the file or sheet as a whole
Key = tuple[str, tuple[Cell, ...]]


def planted(entry: dict[str, Any]) -> Key:
    """Rule and every place of an expected issue."""
    if "unit" in entry:
        return entry["rule"], ((f"@{entry['unit']}", None),)
    places = entry.get("locations") or [entry]
    cells = {(p["path"], row) for p in places for row in (p["rows"] or [None])}
    return entry["rule"], tuple(sorted(cells, key=str))


def told(issue: dict[str, Any], whole: set[tuple[str, str]]) -> Key:
    """Rule and every place of a reported issue; rows left out where the truth speaks of the whole file."""
    rule = issue["rule"]
    if not issue["locations"]:
        return rule, ((f"@{issue['subject']['unit']}", None),)
    cells = {(p["path"], None if (rule, p["path"]) in whole else p["row"]) for p in issue["locations"]}
    return rule, tuple(sorted(cells, key=str))


def compare(report: dict[str, Any], truth: list[dict[str, Any]]) -> tuple[Counter[Key], Counter[Key]]:
    """(missed, extra)."""
    wanted = Counter(map(planted, truth))
    whole = {(rule, path) for rule, cells in wanted for path, row in cells if row is None}
    got = Counter(told(issue, whole) for issue in report["issues"])
    return wanted - got, got - wanted


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
    return data


def test_every_known_defect_is_found_and_nothing_else(qinghe: dict[str, Any], truth: dict[str, Any]) -> None:
    missed, extra = compare(qinghe, truth["issues"])
    assert not missed, "\n".join(map(str, sorted(missed)))
    assert not extra, "\n".join(map(str, sorted(extra)))


def test_severity_is_as_planted(qinghe: dict[str, Any], truth: dict[str, Any]) -> None:
    severities = {told(issue, set()): issue["severity"] for issue in qinghe["issues"]}
    stated = [t for t in truth["issues"] if "severity" in t and t["rows"]]
    assert stated
    for entry in stated:
        assert severities[planted(entry)] == entry["severity"], entry["note"]


def test_the_kind_of_difference_is_named(qinghe: dict[str, Any], truth: dict[str, Any]) -> None:
    messages = {told(issue, set()): issue["message"] for issue in qinghe["issues"]}
    stated = [t for t in truth["issues"] if "says" in t]
    assert len({t["says"] for t in stated}) >= 9
    for entry in stated:
        assert entry["says"] in messages[planted(entry)], entry["note"]


def test_lawful_patterns_stay_silent(qinghe: dict[str, Any], truth: dict[str, Any]) -> None:
    """Rows of a lawful pattern are never told of but for a defect planted in them."""
    known = {(rule, cell) for t in truth["issues"] for rule, cells in [planted(t)] for cell in cells}
    traps = {(p["path"], row): t["name"] for t in truth["traps"] for p in t["locations"] for row in p["rows"]}
    assert len(set(traps.values())) >= 38
    for issue in qinghe["issues"]:
        rule, cells = told(issue, set())
        for cell in cells:
            if cell in traps:
                planted_here = {
                    (rule, cell),
                    (rule, (cell[0], None)),
                }  # of a sheet's formulas the truth names no rows
                assert planted_here & known, f"{rule} at {cell}: {traps[cell]}"


def test_every_implemented_rule_is_shown(qinghe: dict[str, Any]) -> None:
    silent = {r["rule"] for r in qinghe["rules"] if not r["issues"]}
    silent -= NEEDS_PREVIOUS
    assert not silent
    assert not [r for r in qinghe["rules"] if r["status"] == "crashed"]


def test_one_cause_is_told_once(qinghe: dict[str, Any]) -> None:
    issues = {i["fingerprint"]: i for i in qinghe["issues"]}
    children = {i["case"] for i in issues.values()} - {None}
    causes = [i for f, i in issues.items() if i["case"] and not i["follows"] and i["line"] == f]
    assert len(causes) <= 1.3 * len(children)
    assert qinghe["summary"]["children"] == len(children) == len(qinghe["cases"])


def test_nothing_is_lost_by_telling_causes_first(qinghe: dict[str, Any], truth: dict[str, Any]) -> None:
    """From the cases and what is about no child, every issue is reached; from every issue the cause of its line."""
    issues = {i["fingerprint"]: i for i in qinghe["issues"]}
    told_of = [f for case in qinghe["cases"] for f in case["issues"]]
    about_none = [f for f, i in issues.items() if i["case"] is None]
    assert sorted(told_of + about_none) == sorted(issues)
    roots = {f for case in qinghe["cases"] for f in case["roots"]} | set(about_none)
    for issue in issues.values():
        cause = issues[issue["follows"]] if issue["follows"] else issue
        assert cause["follows"] is None and cause["line"] in roots
        if issue["repeats"]:
            places = [(p["path"], p["sheet"], p["row"], p["column"]) for p in cause["locations"]]
            assert all((p["path"], p["sheet"], p["row"], p["column"]) in places for p in issue["locations"])
    assert len(issues) == len(truth["issues"])


def test_the_clean_county_has_no_issue() -> None:
    done = run("check", SAMPLE / "clean", "--format", "json", "--no-documents", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [(i["rule"], i["message"], i["locations"][:1]) for i in report["issues"]] == []
    assert all(f["status"] != "unreadable" for f in report["inputs"])
    assert sum(len(f["sheets"]) for f in report["inputs"]) > 10
