"""Whether what was predicted comes true: pairs by their predicted probability, in ten bins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BINS = 10
OFF, FROM = 0.05, 50


@dataclass(frozen=True)
class Bin:
    """Pairs predicted between ``low`` and ``low`` + 0.1: how many, their mean prediction, the share true."""

    low: float
    n: int
    predicted: float
    true: float

    @property
    def off(self) -> bool:
        """Whether it is wrong by more than 0.05, where 50 pairs or more stand."""
        return self.n >= FROM and abs(self.predicted - self.true) > OFF

    def __str__(self) -> str:
        mark = "  ← off" if self.off else ""
        return f"{self.low:.1f}–{self.low + 1 / BINS:.1f} {self.n:8,} {self.predicted:10.3f} {self.true:7.3f}{mark}"


HEAD = f"{'predicted':9}{'n':>7} {'mean':>10} {'true':>7}"


def reliability(told: Iterable[tuple[float, bool]]) -> list[Bin]:
    """The bins in which any pair stands, the lowest first; of (probability, whether it is true)."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for p, true in told:
        held.setdefault(min(int(p * BINS), BINS - 1), []).append((p, true))
    return [
        Bin(
            k / BINS, len(pairs), sum(p for p, _ in pairs) / len(pairs), sum(t for _, t in pairs) / len(pairs)
        )
        for k, pairs in sorted(held.items())
    ]
