"""Small cells of published tables, hidden so that nobody can work them out again.

A count of one or two could point at a child. It is hidden, and so are as many other cells as it takes
for totals and remaining cells not to give it away: a hidden cell can be worked out exactly if and only
if its edge is a bridge of the graph whose nodes are rows and columns (totals included) and whose edges
are the hidden cells; so every hidden cell must lie on a cycle.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

SMALL = 3  # counts below this, zero excepted, are not published
SHOWN_AS = "※"
_OF_ZERO = 10**9  # a hidden zero protects least
_OF_TOTAL = 10**6


def hide(counts: np.ndarray) -> np.ndarray:
    """Which cells of ``counts`` (rows × columns of whole numbers) with its totals to hide: a bool array
    one row (totals of columns) and one column (totals of rows) larger."""
    full = with_totals(counts)
    hidden = (full > 0) & (full < SMALL)
    while (bridge := _bridge(hidden)) is not None:
        _close(full, hidden, *bridge)
    return hidden


def hide_list(counts: np.ndarray) -> np.ndarray:
    """``hide`` for single counts whose total is known; one entry more than ``counts``."""
    hidden: np.ndarray = hide(np.asarray(counts).reshape(-1, 1))[:, 0]
    return hidden


def with_totals(counts: np.ndarray) -> np.ndarray:
    """``counts`` with totals below and to the right."""
    wide = np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)
    return np.concatenate([wide, wide.sum(axis=0, keepdims=True)])


def _close(full: np.ndarray, hidden: np.ndarray, row: int, column: int) -> None:
    """Put the hidden cell on a cycle of four at the least loss: other cells of its row and column, and
    the one across."""
    columns = full.shape[1]
    cost = np.where(hidden, 0, np.where(full == 0, _OF_ZERO, full)).astype(np.int64)
    cost[-1, :] += np.where(hidden[-1, :], 0, _OF_TOTAL)
    cost[:, -1] += np.where(hidden[:, -1], 0, _OF_TOTAL)
    whole = cost[row, :][None, :] + cost[:, column][:, None] + cost
    whole[row, :] = whole[:, column] = np.iinfo(np.int64).max
    other = int(np.argmin(whole))
    r, c = divmod(other, columns)
    hidden[row, c] = hidden[r, column] = hidden[r, c] = True


def _bridge(hidden: np.ndarray) -> tuple[int, int] | None:
    """A hidden cell that totals give away, or None (Tarjan's lowest reachable points)."""
    rows = hidden.shape[0]
    near: dict[int, list[int]] = defaultdict(list)
    for r, c in np.argwhere(hidden).tolist():
        near[r].append(rows + c)
        near[rows + c].append(r)
    seen: dict[int, int] = {}
    low: dict[int, int] = {}
    for start in sorted(near):
        if start in seen:
            continue
        seen[start] = low[start] = len(seen)
        stack = [(start, -1, iter(near[start]))]
        while stack:
            node, parent, rest = stack[-1]
            for other in rest:
                if other == parent:
                    continue
                if other in seen:
                    low[node] = min(low[node], seen[other])
                    continue
                seen[other] = low[other] = len(seen)
                stack.append((other, node, iter(near[other])))
                break
            else:
                stack.pop()
                if parent >= 0:
                    low[parent] = min(low[parent], low[node])
                    if low[node] > seen[parent]:
                        return (node, parent - rows) if node < rows else (parent, node - rows)
    return None
