"""Where counties have persons in common: keys that stand in two of them, and the rules run anew over those records.

The records lie in one small book in which units of one name in two counties are two; rules look at it as at any other.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from lbt_audit.checks.base import Skipped
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.registry import checks
from lbt_audit.engine.execute import run_rule
from lbt_audit.engine.reading.framing import make_book, make_context, make_frames
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Submission, Table
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.home import HomeArea
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.model.units import Units
from lbt_audit.partitions.findings import Finding, chosen
from lbt_audit.partitions.slices import Shown, of_tables, some_rows
from lbt_audit.partitions.stored.tree import known
from lbt_audit.rulebook.catalogue import Catalogue
from lbt_audit.rulebook.profile import Profile

log = logging.getLogger(__name__)

Keys = tuple[np.ndarray, np.ndarray]
"""Hashes (uint64) and the rows (of one frame of one county) they are keys of."""


@known
@dataclass(frozen=True)
class Survey:
    """What a county says of itself before the exchange: the day of its data, its area codes, by kind its tables, as
    they are laid in its frame, and what its paths begin with in the whole (``prefix``). All of it may be shown."""

    prefix: str
    day: date
    areas: frozenset[str]
    shown: Mapping[str, Sequence[Shown]]


@dataclass(frozen=True)
class Piece:
    """Records of one table of the county ``world`` that some other county shares a key with; ``rows``: of its frame,
    ``number``: of the table among all of the county."""

    world: int
    number: int
    table: Table
    rows: np.ndarray


def shared_rows(keys: Mapping[int, Keys]) -> dict[int, np.ndarray]:
    """County → its rows (rising) with a key that stands in two counties."""
    hashes = [np.unique(own) for own, _ in keys.values()]
    distinct, count = np.unique(np.concatenate(hashes), return_counts=True)
    several = distinct[count > 1]
    return {world: np.unique(rows[np.isin(own, several)]) for world, (own, rows) in keys.items()}


def pieces(
    world: int,
    submissions: Iterable[Submission],
    survey: Survey,
    wanted: Mapping[str, np.ndarray],
) -> Iterator[tuple[str, Piece]]:
    """The records ``wanted`` (kind → rows of its frame) of a county, by kind; one file in memory at a time."""
    names = {kind: iter(shown) for kind, shown in survey.shown.items()}
    start: dict[str, int] = defaultdict(int)
    for number, table in enumerate(t for s in submissions for t in s.tables):
        kind, first, shown = table.kind, start[table.kind], next(names[table.kind])
        start[kind] += shown.rows
        rows = wanted.get(kind, np.zeros(0, np.int64))
        rows = rows[(rows >= first) & (rows < first + shown.rows)]
        if len(rows):
            named = replace(table, path=shown.path, sheet=shown.sheet, unit=shown.unit)
            yield kind, Piece(world, number, some_rows(named, rows - first), rows)


@dataclass(frozen=True)
class Meeting:
    """The records counties share keys of, by kind in the order of counties and files, and the rules that put them
    together. ``names``: of the counties."""

    pieces: Mapping[str, Sequence[Piece]]
    surveys: Mapping[int, Survey]
    names: Sequence[str]
    dictionary: Dictionary
    catalogue: Catalogue
    profile: Profile

    def findings(self, rules: Sequence[Rule]) -> tuple[dict[int, list[Finding]], list[str]]:
        """(county → what ``rules`` find across it and others; rules that crashed). Their numbers of records elsewhere are
        positions among the pieces of their kind."""
        found: dict[int, list[Finding]] = defaultdict(list)
        crashed: list[str] = []
        if not self.pieces:
            return found, crashed
        book = self._book()
        for rule in rules:
            check = checks()[rule.check]
            if not callable(check.crosses):
                continue
            try:
                outcomes = run_rule(rule, check, book)
            except Exception as error:  # what each county finds of its own stands
                log.debug("rule %s crashed across counties: %s", rule.code, type(error).__name__)
                crashed.append(rule.code)
                continue
            for one in [] if isinstance(outcomes, Skipped) else outcomes:
                if isinstance(one.outcome, RowHits) and one.outcome.count:
                    for world, finding in self._divided(rule.code, one.kind, one.outcome):
                        found[world].append(finding)
        return found, crashed

    def elsewhere(self, findings: Sequence[Finding]) -> tuple[list[Finding], list[Submission]]:
        """``findings`` with the numbers their records elsewhere have in a book of them alone, and that book's files."""
        numbered: dict[str, np.ndarray] = {}
        tables: list[tuple[int, int, Table]] = []
        for kind, its in self.pieces.items():
            asked = (f.other_row for f in findings if f.kind == kind)
            wanted = np.unique(np.concatenate([np.zeros(0, np.int64), *asked]))
            number = np.full(sum(len(piece.rows) for piece in its), -1, np.int32)
            number[wanted] = np.arange(len(wanted))
            numbered[kind] = number
            start = 0
            for piece in its:
                here = wanted[(wanted >= start) & (wanted < start + len(piece.rows))] - start
                start += len(piece.rows)
                if len(here):
                    tables.append((piece.world, piece.number, some_rows(piece.table, here)))
        files = of_tables(table for _, _, table in sorted(tables, key=lambda t: t[:2]))
        return [replace(f, other_row=numbered[f.kind][f.other_row]) for f in findings], files

    def _book(self) -> Book:
        params = dict(self.profile.params)
        areas = frozenset[str]().union(*(s.areas for s in self.surveys.values()))
        day = max(survey.day for survey in self.surveys.values())
        context = make_context(day, HomeArea(), areas, codes=self.dictionary.codes)
        every = [piece for its in self.pieces.values() for piece in its]
        tables = [piece.table for piece in every]
        frames = make_frames(tables, self.dictionary, context, params)
        counties = {piece.table.path: self.names[piece.world] for piece in every}
        return make_book(
            frames, of_tables(tables), Units(), params, self.dictionary, self.catalogue, counties=counties
        )

    def _divided(self, code: str, kind: str, hits: RowHits) -> Iterator[tuple[int, Finding]]:
        """For every county what of ``hits`` concerns it: issues with records of two counties."""
        its = self.pieces[kind]
        world = np.repeat([p.world for p in its], [len(p.rows) for p in its])
        own_row = np.concatenate([p.rows for p in its])
        starts = np.searchsorted(hits.issue, np.arange(hits.count))
        several = np.minimum.reduceat(world[hits.row], starts) != np.maximum.reduceat(world[hits.row], starts)
        if not several.any():
            return
        hits = chosen(hits, several)
        starts = np.searchsorted(hits.issue, np.arange(hits.count))
        filed = world[hits.row[starts]]
        for number in np.unique(world[hits.row]).tolist():
            mine = world[hits.row] == number
            taken = own_row[hits.row[mine]], hits.issue[mine]
            here = chosen(hits, filed == number)
            own = world[here.row] == number
            yield (
                number,
                Finding(
                    rule=code,
                    kind=kind,
                    taken=taken,
                    row=own_row[here.row[own]].astype(np.int32),
                    issue=here.issue[own],
                    points={name: mask[own] for name, mask in here.points.items()},
                    other_row=here.row[~own].astype(np.int32),
                    other_issue=here.issue[~own],
                    other_points={name: mask[~own] for name, mask in here.points.items()},
                    details=here.details,
                    severity=here.severity,
                    keys=here.keys,
                ),
            )
