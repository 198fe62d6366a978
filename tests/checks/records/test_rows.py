"""Rows under a condition."""

from __future__ import annotations

from tests.checks.registers import book, rows_of, rule, table

from lbt_audit.model.severity import Severity


def test_lookup_names_the_other_place_and_works_without_the_list() -> None:
    child = {"child_name": "杨晓峰", "id_no": "52990120150312001X", "is_orphan": "否"}
    orphan = table([{**child, "orphan_kind": "孤儿"}], "orphans", "孤儿名册.xls")
    a_rule = rule("lookup", table="orphans", key="id_no", when={"is_orphan": {"is": "yes"}})
    with_list = rows_of(a_rule, book(table([child]), orphan))
    assert with_list.details["listed"] == ["孤儿名册.xls:Sheet1!5"]
    assert rows_of(a_rule, book(table([child]))).count == 0
    without = rows_of(a_rule, book(table([{**child, "is_orphan": "是"}])))
    assert without.details["listed"] == ["—"]


def test_severity_of_single_rows() -> None:
    a_rule = rule(
        "rows", when={"child_name": {"filled": True}}, severity_when={"notice": {"sex": {"is": "male"}}}
    )
    hits = rows_of(
        a_rule, book(table([{"child_name": "甲某", "sex": "男"}, {"child_name": "乙某", "sex": "女"}]))
    )
    assert hits.severity.tolist() == [Severity.NOTICE, 0]
