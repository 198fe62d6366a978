"""Deadlines in Chinese working days."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbt_audit.deadlines import Calendar, Deadlines, due
from lbt_audit.deadlines.due import month_end
from lbt_audit.deadlines.festivals import statutory
from lbt_audit.deadlines.holidays import read_holidays
from lbt_audit.model.deadline import DeadlineClass
from lbt_audit.model.errors import ConfigError

CALENDAR = Calendar()
SATURDAY = date(2026, 10, 31)
days = st.dates(date(2004, 1, 1), date(2026, 11, 30))


def working(n: int) -> DeadlineClass:
    return DeadlineClass("working_days", n)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("D0", SATURDAY),
        ("D3", date(2026, 11, 4)),
        ("D5", date(2026, 11, 6)),
        ("D10", date(2026, 11, 13)),
        ("DF", date(2026, 11, 13)),
        ("DM", date(2026, 11, 30)),
    ],
)
def test_default_classes_from_a_saturday(name: str, day: date) -> None:
    assert Deadlines(SATURDAY)(name) == day


@pytest.mark.parametrize(
    ("start", "n", "day"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # National Day: 1–7 October off
        (date(2026, 10, 8), 2, date(2026, 10, 10)),  # Saturday 10 October is a make-up working day
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # Sat 14 Feb works, Spring Festival 15–23 Feb off
        (date(2020, 1, 23), 1, date(2020, 2, 3)),  # the holiday lengthened to 2 February in 2020
    ],
)
def test_holidays_and_make_up_days(start: date, n: int, day: date) -> None:
    assert due(working(n), start, CALENDAR) == day


def test_calendar_days_move_off_a_holiday() -> None:
    assert due(DeadlineClass("days", 3), date(2026, 9, 30), CALENDAR) == date(2026, 10, 8)
    assert due(DeadlineClass("days", 2), date(2026, 11, 2), CALENDAR) == date(2026, 11, 4)
    assert due(DeadlineClass("days", 0), SATURDAY, CALENDAR) == SATURDAY


def test_fixed_and_month_end_stand_as_written() -> None:
    assert due(DeadlineClass("date", day=date(2026, 11, 21)), SATURDAY, CALENDAR) == date(2026, 11, 21)
    assert [month_end(date(2026, 12, 31), n) for n in (0, 1, 2, 13)] == [
        date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28), date(2028, 1, 31),
    ]  # fmt: skip


@given(days, st.integers(1, 15))
def test_exactly_n_working_days_lie_after_the_start(start: date, n: int) -> None:
    end = due(working(n), start, CALENDAR)
    span = [start + timedelta(days=i + 1) for i in range((end - start).days)]
    assert sum(map(CALENDAR.is_working_day, span)) == n
    assert CALENDAR.is_working_day(end)


@given(days, st.integers(1, 14))
def test_more_days_never_end_earlier(start: date, n: int) -> None:
    assert due(working(n), start, CALENDAR) < due(working(n + 1), start, CALENDAR)
    assert due(DeadlineClass("days", n), start, CALENDAR) <= due(
        DeadlineClass("days", n + 1), start, CALENDAR
    )


@given(days, st.integers(0, 30))
def test_a_month_end_is_the_last_of_its_month(start: date, months: int) -> None:
    end = month_end(start, months)
    assert (end + timedelta(days=1)).day == 1
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months


def test_beyond_the_published_years_there_is_a_warning() -> None:
    deadlines = Deadlines(date(2026, 12, 28))
    assert deadlines("D3") == date(2026, 12, 31) and deadlines.warnings == ()
    assert deadlines("DM") == date(2027, 1, 31) and deadlines.warnings == (), "no working days are counted"
    assert deadlines("D10") == date(2027, 1, 12), "Monday to Friday, but for New Year's Day"
    (warning,) = deadlines.warnings
    assert "2027-01-12（D10）未经确认" in warning.zh and "2026-12-31" not in warning.zh
    assert "2004–2026" in warning.en and "unconfirmed: 2027-01-12 (D10)" in warning.en


@pytest.mark.parametrize(
    ("start", "n", "day"),
    [
        (date(2027, 2, 4), 1, date(2027, 2, 11)),  # 除夕 on Friday the 5th; two weekend days made up for
        (date(2027, 4, 2), 1, date(2027, 4, 6)),  # 清明 on Monday the 5th
        (date(2027, 4, 30), 1, date(2027, 5, 5)),  # 1 and 2 May on a weekend
        (date(2027, 6, 8), 1, date(2027, 6, 10)),  # 端午
        (date(2027, 9, 14), 1, date(2027, 9, 16)),  # 中秋
        (date(2027, 9, 30), 1, date(2027, 10, 6)),  # 1 to 3 October, two of them on a weekend
        (
            date(2028, 9, 29),
            1,
            date(2028, 10, 6),
        ),  # 中秋 on the third day of National Day, itself made up for
    ],
)
def test_statutory_holidays_hold_before_they_are_published(start: date, n: int, day: date) -> None:
    assert due(working(n), start, CALENDAR) == day
    assert due(DeadlineClass("days", n), start, CALENDAR) >= start + timedelta(days=n)


def test_own_holidays_count_and_confirm_a_year_when_they_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "holidays-2027.csv"
    path.write_bytes("日期,类型\n2027-01-01,休\n2027/1/2,班\n# note\n\n2027年1月4日,holiday\n".encode("gbk"))
    some = read_holidays(path)
    deadlines = Deadlines(date(2026, 12, 30), calendar=Calendar(some))
    assert deadlines("D3") == date(2027, 1, 5)
    assert "2027-01-05" in deadlines.warnings[0].zh, "three days of January are no year"
    whole = Calendar(some | dict.fromkeys(statutory(2027), False))
    deadlines = Deadlines(date(2026, 12, 30), calendar=whole)
    assert deadlines("D3") == date(2027, 1, 5) and deadlines.warnings == ()


def test_own_holidays_go_before_the_published_calendar() -> None:
    calendar = Calendar({date(2026, 11, 2): False})
    assert due(working(1), SATURDAY, calendar) == date(2026, 11, 3)


def test_wrong_holiday_lines_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    path.write_text("date,type\n2027-13-01,休\n2027-01-01\n2027-01-02,maybe\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_holidays(path)
    assert [p.line for p in caught.value.problems] == [2, 3, 4]


def test_a_fixed_date_before_the_data_is_told() -> None:
    deadlines = Deadlines(SATURDAY, {"DF": DeadlineClass("date", day=date(2026, 10, 19))})
    assert deadlines("DF") == date(2026, 10, 19)
    assert "DF" in deadlines.warnings[0].en
    assert deadlines("D9") == date(2026, 10, 19), "an undefined class counts as DF"
