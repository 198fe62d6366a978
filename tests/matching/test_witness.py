"""Birth and sex from ID numbers, ages and lunar months: which is heard, and what a contradiction does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.matching.crowd import HOME, crowd, day, people, verdict

from lbt_audit.matching import People, Verdict, link
from lbt_audit.matching.evidence.births import Birth
from lbt_audit.matching.explanation import explain_link
from lbt_audit.values.kind import NO_DATE

CHILD = {**HOME, "name": "覃晶莲", "sex": "2"}
NUMBER = "529901201307040127"  # 2013-07-04, a girl


def test_number_gives_the_date_a_blank_cell_does_not() -> None:
    """The elder sister has a number and no date, the younger a date: two children, one stroke apart. Where each list has
    but one of them, that is asked about (``leftover.py``)."""
    elder = {**CHILD, "birth": None, "id_no": NUMBER}
    younger = {**CHILD, "name": "覃金莲", "birth": "2016-03-11"}
    assert verdict([elder], [younger]) == {(0, 0): Verdict.DOUBTFUL}
    assert verdict([elder, younger], [younger]) == {(1, 0): Verdict.SAME}
    found = verdict([elder], [{**CHILD, "name": "覃金莲", "phone": None}])
    assert found == {(0, 0): Verdict.MISSPELT}


def test_number_is_heard_before_a_cell_that_contradicts_it() -> None:
    wrong = {**CHILD, "birth": "2003-07-14", "id_no": NUMBER, "father": None, "mother": None}
    right = {**CHILD, "father": None, "mother": None}
    links = link(people([wrong, *crowd()]), people([right, *crowd()]))
    assert links.verdict[0] == Verdict.SAME and links.evidence.codes["birth"][0] == Birth.SAME_DAY
    assert "出生日期相同（按身份证号）" in explain_link(links, 0)
    assert "by the ID number" in explain_link(links, 0, "en")


def test_number_of_another_child_leaves_the_column_a_witness() -> None:
    torn = {**CHILD, "birth": "2015-01-02", "id_no": NUMBER}
    links = link(people([torn, *crowd()]), people([{**CHILD, "birth": "2015-01-02"}, *crowd()]))
    assert links.verdict[0] == Verdict.SAME and links.evidence.codes["birth"][0] == Birth.COLUMN
    assert "另一日期" in explain_link(links, 0)


def test_one_number_is_no_second_witness_of_a_date() -> None:
    """A number typed for a sister still shows in the columns."""
    sister = {**CHILD, "name": "覃佳怡", "birth": "2015-01-02", "id_no": NUMBER}
    assert verdict([{**CHILD, "id_no": NUMBER}], [sister]) == {(0, 0): Verdict.DOUBTFUL}


def test_number_of_a_parent_is_no_birth_date() -> None:
    mothers = {**CHILD, "birth": None, "id_no": "52990119850704012X"}
    links = link(people([mothers, *crowd()]), people([CHILD, *crowd()]))
    assert links.evidence.codes["birth"][0] == Birth.UNKNOWN


def test_sex_by_number() -> None:
    torn = {**CHILD, "sex": "1", "id_no": NUMBER}
    for other, code in (("2", 1), ("1", 0)):
        links = link(people([torn, *crowd()]), people([{**CHILD, "sex": other}, *crowd()]))
        assert links.evidence.codes["sex"][0] == code


def aged(rows: list[dict[str, str | None]], years: list[int | None]) -> People:
    """The same children with an age on 2026-10-31."""
    table = people(rows)
    born = [
        (NO_DATE, NO_DATE) if y is None else (day(f"{2025 - y}-11-01"), day(f"{2026 - y}-10-31"))
        for y in years
    ]
    lo, hi = np.array(born, np.int32).T
    return People(**{**_columns(table), "age_lo": lo, "age_hi": hi})


def _columns(table: People) -> dict[str, Any]:
    return dict(vars(table))


@pytest.mark.parametrize(
    ("age", "code"),
    [(13, Birth.AGE), (14, Birth.UNKNOWN), (12, Birth.UNKNOWN), (15, Birth.AGE_OFF), (17, Birth.AGE_APART)],
)
def test_ages(age: int, code: Birth) -> None:
    left = aged([{**CHILD, "birth": None}, *crowd()], [age, *[None] * 400])
    links = link(left, people([CHILD, *crowd()]))
    assert links.left[0] == links.right[0] == 0 and links.evidence.codes["birth"][0] == code
    said = {Birth.AGE: "年龄相符", Birth.AGE_OFF: "年龄相差约两岁", Birth.AGE_APART: "年龄不符"}
    assert said.get(code, "") in explain_link(links, 0)


def test_age_joins_none_it_contradicts() -> None:
    undated = {**CHILD, "birth": None}
    for age, expected in ((13, Verdict.MISSPELT), (15, Verdict.DOUBTFUL), (18, Verdict.DOUBTFUL)):
        left = aged([undated, *crowd()], [age, *[None] * 400])
        links = link(left, people([{**CHILD, "name": "覃金莲"}, *crowd()]))
        at = np.flatnonzero((links.left == 0) & (links.right == 0))
        found = Verdict(int(links.verdict[at[0]])) if len(at) else Verdict.DIFFERENT
        assert found == expected, age


def test_month_of_the_lunar_calendar() -> None:
    """The third lunar month of 2021 was April 12 to May 11."""
    left = people([{**CHILD, "birth": "2021-03-01"}, *crowd()])
    left = People(
        **{**_columns(left), "birth_hi": np.where(np.arange(401) == 0, day("2021-03-31"), left.birth_hi)}
    )
    right = people([{**CHILD, "birth": "2021-04-21"}, *crowd()])
    links = link(left, right)
    assert links.verdict[0] == Verdict.SAME and links.evidence.codes["birth"][0] == Birth.LUNAR
