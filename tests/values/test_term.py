"""Terms of agreements as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cost import cpu

from lbt_audit.frames.days import day_number, day_of
from lbt_audit.values.kind import NO_DATE, Context
from lbt_audit.values.term import Term, parse_term

CONTEXT = Context(as_of=day_number(date(2026, 10, 31)))


def read(text: str) -> Term:
    return parse_term(text, CONTEXT)


def iso(day: int) -> str:
    return "" if day == NO_DATE else day_of(day).isoformat()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026.3.1-2027.2.28", "2026-03-01", "2027-02-28"),
        ("2026-03-01-2027-02-28", "2026-03-01", "2027-02-28"),
        ("2026/3/1～2027/2/28", "2026-03-01", "2027-02-28"),
        ("2026年3月1日至2027年2月28日止", "2026-03-01", "2027-02-28"),
        ("二〇二六年三月一日至二〇二七年二月二十八日", "2026-03-01", "2027-02-28"),
        ("20260301-20270228", "2026-03-01", "2027-02-28"),
        ("2026年3月1日至12月31日", "2026-03-01", "2026-12-31"),
        ("2026.3.1-12.31", "2026-03-01", "2026-12-31"),
        ("壹年（2026.3.1—2027.2.28）", "2026-03-01", "2027-02-28"),
        ("至2027年2月28日", "", "2027-02-28"),
        ("2027.2.28", "", "2027-02-28"),
        ("2026.3.1起", "2026-03-01", ""),
    ],
)
def test_days(text: str, start: str, end: str) -> None:
    term = read(text)
    assert (iso(term.start_lo), iso(term.end_hi)) == (start, end)


def test_months_are_spans_of_days() -> None:
    term = read("2026.3-2027.2")
    assert (iso(term.start_lo), iso(term.start_hi)) == ("2026-03-01", "2026-03-31")
    assert (iso(term.end_lo), iso(term.end_hi)) == ("2027-02-01", "2027-02-28")


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("一年", 12),
        ("1年", 12),
        ("两年", 24),
        ("叁年", 36),
        ("半年", 6),
        ("一年半", 18),
        ("三个月", 3),
        ("十二个月", 12),
    ],
)
def test_how_long(text: str, months: int) -> None:
    assert read(text) == Term(months=months)


def test_so_long_from_a_day() -> None:
    term = read("自2026年3月1日起一年")
    assert (iso(term.start_lo), term.months) == ("2026-03-01", 12)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("长期", "age"),
        ("至满16周岁", "age"),
        ("至年满十八周岁", "age"),
        ("外出务工期间", "return"),
        ("至父母返乡", "return"),
        ("无", ""),
    ],
)
def test_until(text: str, until: str) -> None:
    assert read(text) == Term(until=until)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "见协议", "按约定", "2026.13.1-2027.2.30", "x" * 500])
def test_what_says_nothing(text: str) -> None:
    assert read(text) == Term()


def test_time_is_linear_in_the_text() -> None:
    assert cpu(lambda: read("2026年" * 40_000)) < 1
