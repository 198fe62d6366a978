"""Everything known about the children of one book who stand in several registers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from lbt_audit.frames.book import Book
from lbt_audit.links.agreement import Agreement, agreement
from lbt_audit.links.children import Children
from lbt_audit.links.comparison.comparisons import Comparisons
from lbt_audit.links.comparison.fields import FieldComparison
from lbt_audit.links.counterparts import AllCounterparts, Counterparts
from lbt_audit.links.coverage import Coverage, Coverages
from lbt_audit.links.homes import Home, Homes
from lbt_audit.links.kinds import LinkedKinds
from lbt_audit.links.linkage import Linkage, Linkages


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
        return Coverages(self.children, self.homes)

    @cached_property
    def _counterparts(self) -> AllCounterparts:
        return AllCounterparts(self.children, self.homes, self.coverages)

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

    def coverage(self, kind: str, target: str) -> Coverage | None:
        """The records of ``kind`` held against the list ``target``; None where one was not handed in."""
        return self.coverages[kind, target]

    def counterparts(self, kind: str, target: str) -> Counterparts | None:
        """Every record of the register ``target`` that is a child's of ``kind``; None where one was not handed in."""
        return self._counterparts[kind, target]
