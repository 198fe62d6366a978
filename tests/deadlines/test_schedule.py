"""Deadlines as a county file has them counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lbt_audit.config.load import load_county
from lbt_audit.engine.county.deadlines import schedule
from lbt_audit.engine.reading.days import day_of_issue
from lbt_audit.engine.request import Request

OCTOBER, LATER, TODAY = date(2026, 10, 31), date(2026, 11, 5), date.today()


def test_deadlines_count_from_the_day_the_lists_go_out() -> None:
    deadlines = schedule(None, LATER)
    assert (deadlines("D0"), deadlines("D3")) == (date(2026, 11, 5), date(2026, 11, 10))
    assert deadlines.warnings == ()


def test_a_fixed_day_that_is_past_is_told(tmp_path: Path) -> None:
    file = tmp_path / "lbt-audit.toml"
    file.write_text("[deadlines]\nDF = {date = 2026-10-20}\n", encoding="utf-8")
    deadlines = schedule(load_county(file), LATER)
    assert deadlines("DF") == date(2026, 10, 20)
    assert "2026-11-05 前已过期：DF（2026-10-20）" in deadlines.warnings[0].zh


@pytest.mark.parametrize(
    ("asked", "in_file", "as_of", "day", "source", "told"),
    [
        (LATER, OCTOBER, OCTOBER, LATER, "option", False),
        (None, LATER, OCTOBER, LATER, "config", False),
        (None, None, date(2020, 1, 31), TODAY, "today", False),
        (None, None, date(2099, 1, 31), date(2099, 1, 31), "as_of", False),  # data of a day to come
        (None, date(2026, 10, 8), OCTOBER, OCTOBER, "as_of", True),  # left over from last time
        (date(2026, 10, 8), LATER, OCTOBER, OCTOBER, "as_of", True),
    ],
)  # fmt: skip
def test_the_day_of_issue(
    tmp_path: Path, asked: date | None, in_file: date | None, as_of: date, day: date, source: str, told: bool
) -> None:
    file = tmp_path / "lbt-audit.toml"
    file.write_text(f"issued_on = {in_file}\n" if in_file else "", encoding="utf-8")
    found = day_of_issue(Request((tmp_path,), issued_on=asked), load_county(file), as_of)
    assert found[:2] == (day, source)
    assert [("2026-10-08" in w.zh, "2026-10-08" in w.en) for w in found[2]] == [(True, True)] * told
