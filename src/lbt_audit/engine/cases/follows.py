"""Which issue follows from which: by what the rules say, where both speak of one cell or one fact of one child."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule

NONE = -1


@dataclass(frozen=True)
class Cells:
    """The places of all issues, one entry each.

    ``issue``; ``cell`` (int64, equal for one cell, NONE where it is no single cell); ``fact`` (int64, equal for one
    field of one child, NONE where there is no such).
    """

    issue: np.ndarray
    cell: np.ndarray
    fact: np.ndarray


def causes(codes: Sequence[str], rules: Mapping[str, Rule]) -> np.ndarray:
    """For every rule of ``codes`` the positions of those it follows from, the likeliest first, NONE behind the last."""
    number = {code: i for i, code in enumerate(codes)}
    found = [[number[c] for c in rules[code].follows if c in number] for code in codes]
    result = np.full((len(codes), max(map(len, found), default=0)), NONE, np.int64)
    for i, named in enumerate(found):
        result[i, : len(named)] = named
    return result


def roots(rule: np.ndarray, causes: np.ndarray, cells: Cells, rank: np.ndarray) -> np.ndarray:
    """For every issue the one all of it comes from (int64), NONE where it follows from none.

    ``rule``: position of each issue's rule among ``causes``; ``rank``: of several possible causes the least. Of the
    rules an issue may follow from the first counts that says something of the same cell, or else of the same fact.
    """
    cause = np.full(len(rule), NONE, np.int64)
    if not causes.size or not len(cells.issue):
        return cause
    is_root = np.zeros(len(causes), np.bool_)
    is_root[causes[causes != NONE]] = True
    may_follow = (causes != NONE).any(axis=1)
    theirs = np.flatnonzero(is_root[rule[cells.issue]])
    theirs = theirs[np.argsort(rank[cells.issue[theirs]], kind="stable")]
    mine = np.flatnonzero(may_follow[rule[cells.issue]])
    shared = [_index(key, theirs, mine, rule[cells.issue], len(causes)) for key in (cells.cell, cells.fact)]
    for place in range(causes.shape[1]):
        for first, key in shared:
            open_ = cause[cells.issue[mine]] == NONE
            wanted = causes[rule[cells.issue[mine]], place]
            at = np.flatnonzero(open_ & (wanted != NONE) & (key >= 0))
            found = first(key[at], wanted[at])
            hit = found != NONE
            # An issue's first place has the last word.
            cause[cells.issue[mine[at[hit]]][::-1]] = cells.issue[found[hit]][::-1]
    return _ends(cause)


class _First:
    """The first place (in the order given) of every pair of key and rule."""

    def __init__(self, pairs: np.ndarray, places: np.ndarray, rules: int) -> None:
        self.pairs, first = np.unique(pairs, return_index=True)
        self.places, self.rules = places[first], rules

    def __call__(self, key: np.ndarray, rule: np.ndarray) -> np.ndarray:
        wanted = key * self.rules + rule
        if not len(self.pairs):
            return np.full(len(wanted), NONE, np.int64)
        at = np.minimum(np.searchsorted(self.pairs, wanted), len(self.pairs) - 1)
        result: np.ndarray = np.where(self.pairs[at] == wanted, self.places[at], NONE)
        return result


def _index(
    key: np.ndarray, theirs: np.ndarray, mine: np.ndarray, rule: np.ndarray, rules: int
) -> tuple[_First, np.ndarray]:
    held = theirs[key[theirs] != NONE]
    return _First(key[held] * rules + rule[held], held, rules), key[mine]


def _ends(cause: np.ndarray) -> np.ndarray:
    """Where the way from cause to cause ends; rules that follow one another lead in no circle."""
    while True:
        further = np.where(cause == NONE, NONE, cause[cause])
        if (further == NONE).all():
            return cause
        cause = np.where(further == NONE, cause, further)


def repeated(cause: np.ndarray, cells: Cells, lists_cells: np.ndarray) -> np.ndarray:
    """Issues (bool) that say no more than what they follow from: both do nothing but list cells (``lists_cells``, per
    issue), and none of its cells is new."""
    mine = np.flatnonzero(lists_cells & (cause != NONE) & lists_cells[cause])
    result = np.zeros(len(cause), np.bool_)
    if not len(mine):
        return result
    width = int(cells.cell.max(initial=0)) + 2
    pair = cells.issue.astype(np.int64) * width + cells.cell
    at = np.flatnonzero(np.isin(cells.issue, mine))
    told = np.isin(cause[cells.issue[at]] * width + cells.cell[at], pair) & (cells.cell[at] != NONE)
    result[mine] = True
    result[cells.issue[at[~told]]] = False
    return result
