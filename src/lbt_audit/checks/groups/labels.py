"""Rows that belong together: labels, unions of labels, counts per group. All in numpy.

A label array holds one int64 per row, -1 for a row that takes no part.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.keys import combine
from lbt_audit.frames.logic import Mask

Labels = np.ndarray


def label(parts: Iterable[np.ndarray], valid: Mask) -> Labels:
    """Label of each combination of ``parts`` (codes ≥ 0) among ``valid`` rows; -1 elsewhere."""
    parts = list(parts)
    if len(parts) == 1:
        return np.where(valid, parts[0], -1)
    result = np.full(len(valid), -1, np.int64)
    if valid.any():
        result[valid] = combine(*(p[valid] for p in parts))
    return result


def drop_single(labels: Labels) -> Labels:
    """-1 for every row alone with its label."""
    return np.where(size_of(labels) < 2, -1, labels)


def components(labelings: Iterable[Labels], n: int) -> Labels:
    """Rows joined whenever any labelling joins them, transitively; -1 for rows joined to none.

    The label of a component is its smallest row. Each pass lowers every row to the smallest row of its
    groups, so the passes needed grow with the length of chains, which are short here.
    """
    shared = [drop_single(lab) for lab in labelings]
    lowest = np.arange(n, dtype=np.int64)
    while True:
        before = lowest.copy()
        for lab in shared:
            at = np.flatnonzero(lab >= 0)
            if not len(at):
                continue
            least = np.full(int(lab.max()) + 1, n, np.int64)
            np.minimum.at(least, lab[at], lowest[at])
            lowest[at] = np.minimum(lowest[at], least[lab[at]])
        if np.array_equal(before, lowest):
            break
    joined = np.zeros(n, np.bool_)
    for lab in shared:
        joined |= lab >= 0
    return np.where(joined, lowest, -1)


def united(labelings: list[Labels], n: int) -> Labels:
    """Like ``components``, but a row that shares its labels with no other is a group of its own."""
    if len(labelings) == 1:
        return labelings[0]
    taking_part = np.logical_or.reduce([lab >= 0 for lab in labelings])
    joined = components(labelings, n)
    return np.where(taking_part & (joined < 0), np.arange(n), joined)


def distinct(groups: Labels, values: np.ndarray, counted: Mask) -> np.ndarray:
    """Number of distinct ``values`` (codes ≥ 0) among the ``counted`` rows of each row's group; 0 for -1."""
    result = np.zeros(len(groups), np.int64)
    at = (groups >= 0) & counted
    if not at.any():
        return result
    counts = np.bincount(groups[at], minlength=int(groups.max()) + 1)
    several = np.flatnonzero(at)[counts[groups[at]] > 1]  # one row says one thing
    if len(several):
        width = int(values[several].max()) + 1
        pairs = pc.unique(pa.array(groups[several] * width + values[several])).to_numpy(zero_copy_only=False)
        each = np.bincount(pairs // width, minlength=len(counts))
        counts = np.where(each > 0, each, counts)
    inside = groups >= 0
    result[inside] = counts[groups[inside]]
    return result


def size_of(groups: Labels) -> np.ndarray:
    """Rows in each row's group; 0 for -1."""
    result = np.zeros(len(groups), np.int64)
    at = groups >= 0
    if at.any():
        result[at] = np.bincount(groups[at])[groups[at]]
    return result


def split(groups: Labels, codes: np.ndarray, known: Mask) -> Labels:
    """Groups whose members contradict each other in ``codes`` fall apart; members without one leave."""
    torn = distinct(groups, codes, known) > 1
    if not torn.any():
        return groups
    apart = label([groups + 1, codes], torn & known)
    result = np.where(torn, -1, groups)
    return np.where(apart >= 0, apart + groups.max(initial=-1) + 1, result)
