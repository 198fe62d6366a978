"""Cells that stand for another cell: merged ranges, 同上, and one child over several rows."""

from __future__ import annotations

from dataclasses import field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.model.record import dataclass

DITTO = (
    "同上",
    "〃",
    "″",
    '"',
    "”",
    "“",
    "''",
    "’’",
    "同前",
    "同上行",
    "〞",
    "々",
    "同上一行",
    "仝上",
    "同 上",
    "－〃－",
)


@dataclass
class Filler:
    """Works out, per column, from which row each record takes its cell.

    ``rows`` are the positions of the records; ``merged`` maps a column to the vertical merges that
    touch them, as (first, last) index into ``rows``.
    """

    sheet: Sheet
    rows: np.ndarray
    merged: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet, rows: np.ndarray) -> Filler:
        filler = cls(sheet, rows)
        merges = sheet.merges
        if not len(rows) or not len(merges):
            return filler
        numbers = sheet.numbers[rows]
        tall = merges[
            (merges[:, 2] > merges[:, 0]) & (merges[:, 2] >= numbers[0]) & (merges[:, 0] <= numbers[-1])
        ]
        first = np.searchsorted(numbers, tall[:, 0], "left")
        last = np.searchsorted(numbers, tall[:, 2], "right") - 1
        for (top, column, _, _), i, j in zip(tall.tolist(), first.tolist(), last.tolist(), strict=True):
            if j > i and numbers[i] == top:
                filler.merged.setdefault(column, []).append((i, j))
        return filler

    def continued(self, name: int, identity: int | None) -> dict[int, list[int]]:
        """Records that go on over the next rows: the child's name is merged over them.

        → {first row: further rows}, indices into ``rows``. Where the ID column tells the rows apart
        they are different children under one merged name, and nothing is joined.
        """
        found: dict[int, list[int]] = {}
        for i, j in self.merged.get(name, []):
            if identity is not None:
                ids = {
                    self.sheet.cell(int(self.rows[k]), identity)
                    for k in range(i, j + 1)
                    if self.sheet.filled[self.rows[k], identity]
                }
                if len(ids) > 1:
                    continue
            found[i] = list(range(i + 1, j + 1))
        return found

    def sources(self, column: int, groups: dict[int, list[int]]) -> tuple[np.ndarray, np.ndarray | None]:
        """(index into ``rows`` each record's cell comes from, bool: by 同上) — None where no 同上 is."""
        n = len(self.rows)
        source = np.arange(n)
        filled = self.sheet.filled[self.rows, column]
        for i, j in self.merged.get(column, []):
            blank = ~filled[i : j + 1]
            source[i : j + 1][blank] = i
        for first, others in groups.items():
            if not filled[first]:
                source[first] = next((k for k in others if filled[k]), first)
        text = self.sheet.take(column, self.rows)
        ditto = pc.is_in(text, value_set=_DITTO).to_numpy(zero_copy_only=False)
        if not ditto.any():
            return source, None
        above = np.maximum.accumulate(np.where(ditto, -1, np.arange(n)))
        usable = ditto & (above >= 0)
        return np.where(usable[source], source[above[source]], source), usable


_DITTO = pa.array([*DITTO, *(f"{d} " for d in DITTO), *(f" {d}" for d in DITTO)], pa.string())
