"""One thing known, or not, about every record of a frame."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.keys import dense, text_codes
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.model.record import dataclass
from lbt_audit.values.kind import NO_DATE


@dataclass(frozen=True)
class Facet:
    """``values``: numpy array (int32, float64, bool) or string ``pa.Array``; ``known``: bool per row.

    ``is_day`` marks int32 day numbers since 1970-01-01. ``coded``, where it is known: the same texts as distinct ones
    (some may be equal) and the position of each record's among them (int32).
    """

    values: Any
    known: Mask
    is_day: bool = False
    coded: tuple[pa.Array, np.ndarray] | None = None

    def __len__(self) -> int:
        return len(self.known)

    @property
    def is_text(self) -> bool:
        return isinstance(self.values, (pa.Array, pa.ChunkedArray))

    def codes(self) -> np.ndarray:
        """Of a text facet: code of every text (int64), in order of appearance; equal texts have equal codes."""
        if self.coded is None:
            return text_codes(self.values)
        distinct, which = self.coded
        return dense(text_codes(distinct)[which])

    def as_logic(self) -> Logic:
        """A boolean facet as three-valued truth."""
        return Logic.of(np.asarray(self.values, np.bool_), self.known)

    def isin(self, wanted: list[Any]) -> Logic:
        if self.is_text:
            options = pa.array([str(w) for w in wanted], pa.string())
            if self.coded is not None:
                distinct, which = self.coded
                holds = pc.is_in(distinct, value_set=options).to_numpy(zero_copy_only=False)[which]
                return Logic.of(holds, self.known)
            holds = pc.is_in(self.values, value_set=options).to_numpy(zero_copy_only=False)
        else:
            holds = np.isin(self.values, np.asarray(wanted, dtype=self.values.dtype))
        return Logic.of(holds, self.known)

    @classmethod
    def day(cls, values: np.ndarray) -> Facet:
        """A day facet; ``NO_DATE`` is unknown."""
        return cls(values, values != NO_DATE, True)

    @classmethod
    def text(cls, values: pa.Array) -> Facet:
        """A text facet; the empty string is unknown."""
        return cls(values, pc.not_equal(values, "").to_numpy(zero_copy_only=False))

    @classmethod
    def truth(cls, logic: Logic) -> Facet:
        return cls(logic.true, logic.true | logic.false)
