"""Which children make the difference between a figure and what was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from lbt_audit.checks.hits import Named
from lbt_audit.checks.statistics.population import REASONS, Population, Register, missing_from
from lbt_audit.checks.statistics.tables import Sheet
from lbt_audit.frames.book import Book
from lbt_audit.frames.days import birthday
from lbt_audit.model.record import dataclass
from lbt_audit.model.statistics import ALL, Ages, Indicator
from lbt_audit.model.text import Text
from lbt_audit.model.unit import Unit

_FEW = 2  # children more than are missing, among whom they must be
_YEAR = 366  # days from the bound of an age band


@dataclass(frozen=True)
class Difference:
    """One figure that is not what was counted: between ``least`` and ``most``."""

    heading: int
    figure: float
    least: int
    most: int

    @property
    def off(self) -> int:
        return int(self.figure - self.most if self.figure > self.most else self.figure - self.least)

    def counted(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


@dataclass(frozen=True)
class Explainer:
    """What the differences of one line are explained from. ``held_against``: register → others in which children it
    lacks are looked for; ``words``: reason → how it is told."""

    book: Book
    sheet: Sheet
    line: int
    unit: Unit
    people: Population
    found: Sequence[Difference]
    held_against: Mapping[str, Sequence[str]]
    words: Mapping[str, Text]

    def explain(self) -> Iterator[tuple[Difference, list[Named]]]:
        """Every difference with the children who may make it, by reason. Of reasons with just as many children as
        differ the one that does so for most figures of the line stands alone."""
        made = [(d, self._made(d)) for d in self.found]
        exact = [[n for n in named if len(n.row) == abs(d.off)] for d, named in made]
        often = Counter(named.word for group in exact for named in group)
        for (difference, named), fitting in zip(made, exact, strict=True):
            best = max(fitting, key=lambda n: often[n.word], default=None)
            yield difference, named if best is None else [best]

    def _made(self, difference: Difference) -> list[Named]:
        find = self._more if difference.off > 0 else self._fewer
        return [named for named in find(difference, self._indicator(difference)) if len(named.row)]

    def _indicator(self, difference: Difference) -> Indicator:
        """What a figure counts, with what holds of all children of the table."""
        counts = self.sheet.counts
        return (counts.headings[difference.heading].indicator or ALL) | (counts.base or ALL)

    def _named(self, word: str, rows: np.ndarray, kind: str | None = None) -> Named:
        return Named(self.words[word], kind or self.people.register.kind, rows)

    def _more(self, difference: Difference, indicator: Indicator) -> Iterator[Named]:
        """Children a figure that is too high may count: left out for a reason, missing from the register, of a band nearby."""
        register, statistics = self.people.register, self.book.statistics
        ages = {k for k in indicator if statistics.ages(k)}
        for reason in REASONS:
            rows = self.people.left_out[reason]
            # Whoever is over the limit is of no band: of him only the rest is asked.
            asked = indicator - ages if reason == "over_age" and self._oldest(indicator) else indicator
            logic = register.holds(asked, statistics)
            yield self._named(reason, rows[~logic.false[rows]])
        for other in self.held_against.get(register.kind, ()):
            rows = missing_from(self.book, register.kind, other, self.unit)
            if len(rows):
                there = Register(self.book, other, register.days)
                logic = there.holds(indicator, statistics)
                fits = ~logic.false & there.under_age().true & ~there.exited().true
                yield self._named("missing", rows[fits[rows]], other)
        yield from self._neighbours(difference, indicator)

    def _fewer(self, difference: Difference, indicator: Indicator) -> Iterator[Named]:
        """Children a figure that is too low may leave out."""
        register, counted = self.people.register, self.people.counted
        true = register.holds(indicator, self.book.statistics).true[counted]
        rows = counted[true & ~self.people.maybe]
        yield self._named("inferred", self._inferred())
        yield from self._neighbours(difference, indicator)
        yield self._named("entered_late", counted[true & register.later()[counted]])
        against = register.frame.facet("child.eligible").as_logic().false
        yield self._named("not_eligible", rows[against[rows]])
        for other in self.held_against.get(register.kind, ()):
            yield self._named(
                "not_in_other", np.intersect1d(rows, missing_from(self.book, other, register.kind, self.unit))
            )
        if difference.figure == 0 or len(rows) <= abs(difference.off) + _FEW:
            yield self._named("all_counted", rows)

    def _inferred(self) -> np.ndarray:
        """One child is left out throughout: who stands in every figure that is one too low and in none that is right, or
        goes with all but one of them."""
        counts, statistics = self.sheet.counts, self.book.statistics
        off = {d.heading: d.off for d in self.found}
        if set(off.values()) != {-1}:
            return np.zeros(0, np.int64)
        rows = self.people.counted[~self.people.maybe]
        against = np.zeros(len(rows), np.int64)
        for j, heading in enumerate(counts.headings):
            if heading.indicator is None or heading.share or np.isnan(self.sheet.value[self.line, j]):
                continue
            logic = self.people.register.holds(heading.indicator | (counts.base or ALL), statistics)
            against += logic.false[rows] if j in off else logic.true[rows]
        return np.asarray(rows[against == min(int(against.min(initial=2)), 1)])

    def _oldest(self, indicator: Indicator) -> bool:
        """Whether an indicator counts the oldest: the band that ends at the limit, or all ages."""
        ages = self._band(indicator)
        return ages is None or ages[1] >= int(self.book.params["age_limit"]) - 1

    def _band(self, indicator: Indicator) -> Ages | None:
        return next((a for k in indicator if (a := self.book.statistics.ages(k)) is not None), None)

    def _neighbours(self, difference: Difference, indicator: Indicator) -> Iterator[Named]:
        """Where the next band is off the other way by as much: the children whose birthday is nearest to the bound."""
        statistics, register = self.book.statistics, self.people.register
        own, off = self._band(indicator), abs(difference.off)
        for other in self.found if own else ():
            theirs = self._indicator(other)
            ages = self._band(theirs)
            rest = [{k for k in i if statistics.ages(k) is None} for i in (indicator, theirs)]
            if own is None or ages is None or other.off != -difference.off or rest[0] != rest[1]:
                continue
            counted_in, band, far = (theirs, ages, own) if difference.off > 0 else (indicator, own, ages)
            above = band[0] > far[0]
            if (band[0] - 1 != far[1]) if above else (band[1] + 1 != far[0]):
                continue
            rows = self.people.counted
            rows = rows[register.holds(counted_in, statistics).true[rows]]
            bound = birthday(
                register.frame.facet("child.birth_lo").values[rows], band[0] if above else far[0]
            )
            distance = np.abs(bound.astype(np.int64) - register.days.hi)
            nearest = np.sort(distance)[off - 1] if len(rows) >= off else -1
            yield self._named("other_band", rows[distance <= min(nearest, _YEAR)])
