"""What records say of a child's home, school and birth, as matching is given it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from tests.checks.registers import book, table

from lbt_audit.frames.days import day_number
from lbt_audit.links.people.births import read_lunar
from lbt_audit.links.people.places import _any
from lbt_audit.links.people.reading import people_of
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units
from lbt_audit.values.kind import NO_DATE

UNITS = Units.of(
    "青禾县",
    {"白石镇": ("珠岩村", "大坪村", "新民村"), "清水乡": ("河边村", "新民村")},
    {"白石镇中心小学": "白石镇"},
    {"白石中心校": "白石镇中心小学"},
    {"2152990001": "白石镇中心小学"},
)
COUNTY = Unit("county", "青禾县")


def made(
    rows: list[dict[str, str]], kind: str = "enrolment", units: Units = UNITS, unit: Unit = COUNTY
) -> Any:
    b = book(table([{"child_name": "覃晶莲", **row} for row in rows], kind, unit=unit), units=units)
    return people_of(b.frames[kind], units)


@pytest.mark.parametrize(
    ("address", "listed", "formed"),
    [
        ("青禾县白石镇珠岩村一组", ("白石镇", "珠岩村"), ("白石镇", "珠岩村")),
        ("贵州省某州青禾县 白石镇珠岩一组", ("白石镇", "珠岩村"), ("白石镇", "")),
        ("大坪村三组", ("白石镇", "大坪村"), ("", "大坪村")),
        ("新民村3组", ("", "新民村"), ("", "新民村")),
        ("清水乡新民村", ("清水乡", "新民村"), ("清水乡", "新民村")),
        ("浙江省湖州市德清县新市镇士林村", ("新市镇", "士林村"), ("新市镇", "士林村")),
        ("青禾县城关镇城区社区", ("城关镇", "城区社区"), ("城关镇", "城区社区")),
        ("白石镇街上", ("白石镇", ""), ("白石镇", "")),
        ("", ("", ""), ("", "")),
    ],
)
def test_addresses(address: str, listed: tuple[str, str], formed: tuple[str, str]) -> None:
    for units, expected in ((UNITS, listed), (Units(), formed)):
        people = made([{"live_addr": address}], units=units)
        assert (people.township[0].as_py(), people.village[0].as_py()) == expected


def test_own_columns_and_the_sheet_come_before_the_address() -> None:
    rows = [
        {"village": "大坪村", "live_addr": "清水乡河边村"},
        {"village": "", "live_addr": "清水乡河边村", "hukou_addr": "白石镇珠岩村"},
        {"village": "", "live_addr": "", "hukou_addr": "白石镇珠岩村"},
    ]
    assert made(rows).village.to_pylist() == ["大坪村", "河边村", "珠岩村"]
    here = Unit("village", "珠岩村", "白石镇")
    assert made(rows[1:2], "village_book", unit=here).village.to_pylist() == ["珠岩村"]


def test_school_by_code_and_by_another_name() -> None:
    rows = [{"school_code": "2152990001"}, {"school_code": "999"}, {"school_name": "白石中心校"}]
    assert made(rows).school.to_pylist() == ["白石镇中心小学", "", "白石镇中心小学"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2021年三月初十", (date(2021, 4, 21), date(2021, 4, 21))),
        ("农历2021年三月", (date(2021, 4, 12), date(2021, 5, 11))),
        ("二〇二一年腊月廿九", (date(2022, 1, 31), date(2022, 1, 31))),
        ("2020年闰四月初一", (date(2020, 5, 23), date(2020, 5, 23))),
        ("2021年闰四月初一", None),
        ("三月初十", None),
    ],
)
def test_lunar_dates(text: str, days: tuple[date, date] | None) -> None:
    assert read_lunar(text) == (days and tuple(day_number(d) for d in days))


def test_lunar_dates_and_ages_reach_matching() -> None:
    rows = [
        {"birth_date": "2021年三月初十"},
        {"age": "9"},
        {"birth_date": "9周岁"},
        {"age": "0"},
        {"birth_date": "2013-07-04", "age": "13"},
    ]
    people = made(rows, "roster")
    assert people.birth_lo[0] == people.birth_hi[0] == day_number(date(2021, 4, 21))
    nine = (day_number(date(2016, 11, 1)), day_number(date(2017, 10, 31)))
    assert [(int(people.age_lo[k]), int(people.age_hi[k])) for k in (1, 2)] == [nine, nine]
    assert people.age_lo[3] == NO_DATE and people.birth_lo[4] == day_number(date(2013, 7, 4))


def test_places_with_signs_in_their_names_are_looked_for_as_they_are() -> None:
    for name in ("买买提·艾力村", "石桥(新)村", "一.二村", "〇村"):
        found = pc.match_substring_regex(pa.array([f"白石镇{name}三组", "白石镇"]), _any([name]))
        assert found.to_pylist() == [True, False]
