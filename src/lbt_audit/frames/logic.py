"""Three-valued truth over rows: true, false, or cannot be verified."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from lbt_audit.model.record import dataclass

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Logic:
    """Kleene truth, one entry per row. A row in neither ``true`` nor ``false`` is unknown."""

    true: Mask
    false: Mask

    @property
    def unknown(self) -> Mask:
        return ~(self.true | self.false)

    def __invert__(self) -> Logic:
        return Logic(self.false, self.true)

    def __and__(self, other: Logic) -> Logic:
        return Logic(self.true & other.true, self.false | other.false)

    def __or__(self, other: Logic) -> Logic:
        return Logic(self.true | other.true, self.false & other.false)

    @classmethod
    def of(cls, holds: Mask, known: Mask) -> Logic:
        """Truth of ``holds`` where ``known``, unknown elsewhere."""
        return cls(holds & known, ~holds & known)

    @classmethod
    def constant(cls, value: bool, n: int) -> Logic:
        return cls(np.full(n, value), np.full(n, not value))

    @classmethod
    def all(cls, parts: Iterable[Logic], n: int) -> Logic:
        result = cls.constant(True, n)
        for part in parts:
            result = result & part
        return result

    @classmethod
    def any(cls, parts: Iterable[Logic], n: int) -> Logic:
        result = cls.constant(False, n)
        for part in parts:
            result = result | part
        return result
