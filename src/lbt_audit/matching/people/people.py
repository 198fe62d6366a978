"""A table of children as matching sees it: one optional column per thing that can be compared."""

from __future__ import annotations

from dataclasses import field, fields, replace
from hashlib import blake2b
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.model.record import dataclass


@dataclass(frozen=True)
class People:
    """Columns of ``n`` rows; None where the table has no such column.

    Texts are arrow string arrays (null or "" where blank), cleaned but not yet made comparable. ``id_no``
    is the normalised citizen number; ``id_valid`` whether form and check digit hold (computed when None);
    ``digits15`` whether only its first 15 digits survived a number cell. ``birth_lo``/``birth_hi`` are the
    first and last day (int32, ``NO_DATE``) a birth date may mean: a month-only date spans a month.
    ``age_lo``/``age_hi`` are those of a child of the age given, if the age is in full years. ``sex`` is int8:
    0 unknown, 1 male, 2 female. ``phones`` may hold several columns.
    """

    name: pa.Array
    former_name: pa.Array | None = None
    id_no: pa.Array | None = None
    id_valid: np.ndarray | None = None
    digits15: np.ndarray | None = None
    birth_lo: np.ndarray | None = None
    birth_hi: np.ndarray | None = None
    age_lo: np.ndarray | None = None
    age_hi: np.ndarray | None = None
    sex: np.ndarray | None = None
    father: pa.Array | None = None
    father_id: pa.Array | None = None
    mother: pa.Array | None = None
    mother_id: pa.Array | None = None
    guardian: pa.Array | None = None
    phones: tuple[pa.Array, ...] = field(default=())
    village: pa.Array | None = None
    township: pa.Array | None = None
    school: pa.Array | None = None
    grade: pa.Array | None = None
    class_name: pa.Array | None = None
    xueji_no: pa.Array | None = None

    def __len__(self) -> int:
        return len(self.name)

    def take(self, rows: np.ndarray) -> People:
        """The same columns for these rows (positions), in this order."""
        index = pa.array(rows)

        def pick(column: Any) -> Any:
            if column is None:
                return None
            if isinstance(column, tuple):
                return tuple(pick(c) for c in column)
            return column[rows] if isinstance(column, np.ndarray) else column.take(index)

        return replace(self, **{f.name: pick(getattr(self, f.name)) for f in fields(self)})

    def fingerprints(self, rows: np.ndarray) -> np.ndarray:
        """A hash (uint64) of everything these rows say, wherever they stand in the table."""
        some = self.take(rows)
        values = [getattr(some, f.name) for f in fields(some)]
        flat = [c for v in values for c in (v if isinstance(v, tuple) else (v,)) if c is not None]
        columns = [c.tolist() if isinstance(c, np.ndarray) else c.to_pylist() for c in flat]
        found = [
            blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=8).digest()
            for row in zip(*columns, strict=True)
        ]
        return np.frombuffer(b"".join(found), np.uint64)

    def text(self, column: str, row: int) -> str:
        """The text of one cell, "" where there is none."""
        values = getattr(self, column)
        value = None if values is None else values[row].as_py()
        return value or ""
