"""Cells of a sheet that hold no value of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np

from lbt_audit.checks.hits import Place
from lbt_audit.intake.table import Column, Counts, Figure, Table
from lbt_audit.model.cell import CellKind


def repeated_cells(table: Table, passed_over: Collection[str] = ()) -> list[Place]:
    """Cells that say “as above” or were merged over several records."""
    return _cells(table, lambda column: column.filled, passed_over)


def error_cells(table: Table) -> list[Place]:
    """Cells with a formula's error, which is their value, or a formula nobody computed, which has none."""
    found = _cells_of(table, frozenset({CellKind.ERROR, CellKind.UNCOMPUTED}), ())
    return found if table.counts is None else found + _unknown_figures(table, table.counts)


def _unknown_figures(table: Table, counts: Counts) -> list[Place]:
    """Figures whose formula failed, or does more than add and subtract and was not computed."""
    return [
        Place(
            table.path,
            table.sheet,
            int(counts.row[i, j]),
            int(counts.column[i, j]),
            None,
            counts.text[i][j] or None,
        )
        for i, j in np.argwhere(counts.state == Figure.UNKNOWN).tolist()
    ]


def long_cells(table: Table, passed_over: Collection[str]) -> list[Place]:
    """Cells with more text than is looked at."""
    return _cells_of(table, frozenset({CellKind.LONG}), passed_over)


def _cells_of(table: Table, kinds: frozenset[CellKind], passed_over: Collection[str]) -> list[Place]:
    """Cells of these kinds; most tables, and forms come by the thousand, have none."""
    whole = b"".join([column.kinds.tobytes() for column in table.columns.values()])
    if not any(whole.find(kind) >= 0 for kind in kinds):
        return []
    return _cells(table, lambda column: np.isin(column.kinds, list(kinds)), passed_over)


def _cells(
    table: Table, pick: Callable[[Column], np.ndarray | None], passed_over: Collection[str]
) -> list[Place]:
    places: dict[tuple[int, int], Place] = {}  # one per cell, though a cell like 父母姓名 feeds two fields
    for field, column in table.columns.items():
        picked = pick(column)
        if picked is None or field in passed_over:
            continue
        for at in np.flatnonzero(picked).tolist():
            row = int(table.rows_of(field)[at])
            text = str(column.text[at]) if column.kinds[at] == CellKind.ERROR else None
            place = Place(table.path, table.sheet, row, column.index, field, text or None)
            places.setdefault((row, column.index), place)
    return sorted(places.values(), key=lambda p: (p.row or 0, p.column or 0))
