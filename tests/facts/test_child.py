"""Ages, schooling and guardians."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.facts.test_parents import frame, truth

from lbt_audit.facts.school import born_by, school_year_start
from lbt_audit.frames import days

CHILD = "52990120150312001X"
OTHER = "52990119850506001X"


def number(fact: str, **cells: str) -> int | None:
    facet = frame(**cells).facet(fact)
    return int(facet.values[0]) if facet.known[0] else None


def test_a_sound_number_is_the_birth_date() -> None:
    assert number("child.birth_lo", id_no=CHILD, birth_date="2015.3") == days.day_number(date(2015, 3, 12))


def test_a_wrong_check_character_proves_nothing() -> None:
    assert number("child.birth_lo", id_no=CHILD[:-1] + "1") is None
    assert number("child.birth_hi", id_no=CHILD[:-1] + "1", birth_date="2014.2") == days.day_number(
        date(2014, 2, 28)
    )


def test_contradicting_number_and_column_leave_both_possible() -> None:
    assert number("child.age_lo", id_no=CHILD, birth_date="2009-11-02") == 11
    assert number("child.age_hi", id_no=CHILD, birth_date="2009-11-02") == 16


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, True),
        ({"left_type": "非留守"}, False),
        ({"exit_date": "2026-05-01"}, False),
        ({"exit_date": "2026-12-01"}, True),
        ({"exit_reason": "超龄"}, False),
    ],
)
def test_listed(cells: dict[str, str], expected: bool) -> None:
    assert truth("child.listed", **cells) is expected


def test_enrolment_lists_only_flagged_pupils() -> None:
    assert truth("child.listed", kind="enrolment", left_type="双亲留守") is True
    assert truth("child.listed", kind="enrolment", left_type="非留守") is False
    assert truth("child.listed", kind="enrolment") is None


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        ("2020-08-31", True),
        ("2020-09-01", False),
        ("2010-10-31", False),
        ("2010-11-01", True),
        ("2020.8", True),
    ],
)
def test_compulsory_schooling(birth: str, expected: bool) -> None:
    assert truth("school.compulsory", birth_date=birth) is expected


@settings(deadline=None)
@given(
    birth=st.dates(date(1996, 1, 1), date(2020, 12, 31)),
    day=st.dates(date(2021, 1, 1), date(2036, 12, 31)),
    years=st.integers(1, 18),
)
def test_born_by_agrees_with_birthdays(birth: date, day: date, years: int) -> None:
    import numpy as np

    reached = days.birthday(np.array([days.day_number(birth)], np.int32), years)[0] <= days.day_number(day)
    assert (days.day_number(birth) <= born_by(days.day_number(day), years)) == reached


def test_school_year_begins_in_september() -> None:
    for day, year in ((date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026)):
        assert days.day_of(school_year_start(days.day_number(day))) == date(year, 9, 1)
    assert timedelta(0) == date(2026, 9, 1) - days.day_of(
        school_year_start(days.day_number(date(2027, 2, 1)))
    )


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"school_status": "小学"}, True),
        ({"school_status": "送教上门"}, True),
        ({"school_status": "不在学", "remark": "由学校送教上门"}, True),
        ({"school_status": "辍学", "school_name": "清水中学"}, False),
        ({"school_status": "", "school_name": "清水中学"}, True),
        ({"school_status": "", "school_name": ""}, None),
    ],
)
def test_attends(cells: dict[str, str], expected: bool | None) -> None:
    assert truth("school.attends", **cells) is expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"guardian_name": "张 大山"}, True),
        ({"guardian_name": "张大川"}, False),
        ({"guardian_name": "张大山", "guardian_id": CHILD, "father_id": OTHER}, False),
        ({"guardian_name": "张老大", "guardian_id": OTHER, "father_id": OTHER}, True),
        ({"guardian_rel": "父亲", "guardian_name": ""}, True),
        ({"guardian_rel": "奶奶", "guardian_name": "张大川"}, False),
        ({"guardian_name": ""}, None),
    ],
)
def test_guardian_is_father(cells: dict[str, str], expected: bool | None) -> None:
    assert truth("guardian.is_father", **cells) is expected


def test_away_parent_as_guardian() -> None:
    assert truth("guardian.is_away_parent", guardian_name="张大山", father_work_place="广东东莞") is True
    assert truth("guardian.is_away_parent", guardian_name="张大山", father_work_place="在家") is False
