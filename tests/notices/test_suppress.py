"""Hidden cells cannot be worked out from what is published."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lbt_audit.notices.circular.suppression import SMALL, hide, hide_list, with_totals

tables = st.integers(1, 4).flatmap(
    lambda rows: st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=rows, max_size=rows)
)


@given(tables)
@settings(max_examples=200, deadline=None)
def test_small_cells_are_hidden_and_zeros_need_not_be(table: list[list[int]]) -> None:
    counts = np.array(table)
    hidden, full = hide(counts), with_totals(counts)
    assert hidden[(full > 0) & (full < SMALL)].all()
    if not ((full > 0) & (full < SMALL)).any():
        assert not hidden.any()


def possible(full: np.ndarray, hidden: np.ndarray, most: int = 12) -> list[np.ndarray]:
    """Every table of whole numbers that agrees with what is published (hidden counts up to ``most``)."""
    rows, columns = full.shape[0] - 1, full.shape[1] - 1
    inside = [(r, c) for r in range(rows) for c in range(columns) if hidden[r, c]]
    found = []
    for values in product(range(most + 1), repeat=len(inside)):
        counts = full[:-1, :-1].copy()
        for (r, c), value in zip(inside, values, strict=True):
            counts[r, c] = value
        if np.array_equal(with_totals(counts)[~hidden], full[~hidden]):
            found.append(with_totals(counts))
    return found


@given(st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=2), min_size=1, max_size=2))
@settings(max_examples=60, deadline=None)
def test_nothing_hidden_can_be_worked_out(table: list[list[int]]) -> None:
    full = with_totals(np.array(table))
    hidden = hide(np.array(table))
    if not hidden.any():
        return
    others = possible(full, hidden)
    for r, c in np.argwhere(hidden & (full > 0)):
        assert len({int(t[r, c]) for t in others}) > 1, (full, hidden, r, c)


def test_one_small_cell_takes_a_rectangle_with_it() -> None:
    counts = np.array([[1, 20, 30], [40, 50, 60], [70, 80, 90]])
    hidden = hide(counts)
    assert hidden.sum() == 4
    assert hidden[0, 0]
    assert not hidden[-1].any()  # totals stay where they can
    assert not hidden[:, -1].any()


def test_a_list_with_one_small_count_hides_another() -> None:
    hidden = hide_list(np.array([30, 2, 9, 50]))
    assert hidden[:4].tolist() == [False, True, True, False]
    assert hide_list(np.array([3, 0, 7])).tolist() == [False] * 4


def test_a_single_small_count_hides_its_total() -> None:
    assert hide_list(np.array([2])).tolist() == [True, True]


def test_hundreds_of_small_units_are_quick() -> None:
    counts = np.random.default_rng(1).integers(0, 6, (600, 3))
    hidden = hide(counts)
    assert hidden.sum() >= ((counts > 0) & (counts < SMALL)).sum()
