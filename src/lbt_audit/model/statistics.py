"""What figures of statistics tables count, and the published forms of such tables.

``schemas/indicators.yaml`` and ``schemas/statistics/*.yaml`` declare them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import Literal

from lbt_audit.model.kind import Condition
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text, listed

Indicator = frozenset[str]
"""Keys of items, all of which hold of the children counted; empty: every child of the table."""
Term = int | Indicator
"""A column of a form, by its number or by what it counts."""
Ages = tuple[int, int]
"""Completed years, first and last."""
Definition = Literal["civil", "school"]

ALL: Indicator = frozenset()
_BAND = regex(r"age_(\d+)_(\d+)")


def band(first: int, last: int) -> str:
    """The key of the item that counts children of these ages."""
    return f"age_{first}_{last}"


@dataclass(frozen=True)
class Item:
    """One thing that is so or not so of a child: ``when`` (a condition of rules), or ``ages``. ``base``: it counts
    others than left-behind children."""

    key: str
    group: str
    title: Text
    headers: tuple[str, ...] = ()
    when: Condition | None = None
    ages: Ages | None = None
    base: bool = False


@dataclass(frozen=True)
class ItemGroup:
    """Items one of which holds of a child; ``several``: more than one may."""

    key: str
    title: Text
    headers: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True)
class Formula:
    """``1=2+5+8``: sums of columns that are equal, as they are printed. ``optional``: terms left out where a table has no
    such column (written with a question mark)."""

    print: str
    sides: tuple[tuple[Term, ...], ...]
    optional: frozenset[Term] = frozenset()


@dataclass(frozen=True)
class Reading:
    """One way to understand a form of which the print says two things."""

    key: str
    title: Text
    columns: Mapping[int, Indicator]
    formulas: tuple[Formula, ...]


@dataclass(frozen=True)
class StatisticsForm:
    """A published form: what its numbered columns count, and its formulas. ``printed``: where these are printed.
    ``definition``: whose list the children are (civil affairs or schools)."""

    key: str
    title: Text
    printed: Text
    titles: tuple[str, ...] = ()
    definition: Definition = "civil"
    columns: Mapping[int, Indicator] = field(default_factory=dict)
    formulas: tuple[Formula, ...] = ()
    readings: tuple[Reading, ...] = ()

    @cached_property
    def indicators(self) -> frozenset[Indicator]:
        """Everything the form counts, by number or by name."""
        named = (t for f in self.formulas for side in f.sides for t in side if not isinstance(t, int))
        return frozenset(
            (*self.columns.values(), *(i for r in self.readings for i in r.columns.values()), *named)
        )


@dataclass(frozen=True, eq=False)  # hashed by identity: what is worked out from it is kept
class Statistics:
    """Everything declared about statistics tables. ``all_words`` leave open who is counted, ``shares`` are words of
    percentages, ``narrower`` words of a title that say that only some are counted: those of whom an item holds, or
    nobody knows who (None)."""

    groups: Mapping[str, ItemGroup] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    all_words: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    narrower: Mapping[str, str | None] = field(default_factory=dict)
    forms: Mapping[str, StatisticsForm] = field(default_factory=dict)

    def ages(self, key: str) -> Ages | None:
        """The ages an item counts, None where it counts by something else."""
        item = self.items.get(key)
        if item is not None:
            return item.ages
        found = _BAND.fullmatch(key)
        return (int(found[1]), int(found[2])) if found else None

    def group(self, key: str) -> str:
        """The group of an item; of ages nobody listed, that of the others."""
        item = self.items.get(key) or next((i for i in self.items.values() if i.ages), None)
        return item.group if item else key

    def is_base(self, indicator: Indicator) -> bool:
        """Whether others than left-behind children are counted."""
        return any(key in self.items and self.items[key].base for key in indicator)

    def title(self, indicator: Indicator) -> Text:
        """What an indicator counts, in words: 6-13岁、女."""
        if not indicator:
            return Text("合计", "total")
        order = list(self.items)
        keys = sorted(indicator, key=lambda k: (order.index(k) if k in order else -1, k))
        return listed(self.items[k].title if k in self.items else _ages_title(self.ages(k)) for k in keys)


def _ages_title(ages: Ages | None) -> Text:
    first, last = ages or (0, 0)
    return Text(f"{first}-{last}岁", f"aged {first}–{last}")


def read_sides(text: str, term: Callable[[str], Term | None]) -> tuple[tuple[Term, ...], ...] | None:
    """The sides of a formula (``13+14=24+25``, ``1=11+…+18``), each a list of terms; ``term`` makes a term of a word
    or gives None. None where the text is no formula of known terms."""
    sides: list[tuple[Term, ...]] = []
    for part in text.split("="):
        terms: list[Term] = []
        words: Sequence[str] = part.split("+")
        for at, word in enumerate(words):
            if word in _ELLIPSIS:
                if not (0 < at < len(words) - 1) or not (words[at - 1].isdigit() and words[at + 1].isdigit()):
                    return None
                terms += range(int(words[at - 1]) + 1, int(words[at + 1]))
                continue
            found = term(word)
            if found is None:
                return None
            terms.append(found)
        sides.append(tuple(terms))
    return tuple(sides) if len(sides) > 1 else None


_ELLIPSIS = frozenset({"…", "……", "...", "⋯", "⋯⋯", "··", "......"})
