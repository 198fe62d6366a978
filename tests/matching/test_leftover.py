"""Rows of one household left over in both tables: asked about, whatever their names; never joined, and brothers stay apart."""

from __future__ import annotations

import numpy as np
import pytest
from tests.matching.crowd import crowd, people, verdict

from lbt_audit.matching import Verdict, link
from lbt_audit.matching.weights import DEFAULT_WEIGHTS

CHILD: dict[str, str | None] = {
    "name": "杜朝贵", "birth": "2018-07-01", "sex": "1", "father": "杜国军", "mother": "赵国英", "village": "甲村",
    "phone": "13390259947",
}  # fmt: skip
NAMED = {**CHILD, "name": "杨红琪"}
"""With the guardian's name in the child's column."""


@pytest.mark.parametrize(
    "more", [{}, {"father": None}, {"mother": None}, {"name": "杜朝桂", "birth": "2018-11-23"}]
)
def test_they_are_asked_about(more: dict[str, str | None]) -> None:
    assert verdict([CHILD], [{**NAMED, **more}]) == {(0, 0): Verdict.DOUBTFUL}


def test_they_are_never_joined() -> None:
    """However much else agrees: without a candidate's likeness they come to ``left_over`` at most."""
    left, right = [CHILD, *crowd()], [{**NAMED, "father": None}, *crowd()]
    found = link(people(left), people(right))
    (p,) = found.probability[found.left == 0].tolist()
    assert DEFAULT_WEIGHTS.doubtful_from <= p <= np.float32(DEFAULT_WEIGHTS.left_over)


def test_a_brother_born_in_another_year_is_another_child() -> None:
    assert verdict([CHILD], [{**NAMED, "birth": "2015-03-20"}]) == {}


def test_who_has_a_counterpart_is_not_asked_about() -> None:
    """A twin who stands in one list only is nobody else."""
    assert verdict([CHILD, NAMED], [CHILD]) == {(0, 0): Verdict.SAME}
    assert verdict([CHILD, NAMED], [NAMED, CHILD]) == {(0, 1): Verdict.SAME, (1, 0): Verdict.SAME}


def test_another_household_is_not_asked_about() -> None:
    away = {"father": "杨大山", "mother": "李秀英", "phone": "13800000001"}
    assert verdict([CHILD], [{**NAMED, **away}]) == {}


def test_nobody_else_is_judged_otherwise_by_it() -> None:
    alone = link(people(crowd()), people(crowd()))
    beside = link(people([*crowd(), CHILD]), people([*crowd(), NAMED]))
    assert np.array_equal(alone.verdict, beside.verdict[beside.left < len(crowd())])
