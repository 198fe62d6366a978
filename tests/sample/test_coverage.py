"""Every rule of the catalogue is shown by three defects at least, of which some truth file tells the exact places."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from lbt_audit.engine.rules.load import load_all

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
LEAST = 3


def truth(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SAMPLE / name).read_text(encoding="utf-8"))
    return data


def test_every_rule_is_shown_three_times() -> None:
    shown: dict[str, set[str]] = defaultdict(set)
    for issue in [*truth("truth.json")["issues"], *truth("truth_previous.json")["issues"]]:
        shown[issue["rule"]].add(
            json.dumps(
                [
                    issue["path"],
                    issue["rows"],
                    issue.get("locations"),
                    issue.get("unit"),
                ]
            )
        )
    for change in truth("truth_periods.json")["changes"]:
        shown[change["rule"]].add(
            json.dumps([change["period"], change["path"], change["row"], change["before"]])
        )
    codes = load_all()[0].rules
    assert {code: len(shown[code]) for code in codes if len(shown[code]) < LEAST} == {}
