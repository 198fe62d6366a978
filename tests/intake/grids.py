"""Grids written as lists of rows, the way a reader would hand them over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.intake.extract import extract_tables
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.table import Submission, Table
from lbt_audit.model.cell import CellKind
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.units import Units
from lbt_audit.resources import data_dir
from lbt_audit.schemas.load import load_dictionary

UNITS = Units.of(
    "青禾县",
    {"白石镇": ("珠岩村", "大坪村"), "清水乡": ("河边村",)},
    {"白石镇中心小学": "白石镇", "清水乡中心小学": "清水乡"},
)
ERROR = ("#REF!", CellKind.ERROR)
UNCOMPUTED = ("", CellKind.UNCOMPUTED)


@cache
def dictionary() -> Dictionary:
    return load_dictionary(data_dir("schemas"))


def grid(
    lines: Sequence[Sequence[Any]],
    merges: Iterable[tuple[int, int, int, int]] = (),
    sheet: str = "Sheet1",
    **more: Any,
) -> Grid:
    """``lines``: text, number, None or (text, CellKind) per cell; blank rows are left out of the grid."""
    width = max((len(line) for line in lines), default=0)
    cells = [[_cell(v) for v in line] + [("", CellKind.BLANK)] * (width - len(line)) for line in lines]
    kept = [i for i, line in enumerate(cells) if any(kind for _, kind in line)]
    return Grid(
        sheet=sheet,
        visibility=more.pop("visibility", "visible"),
        row_numbers=np.array([i + 1 for i in kept], np.int32),
        text=[pa.array([cells[i][c][0] for i in kept], pa.string()) for c in range(width)],
        kinds=np.array([[kind for _, kind in cells[i]] for i in kept], np.uint8).reshape(len(kept), width),
        merges=tuple(merges),
        **more,
    )


def submit(*grids: Grid, path: str = "登记表.xlsx", units: Units = UNITS, **more: Any) -> Submission:
    return extract_tables(path, "", grids, dictionary(), units, **more)


def table(*args: Any, path: str = "登记表.xlsx", units: Units = UNITS, **more: Any) -> Table:
    """The only table of a sheet."""
    (found,) = submit(grid(*args, **more), path=path, units=units).tables
    return found


def values(found: Table, field: str) -> list[str]:
    return found.columns[field].text.to_pylist()


def topics(found: Table | Submission) -> list[str]:
    return [note.topic for note in found.notes]


def words(text: str) -> list[str]:
    return text.split()


def _cell(value: Any) -> tuple[str, CellKind]:
    if isinstance(value, tuple):
        return value
    if value is None or value == "":
        return "", CellKind.BLANK
    if isinstance(value, int | float):
        return repr(value), CellKind.NUMBER
    return str(value), CellKind.TEXT
