"""ID numbers cannot be found out from a masked report: not by trying them against issue numbers, not by putting a mask
and a day of birth together. The attacker knows the program, the sample county's area and every file name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from lbt_audit.config.load import load_county
from lbt_audit.engine.audit import Audit
from lbt_audit.engine.identity import fingerprint as fp
from lbt_audit.engine.issues import assemble, builder
from lbt_audit.engine.issues.assemble import Chunk
from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit
from lbt_audit.frames.book import Book

SAMPLE = Path(__file__).parents[3] / "sample_data" / "qinghe"
GUESSES = ("", "lbt-audit", "lbt_audit", "青禾县", "salt", "0" * 64)
LEVELS = ("township", "village", "school", "county")
_NUMBER = re.compile(r"[1-9][0-9]{16}[0-9X]")
_MASKED = re.compile(r"\*{4,}([0-9Xx]{4})(?![0-9*])")
_DAY = re.compile(r"((?:19|20)[0-9]{2})[-./年]?(1[0-2]|0?[1-9])[-./月]?(3[01]|[12][0-9]|0?[1-9])(?![0-9])")
_SERIAL = re.compile(r"(?<![0-9*])(2[0-9]{4}|4[0-9]{4})(?![0-9])")


@dataclass(frozen=True)
class Case:
    """A report, the same with the ends of numbers left in it, and what is true of the county it is about."""

    report: Audit
    unhidden: list[tuple[pa.Table, pa.Table]]  # issues, locations
    numbers: frozenset[str]  # of everybody
    key: str


@pytest.fixture(scope="module", params=[True, False], ids=["county file", "none"])
def case(request: pytest.FixtureRequest) -> Case:
    county = load_county(SAMPLE / "lbt-audit.toml") if request.param else None
    asked = Request((SAMPLE,), county=county, jobs=1)
    unhidden: list[tuple[pa.Table, pa.Table]] = []
    books: list[Book] = []

    def twice(chunks: Sequence[Chunk], book: Book, *rest: Any) -> tuple[pa.Table, ...]:
        books.append(book)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(assemble, "_hide_ends", lambda *_: None)
            issues, locations, *_ = assemble.assemble(chunks, book, *rest)
            unhidden.append((issues, locations))
        return assemble.assemble(chunks, book, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builder, "assemble", twice)
        report = audit(asked)
    return Case(report, unhidden, _numbers(books[0]), asked.key.value)


def _numbers(book: Book) -> frozenset[str]:
    columns = [c for f in book.frames.values() for t in f.tables for c in t.columns.values()]
    texts = (t for column in columns for t in column.text.unique().to_pylist())
    return frozenset(number for t in texts for number in _NUMBER.findall(t or ""))


def _told(issue_table: pa.Table, locations: pa.Table) -> dict[Any, tuple[set[str], set[str]]]:
    """What is shown together (of an issue, a child, a row): ends of numbers, days as YYYYMMDD."""
    issues = issue_table.to_pylist()
    texts: dict[Any, list[str]] = defaultdict(list)
    for number, issue in enumerate(issues):
        for group in (number, issue["child_key"]):
            texts[group] += [issue["message"], issue["id_no"] or ""]
    for place in locations.to_pylist():
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


def _recovered(issues: pa.Table, locations: pa.Table, numbers: frozenset[str]) -> set[str]:
    """Numbers whose end and day of birth are shown together; area and check digit leave one."""
    by_parts = defaultdict(set)
    for number in numbers:
        by_parts[number[6:14], number[14:]].add(number)
    return {
        number
        for ends, days in _told(issues, locations).values()
        for end in ends
        for day in days
        for number in by_parts.get((day, end), ())
    }


def test_a_mask_and_a_day_do_not_make_a_number(case: Case) -> None:
    assert len(case.numbers) > 1000
    assert _recovered(case.report.issues, case.report.locations, case.numbers) == set()


def test_the_attack_works_where_ends_are_left(case: Case) -> None:
    found = [_recovered(*tables, case.numbers) for tables in case.unhidden]
    assert len(set().union(*found)) > 20


def _about(report: Audit, numbers: Iterable[str], key: str) -> list[str]:
    """Those of ``numbers`` that give the key of a child an issue is about."""
    shown = {int(k, 16) for k in report.issues["child_key"].to_pylist()}
    several = sorted(numbers)
    return [n for n, k in zip(several, fp.hash_texts(several, key).tolist(), strict=True) if k in shown]


def _confirmed(report: Audit, numbers: Sequence[str], key: str) -> int:
    """Issues whose number is what one of ``numbers`` gives with ``key``, whatever the unit and the rule."""
    identities = fp.hash_texts(numbers, key)
    shown = np.array(sorted(int(f, 16) for f in report.issues["fingerprint"].to_pylist()), np.uint64)
    units = defaultdict(set)
    for issue in report.issues.select(["rule", "unit"]).to_pylist():
        units[issue["rule"]] |= {f"{level}|{issue['unit']}" for level in LEVELS}
    found = 0
    for rule, whose in units.items():
        rules = fp.hash_texts([f"{rule}|{kind}" for kind in report.run.kinds], key)
        tried = fp.mix(rules[:, None, None], identities[:, None], fp.hash_texts(sorted(whose), key)).ravel()
        found += int((shown[np.searchsorted(shown, tried).clip(max=len(shown) - 1)] == tried).sum())
    return found


def test_no_number_is_confirmed_by_an_issue(case: Case) -> None:
    """Some of the true numbers are tried, which stand for every day of birth and sequence: with the key they succeed, so
    the attack is the right one and the key is what must be kept."""
    children = _about(case.report, case.numbers, case.key)
    some = children[:: max(1, len(children) // 40)]
    assert len(some) >= 40 and _confirmed(case.report, some, case.key) > 20
    for guess in GUESSES:
        assert _about(case.report, case.numbers, guess) == []
        assert _confirmed(case.report, some, guess) == 0
