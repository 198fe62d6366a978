"""Folder names of units."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbt_audit.reports.files.names import safe_name, safe_names


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("白石镇", "白石镇"),
        ("清水/小学: A*?", "清水_小学_ A_"),
        ("..", "（未明确单位）"),
        ("", "（未明确单位）"),
        ("CON", "_CON"),
        ("com1.xls", "_com1.xls"),
        (" 白石镇 . ", "白石镇"),
        ("白石\u202e镇", "白石_镇"),
        ("../../etc", "_.._etc"),
    ],
)
def test_names(unit: str, name: str) -> None:
    assert safe_name(unit) == name


@given(st.lists(st.text(max_size=300), max_size=12))
def test_names_are_safe_and_different(units: list[str]) -> None:
    names = safe_names(units)
    assert len({n.casefold() for n in names}) == len(units)
    for name in names:
        assert name
        assert name not in (".", "..")
        assert not re.search(r'[\\/:*?"<>|\x00-\x1f]', name)
        assert not name.endswith((".", " "))
        assert len(name.encode()) <= 200
