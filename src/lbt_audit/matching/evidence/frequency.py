"""How much agreement on a value is worth: log2(N / bearers), counted in the larger table."""

from __future__ import annotations

import numpy as np

from lbt_audit.matching.names.nameset import NameSet
from lbt_audit.matching.people.encoding import Encoded
from lbt_audit.matching.weights import Weights
from lbt_audit.values.kind import NO_DATE


def worth(columns: tuple[np.ndarray, np.ndarray], size: int, cap: float) -> np.ndarray:
    """Bits (float32, by value number) agreement on a value is worth, from two columns of numbers.

    The larger of the two rates counts: a value common on either side says little.
    """
    rates = []
    for column in columns:
        known = column[column >= 0]
        rates.append(np.maximum(np.bincount(known, minlength=size), 1) / max(len(known), 1))
    # The smaller table's own rate only counts where it is no accident of few rows.
    counts = [rate * max(int((c >= 0).sum()), 1) for rate, c in zip(rates, columns, strict=True)]
    larger = int((columns[1] >= 0).sum() >= (columns[0] >= 0).sum())
    rate = np.where(counts[1 - larger] >= 5, np.maximum(rates[larger], rates[1 - larger]), rates[larger])
    bits: np.ndarray = np.clip(-np.log2(rate), 0.0, cap).astype(np.float32)
    return bits


def bearers(e: Encoded) -> tuple[np.ndarray, np.ndarray]:
    """Per name number: its group (names equal in plain form), and rows with that name in the larger table."""
    _, group = np.unique(e.names.plain, return_inverse=True)
    side = e.right if e.right.n >= e.left.n else e.left
    count = np.bincount(group[side.name[side.name >= 0]], minlength=int(group.max(initial=-1)) + 1)
    return group, np.maximum(count, 1)[group]


def name_worth(e: Encoded, weights: Weights) -> np.ndarray:
    """Bits (float32, by name number) agreement on a child's name is worth.

    A name met once is as rare as its surname and length make it: the table may be too small to tell.
    """
    n = max(e.left.n, e.right.n, 2)
    cap = max(weights.name_cap, float(np.log2(n)) - 4)
    count = bearers(e)[1]
    seen = np.log2(n / count)
    return np.minimum(
        np.where(count > 1, seen, np.maximum(seen, _expected(e.names, e, weights))), cap
    ).astype(np.float32)


def _expected(names: NameSet, e: Encoded, weights: Weights) -> np.ndarray:
    surname = names.codes[:, 0]
    met = np.concatenate([surname[s.name[s.name >= 0]] for s in (e.left, e.right)])
    count = np.bincount(met, minlength=len(names.alphabet.chars))
    rate = np.log2(max(len(met), 1) / np.maximum(count, 1))
    one, two = weights.given_bits
    bits: np.ndarray = np.minimum(rate, 8.0)[surname] + np.where(
        names.length >= 3, two, np.where(names.length == 2, one, 0)
    )
    return bits


def birth_worth(e: Encoded, weights: Weights) -> tuple[np.ndarray, np.ndarray, int]:
    """Bits by day and by month, both indexed from a first day: (days, months, first day number)."""
    lows = np.concatenate([s.lo[s.lo != NO_DATE] for s in (e.left, e.right)])
    if not len(lows):
        return np.zeros(1, np.float32), np.zeros(1, np.float32), 0
    first = int(lows.min())
    side = max((e.right, e.left), key=lambda s: int(s.exact.sum()))
    span = int(lows.max()) - first + 1
    exact = side.lo[side.exact] - first
    n = max(len(exact), 1)
    days = np.clip(np.log2(n / np.maximum(np.bincount(exact, minlength=span), 1)), 0, weights.birth_cap)
    # In a small table most days are met once; the span of the dates says how many there are.
    if n < 4 * span:
        typical = np.log2(max(min(span, 4400), 2))
        days = np.where(
            np.bincount(exact, minlength=span) <= 2,
            np.minimum(np.maximum(days, typical - 1), weights.birth_cap),
            days,
        )
    month_of = np.arange(span) // 31
    months = np.bincount(month_of[exact], minlength=int(month_of.max()) + 1)
    monthly = np.clip(np.log2(n / np.maximum(months, 1)), 0, weights.birth_cap)[month_of]
    if n < 200:
        monthly = np.full(span, max(float(np.log2(max(span / 31, 2))) - 1, 1.0))
    return days.astype(np.float32), monthly.astype(np.float32), first
