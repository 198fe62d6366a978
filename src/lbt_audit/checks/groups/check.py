"""Records that belong together, and what must not be true of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lbt_audit.checks.base import Check
from lbt_audit.checks.groups.crossing import crossing_keys
from lbt_audit.checks.groups.entries import Each, Entries
from lbt_audit.checks.groups.identity import Issues, identities
from lbt_audit.checks.groups.keys import can_tell
from lbt_audit.checks.groups.params import Count, Groups, Key, Pattern
from lbt_audit.checks.groups.patterns import Grouping, find, joined
from lbt_audit.checks.hits import RowHits, in_groups
from lbt_audit.frames.book import Book
from lbt_audit.frames.days import day_of
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text, filled
from lbt_audit.values.kind import NO_DATE


def run(rule: Rule[Groups], frame: Frame, book: Book) -> RowHits | None:
    """Records that belong together by a key, as GROUP BY puts rows of a table together, and of which something is
    true that must not be, as HAVING asks: so many of them, so many households, villages or names among them, two
    values of one field. One issue per group, filed under its first record and pointing at all of them."""
    each = list(rule.each.values())
    patterns: list[Each[Pattern]] = list(zip(*(one.params.every for one in each), strict=True))
    if not any(_can_tell(frame, pattern) for pattern in patterns):
        return None
    entries = Entries(frame, book, len(each))
    found = [find(entries, each, pattern) for pattern in patterns]
    if among := rule.params.joined:
        together = [not isinstance(among, tuple) or g.pattern[0].name in among for g in found]
        one = iter(joined(entries, [g for g, theirs in zip(found, together, strict=True) if theirs]))
        found = [next(one) if theirs else g for g, theirs in zip(found, together, strict=True)]
    return _hits(rule, entries, found)


def _can_tell(frame: Frame, pattern: Each[Pattern]) -> bool:
    """Whether some file has the columns of one of the keys, for one of the persons."""
    return any(p.run or any(_key_told(frame, key) for key in p.by) for p in pattern)


def _key_told(frame: Frame, key: Key) -> bool:
    return all(can_tell(frame, name) for name in key.of) and (
        key.text is None or can_tell(frame, key.text.of)
    )


def _hits(rule: Rule[Groups], entries: Entries, found: Sequence[Grouping]) -> RowHits:
    """One issue per group of any pattern."""
    members = [np.flatnonzero((g.labels >= 0) & entries.holds([p.members for p in g.pattern])) for g in found]
    base = np.cumsum([0, *(int(g.labels.max(initial=-1)) + 1 for g in found)])
    entry = np.concatenate(members)
    group = np.concatenate([g.labels[at] + b for g, at, b in zip(found, members, base, strict=False)])
    order, issue = in_groups(group, entries.row[entry])
    entry = entry[order]
    pattern = np.repeat(np.arange(len(found)), [len(at) for at in members])[order]
    first = np.searchsorted(issue, np.arange(int(issue[-1]) + 1 if len(issue) else 0))
    once = _first_of_row(issue, entries.row[entry])
    points: dict[str, Mask] = {}
    for k, grouping in enumerate(found):
        for field, mask in grouping.points.items():
            points[field] = points.get(field, False) | (mask[entry] & (pattern == k))
    points = {field: np.logical_or.reduceat(mask, once) for field, mask in points.items() if mask.any()}
    taking_part = np.zeros(len(entries.frame), np.bool_)
    taking_part[entries.row[np.logical_or.reduce([g.checked for g in found])]] = True
    of_pattern = [np.flatnonzero(pattern[first] == k) for k in range(len(found))]
    issues = [Issues(numbers, entry[first[numbers]]) for numbers in of_pattern]
    severity = np.zeros(len(first), np.int8)
    for grouping, its in zip(found, issues, strict=True):
        severity[its.number] = _grades(grouping, its.first)
    return RowHits(
        row=entries.row[entry[once]].astype(np.int32),
        issue=issue[once],
        points=points,
        details=_details(rule, found, issues, len(first)),
        severity=severity,
        checked=int(taking_part.sum()),
        keys=identities(entries, found, issues, entry, issue),
    )


def _first_of_row(issue: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Where the entries of a record begin that take part in an issue as several persons."""
    starts = np.ones(len(row), np.bool_)
    starts[1:] = (issue[1:] != issue[:-1]) | (row[1:] != row[:-1])
    return np.flatnonzero(starts)


def _grades(grouping: Grouping, at: np.ndarray) -> np.ndarray:
    """Severity of each group, 0 = the rule's own."""
    first = grouping.pattern[0]
    grades = np.full(len(at), first.severity or 0, np.int8)
    open_ = np.ones(len(at), np.bool_)
    for severity, bounds in first.severity_when.items():
        holds = open_ & bounds.hold(grouping.counts)[at]
        grades[holds] = severity
        open_ &= ~holds
    return grades


def _details(
    rule: Rule[Groups], found: Sequence[Grouping], issues: Sequence[Issues], n: int
) -> Mapping[str, Sequence[str | Text]]:
    details: dict[str, list[str | Text]] = {name: [""] * n for g in found for name in g.counts}
    if rule.words:
        details["what"] = [""] * n
    for grouping, its in zip(found, issues, strict=True):
        counts = {
            name: _told(values[its.first], grouping.pattern[0].counts[name])
            for name, values in grouping.counts.items()
        }
        for i, number in enumerate(its.number.tolist()):
            own = {name: values[i] for name, values in counts.items()}
            for name, value in own.items():
                details[name][number] = value
            text = rule.words.get(grouping.name_of(its.first[i]))
            if text is not None:
                details["what"][number] = filled(text, own)
    return details


def _told(values: np.ndarray, count: Count) -> list[str]:
    """Counts as messages show them."""
    if count.newest:
        return ["—" if day == NO_DATE else day_of(day).isoformat() for day in values.tolist()]
    return [str(value) for value in values.tolist()]


CHECK = Check(
    name="groups",
    params=Groups,
    crosses=crossing_keys,
    details={"what": "the text of the pattern found"},
    for_each=True,
    on_frame=run,
)
