"""Whether a child of one list must stand in another that was handed in, and whether it does."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import combine, dense, text_codes
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import code_is
from lbt_audit.links.by_name import borne
from lbt_audit.links.children import Children
from lbt_audit.links.homes import Home, Homes
from lbt_audit.links.persons import Persons
from lbt_audit.matching.decision.verdict import Verdict
from lbt_audit.model.record import dataclass

NOT_FOUND: Final = 0
PERHAPS: Final = 1  # a record that may be the child's, to be checked
FOUND: Final = 2


@dataclass(frozen=True)
class Coverage:
    """One entry per record of ``kind``, held against the list ``target``.

    ``expected``: the list of this child's unit was handed in and the child belongs on such a list;
    ``unknown``: whether it was cannot be told; ``assumed``: expected only because the child's township is
    taken to be that of its school. ``state``: NOT_FOUND, PERHAPS, FOUND; ``counterpart``: the row of the record found, or the
    one that may be it, -1 if none. ``probability`` (float64): where PERHAPS, that it is.
    """

    kind: str
    target: str
    expected: Mask
    unknown: Mask
    assumed: Mask
    state: np.ndarray
    counterpart: np.ndarray
    probability: np.ndarray


class Coverages:
    """Every kind of register held against every list, as asked for."""

    def __init__(self, children: Children, homes: Homes, persons: Persons) -> None:
        self.children = children
        self.persons = persons
        self.homes = homes
        self.book = children.book
        self._made: dict[tuple[str, str], Coverage | None] = {}

    def __getitem__(self, pair: tuple[str, str]) -> Coverage | None:
        """(kind, list): None where one of them was not handed in."""
        if pair not in self._made:
            self._made[pair] = self._hold(*pair)
        return self._made[pair]

    def _hold(self, kind: str, target: str) -> Coverage | None:
        book, found = self.book, self.children.linkages.between(kind, target)
        if found is None:
            return None
        mine, theirs = self.homes[kind], self.homes[target]
        frame, other = book.frames[kind], book.frames[target]
        counterpart, verdict, probability = found.best(kind)
        state = np.where(
            verdict >= Verdict.MISSPELT, FOUND, np.where(verdict > 0, PERHAPS, NOT_FOUND)
        ).astype(np.uint8)
        # One number is one child for this purpose; that the names differ is F02's to say.
        shared = np.zeros(len(frame), np.bool_)
        shared[(found.left if kind == found.left_kind else found.right)[found.same_number]] = True
        state[shared & (state == PERHAPS)] = FOUND
        self._through_others(kind, target, state, counterpart)
        if target != kind:
            _double_entries(frame, state, counterpart)
        if kind in self.children.linkages.kinds.events:  # one of several so named, whichever it is
            nameless = (state < FOUND) & borne(kind, target, book, self.homes)
            state[nameless], counterpart[nameless] = FOUND, -1
        n = len(frame)
        nobody = np.zeros(n, np.bool_)
        if other.schema.roll:
            schools = _schools(other, theirs)
            known = mine.school != ""
            expected = known & np.isin(mine.school, list(schools)) & pupils(frame)
            return Coverage(kind, target, expected, nobody, nobody, state, counterpart, probability)
        if other.schema.level == "village" and other.schema.child == "listed":
            villages = set(theirs.village.tolist()) - {""}
            expected = (mine.village != "") & np.isin(mine.village, list(villages))
            unknown = (mine.village == "") & bool(villages)
            # A book kept by the township, without villages, covers the township.
            whole = _towns_without_village(other, theirs)
            expected |= np.isin(mine.township, list(whole)) & ~mine.guessed
            unknown = unknown & ~expected
            return Coverage(kind, target, expected, unknown, nobody, state, counterpart, probability)
        by_town: Mask = np.ones(len(other), np.bool_)
        local: Mask = nobody
        if other.schema.layout == "form":
            by_town, local = _local_forms(other, theirs, mine, frame)
        everywhere, towns = _townships(book, theirs.township[by_town])
        expected = np.isin(mine.township, list(towns)) | everywhere | local
        lost = (mine.township == "") & ~expected
        if bool(towns) and not book.units.listed:  # nobody says what other townships there are
            expected |= lost
            lost = nobody
        assumed = expected & ~local & (mine.guessed | (mine.township == "")) & (not everywhere)
        lost = lost & bool(towns)
        return Coverage(kind, target, expected, lost, assumed, state, counterpart, probability)

    def _through_others(self, kind: str, target: str, state: np.ndarray, counterpart: np.ndarray) -> None:
        """A child whose record of a third list stands in ``target`` for certain is found. ``state`` and ``counterpart`` are
        changed in place."""
        numbers = self.children.numbers
        if kind in self.children.linkages.kinds.events:
            numbers = self.persons.numbers
        if kind not in numbers or target not in self.children.numbers:
            return
        own, there = numbers[kind], numbers[target]
        row = np.full(max(int(own.max(initial=-1)), int(there.max(initial=-1))) + 1, -1, np.int64)
        order = self.children.by_content(target)
        row[there[order][::-1]] = order[::-1]
        through = row[own]
        hit = (state < FOUND) & (through >= 0)
        state[hit], counterpart[hit] = FOUND, through[hit]


def _double_entries(frame: Frame, state: np.ndarray, counterpart: np.ndarray) -> None:
    """A second entry of a child found through its first one is not missing: a link joins one record with one.

    Second entries have the same name, birth date and parent as a record that was found. ``state`` and ``counterpart``
    are changed in place.
    """
    names = frame.facet("child_name")
    lacking = (state < FOUND) & names.known
    if not lacking.any() or not (state == FOUND).any():
        return
    alike = pc.is_in(names.values, value_set=names.values.filter(pa.array(lacking)).unique())
    rows = np.flatnonzero(alike.to_numpy(zero_copy_only=False) & names.known)
    lo, hi = frame.facet("birth_date.lo"), frame.facet("birth_date.hi")
    rows = rows[(lo.known & hi.known)[rows]]
    called = text_codes(names.values.take(pa.array(rows)))
    found = np.flatnonzero(state[rows] == FOUND)
    for parent in ("father_name", "mother_name"):
        parents = frame.facet(parent)
        own = combine(
            called,
            dense(lo.values[rows]),
            dense(hi.values[rows]),
            text_codes(parents.values.take(pa.array(rows))),
        )
        known = parents.known[rows]
        first = dict(zip(own[found][::-1].tolist(), rows[found][::-1].tolist(), strict=True))
        for k in np.flatnonzero((state[rows] < FOUND) & known).tolist():
            if (there := first.get(int(own[k]))) is not None and parents.known[there]:
                state[rows[k]], counterpart[rows[k]] = FOUND, counterpart[there]


def _schools(frame: Frame, units: Home) -> set[str]:
    return set(units.school.tolist()) - {""}


def pupils(frame: Frame) -> Mask:
    """Children who can be in a school's files: preschoolers and those out of school are not."""
    out = code_is(frame, "school_status", "not_enrolled_preschool", "preschool_age", "kindergarten").true
    out = out | frame.facet("school.stage").isin(["kindergarten"]).true
    return np.asarray(~out & ~frame.facet("school.status_out").as_logic().true)


def _local_forms(forms: Frame, theirs: Home, mine: Home, frame: Frame) -> tuple[Mask, Mask]:
    """(forms a township handed in, records of ``frame`` whose village or school handed in forms of its own).

    Forms of one village say nothing of whether the township's other villages have theirs.
    """
    level = np.array([t.unit.level for t in forms.tables], object)[forms.table]
    villages = set(theirs.village[level == "village"].tolist()) - {""}
    schools = set(theirs.school[level == "school"].tolist()) - {""}
    local = np.isin(mine.village, list(villages)) | (np.isin(mine.school, list(schools)) & pupils(frame))
    return np.asarray((level != "village") & (level != "school"), np.bool_), np.asarray(local, np.bool_)


def _townships(book: Book, township: np.ndarray) -> tuple[bool, set[str]]:
    """(the list covers the whole county, townships covered)."""
    listed = set(book.units.townships)
    towns = set(township.tolist()) - {""}
    return bool(listed) and listed <= towns, towns


def _towns_without_village(frame: Frame, units: Home) -> set[str]:
    """Townships with a book in which no village is named at all."""
    return (
        set(units.township[units.village == ""].tolist())
        - set(units.township[units.village != ""].tolist())
        - {""}
    )
