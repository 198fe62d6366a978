"""What hangs together in a graph of rows."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np


def components(n: int, edges: Iterable[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """The least node (int64) that each of ``n`` nodes is connected with."""
    label = np.arange(n, dtype=np.int64)
    ends = list(zip(*edges, strict=True))
    if not ends:
        return label
    one, other = (np.concatenate(part) for part in ends)
    while True:
        before = label.copy()
        least = np.minimum(label[one], label[other])
        np.minimum.at(label, one, least)
        np.minimum.at(label, other, least)
        label = label[label]
        if np.array_equal(before, label):
            return label
