"""Kleene's three values."""

from __future__ import annotations

import itertools

import numpy as np

from lbt_audit.frames.logic import Logic

VALUES = [True, False, None]


def _logic(*values: bool | None) -> Logic:
    return Logic(np.array([v is True for v in values]), np.array([v is False for v in values]))


def _values(logic: Logic) -> list[bool | None]:
    return [True if t else False if f else None for t, f in zip(logic.true, logic.false, strict=True)]


def test_truth_tables() -> None:
    left, right = zip(*itertools.product(VALUES, VALUES), strict=True)
    both = [False if False in p else None if None in p else True for p in zip(left, right, strict=True)]
    either = [True if True in p else None if None in p else False for p in zip(left, right, strict=True)]
    assert _values(_logic(*left) & _logic(*right)) == both
    assert _values(_logic(*left) | _logic(*right)) == either
    assert _values(~_logic(*VALUES)) == [False, True, None]
    assert _logic(*VALUES).unknown.tolist() == [False, False, True]
