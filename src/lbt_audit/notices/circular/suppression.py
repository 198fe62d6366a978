"""Small cells of published tables, hidden so that nobody can work them out again.

A count of one or two could point at a child. It is hidden, and so are as many other cells as it takes
for totals and remaining cells not to give it away: a hidden cell can be worked out exactly if and only
if its edge is a bridge of the graph whose nodes are rows and columns (totals included) and whose edges
are the hidden cells; so every hidden cell must lie on a cycle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from itertools import chain, islice

import numpy as np

SMALL = 3  # counts below this, zero excepted, are not published
SHOWN_AS = "※"
_OF_ZERO = 10**9  # a hidden zero protects least
_OF_TOTAL = 10**6
_OF_KEPT = 10**4
_TRIED = 1000  # cycles looked at for one hidden cell
_LONG = 8  # cells of the longest; all there are in tables of four columns
_LARGE = 60  # rows of a table in which cycles of that length are too many


def hide(counts: np.ndarray, keep: Collection[int] = ()) -> np.ndarray:
    """Which cells of ``counts`` (rows × columns of whole numbers) with its totals to hide: a bool array
    one row (totals of columns) and one column (totals of rows) larger. Columns of ``keep`` are spared
    where others will do."""
    full = with_totals(counts)
    cost = np.where(full == 0, _OF_ZERO, full).astype(np.int64)
    cost[-1, :] += _OF_TOTAL
    cost[:, -1] += _OF_TOTAL
    cost[:, list(keep)] += _OF_KEPT
    hidden = (full > 0) & (full < SMALL)
    while (bridge := _bridge(hidden)) is not None:
        _close(np.where(hidden, 0, cost), hidden, *bridge)
    return hidden


def ambiguous(counts: np.ndarray, hidden: np.ndarray, same: Callable[[np.ndarray], bool]) -> bool:
    """Whether no small count can be told from the table together with what else is published about it:
    ``same`` says whether that would read alike for another table (with totals). For every small count there
    must be a table with another one, alike in all that is shown. Tables that differ along one cycle are tried, so the
    answer may be no where it could be yes, not the other way round."""
    full = with_totals(counts)
    small = np.argwhere(hidden & (full > 0) & (full < SMALL)).tolist()
    return all(any(map(same, _others(full, hidden, r, c))) for r, c in small)


def _others(full: np.ndarray, hidden: np.ndarray, row: int, column: int) -> Iterator[np.ndarray]:
    """Tables with another count at a hidden cell and the same totals and cells shown: those that differ along
    a cycle of hidden cells, by turns more and less."""
    sign = np.ones(full.shape, np.int64)
    sign[-1, :] *= -1  # a total grows with its parts, where parts make up for each other
    sign[:, -1] *= -1
    lengths = range(4, _LONG + 1 if len(full) <= _LARGE else _LONG, 2)
    cycles = chain.from_iterable(_cycles(hidden, [(row, column)], length) for length in lengths)
    for cells in islice(cycles, _TRIED):
        step = np.zeros(full.shape, np.int64)
        for number, (r, c) in enumerate(cells):
            step[r, c] = sign[r, c] * (-1 if number % 2 else 1)
        for times in (1, -1, 2, -2):
            other = full + times * step
            if (other >= 0).all():
                yield other


def _cycles(hidden: np.ndarray, cells: list[tuple[int, int]], length: int) -> Iterator[list[tuple[int, int]]]:
    """Cycles of ``length`` hidden cells that begin with ``cells``, along rows and columns by turns."""
    r, c = cells[-1]
    if len(cells) % 2:  # on along the row
        taken = {column for _, column in cells}
        if len(cells) == length - 1:
            yield [*cells, (r, cells[0][1])]
            return
        following = [(r, other) for other in np.flatnonzero(hidden[r]).tolist() if other not in taken]
    else:
        taken = {row for row, _ in cells}
        fit = hidden[:, c] & hidden[:, cells[0][1]] if len(cells) == length - 2 else hidden[:, c]
        following = [(other, c) for other in np.flatnonzero(fit).tolist() if other not in taken]
    for cell in following:
        yield from _cycles(hidden, [*cells, cell], length)


def hide_list(counts: np.ndarray) -> np.ndarray:
    """``hide`` for single counts whose total is known; one entry more than ``counts``."""
    hidden: np.ndarray = hide(np.asarray(counts).reshape(-1, 1))[:, 0]
    return hidden


def with_totals(counts: np.ndarray) -> np.ndarray:
    """``counts`` with totals below and to the right."""
    wide = np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)
    return np.concatenate([wide, wide.sum(axis=0, keepdims=True)])


def _close(cost: np.ndarray, hidden: np.ndarray, row: int, column: int) -> None:
    """Put the hidden cell on a cycle of four at the least loss: other cells of its row and column, and
    the one across."""
    columns = cost.shape[1]
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
