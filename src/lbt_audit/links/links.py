"""Everything known about the children of one book who stand in several registers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from lbt_audit.frames.book import Book
from lbt_audit.frames.logic import Mask
from lbt_audit.links.agreement import Agreement, agreement
from lbt_audit.links.children import Children
from lbt_audit.links.comparison.comparisons import Comparisons
from lbt_audit.links.comparison.fields import FieldComparison
from lbt_audit.links.counterparts import AllCounterparts, Counterparts
from lbt_audit.links.coverage import Coverage, Coverages
from lbt_audit.links.homes import Home, Homes
from lbt_audit.links.kinds import LinkedKinds
from lbt_audit.links.linkage import Linkage, Linkages
from lbt_audit.links.persons import Persons
from lbt_audit.model.regex import regex

PRIMARY = regex(r"小学|完小|教学点|中心校|九年")
MIDDLE = regex(r"初级中学|初中|九年|(?<![高级职业])中学")
"""Names of schools of compulsory stages; a 中学 may have juniors."""
_TWELVE = 12


class Links:
    """Worked out when first asked for, and once: ``Links.of(book)`` is one object per book.

    Each part builds on those before it: records are linked pairwise (``linkages``), links are joined to
    children (``children``), every record is given its school, village and township (``homes``), and from
    these follow what the records of a child say differently (``comparisons``) and which lists lack it
    (``coverages``).
    """

    def __init__(self, book: Book) -> None:
        self.book = book

    @classmethod
    def of(cls, book: Book) -> Links:
        return book.derived(cls)

    @cached_property
    def linkages(self) -> Linkages:
        return Linkages(self.book)

    @cached_property
    def children(self) -> Children:
        return Children(self.linkages)

    @cached_property
    def homes(self) -> Homes:
        return Homes(self.linkages)

    @cached_property
    def comparisons(self) -> Comparisons:
        return Comparisons(self.children, self.homes)

    @cached_property
    def coverages(self) -> Coverages:
        return Coverages(self.children, self.homes, self._persons)

    @cached_property
    def _persons(self) -> Persons:
        return Persons(self.children, self.homes)

    @cached_property
    def _counterparts(self) -> AllCounterparts:
        return AllCounterparts(self._persons, self.homes, self.coverages)

    def agreement(self, fields: Mapping[str, FieldComparison]) -> Agreement | None:
        """How far the lists of left-behind children agree in name, number and ``fields``; None where there are not
        two lists."""
        return agreement(self.comparisons, self.coverages, fields)

    @property
    def kinds(self) -> LinkedKinds:
        """Which kinds of register are linked, and in which order."""
        return self.linkages.kinds

    def between(self, one: str, other: str) -> Linkage | None:
        """Links between two kinds of register, in either order; None where one was not handed in."""
        return self.linkages.between(one, other)

    def home(self, kind: str) -> Home:
        """School, village and township of every record of a kind."""
        return self.homes[kind]

    def without_school(self, kind: str, target: str) -> Mask:
        """Records of ``kind`` that name no school, where ``target`` holds the pupils of every listed school the child may
        go to: of the primary schools up to twelve, of the middle schools as well from then on."""
        nameless: Mask = self.homes[kind].school == ""
        there = set(self.homes[target].school.tolist())

        def complete(names: re.Pattern[str]) -> bool:
            owing = [name for name in self.book.units.schools if names.search(name)]
            return self.book.units.listed and bool(owing) and there.issuperset(owing)

        age = self.book.frames[kind].facet("school.age_hi")
        small = age.known & (age.values < _TWELVE)
        primary, middle = complete(PRIMARY), complete(MIDDLE)
        result: Mask = nameless & np.where(small, primary, primary & middle)
        return result

    def coverage(self, kind: str, target: str) -> Coverage | None:
        """The records of ``kind`` held against the list ``target``; None where one was not handed in."""
        return self.coverages[kind, target]

    @property
    def persons(self) -> dict[str, np.ndarray]:
        """For every row of every register the number of its child (int64), by kind."""
        return self._persons.numbers

    @property
    def known(self) -> Mapping[str, np.ndarray]:
        """As ``persons``, as far as it has been worked out: nothing is linked for it."""
        if "_persons" in vars(self) and "numbers" in vars(self._persons):
            return self.persons
        return self.children.numbers if "numbers" in vars(self.children) else {}

    def counterparts(self, kind: str, target: str) -> Counterparts | None:
        """Every record of the register ``target`` that is a child's of ``kind``; None where one was not handed in."""
        return self._counterparts[kind, target]

    def in_units(self, kind: str, target: str, which: Mask) -> Mask:
        """Records of ``kind`` whose own village, school or township handed in one of the records ``which`` of ``target``."""
        return self._counterparts.in_units(kind, target, which)

    def stands_in(self, kind: str, others: Sequence[str]) -> Mask:
        """Records of ``kind`` whose child is for certain in one of the registers ``others``."""
        held = [self.persons[other] for other in others if other in self.persons]
        return np.isin(self.persons[kind], np.concatenate([np.zeros(0, np.int64), *held]))
