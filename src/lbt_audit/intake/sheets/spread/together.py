"""One value spread over columns is put together: options with a tick, year | month | day, a box per digit, parts
of an address, marks of the days of a month.

The step between header paths and mapping: such columns become the first of them, under the header they have in
common, and everything after it sees one column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.sheets.headers.levels import Levels
from lbt_audit.intake.sheets.layout import Block
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.sheets.spread.addresses import addresses
from lbt_audit.intake.sheets.spread.dates import dates
from lbt_audit.intake.sheets.spread.marks import marks
from lbt_audit.intake.sheets.spread.merged import boxes, merged
from lbt_audit.intake.sheets.spread.options import options
from lbt_audit.intake.sheets.spread.run import Run
from lbt_audit.model.cell import CellKind
from lbt_audit.model.dictionary import Dictionary


def put_together(sheet: Sheet, block: Block, dictionary: Dictionary) -> tuple[Sheet, Block]:
    """The sheet and block with every spread value in one column; rows stay where they are."""
    runs = list(_runs(sheet, block, dictionary))
    if not runs:
        return sheet, block
    paths = list(block.levels.paths)
    kinds = np.array(sheet.grid.kinds, order="F")
    text = list(sheet.text)
    at = np.zeros(sheet.rows, np.bool_)
    at[block.data] = True
    for run in runs:
        joined = pa.array(_joined(sheet, block.data, run), pa.string())
        first, others = run.columns[0], list(run.columns[1:])
        text[first] = pc.replace_with_mask(text[first], pa.array(at), joined)
        filled = pc.not_equal(joined, "").to_numpy(zero_copy_only=False)
        kinds[block.data, first] = np.where(filled, CellKind.TEXT, CellKind.BLANK)
        for column in others:
            text[column] = pc.if_else(pa.array(at), "", text[column])
            kinds[block.data, column] = CellKind.BLANK
            paths[column] = ()
        paths[first] = run.path
    return Sheet(replace(sheet.grid, text=text, kinds=kinds)), replace(block, levels=Levels(tuple(paths)))


def _joined(sheet: Sheet, rows: np.ndarray, run: Run) -> list[str]:
    known: dict[tuple[str, ...], str] = {}
    made = []
    for cells in zip(*(sheet.take(c, rows).to_pylist() for c in run.columns), strict=True):
        if cells not in known:
            known[cells] = run.join([cell.strip() for cell in cells])
        made.append(known[cells])
    return made


def _runs(sheet: Sheet, block: Block, dictionary: Dictionary) -> Iterator[Run]:
    if not len(block.data):
        return
    taken: set[int] = set()
    for find in (merged, boxes, marks, dates, options, addresses):
        for run in find(sheet, block, block.levels.paths, dictionary):
            if taken.isdisjoint(run.columns):
                taken.update(run.columns)
                yield run
