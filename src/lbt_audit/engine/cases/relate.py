"""The issues of an audit in the order of their weight, told as cases, causes and lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lbt_audit.engine.cases import weight
from lbt_audit.engine.cases.children import NOBODY, Keys, Records, children
from lbt_audit.engine.cases.follows import NONE, Cells, causes, repeated, roots
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule


@dataclass(frozen=True)
class Relations:
    """``order``: the issues by weight. Of each issue, in the order given: ``case`` (uint64, 0 none), the positions of
    what it ``follows`` (NONE) and of the issue that heads its ``line``, and whether it ``repeats`` what it follows."""

    order: np.ndarray
    case: np.ndarray
    follows: np.ndarray
    line: np.ndarray
    repeats: np.ndarray


@dataclass(frozen=True)
class Relating:
    """What is known of the records and rules of an audit. ``lists_cells``: kinds of check whose findings say no more
    than which cells."""

    records: Records
    keys: Keys
    salt: str
    rules: Mapping[str, Rule]
    lists_cells: frozenset[str]

    def relate(
        self,
        codes: Sequence[str],
        issues: Mapping[str, Any],
        cells: Mapping[str, Any],
        issue: np.ndarray,
        place: np.ndarray,
    ) -> Relations:
        """``issues`` and ``cells`` as the builder collects them, ``issue`` that of each cell; ``codes`` are the words of
        the column ``rule``, ``place`` the position of each issue by file, sheet and row."""
        rule = issues["rule"]
        safety = issues["safety"]
        lists = np.array([self.rules[c].check in self.lists_cells for c in codes], np.bool_)[rule]
        filed = issues["record"]
        every = np.concatenate([filed, cells["record"]])
        child, key = children(every, self.records, self.keys, self.salt)
        of, child = child[: len(filed)], child[len(filed) :]
        known = Cells(issue, _cell(cells), _fact(child, cells["field"]))
        cause = roots(rule, causes(codes, self.rules), known, place)
        cause[safety & ~safety[cause]] = NONE  # what is urgent is not told beneath a slip of the pen
        order = weight.order(
            safety, issues["severity"], issues["deadline"], cause != NONE, issues["probability"], place
        )
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        return Relations(
            order=order,
            case=np.where(of == NOBODY, np.uint64(0), key[of]),
            follows=cause,
            line=_lines(rule, of, cause, self.records.registers(filed), rank, order),
            repeats=repeated(cause, known, lists),
        )


def _cell(cells: Mapping[str, Any]) -> np.ndarray:
    """One number per cell; whole rows, columns and sheets are none."""
    number = (cells["source"].astype(np.int64) << 24 | cells["row"]) << 15 | np.maximum(cells["column"], 0)
    _, code = np.unique(number, return_inverse=True)
    result: np.ndarray = np.where((cells["row"] > 0) & (cells["column"] >= 0), code, NONE)
    return result


def _fact(child: np.ndarray, field: np.ndarray) -> np.ndarray:
    """One number per field of a child."""
    fields = int(field.max(initial=0)) + 1
    result: np.ndarray = np.where((child == NOBODY) | (field < 0), NONE, child * fields + field)
    return result


def _lines(
    rule: np.ndarray,
    child: np.ndarray,
    cause: np.ndarray,
    register: np.ndarray,
    rank: np.ndarray,
    order: np.ndarray,
) -> np.ndarray:
    """Position of the issue that heads each one's line: what one rule says of one child in several registers, below one
    cause, is one line; what it says twice in one register is two."""
    n = len(rule)
    line = np.arange(n)
    for below in (False, True):  # causes first: what follows is told below the cause's line
        at = order[(cause[order] != NONE) == below]
        at = at[(child[at] != NOBODY)]
        above = line[cause[at]] if below else np.full(len(at), NONE)
        same = _numbered(rule[at], child[at], above)
        again = _occurrence(same, register[at])
        group = _numbered(same, again)
        _, first = np.unique(group, return_index=True)  # of the heaviest: ``at`` is in the order of weight
        line[at] = at[first][group]
    return line


def _numbered(*keys: np.ndarray) -> np.ndarray:
    """One number (0 …) per distinct combination of ``keys``."""
    number = np.zeros(len(keys[0]), np.int64)
    for key in keys:
        _, code = np.unique(key, return_inverse=True)
        _, number = np.unique(number * (int(code.max(initial=0)) + 1) + code, return_inverse=True)
    return number


def _occurrence(group: np.ndarray, register: np.ndarray) -> np.ndarray:
    """The how manieth of its group each is in its register."""
    key = _numbered(group, register)
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    starts = np.r_[True, ranked[1:] != ranked[:-1]] if len(ranked) else np.zeros(0, np.bool_)
    first = np.maximum.accumulate(np.where(starts, np.arange(len(ranked)), 0))
    result = np.empty(len(key), np.int64)
    result[order] = np.arange(len(ranked)) - first
    return result
