"""ID numbers that stand beside quite different names and dates in two tables: in one of them it is somebody else's, as where
a column has slipped by a row. Which of the two is not asked: either row's number proves nothing of its child."""

from __future__ import annotations

import numpy as np

from lbt_audit.matching.levels import Level
from lbt_audit.matching.names.comparison import compare
from lbt_audit.matching.names.nameset import NameSet
from lbt_audit.values.kind import NO_DATE

Rows = tuple[np.ndarray, np.ndarray, np.ndarray]
"""By row: its number's number, its name's (int32, −1 where none), the day in its column"""


def borrowed(names: NameSet, left: Rows, right: Rows, numbers: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows (bool) of either table whose number is another child's in the other; of ``numbers`` those met once on either side."""
    owners = [_owners(ids, numbers) for ids, _, _ in (left, right)]
    shared = np.flatnonzero((owners[0] >= 0) & (owners[1] >= 0))
    i, j = owners[0][shared], owners[1][shared]
    a, b = left[1][i], right[1][j]
    unlike = np.flatnonzero(
        (a >= 0)
        & (b >= 0)
        & (names.plain[a] != names.plain[b])
        & ((left[2][i] != right[2][j]) | (left[2][i] == NO_DATE))
    )
    level = compare(names, a[unlike], b[unlike]).level
    unlike = unlike[(level == Level.UNRELATED) | (level == Level.DIFFERENT)]
    found = np.zeros(len(left[0]), bool), np.zeros(len(right[0]), bool)
    found[0][i[unlike]] = found[1][j[unlike]] = True
    return found


def _owners(ids: np.ndarray, numbers: int) -> np.ndarray:
    """By number the row that alone has it, else −1."""
    rows = np.flatnonzero(ids >= 0)
    owner = np.full(numbers, -1, np.int64)
    owner[ids[rows]] = rows
    owner[np.bincount(ids[rows], minlength=numbers) != 1] = -1
    return owner
