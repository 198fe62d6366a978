"""From a pattern to the groups it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.groups.chance import expected_by_chance
from lbt_audit.checks.groups.comparable import comparable
from lbt_audit.checks.groups.entries import Each, Entries
from lbt_audit.checks.groups.labels import Labels, distinct, split, united
from lbt_audit.checks.groups.params import Lists, Pattern, Run
from lbt_audit.checks.pointing import present, written
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.model.cell import State
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule


@dataclass(frozen=True)
class Grouping:
    """Groups of entries, as their pattern found them.

    ``counts``: per entry, of its group. ``repeated``: entries in groups that are two lists handed in twice.
    ``points``: field → entries that it is pointed at in. ``checked``: entries that took part.
    """

    pattern: Each[Pattern]
    labels: Labels
    counts: Mapping[str, np.ndarray]
    repeated: Mask
    points: Mapping[str, Mask]
    checked: Mask

    def name_of(self, entry: int) -> str:
        """Which text tells what was found."""
        lists = self.pattern[0].lists
        return lists.name if lists is not None and self.repeated[entry] else self.pattern[0].name


def find(entries: Entries, rules: Each[Rule[Any]], pattern: Each[Pattern]) -> Grouping:
    """The groups of ``pattern`` for which its conditions hold."""
    labels = _belonging(entries, pattern)
    checked = labels >= 0
    first, found = pattern[0], checked
    counts = _counts(entries, pattern, labels)
    if first.when is not None:
        found = found & first.when.hold(counts)
    if first.chance is not None:
        found = found & (counts[first.chance.count] >= expected_by_chance(entries, first.chance, checked))
    differing = {}
    for field in present(entries.frame, first.differ):
        values, known = comparable(entries.frame, field)
        differing[field] = distinct(labels, entries.spread(values), entries.spread(known)) > 1
    if first.differ:
        found = found & np.logical_or.reduce([*differing.values(), np.zeros(len(entries), np.bool_)])
    labels, repeated = np.where(found, labels, -1), np.zeros(len(entries), np.bool_)
    if first.lists is not None:
        labels, repeated = _whole_lists(labels, entries, first.lists)
        counts = _counts(entries, pattern, labels)
    points = _points(entries, rules, pattern, labels >= 0)
    for field, mask in written(entries.frame, differing, entries.row).items():
        points[field] = mask & differing[field] & (labels >= 0)
    return Grouping(pattern, labels, counts, repeated, points, checked)


def _points(entries: Entries, rules: Each[Rule[Any]], pattern: Each[Pattern], found: Mask) -> dict[str, Mask]:
    """Of the fields a person's rule points at those in which something is written."""
    n = len(entries.frame)
    points: dict[str, Mask] = {}
    if not found.any():
        return points
    rows = np.arange(n)
    for number, (rule, own) in enumerate(zip(rules, pattern, strict=True)):
        fields = rule.points_at if own.points_at is None else own.points_at
        for field, mask in written(entries.frame, fields, rows).items():
            everybody = points.setdefault(field, np.zeros(len(entries), np.bool_))
            everybody[number * n : (number + 1) * n] |= mask & found[number * n : (number + 1) * n]
    return points


def joined(entries: Entries, found: list[Grouping]) -> list[Grouping]:
    """Groups that share records made one, each told and counted as the earliest pattern found in it."""
    somewhere = np.logical_or.reduce([g.labels >= 0 for g in found])
    if not somewhere.any():
        return found
    labels = united([*(g.labels for g in found), np.where(somewhere, entries.row, -1)], len(entries))
    earliest = np.full(len(entries), len(found))
    for k in reversed(range(len(found))):
        earliest[labels[found[k].labels >= 0]] = k
    whose = np.where(labels >= 0, earliest[np.maximum(labels, 0)], -1)
    points: dict[str, Mask] = {}
    for grouping in found:
        for field, mask in grouping.points.items():
            points[field] = points.get(field, False) | mask
    result = []
    for k, grouping in enumerate(found):
        own = np.where(whose == k, labels, -1)
        result.append(
            replace(grouping, labels=own, counts=_counts(entries, grouping.pattern, own), points=points)
        )
    return result


def _belonging(entries: Entries, pattern: Each[Pattern]) -> Labels:
    """Labels of entries that belong together, whatever is then asked of the group."""
    first = pattern[0]
    if first.run is not None:
        labels = np.concatenate([_runs(entries.frame, p.run) for p in pattern if p.run])
    else:
        labels = united(
            [entries.label(key) for key in zip(*(p.by for p in pattern), strict=True)], len(entries)
        )
    labels = np.where(entries.holds([p.where for p in pattern]), labels, -1)
    for names in zip(*(p.unlike for p in pattern), strict=True):
        labels = split(labels, *entries.codes(names))
    for key, most in first.near.items():
        labels = _near(labels, entries, key, most)
    return labels


def _counts(entries: Entries, pattern: Each[Pattern], labels: Labels) -> dict[str, np.ndarray]:
    return {name: entries.count(labels, [p.counts[name] for p in pattern]) for name in pattern[0].counts}


def _near(groups: Labels, entries: Entries, key: str, most: int) -> Labels:
    """Groups without members whose text differs from the first one's in more than ``most`` characters."""
    facet = entries.frame.facet(key)
    rows = np.flatnonzero((groups >= 0) & entries.spread(facet.known))
    if not len(rows):
        return groups
    first = np.full(int(groups.max()) + 1, -1, np.int64)
    first[groups[rows][::-1]] = rows[::-1]
    reference = first[groups[rows]]
    apart = rows != reference
    mine, theirs = (_characters(facet.values, entries.row[at[apart]]) for at in (rows, reference))
    result = groups.copy()
    width = max(mine.shape[1], theirs.shape[1])
    mine, theirs = (np.pad(a, ((0, 0), (0, width - a.shape[1]))) for a in (mine, theirs))
    result[rows[apart][(mine != theirs).sum(axis=1) > most]] = -1
    return result


def _characters(texts: pa.Array, rows: np.ndarray) -> np.ndarray:
    """(n, longest) code points of these texts, 0 after their end."""
    taken = np.array(texts.take(pa.array(rows)).to_pylist(), np.str_)
    return taken.view(np.uint32).reshape(len(rows), taken.dtype.itemsize // 4 or 1)


def _runs(frame: Frame, run: Run) -> Labels:
    """Runs of consecutive rows of one table, alike in every column but some."""
    n = len(frame)
    alike = frame.table[1:] == frame.table[:-1]
    filled = np.zeros(n, np.int64)
    for field in sorted({f for t in frame.tables for f in t.columns} - set(run.but)):
        text = frame.text(field)
        alike = alike & pc.equal(text.slice(1), text.slice(0, max(n - 1, 0))).to_numpy(zero_copy_only=False)
        filled += frame[field].state >= State.FAULTY
    labels = np.concatenate([np.zeros(min(n, 1), np.int64), np.cumsum(~alike)])
    return np.where(filled >= run.filled, labels, -1)


def _whole_lists(labels: Labels, entries: Entries, lists: Lists) -> tuple[Labels, Mask]:
    """Labels where pairs of tables that repeat each other are one group, and the rows in such groups."""
    frame = entries.frame
    result, together = labels.copy(), np.zeros(len(labels), np.bool_)
    rows = np.flatnonzero(labels >= 0)
    if not len(rows):
        return result, together
    tables = frame.table[entries.row[rows]].astype(np.int64)
    # Groups that touch several tables: how many does each other table share with the first one?
    first = np.full(int(labels.max()) + 1, len(frame.tables), np.int64)
    np.minimum.at(first, labels[rows], tables)
    apart = tables != first[labels[rows]]
    pair = first[labels[rows]] * len(frame.tables) + tables
    pairs, counts = np.unique(pair[apart], return_counts=True)
    smaller = np.minimum(frame.lengths[pairs // len(frame.tables)], frame.lengths[pairs % len(frame.tables)])
    repeated = pairs[(counts >= lists.least) & (counts > lists.share * smaller)]
    for one in repeated.tolist():
        groups = np.unique(labels[rows[apart & (pair == one)]])
        members = rows[np.isin(labels[rows], groups)]
        result[members] = groups.min()
        together[members] = True
    return result, together
