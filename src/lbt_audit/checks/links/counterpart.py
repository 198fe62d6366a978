"""Records beside their counterpart in another list: it is missing, or what it says does not go with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
from pydantic import Field

from lbt_audit.checks.base import ByKind, Check, Word
from lbt_audit.checks.hits import Others, RowHits
from lbt_audit.checks.links.findings import notes_of, side_by_side
from lbt_audit.checks.links.records import identifiable, satisfied
from lbt_audit.checks.wording import Reasons
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.links.children import Pairs
from lbt_audit.links.comparison.comparisons import difference
from lbt_audit.links.comparison.fields import Difference, FieldComparison
from lbt_audit.links.comparison.names import NAME_KINDS
from lbt_audit.links.coverage import FOUND, NOT_FOUND, PERHAPS, Coverage
from lbt_audit.links.links import Links
from lbt_audit.matching.levels import Level
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text
from lbt_audit.rulebook.params import AnyFieldName, BothTexts, Condition, Params, SeverityName, TableKind

_NOTHING = Text("", "")
_CHILD_NAME = FieldComparison.model_validate({"as": "child_name"})


class Reason(Params):
    says: BothTexts = Field(default=_NOTHING, description="the reason in words, for `{why}`")
    missing_from: tuple[TableKind, ...] = Field(
        default=(),
        description="lists that should hold the record, and none of which has even one that may be its own",
    )
    found_in: tuple[TableKind, ...] = Field(
        default=(), description="lists of which one holds the record for certain"
    )
    perhaps_in: tuple[TableKind, ...] = Field(
        default=(), description="lists of which one has a record that may be its own"
    )
    where: Condition | None = Field(default=None, description="only records for which this is true")
    unless: Condition | None = Field(default=None, description="not the records for which this is true")
    there: Condition | None = Field(default=None, description="only where this is true of the counterpart")
    there_unless: Condition | None = Field(
        default=None, description="not where this is true of the counterpart"
    )
    differs: Mapping[AnyFieldName, FieldComparison] = Field(
        default={}, description="only where the two say different things in one of these fields"
    )
    unless_equal: Mapping[AnyFieldName, FieldComparison] = Field(
        default={}, description="not where the two agree in one of these fields"
    )
    unless_namesake_in: TableKind | None = Field(
        default=None, description="not where this list has another child of the very name of the record"
    )
    unless_covered_by: TableKind | None = Field(
        default=None, description="not for records this list, if it was handed in, would have to hold"
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
    beside: tuple[AnyFieldName, ...] = Field(
        default=(), description="fields of `differs` of which both values are shown, and how they differ"
    )
    severity: SeverityName | None = Field(default=None, description="in place of the rule's own")


class CounterpartParams(Params):
    records: tuple[TableKind, ...] = Field(
        default=(), description="registers looked through, if not all of `tables`"
    )
    where: Condition | None = Field(default=None, description="only records for which this is true")
    unless: Condition | None = Field(default=None, description="not the records for which this is true")
    reasons: Mapping[str, Reason] = Field(
        min_length=1, description="what makes an issue; of a record with several the gravest grades it"
    )
    quotes: AnyFieldName | None = Field(
        default=None, description="field of the counterpart quoted beside its place"
    )


@dataclass(frozen=True)
class _Met:
    """Records with a counterpart in ``target`` for which a reason holds; ``differences`` of its fields ``beside``."""

    reason: Reason
    target: str
    rows: np.ndarray
    there: np.ndarray
    differences: Mapping[str, Difference] = field(default_factory=dict)


def run(rule: Rule[CounterpartParams], book: Book) -> ByKind | None:
    """One issue per record for which any of ``reasons`` holds. Lists are only expected to hold children whose unit
    handed them in. Counterparts a reason speaks of are pointed at."""
    links = Links.of(book)
    kinds = [k for k in rule.params.records or rule.tables if k in book.frames]
    found = [(k, _Side(rule, links, book.frames[k])) for k in kinds]
    result = [(k, side.hits()) for k, side in found if side.applicable]
    return result or None


class _Side:
    """One register beside its counterparts."""

    def __init__(self, rule: Rule[CounterpartParams], links: Links, frame: Frame) -> None:
        self.rule, self.links, self.frame = rule, links, frame
        p = rule.params
        self.wanted, _ = satisfied(frame, identifiable(frame), p.where, p.unless)
        targets = (t for r in p.reasons.values() for t in (*r.missing_from, *r.found_in, *r.perhaps_in))
        held = ((t, links.coverage(frame.kind, t)) for t in dict.fromkeys(targets))
        self.coverages: Mapping[str, Coverage] = {t: c for t, c in held if c is not None}

    @property
    def applicable(self) -> bool:
        return bool(self.coverages)

    def hits(self) -> RowHits:
        n = len(self.frame)
        reasons = list(self.rule.params.reasons.values())
        said = Reasons(n, [r.says for r in reasons])
        severity = np.full(n, 127, np.int64)
        missing = {target: np.zeros(n, np.bool_) for target in self.coverages}
        met: list[_Met] = []
        looked_at = np.zeros(n, np.bool_)
        unverifiable = np.zeros(n, np.bool_)
        for number, reason in enumerate(reasons):
            wanted, unknown = satisfied(self.frame, self.wanted, reason.where, reason.unless)
            unverifiable |= unknown
            lost = wanted & self._missing(reason)
            for target in reason.missing_from:
                if target in missing:
                    missing[target] |= lost
            here = list(self._met(reason, wanted))
            met += here
            found = lost.copy()
            for m in here:
                found[m.rows] = True
            said.add(number, found)
            grade = 0 if reason.severity is None else 10 - int(reason.severity)
            severity[found] = np.minimum(severity[found], grade)
            for target in (*reason.missing_from, *reason.found_in):
                if target in self.coverages:
                    looked_at |= wanted & (
                        self.coverages[target].expected | (self.coverages[target].state == FOUND)
                    )
        row = np.flatnonzero(said.found)
        return RowHits(
            row.astype(np.int32),
            np.arange(len(row), dtype=np.int32),
            {f: np.ones(len(row), np.bool_) for f in self.rule.points_at if some(self.frame, f)},
            details={"why": said.words(row)},
            severity=np.where(severity == 0, 0, 10 - severity)[row].astype(np.int8),
            checked=int(looked_at.sum()),
            unverifiable=int((unverifiable & ~said.found).sum()),
            others=tuple(self._others(row, met)),
            rests_on={target: mask[row] for target, mask in missing.items() if mask.any()},
        )

    def _missing(self, reason: Reason) -> Mask:
        """Records all lists of ``missing_from`` should hold and do not."""
        n = len(self.frame)
        lists = [self.coverages.get(t) for t in reason.missing_from]
        if not lists or None in lists:
            return np.zeros(n, np.bool_)
        result = np.ones(n, np.bool_)
        for c in lists:
            assert c is not None
            result &= c.expected & ~c.assumed & (c.state == NOT_FOUND)
            if reason.share:
                result &= self._share(c) >= reason.share
        covered = reason.unless_covered_by and self.links.coverage(self.frame.kind, reason.unless_covered_by)
        return np.asarray(result & ~covered.expected if covered else result)

    def _share(self, c: Coverage) -> np.ndarray:
        """For every record the share of its sheet's records that stand in the list."""
        size = len(self.frame.tables)
        total = np.bincount(self.frame.table[self.wanted], minlength=size)
        held = np.bincount(self.frame.table[self.wanted & (c.state > NOT_FOUND)], minlength=size)
        return np.asarray((held / np.maximum(total, 1))[self.frame.table])

    def _met(self, reason: Reason, wanted: Mask) -> Iterator[_Met]:
        """The records that have a counterpart the reason speaks of."""
        for targets, state in ((reason.found_in, FOUND), (reason.perhaps_in, PERHAPS)):
            for target in targets:
                c = self.coverages.get(target)
                if c is None:
                    continue
                other = self.links.book.frames[target]
                holds, _ = satisfied(other, np.ones(len(other), np.bool_), reason.there, reason.there_unless)
                rows = np.flatnonzero(wanted & (c.state == state) & (c.at >= 0))
                rows = rows[holds[c.at[rows]]]
                made = self._compared(_Met(reason, target, rows, c.at[rows]))
                if reason.unless_namesake_in is not None:
                    made = _taken(made, ~self._namesake(made, reason.unless_namesake_in))
                yield made

    def _compared(self, m: _Met) -> _Met:
        """Those that differ in ``differs`` and do not agree in ``unless_equal``."""
        chosen = np.ones(len(m.rows), np.bool_)
        if m.reason.differs:
            made = self._differences(m, m.reason.differs)
            chosen &= np.logical_or.reduce([d.found for d in made.values()]) if made else False
            m = replace(m, differences={f: d for f, d in made.items() if f in m.reason.beside})
        for d in self._differences(m, m.reason.unless_equal).values():
            chosen &= ~d.equal
        return _taken(m, chosen)

    def _differences(self, m: _Met, fields: Mapping[str, FieldComparison]) -> dict[str, Difference]:
        """What the records and their counterparts say of these fields, seen from the records."""
        if not fields:
            return {}
        kind = self.frame.kind
        left, right = self.links.kinds.ordered(kind, m.target)
        first = left == kind
        pairs = Pairs(left, right, *((m.rows, m.there) if first else (m.there, m.rows)))
        pairing = self.links.comparisons.pairing(pairs)
        assert pairing is not None
        made = {f: difference(pairing, f, how) for f, how in fields.items()}
        return {f: d if first else d.mirrored() for f, d in made.items() if d is not None}

    def _namesake(self, m: _Met, target: str) -> Mask:
        """Records for which ``target`` has a child of the very name who is another than the counterpart's."""
        result = np.zeros(len(m.rows), np.bool_)
        c = self.links.coverage(self.frame.kind, target)
        if c is None:
            return result
        there = c.at[m.rows]
        known = np.flatnonzero(there >= 0)
        pairs = replace(m, target=target, rows=m.rows[known], there=there[known])
        named = self._differences(pairs, {"child_name": _CHILD_NAME})["child_name"].equal
        numbers = self.links.children.numbers
        result[known] = named & (numbers[target][there[known]] != numbers[m.target][m.there[known]])
        return result

    def _others(self, row: np.ndarray, met: Sequence[_Met]) -> Iterator[Others]:
        for target in dict.fromkeys(m.target for m in met if len(m.rows)):
            here = [m for m in met if m.target == target and len(m.rows)]
            c = self.coverages[target]
            rows = np.unique(np.concatenate([m.rows for m in here]))
            other = self.links.book.frames[target]
            points: dict[str, np.ndarray] = {}
            pairs: dict[str, tuple[pa.Array, pa.Array]] = {}
            notes = self._quoted(other, c.at[rows])
            for m in here:
                at = np.searchsorted(rows, m.rows)
                for f in m.reason.shows:
                    if some(other, f):
                        points.setdefault(f, np.zeros(len(rows), np.bool_))[at] = True
                for f, d in m.differences.items():
                    pairs[f] = _merged(pairs.get(f), len(rows), at, side_by_side(d, np.arange(len(at))))
                if m.differences:
                    told = notes_of(list(m.differences.values()), _words(self.rule))
                    for k, note in zip(at.tolist(), told, strict=True):
                        notes[k] = note
            issue = np.searchsorted(row, rows).astype(np.int32)
            yield Others(target, issue, c.at[rows].astype(np.int32), points, pairs, notes)

    def _quoted(self, other: Frame, there: np.ndarray) -> list[Text]:
        """The counterparts' cells of ``quotes``."""
        name = self.rule.params.quotes
        if name is None:
            return [_NOTHING] * len(there)
        blank = self.rule.words.get("blank", _NOTHING)
        cells = other[name].text.take(pa.array(there.astype(np.int64))).to_pylist()
        return [Text(cell, cell) if cell else blank for cell in cells]


def _taken(m: _Met, chosen: Mask) -> _Met:
    at = np.flatnonzero(chosen)
    differences = {f: d.take(at) for f, d in m.differences.items()}
    return replace(m, rows=m.rows[at], there=m.there[at], differences=differences)


def _merged(
    known: tuple[pa.Array, pa.Array] | None, n: int, at: np.ndarray, pair: tuple[pa.Array, pa.Array]
) -> tuple[pa.Array, pa.Array]:
    """``pair`` put into columns of ``n`` texts at these places."""
    columns = known or (pa.nulls(n, pa.string()), pa.nulls(n, pa.string()))
    lists = [column.to_pylist() for column in columns]
    for texts, new in zip(lists, pair, strict=True):
        for k, text in zip(at.tolist(), new.to_pylist(), strict=True):
            texts[k] = text
    return pa.array(lists[0], pa.string()), pa.array(lists[1], pa.string())


def _words(rule: Rule[CounterpartParams]) -> Mapping[str, Text]:
    """The rule's words for kinds of difference; where it has none, what matching calls them."""
    return {key: rule.words.get(key, Level(level).text) for key, level in NAME_KINDS.items()}


CHECK = Check(
    name="counterpart",
    params=CounterpartParams,
    details={"why": "what the reasons that hold say"},
    words={
        "blank": Word("quoted where the counterpart's cell is blank", required=False),
        **{key: Word("names differ in this way", ("place",), required=False) for key in NAME_KINDS},
    },
    on_book=run,
    needs="needs_lists",
)
