"""``says``: one of a list of words is said of a person, or of nobody in particular."""

from __future__ import annotations

import pytest
from tests.checks.registers import book, rows_of, rule, table

REMARKS = ["孩子独自生活", "独居", "爷爷独居", "由独居老人照料", "没有独居", "监护人酗酒", "父亲酗酒", ""]


@pytest.mark.parametrize(
    ("words", "of", "found"),
    [("living_alone", "child", [0, 1]), ("barred", "carer", [5]), ("barred", "father", [6])],
)
def test_of_whom(words: str, of: str, found: list[int]) -> None:
    a_rule = rule("rows", when={"remark": {"says": {"words": words, "of": of}}})
    hits = rows_of(a_rule, book(table([{"child_name": "甲某", "remark": r} for r in REMARKS])))
    assert hits.row.tolist() == found


def test_a_register_without_the_column_says_nothing() -> None:
    a_rule = rule("rows", when={"remark": {"says": {"words": "living_alone", "of": "child"}}})
    hits = rows_of(a_rule, book(table([{"child_name": "甲某"}])))
    assert (hits.count, hits.unverifiable) == (0, 1)
