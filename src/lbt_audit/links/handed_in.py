"""Which units of the county's list handed in a kind of register, and which of them owe one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from lbt_audit.frames.book import Book
from lbt_audit.intake.sheets.units import path_unit
from lbt_audit.links.links import Links
from lbt_audit.model.due import Due
from lbt_audit.model.record import dataclass
from lbt_audit.model.unit import Level, Unit

_ATTENDED: Final = ("roster", "village_book")
"""Lists that name the schools children go to."""
_OTHER_STAGES: Final = ("kindergarten", "senior", "vocational")
"""Schools of these stages keep no ledger of left-behind children."""
_MOST: Final = 0.5
"""A kind that fewer of the units handed in is not missed of the others: part of the county is audited."""


@dataclass(frozen=True)
class Owed:
    """A unit that owes a kind of register; ``lacks``: and did not hand it in."""

    unit: Unit
    kind: str
    lacks: bool


def handed_in(book: Book, due: Due, kind: str, level: Level) -> Iterator[Owed]:
    """The listed units of ``level`` that owe ``kind``; nothing where the county gave no list, or most of them did not
    hand it in."""
    if not book.units.listed or kind not in book.frames:
        return
    owing = [u for u in _listed(book, level) if u.name not in due.exempt]
    there = _there(book, kind, level)
    if level == "school":
        attended = _attended(book, kind)
        owing = [u for u in owing if _key(u) in attended | there]
    if sum(_key(u) in there for u in owing) < max(_MOST * len(owing), 1):
        return
    unread = {path_unit(s.path, book.units) for s in book.submissions if s.status == "unreadable"}
    for unit in owing:
        yield Owed(unit, kind, _key(unit) not in there and unit not in unread)


def _listed(book: Book, level: Level) -> Iterator[Unit]:
    units = book.units
    if level == "township":
        yield from (Unit("township", name, name) for name in units.townships)
    elif level == "school":
        yield from (Unit("school", name, home) for name, home in units.schools.items())
    elif level == "village":
        yield from (Unit("village", v, town) for town, villages in units.townships.items() for v in villages)


def _key(unit: Unit) -> str:
    """The unit as the homes of records name it."""
    return unit.path if unit.level == "village" else unit.name


def _there(book: Book, kind: str, level: Level) -> set[str]:
    """Units with a register of this kind: their own, or one of others that speaks of them."""
    frame, home = book.frames[kind], Links.of(book).home(kind)
    found = {_key(t.unit) for t in frame.tables if t.unit.level == level}
    named = {"township": home.township, "village": home.village, "school": home.school}[level]
    if level == "village":  # a township's register without villages covers them all
        towns = {t.unit.name for t in frame.tables if t.unit.level == "township"}
        vague = set(home.township[home.village == ""].tolist()) & towns
        found |= {_key(u) for u in _listed(book, level) if u.township in vague}
    return found | set(named.tolist()) - {""}


def _attended(book: Book, kind: str) -> set[str]:
    """Schools with left-behind pupils of compulsory stages, and those that handed in the register last period."""
    found: set[str] = set()
    for name in _ATTENDED:
        if name in book.frames:
            frame = book.frames[name]
            other = frame.facet("school.stage").isin(list(_OTHER_STAGES)).true
            out = frame.facet("child.listed").as_logic().false
            school = Links.of(book).home(name).school
            found |= set(school[np.asarray(~other & ~out)].tolist())
    if book.previous is not None and kind in book.previous.frames:
        found |= {t.unit.name for t in book.previous.frames[kind].tables if t.unit.level == "school"}
    return found - {""}
