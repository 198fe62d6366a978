"""Deadlines as a county file has them counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lbt_audit.config.load import load_county
from lbt_audit.engine.county.deadlines import schedule

OCTOBER = date(2026, 10, 31)


def test_deadlines_count_from_the_day_of_service(tmp_path: Path) -> None:
    file = tmp_path / "lbt-audit.toml"
    file.write_text('county = "青禾县"\nserved_on = 2026-11-05\n', encoding="utf-8")
    deadlines = schedule(load_county(file), OCTOBER)
    assert (deadlines("D0"), deadlines("D3")) == (date(2026, 11, 5), date(2026, 11, 10))
    assert deadlines.warnings == ()


def test_a_day_of_service_of_last_time_is_not_used_and_told(tmp_path: Path) -> None:
    file = tmp_path / "lbt-audit.toml"
    file.write_text('county = "青禾县"\nserved_on = 2026-10-08\n', encoding="utf-8")
    deadlines = schedule(load_county(file), OCTOBER)
    assert deadlines("D3") == date(2026, 11, 4)
    assert "2026-10-08" in deadlines.warnings[0].zh


def test_without_a_county_file_they_count_from_the_audit() -> None:
    assert schedule(None, OCTOBER)("D3") == date(2026, 11, 4)
