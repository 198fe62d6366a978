"""How far the lists agree: per school and township, who is in all of them and who is in one only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as fields_of
from typing import Final

import numpy as np

from lbt_audit.frames.keys import dense
from lbt_audit.frames.logic import Mask
from lbt_audit.links.comparison.comparisons import Comparisons, differing
from lbt_audit.links.comparison.fields import FieldComparison
from lbt_audit.links.coverage import PERHAPS, Coverages
from lbt_audit.model.record import dataclass

CIVIL: Final = ("roster", "village_book", "school_ledger")


@dataclass(frozen=True)
class Tally:
    """Children of one school or township by the lists they stand in.

    ``everywhere``: in every list handed in for them; ``school_only``, ``township_only``, ``village_only``: in that
    list alone; ``partly``: in two lists of three; ``doubtful``: those of the last four for whom another list
    holds a record that may be theirs; ``by_definition``: in a school's ledger alone because the school
    definition is wider (one parent away) or the ledger does not show more: no fault, not counted in ``rate``;
    ``differing``: those in several lists whose records contradict each other.
    """

    unit: str
    level: str  # county | township | school
    township: str
    everywhere: int = 0
    school_only: int = 0
    township_only: int = 0
    village_only: int = 0
    partly: int = 0
    by_definition: int = 0
    doubtful: int = 0
    differing: int = 0

    @property
    def children(self) -> int:
        """All children compared."""
        return self.counted + self.by_definition

    @property
    def counted(self) -> int:
        """Children the match rate is of."""
        return self.everywhere + self.school_only + self.township_only + self.village_only + self.partly

    @property
    def rate(self) -> float | None:
        """Share of the children counted who are in every list; None where there are none."""
        return self.everywhere / self.counted if self.counted else None


COUNTS: Final = tuple(f.name for f in fields_of(Tally))[3:]


@dataclass(frozen=True)
class Agreement:
    """Tallies in order of name, the county first."""

    lists: tuple[str, ...]  # kinds compared
    county: Tally
    townships: tuple[Tally, ...]
    schools: tuple[Tally, ...]


def agreement(
    comparisons: Comparisons, coverages: Coverages, fields: Mapping[str, FieldComparison]
) -> Agreement | None:
    """The lists of left-behind children handed in, held against each other; None if there are not two. ``fields``:
    what counts as a difference besides name and number."""
    book = comparisons.book
    kinds = [k for k in CIVIL if k in book.frames and len(book.frames[k])]
    if len(kinds) < 2:
        return None
    children = comparisons.children.numbers
    label = dense(np.concatenate([children[k] for k in kinds]))
    size = int(label.max(initial=-1)) + 1
    ends = np.cumsum([0] + [len(book.frames[k]) for k in kinds])
    own = {k: label[ends[i] : ends[i + 1]] for i, k in enumerate(kinds)}
    there = {k: np.zeros(size, np.bool_) for k in CIVIL}
    expected = {k: np.zeros(size, np.bool_) for k in CIVIL}
    perhaps, eligible = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    school, town = np.full(size, "", object), np.full(size, "", object)
    for kind in kinds:
        frame, units = book.frames[kind], comparisons.homes[kind]
        rows = np.flatnonzero(frame.facet("child_name").known & ~frame.facet("child.exited").as_logic().true)
        index = own[kind][rows]
        there[kind][index] = True
        logic = frame.facet("child.eligible").as_logic()
        eligible[index[logic.true[rows] if kind == "school_ledger" else ~logic.false[rows]]] = True
        _fill(school, index, units.school[rows], over=kind == "school_ledger")
        _fill(town, index, units.township[rows], over=False)
        for target in kinds:
            c = coverages[kind, target] if target != kind else None
            if c is not None:
                expected[target][index[c.expected[rows]]] = True
                perhaps[index[(c.state[rows] == PERHAPS)]] = True
    differing = _differing(comparisons, fields, own, size)
    number = sum((there[k].astype(np.int64) for k in CIVIL), np.zeros(size, np.int64))
    applies = {k: there[k] | expected[k] for k in CIVIL}
    several = sum((applies[k].astype(np.int64) for k in CIVIL), np.zeros(size, np.int64)) > 1
    whole = np.logical_and.reduce([there[k] | ~applies[k] for k in CIVIL]) & several
    alone = (number == 1) & ~whole & several
    ledger_only = alone & there["school_ledger"]
    masks = {
        "everywhere": whole,
        "school_only": ledger_only & eligible,
        "township_only": alone & there["roster"],
        "village_only": alone & there["village_book"],
        "partly": (number > 1) & ~whole & several,
        "by_definition": ledger_only & ~eligible,
    }
    masks["doubtful"] = perhaps & ~whole & several & ~masks["by_definition"]
    masks["differing"] = differing & (number > 1)
    counted = (number > 0) & several
    names = book.units.county or ""
    county = _tally(names, "county", "", {k: m & counted for k, m in masks.items()})
    by_town = _grouped(town, town, "township", masks, counted)
    by_school = _grouped(school, town, "school", masks, counted)
    return Agreement(tuple(kinds), county, tuple(by_town), tuple(by_school))


def _fill(names: np.ndarray, index: np.ndarray, values: np.ndarray, over: bool) -> None:
    """Write ``values`` where they say something, in order of value so that no row order shows through."""
    order = np.argsort(values.astype(str), kind="stable")[::-1]
    index, values = index[order], values[order]
    use = (values != "") & (over | (names[index] == ""))
    names[index[use]] = values[use]


def _differing(
    comparisons: Comparisons, fields: Mapping[str, FieldComparison], own: dict[str, np.ndarray], size: int
) -> Mask:
    result = np.zeros(size, np.bool_)
    for x in comparisons.of_lists:
        if x.left.kind in own and x.right.kind in own:
            result[own[x.left.kind][x.pairs.left[differing(x, fields)]]] = True
    return result


def _tally(unit: str, level: str, township: str, masks: dict[str, Mask]) -> Tally:
    return Tally(unit, level, township, **{k: int(m.sum()) for k, m in masks.items()})


def _grouped(
    names: np.ndarray, towns: np.ndarray, level: str, masks: dict[str, Mask], counted: Mask
) -> list[Tally]:
    """A tally per distinct name; children of no known unit are under ""."""
    use = np.flatnonzero(counted)
    distinct, back = np.unique(names[use].astype(str), return_inverse=True)
    counts = {k: np.bincount(back[m[use]], minlength=len(distinct)) for k, m in masks.items()}
    town_of: dict[str, str] = {}
    for name, town in zip(names[use].tolist(), towns[use].tolist(), strict=True):
        if town and (name not in town_of or town < town_of[name]):
            town_of[name] = town
    return [
        Tally(name, level, town_of.get(name, ""), **{k: int(c[i]) for k, c in counts.items()})
        for i, name in enumerate(distinct.tolist())
        if level != "school" or name
    ]
