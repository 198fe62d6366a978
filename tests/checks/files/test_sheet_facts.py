"""What stands on a sheet outside its table."""

from __future__ import annotations

import pytest
from tests.checks.registers import book, catalogued, outcomes, places_of, table, zh

CHILD = {"child_name": "杨晓峰", "sex": "男"}
LEDGER = {"unit_name": ("白石镇中心小学", 2, 0), "unit_head": ("王校长", 9, 1)}


def test_facts_of_any_sheet_count_for_the_file() -> None:
    one = table([CHILD], "school_ledger", facts=LEDGER)
    two = table([CHILD], "school_ledger", sheet="二", facts={"class_teacher": ("龙老师", 9, 3)})
    assert places_of(catalogued("A07"), book(one, two)).hits == ()
    (hit,) = places_of(catalogued("A07"), book(one)).hits
    assert (zh(hit.details["missing"]), hit.details["count"]) == ("填表人", "1")


def test_a_label_without_text_is_pointed_at() -> None:
    blank = table([CHILD], "school_ledger", facts=LEDGER | {"filler": (" ", 30, 4)})
    (hit,) = places_of(catalogued("A07"), book(blank)).hits
    assert (hit.places[-1].row, hit.places[-1].column) == (30, 4)


def test_a_column_of_the_register_gives_the_fact_too() -> None:
    named = table([CHILD | {"filler": "龙老师"}], "school_ledger", facts=LEDGER)
    assert places_of(catalogued("A07"), book(named)).hits == ()


def test_forms_are_signed_each_and_counted_by_unit() -> None:
    facts = {k: (k, 2, 0) for k in ("unit_name", "unit_head", "filler", "fill_date")}
    forms = [
        table([CHILD], "child_form", "1.xlsx", facts={**facts, "fill_date": ("2026-10-20", 2, 0)}),
        table([CHILD], "child_form", "2.xlsx", facts={**facts, "reviewer": ("张明", 9, 0)}),
    ]
    (hit,) = places_of(catalogued("A07"), book(*forms)).hits
    assert zh(hit.details["missing"]) == "复核人（1份登记表）"
    assert [p.path for p in hit.places] == ["1.xlsx"]


@pytest.mark.parametrize(
    ("dates", "why"),
    [
        (["2026年10月25日"], None),
        (["2026年10月"], None),
        (["  年  月  日"], None),
        (["2026年2月30日"], "不是有效日期"),
        (["2025-10-25"], None),  # a roster is due each month: L01
        (["2027.1.5"], "晚于统计截止日过久"),
        (["2026-10-25", "2026-10-26"], "同一文件各表不一致"),
        (["2026年10月", "2026-10-26"], None),
    ],
)
def test_fill_dates(dates: list[str], why: str | None) -> None:
    tables = [table([CHILD], sheet=str(i), facts={"fill_date": (d, 2, 3)}) for i, d in enumerate(dates)]
    hits = [h for outcome in outcomes(catalogued("A08"), book(*tables)) for h in outcome.hits]  # type: ignore[union-attr]
    assert [zh(h.details["why"]) for h in hits] == ([why] if why else [])


def test_what_is_not_due_each_month_may_still_be_too_early() -> None:
    form = table([CHILD], "child_form", facts={"fill_date": ("2025-10-25", 2, 3)})
    (hit,) = places_of(catalogued("A08"), book(form)).hits
    assert zh(hit.details["why"]) == "早于统计截止日过久"


def test_forms_may_be_filled_in_on_days_of_their_own() -> None:
    forms = [
        table([CHILD], "child_form", f"{i}.xlsx", facts={"fill_date": (d, 2, 3)})
        for i, d in enumerate(("2026-10-25", "2026-10-26"))
    ]
    assert places_of(catalogued("A08"), book(*forms)).hits == ()
