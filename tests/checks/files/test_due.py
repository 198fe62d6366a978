"""Registers that are due: who handed in nothing, who nothing new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.checks.registers import book, catalogued, places_of, table, zh

from lbt_audit.checks.files.due import _month, _term
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Submission
from lbt_audit.model.due import Due
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units

UNITS = Units.of(
    "青禾县",
    {"白石镇": ("珠岩村", "大坪村"), "清水乡": ("河边村",), "云台镇": ("云峰村",)},
    {"珠岩小学": "白石镇", "清水乡中心小学": "清水乡", "清水乡中心幼儿园": "清水乡"},
)
CHILD = {"child_name": "杨晓峰"}


def town(name: str, **values: str) -> object:
    return table([{**CHILD, **values}], path=f"{name}.xlsx", unit=Unit("township", name, name))


def said(a_book: Book, code: str = "L01") -> dict[str, str]:
    """Unit → what is wrong with its registers."""
    found = places_of(catalogued(code), a_book)
    return {str(h.details["unit"]): zh(h.details["why"]) for h in found.hits}


def made(*tables: object, due: Due | None = None, units: Units = UNITS, **more: object) -> Book:
    params = {} if due is None else {"due": due}
    return book(*tables, units=units, **params, **more)  # type: ignore[arg-type]


def test_a_township_that_most_others_leave_behind_is_told_once() -> None:
    assert said(made(town("白石镇"), town("清水乡"))) == {"云台镇": "没有报送花名册"}


def test_a_part_of_the_county_misses_nobody() -> None:
    assert said(made(town("白石镇"))) == {}


def test_one_workbook_of_the_county_speaks_for_its_townships() -> None:
    rows = [{**CHILD, "township": name} for name in UNITS.townships]
    assert said(made(table(rows, unit=Unit("county", "青禾县")))) == {}


def test_an_unreadable_file_may_be_the_missing_one() -> None:
    lost = Submission("云台镇/云台镇花名册.xls", "", "unreadable", "damaged")
    assert said(made(town("白石镇"), town("清水乡"), submissions=[lost])) == {}


def test_without_a_list_of_units_nobody_is_missed() -> None:
    assert said(made(town("白石镇"), town("清水乡"), units=Units())) == {}
    assert said(made(town("白石镇"), town("清水乡"), units=replace(UNITS, inferred=True))) == {}


def test_schools_owe_a_ledger_where_lists_name_their_pupils() -> None:
    townships = [town("白石镇"), town("云台镇")]
    ledger = table([CHILD], "school_ledger", "珠岩小学.xlsx", unit=Unit("school", "珠岩小学", "白石镇"))
    small = {"school_name": "清水乡中心幼儿园", "school_status": "幼儿园"}
    assert said(made(*townships, town("清水乡", **small), ledger)) == {}
    pupil = {"school_name": "清水乡中心小学", "school_status": "小学"}
    assert said(made(*townships, town("清水乡", **pupil), ledger)) == {"清水乡中心小学": "没有报送学校台账"}
    spared = Due({"school": ("school_ledger",)}, frozenset({"清水乡中心小学"}))
    assert said(made(*townships, town("清水乡", **pupil), ledger, due=spared)) == {}


def test_several_kinds_of_one_unit_make_one_issue() -> None:
    due = Due({"township": ("roster", "helpers")})
    helpers = [
        table([CHILD], "helpers", f"h{n}.xlsx", unit=Unit("township", n, n)) for n in ("白石镇", "清水乡")
    ]
    found = said(made(town("白石镇"), town("清水乡"), *helpers, due=due))
    assert found == {"云台镇": "没有报送花名册、结对帮扶表"}


def test_the_newest_day_of_a_unit_counts() -> None:
    old, new = ({"fill_date": (day, 2, 0)} for day in ("2026年9月20日", "2026年10月20日"))
    schools = [Unit("school", "珠岩小学", "白石镇")] * 2
    sheets = [
        table([CHILD], "school_ledger", sheet=s, unit=u, facts=f)
        for s, u, f in zip(("一班", "二班"), schools, (old, new), strict=True)
    ]
    assert said(made(*sheets)) == {}
    assert said(made(sheets[0])) == {"珠岩小学": "学校台账填报日期为2026年9月20日，本月没有重新填报"}
    unread = table(
        [CHILD], "school_ledger", "b.xlsx", unit=schools[0], facts={"fill_date": ("九月卅二", 2, 0)}
    )
    assert said(made(sheets[0], unread)) == {}


def test_last_terms_ledger_is_the_terms_rule_alone() -> None:
    ledger = table(
        [CHILD], "school_ledger", unit=Unit("school", "珠岩小学"), facts={"fill_date": ("2026.6.30", 2, 0)}
    )
    assert said(made(ledger)) == {}
    assert list(said(made(ledger), "L07")) == ["珠岩小学"]
    assert list(said(made(ledger, due=Due({})), "L07")) == ["珠岩小学"]


def test_the_month_reported_on_and_the_term() -> None:
    assert _month(date(2026, 10, 31), 10) == date(2026, 10, 1)
    assert _month(date(2026, 1, 5), 10) == date(2025, 12, 1)
    terms = ("09-01", "03-01")
    assert _term(terms, date(2026, 10, 31)) == date(2026, 9, 1)
    assert _term(terms, date(2026, 8, 31)) == date(2026, 3, 1)
    assert _term(terms, date(2027, 2, 1)) == date(2026, 9, 1)
