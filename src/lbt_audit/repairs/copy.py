"""A copy of a file with its repairs: the same package or text with nothing else changed, or the cells as a workbook."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

import numpy as np
import pyarrow as pa

from lbt_audit.copies.delimited import respelt
from lbt_audit.copies.markup import UneditableError
from lbt_audit.copies.plain import workbook
from lbt_audit.copies.sheet import Cell
from lbt_audit.copies.workbook import WorkbookCopy
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.files.package import Package
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.model.cell import CellKind
from lbt_audit.model.record import dataclass
from lbt_audit.repairs.find import Change

_PACKAGES = frozenset({"xlsx", "xlsm"})


@dataclass(frozen=True)
class RepairedCopy:
    """``ending`` of its name, where the original's does not fit; ``left``: changes not made, in cells that are worked
    out by a formula; ``converted``: made an .xlsx, which holds what cells show and nothing else."""

    content: bytes
    ending: str
    left: tuple[Change, ...] = ()
    converted: bool = False


def repaired(
    data: bytes, name: str, format_: str, grids: Sequence[Grid], changes: Sequence[Change]
) -> RepairedCopy:
    """The file ``name`` (its bytes, its format and sheets as they were read) with ``changes``. Raises UneditableError
    where no copy can be made that holds everything."""
    ending = PurePath(name).suffix
    if format_ in _PACKAGES:
        try:
            content, left = _package(data, changes)
            return RepairedCopy(content, ending, left)
        except (UneditableError, RefusedError):
            pass  # odd markup: its cells were read all the same
    if format_ == "text":
        return RepairedCopy(respelt(data, {(c.row, c.column): c.after for c in changes}), ending)
    content, _ = workbook([_changed(grid, changes) for grid in grids])
    return RepairedCopy(content, ".xlsx", converted=True)


def _package(data: bytes, changes: Sequence[Change]) -> tuple[bytes, tuple[Change, ...]]:
    by_sheet: Mapping[str, dict[Cell, Change]] = defaultdict(dict)
    for change in changes:
        by_sheet[change.sheet][change.row, change.column] = change
    out, left = io.BytesIO(), []
    with Package(io.BytesIO(data), Limits()) as package:
        book = WorkbookCopy(package)
        for sheet, cells in by_sheet.items():
            kept = book.refill(sheet, {cell: (c.after, c.number) for cell, c in cells.items()})
            left += [cells[cell] for cell in sorted(kept)]
        book.save(out)
    return out.getvalue(), tuple(left)


def _changed(grid: Grid, changes: Sequence[Change]) -> Grid:
    """``grid`` with the changes of its sheet."""
    own = [c for c in changes if c.sheet == grid.sheet]
    at = {int(number): position for position, number in enumerate(grid.row_numbers)}
    text, kinds = list(grid.text), grid.kinds.copy()
    for column in {c.column for c in own}:
        values = text[column].to_pylist()
        for change in (c for c in own if c.column == column):
            values[at[change.row]] = change.after
            kinds[at[change.row], column] = CellKind.TEXT if change.after else CellKind.BLANK
        text[column] = pa.array(values, pa.string())
    return replace(grid, text=text, kinds=np.asarray(kinds))
