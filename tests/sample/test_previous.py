"""October held against September's statistics: the truth of ``--previous`` is found, and nothing but that is added."""

from __future__ import annotations

import json
from typing import Any

from tests.command import run
from tests.sample.test_truth import SAMPLE, compare


def test_september_adds_what_its_truth_says(qinghe: dict[str, Any]) -> None:
    options = ("--format", "json", "--no-documents", "--fail-on", "never")
    done = run("check", SAMPLE / "qinghe", "--previous", SAMPLE / "previous", *options)
    assert done.returncode == 0, done.stderr
    both = json.loads(done.stdout)["issues"]
    truth = json.loads((SAMPLE / "truth_previous.json").read_text(encoding="utf-8"))["issues"]
    alone = {i["fingerprint"] for i in qinghe["issues"]}
    assert alone < {i["fingerprint"] for i in both}
    added = [i for i in both if i["fingerprint"] not in alone]
    for issue in added:  # places in last month's files are none of this audit's
        issue["locations"] = [p for p in issue["locations"] if not p["path"].startswith("../")]
    missed, extra = compare({"issues": added}, truth)
    assert (missed, extra) == ({}, {})
