"""ID numbers cannot be found out from a masked report: not by trying them against issue numbers, not by putting a mask
and a day of birth together. The attacker knows the program, the sample county's area and every file name."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lbt_audit.config.load import load_county
from lbt_audit.engine.audit import Audit
from lbt_audit.engine.identity import fingerprint as fp
from lbt_audit.engine.issues import assemble
from lbt_audit.engine.reading.read import read
from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit
from lbt_audit.model.secret import Secret, random_key

SAMPLE = Path(__file__).parents[3] / "sample_data" / "qinghe"
GUESSES = ("", "lbt-audit", "lbt_audit", "青禾县", "salt", "0" * 64)
_NUMBER = re.compile(r"[1-9][0-9]{16}[0-9X]")
_MASKED = re.compile(r"\*{4,}([0-9Xx]{4})(?![0-9*])")
_DAY = re.compile(r"((?:19|20)[0-9]{2})[-./年]?(1[0-2]|0?[1-9])[-./月]?(3[01]|[12][0-9]|0?[1-9])(?![0-9])")
_SERIAL = re.compile(r"(?<![0-9*])(2[0-9]{4}|4[0-9]{4})(?![0-9])")


@dataclass(frozen=True)
class Case:
    """A report and what is true of the county it is about."""

    report: Audit
    numbers: frozenset[str]  # of everybody


def _request(county_file: bool, **more: Any) -> Request:
    county = load_county(SAMPLE / "lbt-audit.toml") if county_file else None
    return Request((SAMPLE,), county=county, jobs=1, **more)


@pytest.fixture(scope="module", params=[True, False], ids=["county file", "none"])
def case(request: pytest.FixtureRequest) -> Case:
    asked = _request(request.param)
    numbers: set[str] = set()
    for frame in read(asked).book.frames.values():
        for table in frame.tables:
            for column in table.columns.values():
                numbers.update(n for t in column.text.unique().to_pylist() for n in _NUMBER.findall(t or ""))
    return Case(audit(asked), frozenset(numbers))


def _told(report: Audit) -> dict[Any, tuple[set[str], set[str]]]:
    """What is shown together (of an issue, a child, a row): ends of numbers, days as YYYYMMDD."""
    issues = report.issues.to_pylist()
    texts: dict[Any, list[str]] = defaultdict(list)
    for number, issue in enumerate(issues):
        for group in (number, issue["child_key"]):
            texts[group] += [issue["message"], issue["id_no"] or ""]
    for place in report.locations.to_pylist():
        issue = issues[place["issue"]]
        shown = [place["value"] or "", place["path"], place["sheet"] or ""]
        for group in (place["issue"], issue["child_key"]):
            texts[group] += shown
        texts[place["path"], place["sheet"], place["row"]] += [*shown, issue["message"], issue["id_no"] or ""]
    return {group: (_ends(several), _days(several)) for group, several in texts.items()}


def _ends(texts: list[str]) -> set[str]:
    return {end for text in texts for end in _MASKED.findall(re.sub(r"\[([0-9X])/[0-9X]\]", r"\1", text))}


def _days(texts: list[str]) -> set[str]:
    found = {f"{y}{int(m):02d}{int(d):02d}" for text in texts for y, m, d in _DAY.findall(text)}
    serials = {int(number) for text in texts for number in _SERIAL.findall(text)}
    return found | {f"{date(1899, 12, 30) + timedelta(days=n):%Y%m%d}" for n in serials}


def _recovered(report: Audit, numbers: frozenset[str]) -> set[str]:
    """Numbers whose end and day of birth are shown together; area and check digit leave one."""
    by_parts = defaultdict(set)
    for number in numbers:
        by_parts[number[6:14], number[14:]].add(number)
    return {
        number
        for ends, days in _told(report).values()
        for end in ends
        for day in days
        for number in by_parts.get((day, end), ())
    }


def test_a_mask_and_a_day_do_not_make_a_number(case: Case) -> None:
    assert len(case.numbers) > 1000
    assert _recovered(case.report, case.numbers) == set()


def test_the_attack_works_where_ends_are_left(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "_hide_ends", lambda *_: None)
    county_file = case.report.run.config is not None
    assert len(_recovered(audit(_request(county_file)), case.numbers)) > 20


def _confirmed(report: Audit, numbers: frozenset[str], key: str) -> int:
    """Issues whose number is what one of ``numbers`` gives with ``key``, whatever the unit and the rule."""
    children = set(fp.hash_texts(sorted(numbers), key).tolist())
    shown = {int(k, 16) for k in report.issues["child_key"].to_pylist()}
    by_child = len(children & shown)
    identities = fp.hash_texts(sorted(numbers), key)
    fingerprints = {int(f, 16) for f in report.issues["fingerprint"].to_pylist()}
    rows = {(i["rule"], i["unit"]) for i in report.issues.to_pylist()}
    by_number = 0
    for rule, unit in rows:
        for kind in report.run.kinds:
            rule_key = fp.hash_texts([f"{rule}|{kind}"], key)[0]
            for level in ("township", "village", "school", "county"):
                unit_key = np.full(len(identities), fp.hash_texts([f"{level}|{unit}"], key)[0])
                by_number += len(set(fp.mix(rule_key, identities, unit_key).tolist()) & fingerprints)
    return by_child + by_number


def test_no_number_is_confirmed_by_an_issue(case: Case) -> None:
    """Every true number is tried, which stands for trying every day of birth and sequence."""
    masked = case.report.issues.filter(case.report.issues["id_no"].is_valid())
    some = frozenset(sorted(case.numbers)[:: max(1, len(case.numbers) // 300)])
    assert masked.num_rows > 100
    for guess in GUESSES:
        assert _confirmed(case.report, some, guess) == 0


def test_the_key_confirms_them(case: Case) -> None:
    """That the attack is the right one: with the key it succeeds, so the key is what must be kept."""
    key = random_key()
    report = audit(_request(False, secret=Secret(key, "kept"), select=("B", "C")))
    assert _confirmed(report, case.numbers, key) > 50
