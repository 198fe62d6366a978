"""What became of the issues between one audit of some files and the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from lbt_audit.engine.audit import Audit
from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity
from lbt_audit.reports.tables.lines import NONE, Told
from lbt_audit.reports.tables.places import first_locations, places


@dataclass(frozen=True)
class Item:
    """An issue in short. ``number``: its own from the first audit that found it; ``place``: ``path:sheet!cell``, "" if
    none; ``cause``: fingerprint of the issue it is told with."""

    number: int
    severity: Severity
    child: str
    place: str
    rule: str
    title: str
    cause: str


@dataclass(frozen=True)
class Changes:
    """Issues by the weight they have, or had: ``gone`` since the audit before, ``new`` since then, all that are ``left``.
    ``first``: there was no audit before. ``away``: of files no longer there, of which nobody knows whether they are mended."""

    gone: tuple[Item, ...]
    new: tuple[Item, ...]
    left: tuple[Item, ...]
    first: bool = False
    away: tuple[Item, ...] = ()


class Course:
    """The issues of one audit after another, known by their fingerprints. One whose child got another number has another
    fingerprint: it is known by its rule and first cell."""

    def __init__(self) -> None:
        self._known: dict[str, Item] | None = None
        self._count = 0

    def take(self, audit: Audit) -> Changes:
        """What has changed since the audit taken before."""
        return self.take_items(items_of(audit), files_of(audit))

    def take_items(self, found: Mapping[str, Item], files: Collection[str]) -> Changes:
        """The same of an audit of which ``items_of`` and ``files_of`` are kept."""
        before = self._known or {}
        again = {f: before[f] for f in found if f in before}
        lost = {f: item for f, item in before.items() if f not in found}
        moved = defaultdict(list)
        for fingerprint, item in lost.items():
            moved[item.rule, item.place].append(fingerprint)
        new = []
        for fingerprint, item in found.items():
            if fingerprint not in again:
                if same := moved[item.rule, item.place]:
                    again[fingerprint] = lost.pop(same.pop(0))
                else:
                    self._count += 1
                    again[fingerprint] = replace(item, number=self._count)
                    new.append(fingerprint)
        first, self._known = (
            self._known is None,
            {f: replace(item, number=again[f].number) for f, item in found.items()},
        )
        there = {_but_ending(path) for path in files}
        away = [i for i in lost.values() if i.place and not _path_ends(i.place) & there]
        return Changes(
            tuple(i for i in lost.values() if i not in away),
            tuple(self._known[f] for f in new),
            tuple(self._known.values()),
            first,
            tuple(away),
        )


def files_of(audit: Audit) -> frozenset[str]:
    """Paths of what was handed in, as places of issues begin."""
    return frozenset(submission.path for submission in audit.submissions)


def _path_ends(place: str) -> set[str]:
    """What may be the path in a place, without its ending: a place need name no sheet, and a path may hold a colon."""
    return {_but_ending(place), _but_ending(place.rpartition(":")[0] or place)}


def _but_ending(path: str) -> str:
    """A file saved in another format is the same file."""
    return str(PurePosixPath(path).with_suffix("")) if PurePosixPath(path).name else path


def causes(items: Iterable[Item]) -> list[tuple[Item, int]]:
    """``items`` with those told beneath them counted: the first of each cause, and how many more there are."""
    told: dict[str, list[Item]] = {}
    for item in items:
        told.setdefault(item.cause, []).append(item)
    return [(of[0], len(of) - 1) for of in told.values()]


def items_of(audit: Audit) -> dict[str, Item]:
    """Its issues by fingerprint, in the order of the audit; numbers are not given yet."""
    issues, told = audit.issues, Told.of(audit)
    names = issues["fingerprint"].to_pylist()
    tops = [head if above == NONE else above for head, above in zip(told.head, told.above, strict=True)]
    columns = [issues[name].to_pylist() for name in ("severity", "child", "rule", "title")]
    where = places(first_locations(audit)).to_pylist() if audit.locations.num_rows else [""] * len(names)
    return {
        name: Item(0, Severity(severity), child or "", place or "", rule, title, names[top])
        for name, place, top, severity, child, rule, title in zip(names, where, tops, *columns, strict=True)
    }
