"""Everything an audit read: one frame per kind of table, and the files themselves; likewise of last period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, TypeVar

from lbt_audit.frames.frame import Frame
from lbt_audit.intake.table import Submission, Table
from lbt_audit.model.kind import Kind
from lbt_audit.model.record import dataclass
from lbt_audit.model.statistics import Statistics
from lbt_audit.model.units import Units
from lbt_audit.rulebook.problems import Problems

T = TypeVar("T")


@dataclass(frozen=True)
class Book:
    """``sources`` lists every (path, sheet) a place may name; sheet None = the whole file. ``kinds``: every kind
    of register there is, in order of rank. ``previous``: the book of last period's files, which nobody judges; its
    places are among ``sources``. ``statistics``: what figures of statistics tables count; ``problems``: what issues are
    called in lists of units; ``sounds``: pairs that are one in this county (``config.sounds``). ``elsewhere``: records of
    other counties some issue points at; nobody judges them, and their places are among ``sources``. ``counties``: path →
    county, in a book of records out of several, whose units may bear one name."""

    frames: Mapping[str, Frame]
    submissions: tuple[Submission, ...]
    units: Units
    params: Mapping[str, Any]
    sources: tuple[tuple[str, str | None], ...]
    source_of: Mapping[tuple[str, str | None], int]
    kinds: Mapping[str, Kind] = field(default_factory=dict, compare=False, repr=False)
    previous: Book | None = field(default=None, compare=False, repr=False)
    statistics: Statistics = field(default_factory=Statistics, compare=False, repr=False)
    problems: Problems = field(default_factory=Problems, compare=False, repr=False)
    sounds: tuple[tuple[str, str], ...] = ()
    elsewhere: Book | None = field(default=None, compare=False, repr=False)
    counties: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    _derived: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        frames: Mapping[str, Frame],
        submissions: tuple[Submission, ...],
        units: Units,
        params: Mapping[str, Any],
        kinds: Mapping[str, Kind],
        previous: Book | None = None,
        statistics: Statistics | None = None,
        problems: Problems | None = None,
        sounds: tuple[tuple[str, str], ...] = (),
        elsewhere: Book | None = None,
        counties: Mapping[str, str] | None = None,
    ) -> Book:
        sources: list[tuple[str, str | None]] = []
        for s in submissions:
            sources.append((s.path, None))
            sheets = {t.sheet: None for t in s.tables} | dict.fromkeys(s.ignored_sheets)
            sheets |= {n.detail["sheet"]: None for n in s.notes if "sheet" in n.detail}
            sources += [(s.path, sheet) for sheet in sheets]
        for other in (previous, elsewhere):
            if other is not None:
                sources += other.sources
        index = {s: i for i, s in enumerate(sources)}
        known = statistics or Statistics()
        called = problems or Problems()
        return cls(
            frames,
            submissions,
            units,
            params,
            tuple(sources),
            index,
            kinds,
            previous,
            known,
            called,
            sounds,
            elsewhere,
            counties or {},
        )

    def derived(self, make: Callable[[Book], T]) -> T:
        """What ``make`` works out from this book, worked out once."""
        if make not in self._derived:
            self._derived[make] = make(self)
        result: T = self._derived[make]
        return result

    @property
    def registers(self) -> Mapping[str, Frame]:
        """All frames: last period's under names such as ``previous.roster``, other counties' as ``elsewhere.roster``."""
        return self.derived(_registers)

    def source(self, table: Table) -> int:
        return self.source_of[(table.path, table.sheet)]


def _registers(book: Book) -> dict[str, Frame]:
    before = book.previous.frames.values() if book.previous is not None else ()
    other = book.elsewhere.frames.values() if book.elsewhere is not None else ()
    kinds = [(f, f.schema.before) for f in before] + [(f, f.schema.elsewhere) for f in other]
    return {**book.frames, **{kind.key: f.called(kind) for f, kind in kinds}}
