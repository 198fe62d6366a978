"""Each month held against the one before: exactly what changed without a reason, and what is last month's again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lbt_audit.config.load import load_county
from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
MONTHS = {"2026-11": SAMPLE / "qinghe", "2026-12": SAMPLE / "periods" / "2026-11"}


@pytest.mark.parametrize("month", MONTHS)
def test_a_month_beside_the_one_before(month: str) -> None:
    folder, before = SAMPLE / "periods" / month, MONTHS[month]
    county = load_county(folder / "lbt-audit.toml")
    found = audit(Request((folder,), county=county, previous=before, select=("F13", "L01"), jobs=1))
    rules, locations = found.issues["rule"].to_pylist(), found.locations.to_pylist()
    told = set()
    for at, rule in enumerate(rules):
        place = next(p for p in locations if p["issue"] == at)
        path = place["path"].removeprefix(f"../{before.name}/")
        told.add((rule, path, place["row"] if rule == "F13" else None, path != place["path"]))
    truth = json.loads((SAMPLE / "truth_periods.json").read_text(encoding="utf-8"))
    wanted = {(c["rule"], c["path"], c["row"], c["before"]) for c in truth["changes"] if c["period"] == month}
    assert told == wanted
    assert len(rules) == len(told)
    assert {rule for rule, *_ in wanted} == {"F13", "L01"}
