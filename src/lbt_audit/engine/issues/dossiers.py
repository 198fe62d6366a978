"""Whole records of the children issues are told of, in every register: what a reader holds side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.engine.cases.children import NOBODY, Keys, Records, children
from lbt_audit.engine.issues.messages import Filler
from lbt_audit.engine.privacy.births import is_birth, without_days, without_ends
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.intake.table import Table
from lbt_audit.links.links import Links
from lbt_audit.model.record import dataclass

OF_A_KIND = 4  # records of one child in one register; of visits the last ones


@dataclass(frozen=True)
class Sheet:
    """A sheet with records: ``title`` of its kind of register, ``fields`` in the order of its columns."""

    path: str
    name: str
    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """``rows``: where it stands (several in a form); ``values``: of the sheet's fields, masked, None where blank."""

    sheet: Sheet
    rows: tuple[int, ...]
    values: tuple[str | None, ...]


@dataclass(frozen=True)
class Dossier:
    """All records of one child. ``differing``: fields in which its lists are compared and say different things."""

    records: Sequence[Record]
    differing: frozenset[str]


@dataclass(frozen=True)
class Dossiers:
    """What is needed to lay a child's records together. ``filed``: case (uint64, as in the issues) → a record of it;
    ``compared``: fields the rules compare lists in."""

    book: Book
    filler: Filler
    keys: Keys
    salt: str
    filed: Mapping[int, int]
    compared: frozenset[str]

    def of(self, cases: Sequence[str], most: int) -> dict[str, Dossier]:
        """The dossiers of ``cases`` (16 hex digits), as many of the first as have ``most`` cells in all.

        Under a partial mask days of birth are left out but for the year, and so are the ends of ID numbers: together they
        would be the number.
        """
        records = Records(self.book)
        names, stops, its = self._chosen(cases, records, most)
        read = self._read(records, np.unique(its))
        own = [read[at] for at in its.tolist()]
        found = {}
        for name, start, stop in zip(names, [0, *stops], stops, strict=False):
            shown, said = zip(*own[start:stop], strict=True)
            found[name] = Dossier(shown, _differing(said))
        return found

    def _chosen(
        self, cases: Sequence[str], records: Records, most: int
    ) -> tuple[list[str], list[int], np.ndarray]:
        """The cases shown, where the records of each end, and the records."""
        registers = self.book.registers
        everybody = np.arange(sum(map(len, registers.values())), dtype=np.int64)
        child, _ = children(everybody, records, self.keys, self.salt)
        order = np.argsort(child, kind="stable")
        ends = np.searchsorted(child[order], np.arange(int(child.max(initial=NOBODY)) + 2))
        filed = np.array([self.filed.get(int(case, 16), NOBODY) for case in cases], np.int64)
        whose = np.append(child, NOBODY)[filed]
        named = np.flatnonzero(whose != NOBODY)
        number, its = _spans(ends[whose[named]], ends[whose[named] + 1])
        its = order[its]
        register = records.registers(its)
        kept = _last_of_each(number, register)
        number, its, register = number[kept], its[kept], register[kept]
        order_of = {kind: rank for rank, kind in enumerate(Links.of(self.book).kinds.order)}
        rank = np.array([order_of.get(kind, len(order_of)) for kind in registers], np.int64)
        its = its[np.lexsort((rank[register], number))]
        stops = np.searchsorted(number, np.arange(len(named)), side="right")
        cells = np.append(0, np.cumsum(self._widths(records, everybody)[its]))[stops]
        count = int(np.searchsorted(cells, most, side="right"))
        stops = stops[:count]
        return [cases[i] for i in named[:count].tolist()], stops.tolist(), its[: stops.max(initial=0)]

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled is what was found out, not the registers it was found in: without them there are no dossiers."""
        return type(None), ()

    def _widths(self, records: Records, everybody: np.ndarray) -> np.ndarray:
        """How many columns the sheet of each record has."""
        width = np.zeros(len(everybody), np.int64)
        for kind, at, rows in records.split(everybody):
            frame = self.book.registers[kind]
            width[at] = np.array([len(t.columns) for t in frame.tables], np.int64)[frame.table[rows]]
        return width

    def _read(self, records: Records, chosen: np.ndarray) -> dict[int, tuple[Record, dict[str, Any]]]:
        """Record → how it is shown, and what it says in the fields compared."""
        read: dict[int, tuple[Record, dict[str, Any]]] = {}
        for kind, at, rows in records.split(chosen):
            frame = self.book.registers[kind]
            sheets = self._sheets(frame, kind)
            names = list(
                dict.fromkeys(name for n in np.unique(frame.table[rows]) for name in sheets[n].fields)
            )
            shown = {name: self._values(name, frame, rows) for name in names}
            standing = {name: frame.rows_of(name)[rows].tolist() for name in names}
            listed = kind in Links.of(self.book).kinds.order and kind not in Links.of(self.book).kinds.events
            said = {n: _said(frame, n, rows) for n in names if n in self.compared and listed}
            own = [[name for name in sheet.fields if name in said] for sheet in sheets]
            for k, (record, table) in enumerate(
                zip(chosen[at].tolist(), frame.table[rows].tolist(), strict=True)
            ):
                sheet = sheets[table]
                where = {standing[name][k] for name in sheet.fields} or {int(frame.row[rows[k]])}
                values = tuple([shown[name][k] or None for name in sheet.fields])
                told = {n: said[n][k] for n in own[table] if said[n][k] is not None}
                read[record] = Record(sheet, tuple(sorted(where)), values), told
        return read

    def _sheets(self, frame: Frame, kind: str) -> list[Sheet]:
        return [self._sheet(table, self.filler.run.kind_title(kind)) for table in frame.tables]

    def _sheet(self, table: Table, title: str) -> Sheet:
        path, name = self.book.sources[self.book.source(table)]
        known = [field for field in table.columns if field in self.filler.fields]
        known.sort(key=lambda field: table.columns[field].index)
        return Sheet(path, name or "", title, tuple(known))

    def _values(self, name: str, frame: Frame, rows: np.ndarray) -> list[str | None]:
        values = self.filler.value(name, frame, pa.array(rows.astype(np.int64)))
        if self.filler.run.mask == "partial":
            dated = self.filler.dated(name, values)
            values = without_ends(values, np.ones(len(values), np.bool_))
            values = without_days(values, dated, whole=is_birth(self.filler.fields[name]))
        return list(values.to_pylist())


def _spans(starts: np.ndarray, stops: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every position from each start to its stop, and the number of the span it is in."""
    counts = stops - starts
    number = np.repeat(np.arange(len(starts)), counts)
    return number, np.arange(len(number)) - np.repeat(np.cumsum(counts) - counts - starts, counts)


def _last_of_each(case: np.ndarray, register: np.ndarray) -> np.ndarray:
    """Positions of the last few of each case in each register, which stand together."""
    last = np.append((case[1:] != case[:-1]) | (register[1:] != register[:-1]), True)[: len(case)]
    ends = np.flatnonzero(last)
    left = ends[np.searchsorted(ends, np.arange(len(case)))] - np.arange(len(case))
    result: np.ndarray = np.flatnonzero(left < OF_A_KIND)
    return result


def _said(frame: Frame, name: str, rows: np.ndarray) -> list[Any]:
    """What each record says, so that equal things are equal: a span of days, a value, else the text; None if nothing."""
    if frame.kind_of(name).name == "date":
        lo, hi = frame.facet(f"{name}.lo"), frame.facet(f"{name}.hi")
        spans = zip(lo.values[rows].tolist(), hi.values[rows].tolist(), strict=True)
        known = (lo.known & hi.known)[rows].tolist()
        return [span if there else None for span, there in zip(spans, known, strict=True)]
    facet = frame.facet(name)
    values = facet.values.take(pa.array(rows)) if facet.is_text else pa.array(np.asarray(facet.values)[rows])
    texts = frame.squeezed(name).take(pa.array(rows)).to_pylist()
    known = facet.known[rows].tolist()
    return [
        value if there else (text or None)
        for value, text, there in zip(values.to_pylist(), texts, known, strict=True)
    ]


def _differing(said: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    if len(said) < 2:
        return frozenset()
    return frozenset(name for name in {n for told in said for n in told} if _differ(list(_of(said, name))))


def _of(said: Sequence[Mapping[str, Any]], name: str) -> Iterator[Any]:
    return (told[name] for told in said if name in told)


def _differ(values: Sequence[Any]) -> bool:
    if all(isinstance(v, tuple) for v in values):
        return bool(max(lo for lo, _ in values) > min(hi for _, hi in values))
    return len(set(map(str, values))) > 1
