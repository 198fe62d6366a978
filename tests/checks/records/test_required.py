"""Fields that must be filled."""

from __future__ import annotations

from typing import Any

from tests.checks.registers import book, pointed, rows_of, rule, table

AWAY: dict[str, Any] = {
    "for_each": ["father", "mother"],
    "fields": ["{p}_work_place", "{p}_phone"],
    "instead": {"{p}_phone": "parents_phone"},
    "when": {"{p}.away": {"is": True}},
}


def test_required_fields_come_from_the_schema_with_their_conditions() -> None:
    rows = [
        {"child_name": "杨晓峰", "sex": "", "father_name": "—", "father_phone": ""},
        {"child_name": "李小梅", "sex": "女", "father_name": "李大", "father_phone": ""},
    ]
    hits = rows_of(rule("required"), book(table(rows)))
    assert pointed(hits) == [{"sex"}, {"father_phone"}]


def test_what_is_reported_elsewhere_counts_but_starts_no_issue() -> None:
    row = {"child_name": "杨晓峰", "sex": "", "health": "", "live_addr": ""}
    elsewhere = {"health": {"health": {"column": True}}}
    at_most_two = rule("required", elsewhere=elsewhere, count={"lt": 3})
    assert rows_of(at_most_two, book(table([row]))).count == 0
    hits = rows_of(rule("required", elsewhere=elsewhere, count={"ge": 3}), book(table([row])))
    assert pointed(hits) == [{"sex", "live_addr"}]
    assert hits.details["count"] == ["3"]
    alone = rule("required", elsewhere={"sex": {"sex": {"column": True}}})
    assert rows_of(alone, book(table([{"child_name": "杨晓峰", "sex": ""}]))).count == 0


def test_a_missing_column_asks_for_nothing() -> None:
    assert rows_of(rule("required"), book(table([{"child_name": "杨晓峰"}]))).count == 0


def test_a_column_blank_throughout_asks_for_nothing() -> None:
    rows = [{"child_name": "杨晓峰", "sex": "男", "live_addr": ""}] * 12
    assert rows_of(rule("required"), book(table(rows))).count == 0
    assert rows_of(rule("required"), book(table(rows[:9]))).count == 9


def test_each_parent_is_asked_for_separately() -> None:
    row = {
        "father_name": "杨大山",
        "father_work_place": "浙江宁波",
        "father_phone": "",
        "mother_name": "李秀英",
        "mother_work_place": "在家",
        "mother_phone": "",
    }
    hits = rows_of(rule("required", **AWAY), book(table([row])))
    assert pointed(hits) == [{"father_phone"}]
    assert hits.details["p"] == ["father"]


def test_a_common_column_stands_for_both_parents() -> None:
    base = {"father_name": "杨大山", "father_work_place": "浙江宁波"}
    both = [base | {"father_phone": "", "parents_phone": "13885720001"}]
    assert rows_of(rule("required", **AWAY), book(table(both))).count == 0
    only_common = [base | {"parents_phone": ""}]
    assert pointed(rows_of(rule("required", **AWAY), book(table(only_common)))) == [{"parents_phone"}]


def test_files_with_and_without_the_own_column_are_judged_each_by_itself() -> None:
    base = {"father_name": "杨大山", "father_work_place": "浙江宁波"}
    one = table([base | {"father_phone": ""}], path="a.xlsx")
    other = table([base | {"parents_phone": "13885720001"}], path="b.xlsx")
    assert pointed(rows_of(rule("required", **AWAY), book(one, other))) == [{"father_phone"}]


def test_a_dash_is_lawful_for_the_deceased_only() -> None:
    rows = [
        {
            "child_name": "杨晓峰",
            "father_name": "—",
            "father_phone": "—",
            "mother_name": "李秀英",
            "mother_phone": "—",
        }
    ]
    hits = rows_of(rule("required", states=["dash"]), book(table(rows)))
    assert pointed(hits) == [{"mother_phone"}]


def test_rows_that_cannot_be_verified_are_counted() -> None:
    when = {"health": {"is": "disabled"}}
    rows = [{"health": "", "disability_type": ""}, {"health": "残疾", "disability_type": ""}]
    hits = rows_of(rule("required", fields=["disability_type"], when=when), book(table(rows)))
    assert (hits.row.tolist(), hits.unverifiable) == ([1], 1)
