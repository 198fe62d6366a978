"""What a rule finds across counties, and its way into the findings of the county it is filed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.checks.hits import FromRecord, Others, RowHits
from lbt_audit.engine.execute import Found
from lbt_audit.frames.book import Book
from lbt_audit.model.kind import ELSEWHERE
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.partitions.stored.tree import known


@known
@dataclass(frozen=True)
class Finding:
    """What one rule finds in one kind of register across counties, as far as one county is concerned.

    ``taken``: frame rows of the county and the issue across counties each belongs to: what the county's own audit finds
    of one such issue's rows alone is told by it. The other fields are of the issues filed here: ``row`` and ``issue`` as
    in ``RowHits``, ``other_row`` and ``other_issue`` of the records elsewhere; ``points`` and ``other_points`` by field.
    """

    rule: str
    kind: str
    taken: tuple[np.ndarray, np.ndarray]
    row: np.ndarray
    issue: np.ndarray
    points: Mapping[str, np.ndarray]
    other_row: np.ndarray
    other_issue: np.ndarray
    other_points: Mapping[str, np.ndarray]
    details: Mapping[str, Any]
    severity: np.ndarray | None
    keys: Sequence[str] | None

    def hits(self) -> RowHits:
        there = Others(ELSEWHERE + self.kind, self.other_issue, self.other_row, self.other_points)
        return RowHits(
            self.row,
            self.issue,
            self.points,
            self.details,
            self.severity,
            keys=self.keys,
            others=(there,),
        )


@dataclass
class Amending:
    """Puts ``findings`` in the place of what a county's own rules found of the same groups."""

    findings: Sequence[Finding]
    _by_rule: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for finding in self.findings:
            self._by_rule[finding.rule].append(finding)

    def __call__(self, rule: Rule, found: list[Found], book: Book) -> list[Found]:
        for finding in self._by_rule.get(rule.code, ()):
            size = len(book.frames[finding.kind])
            found = [_without(one, finding, size) if one.kind == finding.kind else one for one in found]
            if len(finding.row):
                found = [*found, Found(finding.kind, finding.hits())]
        return found


def _without(found: Found, finding: Finding, size: int) -> Found:
    """``found`` less the issues all of whose records belong to one issue across counties."""
    hits = found.outcome
    if not isinstance(hits, RowHits) or not len(hits.row):
        return found
    across = np.full(size, -1, np.int64)
    rows, issues = finding.taken
    across[rows] = issues
    starts = np.searchsorted(hits.issue, np.arange(hits.count))
    first = across[hits.row[starts]]
    told = np.logical_and.reduceat(across[hits.row] == first[hits.issue], starts) & (first >= 0)
    return replace(found, outcome=chosen(hits, ~told)) if told.any() else found


def chosen(hits: RowHits, wanted: np.ndarray) -> RowHits:
    """The issues (bool) of ``hits`` that are wanted, numbered anew."""
    number = np.cumsum(wanted) - 1
    keep = wanted[hits.issue]
    at = np.flatnonzero(wanted)
    return replace(
        hits,
        row=hits.row[keep],
        issue=number[hits.issue[keep]].astype(np.int32),
        points={name: mask[keep] for name, mask in hits.points.items()},
        details={name: _of(values, at) for name, values in hits.details.items()},
        severity=None if hits.severity is None else hits.severity[at],
        keys=None if hits.keys is None else [hits.keys[i] for i in at.tolist()],
        others=tuple(_others(other, wanted, number) for other in hits.others),
        rests_on={kind: mask[at] for kind, mask in hits.rests_on.items()},
    )


def _of(values: Any, at: np.ndarray) -> Any:
    if isinstance(values, FromRecord):
        return FromRecord(values.operands, values.which[at])
    return [values[i] for i in at.tolist()]


def _others(other: Others, wanted: np.ndarray, number: np.ndarray) -> Others:
    keep = wanted[other.issue]
    at = pa.array(np.flatnonzero(keep))
    return Others(
        other.kind,
        number[other.issue[keep]].astype(np.int32),
        other.row[keep],
        {name: mask[keep] for name, mask in other.points.items()},
        {name: (left.take(at), right.take(at)) for name, (left, right) in other.pairs.items()},
        None if other.notes is None else [other.notes[i] for i in at.to_pylist()],
    )
