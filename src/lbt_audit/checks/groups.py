"""Rows that belong together: labels, unions of labels, counts per group. All in numpy.

A label array holds one int64 per row, -1 for a row that takes no part.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.hits import RowHits
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import combine
from lbt_audit.frames.logic import Mask
from lbt_audit.model.rule import Rule

Labels = np.ndarray


def label(parts: Iterable[np.ndarray], valid: Mask) -> Labels:
    """Label of each combination of ``parts`` (codes ≥ 0) among ``valid`` rows; -1 elsewhere."""
    result = np.full(len(valid), -1, np.int64)
    if valid.any():
        result[valid] = combine(*(np.asarray(p)[valid] for p in parts))
    return result


def drop_single(labels: Labels) -> Labels:
    """-1 for every row alone with its label."""
    result = labels.copy()
    at = labels >= 0
    if at.any():
        counts = np.bincount(labels[at])
        result[at & (counts[np.maximum(labels, 0)] < 2)] = -1
    return result


def components(labelings: Iterable[Labels], n: int) -> Labels:
    """Rows joined whenever any labelling joins them, transitively; -1 for rows joined to none.

    The label of a component is its smallest row. Each pass lowers every row to the smallest row of its
    groups, so the passes needed grow with the length of chains, which are short here.
    """
    kept = [drop_single(lab) for lab in labelings]
    lowest = np.arange(n, dtype=np.int64)
    while True:
        before = lowest.copy()
        for lab in kept:
            at = np.flatnonzero(lab >= 0)
            if not len(at):
                continue
            least = np.full(int(lab.max()) + 1, n, np.int64)
            np.minimum.at(least, lab[at], lowest[at])
            lowest[at] = np.minimum(lowest[at], least[lab[at]])
        if np.array_equal(before, lowest):
            break
    joined = np.zeros(n, np.bool_)
    for lab in kept:
        joined |= lab >= 0
    return np.where(joined, lowest, -1)


def distinct(groups: Labels, values: np.ndarray, counted: Mask) -> np.ndarray:
    """Number of distinct ``values`` (codes ≥ 0) among the ``counted`` rows of each row's group; 0 for -1."""
    result = np.zeros(len(groups), np.int64)
    at = (groups >= 0) & counted
    if not at.any():
        return result
    size = int(groups.max()) + 1
    width = int(values[at].max()) + 1
    pairs = pc.unique(pa.array(groups[at] * width + values[at])).to_numpy(zero_copy_only=False)
    counts = np.bincount(pairs // width, minlength=size)
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


def hits(rule: Rule, frame: Frame, groups: Labels, checked: int) -> tuple[RowHits, np.ndarray]:
    """One issue per group of rows, filed under its first row, and the first row of each issue.

    Pointed at are those of ``points_at`` that the file has and that hold something.
    """
    row = np.flatnonzero(groups >= 0)
    order = np.lexsort((row, groups[row]))
    row = row[order]
    group = groups[row]
    starts = np.ones(len(row), np.bool_)
    starts[1:] = group[1:] != group[:-1]
    # Groups in the order of their first rows, not of their labels.
    first = row[starts]
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    issue = rank[np.cumsum(starts) - 1]
    order = np.lexsort((row, issue))
    row, issue = row[order], issue[order]
    points = {}
    for field in rule.points_at:
        if any(field in t.columns for t in frame.tables):
            there = frame[field].state[row] > 1
            if there.any():
                points[field] = there
    found = RowHits(row.astype(np.int32), issue.astype(np.int32), points, checked=checked)
    return found, np.sort(first)
