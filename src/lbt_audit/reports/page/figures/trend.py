"""Issues open and closed over the audits a ledger has seen, drawn as lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from lbt_audit.model.record import dataclass

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 200, 44, 24, 12


class Standing(Protocol):
    """Issues of one unit after the audits of one day, as the ledger tells them."""

    @property
    def as_of(self) -> date: ...
    @property
    def unclosed(self) -> int: ...
    @property
    def closed(self) -> int: ...


@dataclass(frozen=True)
class Point:
    day: date
    unclosed: int
    closed: int
    x: float
    y_unclosed: float
    y_closed: float


@dataclass(frozen=True)
class Trend:
    """``marks`` are the lines across: (height in the drawing, number of issues)."""

    points: Sequence[Point]
    marks: Sequence[tuple[float, int]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT

    def path(self, what: str) -> str:
        return " ".join(f"{p.x:g},{getattr(p, what):g}" for p in self.points)


def trend(standings: Iterable[Standing]) -> Trend | None:
    """None where there are fewer than two days to compare."""
    days: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for standing in standings:
        days[standing.as_of][0] += standing.unclosed
        days[standing.as_of][1] += standing.closed
    if len(days) < 2:
        return None
    step = _step(max(max(pair) for pair in days.values()))
    top = step * max(1, -(-max(max(pair) for pair in days.values()) // step))
    first, last = min(days), max(days)

    def height(value: int) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)

    points = []
    for day, (unclosed, closed) in sorted(days.items()):
        share = (day - first).days / (last - first).days
        x = round(LEFT + 30 + (WIDTH - LEFT - 60) * share, 1)
        points.append(Point(day, unclosed, closed, x, height(unclosed), height(closed)))
    return Trend(points, [(height(v), v) for v in range(0, top + 1, step)])


def _step(most: int) -> int:
    """1, 2 or 5 times a power of ten, so that four or five lines reach ``most``."""
    step = 1
    while most > 5 * step:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step
