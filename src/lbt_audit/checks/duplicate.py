"""The same number for several records of one unit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from lbt_audit.checks import groups as g
from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.own_units import KINDS, place_codes
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import text_codes
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text

WELL_FORMED = "^[0-9]{17}[0-9X]$"
REPEATED_SHARE = 0.5  # two tables that share more of their numbers are one list handed in twice
REPEATED_MIN = 10


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per number that stands more than once in a file or in the files of one unit.

    A file of several units (an export of many schools, a workbook of many villages) is several lists: one
    number in two of them is E03's.

    A number need only be well-formed: a mistyped one entered twice is still a double entry. Numbers that
    lost their last digits in a spreadsheet prove nothing. Children who left the list are not counted.
    Two sheets that share half of their numbers are one list handed in twice (the sheets of two months
    in one book): one issue for the pair instead of one for every child.
    """
    field = str(rule.params["field"])
    if not some(frame, field):
        return None
    numbers = frame.facet(f"{field}.norm").values
    formed = pc.match_substring_regex(numbers, WELL_FORMED).to_numpy(zero_copy_only=False)
    usable = np.asarray(formed, np.bool_) & ~frame[field].has_fault("precision_lost", "several")
    usable &= ~frame.facet("child.exited").as_logic().true
    codes = text_codes(numbers)
    units = [t.unit.name or t.path for t in frame.tables]
    paths = [t.path for t in frame.tables]
    scopes = [frame.per_table(_number(names), np.int64) for names in (units, paths)]
    where = place_codes(frame, book) if frame.kind in KINDS else np.zeros(len(frame), np.int64)
    labels = g.components([g.label([codes, scope, where], usable) for scope in scopes], len(frame))
    labels, together = _whole_lists(labels, frame)
    found, first = g.hits(rule, frame, labels, int(usable.sum()))
    children = g.distinct(labels, codes, labels >= 0)[first]
    keys = [_key(frame, r, numbers[r].as_py(), bool(together[r])) for r in first.tolist()]
    details = {
        "count": g.size_of(labels)[first].astype(str).tolist(),
        "children": children.astype(str).tolist(),
        "what": [
            _twice(c) if n == 1 else _lists(n, c)
            for n, c in zip(children.tolist(), g.size_of(labels)[first].tolist(), strict=True)
        ],
    }
    return replace(found, details=details, keys=keys)


def _twice(rows: int) -> Text:
    return Text(
        f"同一证号在本单位的同类表中登记了{rows}行",
        f"One ID number stands in {rows} rows of one unit's registers",
    )


def _lists(numbers: int, rows: int) -> Text:
    return Text(
        f"两份名单有{numbers}个证号相同（共{rows}行），疑似同一名单报了两次",
        f"Two lists share {numbers} ID numbers ({rows} rows); probably one list handed in twice",
    )


def _whole_lists(labels: g.Labels, frame: Frame) -> tuple[g.Labels, Mask]:
    """Labels where pairs of tables that repeat each other are one group, and the rows in such groups."""
    result, together = labels.copy(), np.zeros(len(frame), np.bool_)
    rows = np.flatnonzero(labels >= 0)
    if not len(rows):
        return result, together
    tables = frame.table[rows].astype(np.int64)
    # Groups that touch several tables: how many numbers does each other table share with the first one?
    first = np.full(int(labels.max()) + 1, len(frame.tables), np.int64)
    np.minimum.at(first, labels[rows], tables)
    apart = tables != first[labels[rows]]
    pair = first[labels[rows]] * len(frame.tables) + tables
    pairs, counts = np.unique(pair[apart], return_counts=True)
    smaller = np.minimum(frame.lengths[pairs // len(frame.tables)], frame.lengths[pairs % len(frame.tables)])
    repeated = pairs[(counts >= REPEATED_MIN) & (counts > REPEATED_SHARE * smaller)]
    for one in repeated.tolist():
        groups = np.unique(labels[rows[apart & (pair == one)]])
        members = rows[np.isin(labels[rows], groups)]
        result[members] = groups.min()
        together[members] = True
    return result, together


def _key(frame: Frame, row: int, number: str, together: bool) -> str:
    return f"list|{frame.tables[frame.table[row]].sheet}" if together else number


def _number(names: list[str]) -> list[int]:
    seen: dict[str, int] = {}
    return [seen.setdefault(name, len(seen)) for name in names]


CHECK = Check(
    name="duplicate", parameters={"field": Parameter(str, required=True, holds="operand")}, on_frame=run
)
