"""Records whose child stands in another register, by ID number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits, one_per_row
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import compile_condition
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic
from lbt_audit.model.rule import Rule


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per record of which ``when`` is true or whose ``key`` stands in a register ``table``
    (in a row where ``where`` is true), unless ``unless`` is true of the record.

    Works without the other register too, on ``when`` alone. Details: ``listed``, the place of the
    other record, "—" if there is none.
    """
    n = len(frame)
    own = compile_condition(rule.params["when"])(frame) if "when" in rule.params else Logic.constant(False, n)
    other = book.frames.get(str(rule.params["table"]))
    if other is None and "when" not in rule.params:
        return None
    at = np.full(n, -1, np.int64)
    if other is not None:
        at = _positions(frame, other, rule)
    logic = Logic(own.true | (at >= 0), own.false & (at < 0))
    if "unless" in rule.params:
        spared = compile_condition(rule.params["unless"])(frame)
        logic = Logic(logic.true & ~spared.true, logic.false | spared.true)
    found = one_per_row(
        logic.true, dict.fromkeys([f for f in rule.points_at if frame.has(f).any()], logic.true), logic
    )
    where = [_place(other, p) for p in at[found.row].tolist()]
    listed = at[found.row] >= 0
    return replace(found, details={"listed": where}, rests_on={str(rule.params["table"]): listed})


def _positions(frame: Frame, other: Frame, rule: Rule) -> np.ndarray:
    """Row of ``other`` with the same key for every row of ``frame``, -1 where there is none."""
    key = str(rule.params["key"])
    theirs, mine = other.facet(f"{key}.number"), frame.facet(f"{key}.number")
    wanted = theirs.known
    if "where" in rule.params:
        wanted = wanted & compile_condition(rule.params["where"])(other).true
    rows = np.flatnonzero(wanted)
    if not len(rows):
        return np.full(len(frame), -1, np.int64)
    index = pc.index_in(mine.values, value_set=theirs.values.take(pa.array(rows)))
    position = pc.fill_null(index, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return np.where((position >= 0) & mine.known, rows[np.maximum(position, 0)], -1)


def _place(frame: Frame | None, row: int) -> str:
    if frame is None or row < 0:
        return "—"
    table = frame.tables[frame.table[row]]
    return f"{table.path}:{table.sheet}!{frame.row[row]}"


CHECK = Check(
    name="lookup",
    parameters={
        "table": Parameter(str, required=True, holds="kind"),
        "key": Parameter(str, required=True),
        "where": Parameter(dict),
        "when": Parameter(dict, holds="condition"),
        "unless": Parameter(dict, holds="condition"),
    },
    on_frame=run,
)
