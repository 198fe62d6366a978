"""A sheet as a reader hands it over: text and cell kinds, nothing interpreted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

import numpy as np
import pyarrow as pa

from lbt_audit.model.record import dataclass

Visibility = Literal["visible", "hidden", "very_hidden"]


@dataclass(frozen=True)
class Grid:
    """One sheet, sparse in rows, dense in columns.

    Only rows with at least one non-blank cell are kept; ``row_numbers`` (int32, 1-based, rising)
    says which they are. ``text[c]`` is a string array (never null; "" where blank) of column ``c``
    (0-based, from column A), as long as ``row_numbers``. ``kinds`` is uint8 ``CellKind`` of shape
    (rows, columns).
    """

    sheet: str
    visibility: Visibility
    row_numbers: np.ndarray
    text: list[pa.Array]
    kinds: np.ndarray
    # first row, first column, last row, last column; rows 1-based, columns 0-based
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()  # 1-based
    hidden_columns: frozenset[int] = frozenset()  # 0-based
    filtered: bool = False  # rows are hidden by an autofilter, not by hand
    # what the reader had to do: "decoded with replacement at line 7"
    notes: tuple[str, ...] = field(default=())
    # (row 1-based, column 0-based) → formula without its equals sign, of cells whose value was not saved
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.row_numbers), len(self.text)
