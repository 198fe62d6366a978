"""Age bands of a statistics table whose bounds were drawn elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Protocol

import numpy as np

from lbt_audit.checks.statistics.population import Population, year_ages
from lbt_audit.checks.statistics.tables import Sheet
from lbt_audit.frames.book import Book
from lbt_audit.model.record import dataclass
from lbt_audit.model.statistics import ALL, Ages, Indicator


class Off(Protocol):
    """A figure that differs."""

    @property
    def heading(self) -> int: ...


@dataclass(frozen=True)
class Shift:
    """``kind``: bound | nominal | by_year; ``headings``: the age figures it explains; ``rows``: children it moves into
    another band."""

    kind: str
    values: Mapping[str, str]
    headings: frozenset[int]
    rows: np.ndarray


def shifted(sheet: Sheet, at: int, found: Sequence[Off], people: Population, book: Book) -> Shift | None:
    """How the bounds must be moved so that every age figure of the line is right; None where nothing does it, or where
    they are right as they are."""
    statistics = book.statistics
    bands: dict[int, tuple[Ages, Indicator]] = {}
    for j, heading in enumerate(sheet.counts.headings):
        if heading.indicator is None or heading.share or np.isnan(sheet.value[at, j]):
            continue
        ages = [(k, a) for k in heading.indicator if (a := statistics.ages(k)) is not None]
        if len(ages) == 1:
            bands[j] = (ages[0][1], (heading.indicator | (sheet.counts.base or ALL)) - {ages[0][0]})
    wrong = {d.heading for d in found} & bands.keys()
    if len(wrong) < 2 or len({a for a, _ in bands.values()}) < 2:
        return None
    register, rows = people.register, people.counted
    if not register.born[rows].all() or (register.lo[rows] != register.hi[rows]).any() or people.maybe.any():
        return None
    age = register.lo[rows]
    for kind, values, moved in _ways(sorted({a for a, _ in bands.values()}), age, year_ages(register)[rows]):
        if all(
            _fits(sheet.value[at, j], moved, ages, rest, people, book) for j, (ages, rest) in bands.items()
        ):
            return Shift(
                kind, values, frozenset(bands), rows[_crossing(age, moved, [a for a, _ in bands.values()])]
            )
    return None


def _ways(
    bands: Sequence[Ages], age: np.ndarray, by_year: np.ndarray
) -> Iterator[tuple[str, dict[str, str], np.ndarray]]:
    """Ages as somebody may have taken them: a bound or several a year off, a year more, the year alone."""
    bounds = [first for first, _ in bands[1:]]
    moves = sorted(product((0, -1, 1), repeat=len(bounds)), key=lambda m: sum(map(abs, m)))
    for move in moves if len(bounds) <= 3 else ():
        if not any(move):
            continue
        moved = age.copy()
        for bound, step in zip(bounds, move, strict=True):
            if step > 0:  # children of the bound's age counted below it
                moved = np.where(age == bound, bound - 1, moved)
            elif step < 0:
                moved = np.where(age == bound - 1, bound, moved)
        named = [f"{b - 1}/{b}" for b, step in zip(bounds, move, strict=True) if step]
        nominal = len(bounds) > 1 and set(move) == {-1}  # everybody a year older
        yield "nominal" if nominal else "bound", {"bound": "、".join(named)}, moved
    yield "by_year", {}, np.minimum(by_year, bands[-1][1])


def _fits(value: float, age: np.ndarray, ages: Ages, rest: Indicator, people: Population, book: Book) -> bool:
    logic = people.register.holds(rest, book.statistics)
    inside = (age >= ages[0]) & (age <= ages[1])
    true, false = logic.true[people.counted], logic.false[people.counted]
    return bool((inside & true).sum() <= value <= (inside & ~false).sum())


def _crossing(age: np.ndarray, moved: np.ndarray, bands: Sequence[Ages]) -> np.ndarray:
    def band_of(ages: np.ndarray) -> np.ndarray:
        return np.asarray(np.sum([ages > last for _, last in sorted(set(bands))], axis=0))

    return np.asarray(band_of(age) != band_of(moved))
