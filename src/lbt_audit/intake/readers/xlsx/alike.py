"""Small worksheets printed alike, as forms are: what differs in nothing but the numbers of its texts is read once,
and of the others only these numbers."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pyarrow as pa

from lbt_audit.intake.grid import Grid, Visibility
from lbt_audit.intake.readers.raw_cells import Oddities, Workbook
from lbt_audit.intake.readers.xlsx.references import cell_reference
from lbt_audit.intake.readers.xlsx.sheet import read_sheet
from lbt_audit.model.cell import CellKind
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex

_KEPT = 256  # prints; forms with other cells left blank are printed otherwise
_SHARED = regex(rb' t="s"><v>([0-9]{1,7})</v>')
# A shared text referred to in any other way (with a formula, with attributes after its type) is no blank of the print.
_OTHERWISE = regex(rb"""\st\s*=\s*["']s["']""")
_ADDRESSED = regex(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?: s="[0-9]{1,7}")?(?= t="s"><v>[0-9]{1,7}</v>)')

Key = tuple[object, ...]


@dataclass(frozen=True)
class _Print:
    """A sheet as read first. ``texts``: its columns laid end to end; ``at``: where in them the shared texts stand, in the
    order of the file."""

    grid: Grid
    odd: Oddities
    texts: pa.Array
    at: np.ndarray

    def again(self, name: str, visibility: Visibility, shared: pa.Array) -> Grid:
        """The sheet with other texts."""
        where = np.arange(len(self.texts))
        where[self.at] = len(self.texts) + np.arange(len(shared))
        texts = pa.concat_arrays([self.texts, shared]).take(pa.array(where))
        rows, width = self.grid.shape
        columns = [texts.slice(c * rows, rows) for c in range(width)]
        return replace(self.grid, sheet=name, visibility=visibility, text=columns)


_prints: dict[Key, _Print] = {}


def read_alike(
    data: bytes, name: str, visibility: Visibility, book: Workbook, limit: int
) -> tuple[Grid, Oddities]:
    """As `read_sheet` for a whole part. What it gives is shared: nobody may change it."""
    parts = _SHARED.split(data)
    numbers = np.array(parts[1::2], np.int32)
    if not len(numbers) or int(numbers.max()) >= len(book.shared) or b"<!" in data:
        return read_sheet(lambda: io.BytesIO(data), name, visibility, book, limit)
    skeleton = b"".join(parts[::2])
    if _OTHERWISE.search(skeleton):
        return read_sheet(lambda: io.BytesIO(data), name, visibility, book, limit)
    filled = ~book.shared_blank[numbers]
    key = (skeleton, filled.tobytes(), book.formats, book.epoch_1904, limit)
    known = _prints.get(key)
    if known is not None:
        return known.again(name, visibility, book.shared.take(pa.array(numbers[filled]))), known.odd
    grid, odd = read_sheet(lambda: io.BytesIO(data), name, visibility, book, limit)
    at = _places(grid, data, numbers, filled, book)
    if at is not None:
        if len(_prints) >= _KEPT:
            _prints.clear()
        _prints[key] = _Print(grid, odd, pa.concat_arrays(grid.text), at)
    return grid, odd


def _places(
    grid: Grid, data: bytes, numbers: np.ndarray, filled: np.ndarray, book: Workbook
) -> np.ndarray | None:
    """Where the shared texts stand in the columns laid end to end, in the order of the file; None unless each stands in
    a cell of its own that the sheet shows."""
    addresses = [cell_reference(a.decode()) for a in _ADDRESSED.findall(data)]
    if len(addresses) != len(numbers):
        return None
    shown = [a for a, keep in zip(addresses, filled.tolist(), strict=True) if keep and a is not None]
    if len(set(shown)) != filled.sum():
        return None
    row, column = np.array(shown, np.int64).reshape(-1, 2).T
    position = np.searchsorted(grid.row_numbers, row)
    rows, width = grid.shape
    if not len(row) or position.max() >= rows or column.max() >= width:
        return None
    texts = pa.concat_arrays(grid.text).take(pa.array(column * rows + position))
    same = (grid.row_numbers[position] == row) & (grid.kinds[position, column] == CellKind.TEXT)
    expected = book.shared.take(pa.array(numbers[filled]))
    return column * rows + position if same.all() and texts.equals(expected) else None
