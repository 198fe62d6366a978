"""Labels: unions, counts, what falls apart."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lbt_audit.checks.groups import labels as g
from lbt_audit.frames.keys import combine, dense


@st.composite
def labelings(draw: st.DrawFn) -> tuple[int, list[np.ndarray]]:
    n = draw(st.integers(1, 14))
    one = st.lists(st.integers(-1, 5), min_size=n, max_size=n).map(lambda v: np.array(v, np.int64))
    return n, draw(st.lists(one, min_size=1, max_size=3))


@settings(deadline=None)
@given(labelings())
def test_components_are_the_transitive_closure(case: tuple[int, list[np.ndarray]]) -> None:
    n, labels = case
    joined = np.eye(n, dtype=bool)
    for lab in labels:
        joined |= (lab[:, None] == lab[None, :]) & (lab[:, None] >= 0)
    for _ in range(n):
        joined = (joined.astype(int) @ joined.astype(int)) > 0
    found = g.components(labels, n)
    for i in range(n):
        alone = joined[i].sum() == 1
        assert (found[i] == -1) == alone
        if not alone:
            assert found[i] == np.flatnonzero(joined[i])[0]


@settings(deadline=None)
@given(labelings())
def test_distinct_counts_values_per_group(case: tuple[int, list[np.ndarray]]) -> None:
    n, labels = case
    groups, values = labels[0], np.abs(labels[-1])
    counted = labels[-1] >= 0
    got = g.distinct(groups, values, counted)
    for i in range(n):
        members = (groups == groups[i]) & counted
        assert got[i] == (len(set(values[members].tolist())) if groups[i] >= 0 else 0)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2**40)), max_size=20))
def test_combined_codes_are_equal_where_the_parts_are(pairs: list[tuple[int, int]]) -> None:
    first = np.array([p[0] for p in pairs], np.int64)
    second = dense(np.array([p[1] for p in pairs], np.int64))
    codes = combine(first, second, first) if pairs else combine(first)
    assert len(set(codes.tolist())) == len(set(pairs))
    assert sorted(set(codes.tolist())) == list(range(len(set(pairs))))


@settings(deadline=None)
@given(labelings())
def test_united_leaves_nobody_out(case: tuple[int, list[np.ndarray]]) -> None:
    n, labels = case
    found, joined = g.united(labels, n), g.components(labels, n)
    taking_part = np.any([lab >= 0 for lab in labels], axis=0)
    assert ((found >= 0) == taking_part).all()
    size = g.size_of(found)
    assert ((size > 1) == (joined >= 0)).all() or len(labels) == 1


def test_groups_that_contradict_themselves_fall_apart() -> None:
    groups = np.array([0, 0, 0, 0, 1, 1, -1])
    values, known = np.array([5, 6, 5, 0, 7, 0, 9]), np.array([1, 1, 1, 0, 1, 0, 1], np.bool_)
    found = g.split(groups, values, known)
    assert found[0] == found[2] != found[1]
    assert found[3] == -1, "without a value it belongs to none of them"
    assert found[4] == found[5] == 1, "one value contradicts nothing"
    assert found[6] == -1
