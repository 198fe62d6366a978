"""A reason by which a record and its counterparts in other lists make an issue, and the records it holds of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace

import numpy as np
from pydantic import Field

from lbt_audit.checks.links.records import satisfied
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.links.children import Pairs
from lbt_audit.links.comparison.comparisons import difference
from lbt_audit.links.comparison.fields import Compared, Difference, FieldComparison
from lbt_audit.links.coverage import FOUND, NOT_FOUND, PERHAPS, Coverage
from lbt_audit.links.links import Links
from lbt_audit.links.periods import links_between
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.rulebook.params import (
    AnyFieldName,
    BothTexts,
    Condition,
    Params,
    RegisterName,
    SeverityName,
    TableKind,
)

_NOTHING = Text("", "")
_CHILD_NAME = FieldComparison.model_validate({"as": "child_name"})


class Reason(Params):
    says: BothTexts = Field(default=_NOTHING, description="the reason in words, for `{why}`")
    missing_from: tuple[RegisterName, ...] = Field(
        default=(),
        description="lists that should hold the record, and none of which has even one that may be its own",
    )
    found_in: tuple[RegisterName, ...] = Field(
        default=(), description="lists of which one holds the record for certain"
    )
    perhaps_in: tuple[RegisterName, ...] = Field(
        default=(), description="lists of which one has a record that may be its own"
    )
    where: Condition | None = Field(default=None, description="only records for which this is true")
    unless: Condition | None = Field(default=None, description="not the records for which this is true")
    there: Condition | None = Field(default=None, description="only where this is true of the counterpart")
    there_unless: Condition | None = Field(
        default=None, description="not where this is true of the counterpart"
    )
    differs: Compared = Field(
        default={}, description="only where the two say different things in one of these fields"
    )
    equal: Compared = Field(default={}, description="only where the two agree in all of these fields")
    unless_equal: Compared = Field(default={}, description="not where the two agree in one of these fields")
    unless_equal_in_any: Compared = Field(
        default={}, description="not where any of the lists of `found_in` agrees in one of these fields"
    )
    unless_namesake_in: TableKind | None = Field(
        default=None, description="not where this list has another child of the very name of the record"
    )
    unless_covered_by: TableKind | None = Field(
        default=None, description="not for records this list, if it was handed in, would have to hold"
    )
    unless_in: tuple[RegisterName, ...] = Field(
        default=(), description="not where one of these registers, if it was handed in, may hold the record"
    )
    anywhere: bool = Field(
        default=False,
        description="records that name no school count as well, where the enrolment of every listed school is there",
    )
    share: float = Field(
        default=0,
        ge=0,
        le=1,
        description="only in sheets of whose records at least this share stands in the list",
    )
    shows: tuple[AnyFieldName, ...] = Field(
        default=(), description="fields of the counterpart that are pointed at"
    )
    contrasts: tuple[AnyFieldName, ...] = Field(
        default=(), description="fields of `differs` of which both values are shown, and how they differ"
    )
    severity: SeverityName | None = Field(default=None, description="in place of the rule's own")

    @property
    def targets(self) -> tuple[RegisterName, ...]:
        """Every list the reason speaks of."""
        return (*self.missing_from, *self.found_in, *self.perhaps_in)


@dataclass(frozen=True)
class Met:
    """Records of which a reason holds that have a counterpart in ``target`` (``there``: its rows); ``differences``
    of the reason's ``contrasts``."""

    reason: Reason
    target: str
    rows: np.ndarray
    there: np.ndarray
    differences: Mapping[str, Difference] = field(default_factory=dict)


@dataclass(frozen=True)
class Holding:
    """Of which records (bool) a reason holds: those ``lost``, and those with a counterpart. ``checked``: records it
    could hold of; ``unknown``: records of which it cannot be told."""

    reason: Reason
    lost: Mask
    met: tuple[Met, ...]
    checked: Mask
    unknown: Mask

    @property
    def found(self) -> Mask:
        result = self.lost.copy()
        for m in self.met:
            result[m.rows] = True
        return result


@dataclass(frozen=True)
class Counterparts:
    """The records of one register, of which ``wanted`` are looked at, and the lists they are held against."""

    book: Book
    frame: Frame
    wanted: Mask
    coverages: Mapping[str, Coverage]

    def links(self, target: str) -> Links:
        """The links between the register and ``target``."""
        return links_between(self.book, self.frame.kind, target)

    def holds(self, reason: Reason) -> Holding:
        """The records of which a reason holds."""
        wanted, unknown = satisfied(self.frame, self.wanted, reason.where, reason.unless)
        lists = [self.coverages[t] for t in (*reason.missing_from, *reason.found_in) if t in self.coverages]
        there = [c.expected | (c.state == FOUND) for c in lists]
        checked = wanted & (np.logical_or.reduce(there) if there else False)
        lost = wanted & self._missing(reason)
        return Holding(reason, lost, tuple(self._met(reason, wanted)), checked, unknown)

    def _missing(self, reason: Reason) -> Mask:
        """Records all lists of ``missing_from`` should hold and do not."""
        n = len(self.frame)
        lists = [self.coverages.get(t) for t in reason.missing_from]
        if not lists or None in lists:
            return np.zeros(n, np.bool_)
        result = np.ones(n, np.bool_)
        for c in lists:
            assert c is not None
            expected = c.expected & ~c.assumed
            if reason.anywhere:
                expected |= self.links(c.target).without_school(self.frame.kind, c.target)
            result &= expected & (c.state == NOT_FOUND)
            if reason.share:
                result &= self._share(c) >= reason.share
        for other in reason.unless_in:
            held = self._coverage(other)
            result &= True if held is None else held.state == NOT_FOUND
        if reason.unless_covered_by is not None:
            covered = self._coverage(reason.unless_covered_by)
            result &= True if covered is None else ~covered.expected
        return result

    def _coverage(self, target: str) -> Coverage | None:
        return self.links(target).coverage(self.frame.kind, target)

    def _share(self, c: Coverage) -> np.ndarray:
        """For every record the share of its sheet's records that stand in the list."""
        size = len(self.frame.tables)
        total = np.bincount(self.frame.table[self.wanted], minlength=size)
        held = np.bincount(self.frame.table[self.wanted & (c.state > NOT_FOUND)], minlength=size)
        return np.asarray((held / np.maximum(total, 1))[self.frame.table])

    def _met(self, reason: Reason, wanted: Mask) -> Iterator[Met]:
        """The records that have a counterpart the reason speaks of."""
        if reason.unless_equal_in_any:
            wanted = wanted & ~self._agrees(reason, wanted)
        for targets, state in ((reason.found_in, FOUND), (reason.perhaps_in, PERHAPS)):
            for target in targets:
                c = self.coverages.get(target)
                if c is None:
                    continue
                other = self.book.registers[target]
                holds, _ = satisfied(other, np.ones(len(other), np.bool_), reason.there, reason.there_unless)
                rows = np.flatnonzero(wanted & (c.state == state) & (c.counterpart >= 0))
                rows = rows[holds[c.counterpart[rows]]]
                made = self._compared(Met(reason, target, rows, c.counterpart[rows]))
                if reason.unless_namesake_in is not None:
                    made = _taken(made, ~self._namesake(made, reason.unless_namesake_in))
                yield made

    def _agrees(self, reason: Reason, wanted: Mask) -> Mask:
        """Records one counterpart of which agrees in a field of ``unless_equal_in_any``."""
        result = np.zeros(len(self.frame), np.bool_)
        for target in reason.found_in:
            c = self.coverages.get(target)
            if c is not None:
                rows = np.flatnonzero(wanted & (c.state == FOUND) & (c.counterpart >= 0))
                m = Met(reason, target, rows, c.counterpart[rows])
                for d in self._differences(m, reason.unless_equal_in_any).values():
                    result[rows[d.equal]] = True
        return result

    def _compared(self, m: Met) -> Met:
        """Those that differ in ``differs``, agree in ``equal`` and do not agree in ``unless_equal``."""
        chosen = np.ones(len(m.rows), np.bool_)
        if m.reason.differs:
            made = self._differences(m, m.reason.differs)
            chosen &= np.logical_or.reduce([d.found for d in made.values()]) if made else False
            m = replace(m, differences={f: d for f, d in made.items() if f in m.reason.contrasts})
        agreeing = self._differences(m, m.reason.equal)
        for f in m.reason.equal:
            chosen &= agreeing[f].equal if f in agreeing else False
        for d in self._differences(m, m.reason.unless_equal).values():
            chosen &= ~d.equal
        return _taken(m, chosen)

    def _differences(self, m: Met, fields: Mapping[str, FieldComparison]) -> dict[str, Difference]:
        """What the records and their counterparts say of these fields, seen from the records."""
        if not fields:
            return {}
        kind = self.frame.kind
        links = self.links(m.target)
        left, right = links.kinds.ordered(kind, m.target)
        first = left == kind
        pairs = Pairs(left, right, *((m.rows, m.there) if first else (m.there, m.rows)))
        pairing = links.comparisons.pairing(pairs)
        assert pairing is not None
        made = {f: difference(pairing, f, how) for f, how in fields.items()}
        return {f: d if first else d.mirrored() for f, d in made.items() if d is not None}

    def _namesake(self, m: Met, target: str) -> Mask:
        """Records for which ``target`` has a child of the very name who is another than the counterpart's."""
        result = np.zeros(len(m.rows), np.bool_)
        c = self._coverage(target)
        if c is None:
            return result
        there = c.counterpart[m.rows]
        known = np.flatnonzero(there >= 0)
        pairs = replace(m, target=target, rows=m.rows[known], there=there[known])
        named = self._differences(pairs, {"child_name": _CHILD_NAME})["child_name"].equal
        numbers = self.links(target).children.numbers
        result[known] = named & (numbers[target][there[known]] != numbers[m.target][m.there[known]])
        return result


def _taken(m: Met, chosen: Mask) -> Met:
    position = np.flatnonzero(chosen)
    differences = {f: d.take(position) for f, d in m.differences.items()}
    return replace(m, rows=m.rows[position], there=m.there[position], differences=differences)
