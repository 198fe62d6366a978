"""Text of whole Arrow columns at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def one(column: Any) -> Any:
    """The column as a single array."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def words(column: Any, make: Callable[[str], str], null: str) -> Any:
    """A dictionary column → strings: ``make`` of each distinct word, ``null`` where there is none."""
    column = one(column)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    made = pa.array([make(w) for w in column.dictionary.to_pylist()] + [null], pa.string())
    nowhere = pa.scalar(len(made) - 1, column.indices.type)
    return made.take(pc.fill_null(column.indices, nowhere))


def plain(column: Any) -> Any:
    """Any string column without nulls."""
    column = one(column)
    if pa.types.is_dictionary(column.type):
        return words(column, str, "")
    return pc.fill_null(column, "")


def join(*parts: Any) -> Any:
    """Element-wise concatenation of arrays and constant strings."""
    return pc.binary_join_element_wise(*parts, "")


def grouped(texts: Any, offsets: np.ndarray, separator: str) -> Any:
    """``texts`` joined per group; group ``i`` is ``offsets[i]`` to ``offsets[i + 1]``."""
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), one(texts)), separator)


def codes(column: Any) -> np.ndarray:
    """The dictionary codes of a column; -1 = null."""
    found: np.ndarray = pc.fill_null(one(column).indices, -1).to_numpy()
    return found
