"""Rates told in bands, where the exact one would give a small count away."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Lang

_NOT_ZERO = 1e-9


@dataclass(frozen=True)
class Bands:
    """``edges`` begin a band each, the first band beginning at 0; ``unit`` stands behind every figure."""

    edges: Sequence[float]
    unit: str = ""

    def of(self, rate: float) -> int:
        """The number of the band, from 0."""
        return bisect_right(self.edges, rate + 1e-12)

    def text(self, band: int, lang: Lang) -> str:
        zh = lang == "zh"
        shown = [f"{edge:g}{self.unit}" for edge in self.edges]
        low = self.edges[band - 1] if band else 0.0
        if band < len(self.edges) and self.edges[band] == _NOT_ZERO:
            return f"0{self.unit}"
        if band == len(self.edges):
            if low == 100 and self.unit:
                return shown[-1]
            return f"{shown[-1]}以上" if zh else f"{shown[-1]} or more"
        if low <= _NOT_ZERO:
            return f"不足{shown[band]}" if zh else f"under {shown[band]}"
        return f"{shown[band - 1]}至{shown[band]}" if zh else f"{shown[band - 1]} to {shown[band]}"


# From fine to coarse: the finest that gives no small count away is used.
CLOSED = (
    Bands((_NOT_ZERO, 25, 50, 75, 100), "%"),
    Bands((25, 50, 75), "%"),
    Bands((50,), "%"),
)
PER_HUNDRED = (
    Bands((_NOT_ZERO, 5, 10, 20, 50)),
    Bands((_NOT_ZERO, 10, 20, 50)),
    Bands((_NOT_ZERO, 20, 50)),
    Bands((20, 50)),
)
