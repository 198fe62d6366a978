"""What the odds of pairs come to when a row has one counterpart at most.

Sum-product messages between the rows (Huang & Jebara 2009, on matchings): a rival counts for as much as its own better
counterparts leave of it. Nothing is picked, so nothing depends on an order.
"""

from __future__ import annotations

import numpy as np

_ROUNDS = 8


def propagate(
    i: np.ndarray, j: np.ndarray, odds: np.ndarray, n: tuple[int, int], repeats: bool = False
) -> np.ndarray:
    """Probabilities (float64) of the pairs of rows ``i`` and ``j``, of tables of ``n`` rows. ``repeats``: left rows may have
    several counterparts."""

    def others(rows: np.ndarray, size: int, messages: np.ndarray) -> np.ndarray:
        return np.asarray(np.maximum(np.bincount(rows, messages, size)[rows] - messages, 0))

    from_right, from_left = odds, odds
    for _ in range(_ROUNDS):
        left = 0.0 if repeats else others(i, n[0], from_right)
        right = others(j, n[1], from_left)
        from_right, from_left = odds / (1 + right), odds / (1 + left)
    left = 0.0 if repeats else others(i, n[0], from_right)
    final = from_right / (1 + left)
    return np.asarray(final / (1 + final))
