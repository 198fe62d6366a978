"""The children a statistics table should count, out of the register of its unit as handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from lbt_audit.checks.statistics.tables import Days
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import evaluate
from lbt_audit.frames.days import completed_years, split
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import filled, some
from lbt_audit.links.coverage import FOUND
from lbt_audit.links.links import Links
from lbt_audit.model.record import dataclass
from lbt_audit.model.statistics import Ages, Indicator, Statistics
from lbt_audit.model.unit import Unit
from lbt_audit.values.kind import NO_DATE

REASONS: Final = ("again", "over_age", "exited", "not_listed", "elsewhere")
"""Why a record of the register is not counted, the first that holds."""


class Register:
    """One register of the county at the days of a table: who is counted, and what is true of every child.

    Truth has three values: a child of whom something is not known may or may not be counted.
    """

    def __init__(self, book: Book, kind: str, days: Days) -> None:
        self.book, self.frame, self.days = book, book.frames[kind], days
        self.kind = kind
        self._items: dict[tuple[str, Ages | None], Logic] = {}
        self._limit = int(book.params["age_limit"])
        self.lo = completed_years(self.frame.facet("child.birth_hi").values, days.lo)
        self.hi = completed_years(self.frame.facet("child.birth_lo").values, days.hi)
        self.born = self.frame.facet("child.birth_lo").known & self.frame.facet("child.birth_hi").known

    def ages(self, ages: Ages) -> Logic:
        """Whether a child is of these completed years."""
        first, last = ages
        true = self.born & (self.lo >= first) & (self.hi <= last)
        return Logic.of(
            true, self.born & ((self.lo >= first) & (self.hi <= last) | (self.hi < first) | (self.lo > last))
        )

    def holds(self, indicator: Indicator, statistics: Statistics) -> Logic:
        """Whether everything an indicator names holds of a child; of several items of one group (小学、初中) any."""
        n = len(self.frame)
        groups: dict[str, list[str]] = {}
        for key in sorted(indicator):
            groups.setdefault(statistics.group(key), []).append(key)
        either = (Logic.any((self._item(key, statistics) for key in keys), n) for keys in groups.values())
        return Logic.all(either, n)

    def _item(self, key: str, statistics: Statistics) -> Logic:
        ages = statistics.ages(key)
        if (key, ages) not in self._items:
            item = statistics.items.get(key)
            if ages is not None:
                found = self.ages(ages)
            elif item is None or item.when is None:
                nowhere = np.zeros(len(self.frame), np.bool_)
                found = Logic(nowhere, nowhere)
            else:
                found = evaluate(item.when, self.frame)
            self._items[key, ages] = found
        return self._items[key, ages]

    def under_age(self) -> Logic:
        return Logic.of(
            self.born & (self.hi < self._limit),
            self.born & ((self.hi < self._limit) | (self.lo >= self._limit)),
        )

    def exited(self) -> Logic:
        """退出日期 by the day of the table; 退出原因 without a date."""
        frame, n = self.frame, len(self.frame)
        left, stays = np.zeros(n, np.bool_), np.ones(n, np.bool_)
        if some(frame, "exit_reason"):
            left |= filled(frame, "exit_reason")
        if some(frame, "exit_date"):
            lo, hi = frame.facet("exit_date.lo"), frame.facet("exit_date.hi")
            left = np.where(lo.known & hi.known, hi.values <= self.days.lo, left)
            stays = np.where(lo.known & hi.known, lo.values > self.days.hi, ~left)
            return Logic(left, stays)
        return Logic(left, ~left)

    def later(self) -> Mask:
        """Records whose date of entry lies behind the day of the table."""
        if not some(self.frame, "report_date"):
            return np.zeros(len(self.frame), np.bool_)
        lo = self.frame.facet("report_date.lo")
        return np.asarray(lo.known & (lo.values > self.days.lo))


@dataclass(frozen=True)
class Population:
    """The children of one unit in a register. ``counted``: rows that are counted or, where ``maybe``, may be;
    ``left_out``: reason → rows of the unit's list that are not."""

    register: Register
    counted: np.ndarray
    maybe: Mask
    left_out: Mapping[str, np.ndarray]

    def count(self, indicator: Indicator, statistics: Statistics) -> tuple[int, int]:
        """(least, most) children of whom ``indicator`` holds."""
        logic = self.register.holds(indicator, statistics)
        true, false = logic.true[self.counted], logic.false[self.counted]
        return int((true & ~self.maybe).sum()), int((~false).sum())


def population(
    book: Book, kinds: Sequence[str], unit: Unit, days: Days, kept: dict[object, Register]
) -> Population | None:
    """The children of ``unit`` in the first of ``kinds`` it handed in; None where it handed in none. ``kept``: registers
    already worked out, by kind and days."""
    for kind in kinds:
        frame = book.frames.get(kind)
        if frame is None:
            continue
        mine, elsewhere = _of_unit(book, frame, unit)
        if mine is None:
            continue
        register = kept.setdefault((kind, days), Register(book, kind, days))
        return _population(register, mine, elsewhere)
    return None


def _of_unit(book: Book, frame: Frame, unit: Unit) -> tuple[Mask | None, Mask]:
    """(records of the unit's own list, those of them that say they belong to another unit)."""
    home = Links.of(book).home(frame.kind)
    nobody = np.zeros(len(frame), np.bool_)
    own = np.array(
        [t.unit.level == unit.level and t.unit.path == unit.path for t in frame.tables] or [False], np.bool_
    )
    listed = own[frame.table] if len(frame) else nobody
    if unit.level == "school":
        here = home.school == unit.name
    elif unit.level == "village":
        here = np.isin(home.village, village_paths(home.village, unit))
    elif unit.level == "township":
        here = home.township == unit.name
    else:
        return (np.ones(len(frame), np.bool_) if _complete(book, frame) else None), nobody
    if own.any():
        other = {"school": home.school, "village": home.village, "township": home.township}[unit.level]
        return listed, listed & ~here & (other != "")
    if not here.any():
        return None, nobody
    return here, nobody


def village_paths(paths: np.ndarray, unit: Unit) -> list[str]:
    """The village as ``Home`` writes it; of one whose township nobody names the only one of its name."""
    if unit.township:
        return [f"{unit.township}/{unit.name}"]
    alike = {path for path in paths.tolist() if path.rpartition("/")[2] == unit.name}
    return list(alike) if len(alike) == 1 else []


def _complete(book: Book, frame: Frame) -> bool:
    """Whether every township of the county handed its list in."""
    have = {t.unit.name for t in frame.tables if t.unit.level == "township"}
    return book.units.listed and set(book.units.townships) <= have


def _population(register: Register, mine: Mask, elsewhere: Mask) -> Population:
    under, exited = register.under_age(), register.exited()
    listed = register.frame.facet("child.listed").as_logic()
    unlisted = listed.false & ~register.frame.facet("child.exited").as_logic().true
    out = {
        "over_age": under.false,
        "exited": exited.true,
        "not_listed": unlisted,
        "elsewhere": elsewhere,
    }
    taken = np.zeros(len(mine), np.bool_)
    left_out: dict[str, np.ndarray] = {}
    for reason, mask in out.items():
        rows = mine & mask & ~taken
        taken |= rows
        left_out[reason] = np.flatnonzero(rows)
    rest = np.flatnonzero(mine & ~taken)
    again = _again(register.frame, rest)
    left_out["again"] = rest[again]
    counted = rest[~again]
    unsure = ~under.true | ~exited.false | register.later()
    return Population(register, counted, unsure[counted], left_out)


def _again(frame: Frame, rows: np.ndarray) -> Mask:
    """Entries (bool) of a child that stands further up already: by number, else by name, birth and a parent."""
    texts = [frame.facet("id_no.sound").values.to_pylist()]
    names = frame.facet("child_name").values.to_pylist()
    births = frame.facet("child.birth_lo").values
    fathers, mothers = (frame.facet(f"{p}_name").values.to_pylist() for p in ("father", "mother"))
    seen: set[object] = set()
    again = np.zeros(len(rows), np.bool_)
    for at, row in enumerate(rows.tolist()):
        number, name, birth = texts[0][row], names[row], int(births[row])
        keys: list[object] = [number] if number else []
        parent = fathers[row] or mothers[row]
        if name and birth != NO_DATE and (parent or not number):
            keys.append((name, birth, parent))
        again[at] = any(k in seen for k in keys)
        seen.update(keys)
    return again


def year_ages(register: Register) -> np.ndarray:
    """Ages by the year alone, as some count them."""
    years, _, _ = split(np.where(register.born, register.frame.facet("child.birth_lo").values, 0))
    day, _, _ = split(np.array([register.days.hi]))
    return np.where(register.born, day[0] - years, -1)


def missing_from(book: Book, kind: str, other: str, unit: Unit) -> np.ndarray:
    """Rows of ``other`` that are this unit's children and stand not in the list ``kind``."""
    if kind not in book.frames or other not in book.frames:
        return np.zeros(0, np.int64)
    links = Links.of(book)
    held, home = links.coverage(other, kind), links.home(other)
    if held is None:
        return np.zeros(0, np.int64)
    here = {
        "township": home.township == unit.name,
        "village": np.isin(home.village, village_paths(home.village, unit)),
        "school": home.school == unit.name,
    }.get(unit.level, np.zeros(0, np.bool_))
    return np.flatnonzero(here & held.expected & (held.state < FOUND)) if len(here) else np.zeros(0, np.int64)
