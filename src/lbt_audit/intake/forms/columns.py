"""The columns of a table of one record: views of common arrays, made when they are asked for, as forms come by the
thousand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np
import pyarrow as pa

from lbt_audit.intake.forms.items import Item
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.table import Column
from lbt_audit.model.cell import CellKind


class FormColumns(Mapping[str, Column]):
    """``items`` by field as columns of ``count`` records, none or one."""

    def __init__(self, grid: Grid, items: Mapping[str, Item], count: int) -> None:
        self._fields = _fields(tuple((f, i.column, i.header, i.match) for f, i in items.items()))
        self._texts = pa.array([i.text for i in items.values()], pa.string())
        kinds = [int(CellKind.BLANK) if i.at is None else int(grid.kinds[i.at]) for i in items.values()]
        self._kinds = np.array(kinds, np.uint8)
        self._rows = np.array([i.row for i in items.values()], np.int32)
        self._count = count
        self._made: dict[str, Column] = {}

    def __getitem__(self, field: str) -> Column:
        made = self._made.get(field)
        if made is None:
            n, printed = self._fields[field]
            part = slice(n, n + self._count)
            text = self._texts.slice(n, self._count)
            made = self._made[field] = Column(*printed, text, self._kinds[part], rows=self._rows[part])
        return made

    def __contains__(self, field: object) -> bool:
        return field in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


@lru_cache(64)
def _fields(
    printed: tuple[tuple[str, int, str, str], ...],
) -> dict[str, tuple[int, tuple[str, int, str, str]]]:
    """By field its number, and itself with its column, header and how it was found: forms printed alike share them."""
    return {column[0]: (n, column) for n, column in enumerate(printed)}
