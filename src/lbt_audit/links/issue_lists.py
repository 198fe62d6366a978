"""Lists of issues as units hand them in (整改台账): which issue each row speaks of, and what it answers.

An issue is known by our number; else by the child and the kind of problem, as the row puts it in words
(``rules/problems.yaml``). A child is looked for in the row's own village, school or township by its name, masked or not,
in a column or in the text; where several children may be meant, none is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np

from lbt_audit.frames.book import Book
from lbt_audit.frames.days import day_number, day_of
from lbt_audit.frames.frame import Frame
from lbt_audit.intake.table import Table
from lbt_audit.links.homes import Home
from lbt_audit.links.links import Links
from lbt_audit.model.cell import CellKind
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.rulebook.problems import Answer
from lbt_audit.values.date.parser import DATE
from lbt_audit.values.kind import Context
from lbt_audit.values.name import HAN
from lbt_audit.values.text import clean, is_dash, is_placeholder

NUMBER: Final = regex(r"[0-9a-f]{16}|.{1,40}-[0-9]{4}-[0-9]{3,6}")
"""An issue number as we print it, or as people say it on the telephone (白石镇-2610-012); without blanks, in lower case."""
_NAMES = ("child_name", "rect_child")
_PROBLEM = ("rect_rule", "rect_class", "rect_problem")
_STARS = regex(r"[*＊×某○]+")
_MASKED = regex(f"(?<![{HAN}])[{HAN}]{{1,2}}[*＊×某○]+[{HAN}]?")
_BLANK = regex(r"\s+")
_ASIDE = regex(r"[(（].*?[)）]")
_LONGEST_NAME = 12
_SCOPES = ("village", "school", "township")


@dataclass(frozen=True)
class Entry:
    """One row: the record at ``position`` of ``table``. ``rules``: what the problem may be;
    ``child``: number of the child (``Links.persons``), None where none is named or nobody can say which; ``fields``: columns
    its text names. ``overdue``: its deadline has passed; ``answer`` None where the list asks for none."""

    table: Table
    position: int
    number: str
    rules: frozenset[str]
    child: int | None
    named: bool
    fields: frozenset[str]
    overdue: bool
    answer: Answer | None
    of_unit: bool

    @property
    def known(self) -> bool:
        """Whether it can be said which issue is meant."""
        return bool(
            self.number or (self.rules and (self.child is not None or (self.of_unit and not self.named)))
        )

    @property
    def owed(self) -> bool:
        """Whether by its own words nothing was done in time."""
        return self.overdue and self.answer in ("open", "blank")

    @property
    def field(self) -> str | None:
        """The column to point at: where the answer stands, else the deadline, else the problem."""
        wanted = ("rect_done", "rect_closed", "rect_due", "rect_problem", "rect_no", "rect_class")
        return next((key for key in wanted if key in self.table.columns), None)


class IssueLists:
    """The rows of every list of both periods: ``IssueLists.of(book)`` is one object per book."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @classmethod
    def of(cls, book: Book) -> IssueLists:
        return book.derived(cls)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        books = [book for book in (self.book, self.book.previous) if book is not None]
        return tuple(
            entry
            for book in books
            for kind, frame in book.frames.items()
            if frame.schema.answers
            for entry in self._of(frame, Links.of(book).home(kind))
        )

    @cached_property
    def _names(self) -> _Names:
        return _Names(self.book)

    def _of(self, frame: Frame, home: Home) -> Iterator[Entry]:
        problems, columns = self.book.problems, _texts(frame)
        starts = np.cumsum([0, *frame.lengths]).tolist()
        due_kinds = _kinds(frame, "rect_due")
        for row, number in enumerate(frame.table.tolist()):
            cells = {key: texts[row] for key, texts in columns.items()}
            problem = " ".join(filter(None, (cells.get(key, "") for key in _PROBLEM)))
            number_said = _BLANK.sub("", cells.get("rect_no", "")).lower()
            if not problem and not number_said:
                continue
            table = frame.tables[number]
            rules = problems.rules(problem)
            name = next((cells[key] for key in _NAMES if cells.get(key)), "")
            places = [(scope, getattr(home, scope)[row]) for scope in _SCOPES]
            child = self._names.child(name, cells.get("rect_problem", ""), places)
            asks = [key for key in frame.schema.answers if key in table.columns]
            yield Entry(
                table=table,
                position=row - starts[number],
                number=number_said if NUMBER.fullmatch(number_said) else "",
                rules=rules,
                child=child,
                named=bool(name) or child is not None,
                fields=self.book.derived(_Headers).named(cells.get("rect_problem", "")),
                overdue=_overdue(cells.get("rect_due", ""), CellKind(int(due_kinds[row])), frame.context),
                answer=problems.answer(cells.get("rect_done", ""), cells.get("rect_closed", ""))
                if asks
                else None,
                of_unit=bool(rules & problems.of_units),
            )


class _Names:
    """Names of the children of every place, with the numbers of those who bear them."""

    def __init__(self, book: Book) -> None:
        links = Links.of(book)
        self._bearers: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for kind, numbers in (links.children.numbers or links.persons).items():
            names, home = book.frames[kind].facet("child_name"), links.home(kind)
            tables = book.frames[kind].table.tolist()
            # A township answers for its schools, wherever their pupils live.
            units = [table.unit for table in book.frames[kind].tables]
            handed_in = [unit.name if unit.level == "township" else unit.township or "" for unit in units]
            told = zip(names.values.to_pylist(), names.known.tolist(), numbers.tolist(), strict=True)
            for row, (name, known, number) in enumerate(told):
                if known and name:
                    for scope in _SCOPES:
                        self._bearers[scope, getattr(home, scope)[row]][name].add(number)
                    self._bearers["township", handed_in[tables[row]]][name].add(number)
                    self._bearers["county", ""][name].add(number)

    def child(self, name: str, text: str, places: Iterable[tuple[str, str]]) -> int | None:
        """The one child of the nearest place that has one: called ``name``, or named in ``text`` where that is blank."""
        known = [place for place in places if place[1]] or [("county", "")]
        for place in known:
            bearers = self._bearers.get(place)
            found = _bearers(bearers, name, text) if bearers else set()
            if found:
                return next(iter(found)) if len(found) == 1 else None
        return None


def _bearers(names: Mapping[str, set[int]], name: str, text: str) -> set[int]:
    said = _ASIDE.sub("", _BLANK.sub("", clean(name)))
    if said and _STARS.search(said):
        parts = [re.escape(part) for part in _STARS.split(said)]
        masked = re.compile(".{1,3}".join(parts))
        return set().union(*(numbers for other, numbers in names.items() if masked.fullmatch(other)))
    if said:
        return names.get(said, set())
    if (hidden := _MASKED.search(_BLANK.sub("", text))) is not None:
        return _bearers(names, hidden[0], "")
    return set().union(*(names[other] for other in _named(text, names)))


def _named(text: str, names: Mapping[str, set[int]]) -> Iterator[str]:
    """Names that stand in a text, of two that overlap the longer."""
    plain, at = _BLANK.sub("", text), 0
    while at < len(plain):
        ends = (
            end for end in range(min(len(plain), at + _LONGEST_NAME), at + 1, -1) if plain[at:end] in names
        )
        end = next(ends, 0)
        if end:
            yield plain[at:end]
        at = end or at + 1


def _texts(frame: Frame) -> dict[str, list[str]]:
    """The columns looked at, as they are written; "" where nothing or a placeholder is."""
    wanted = (*_NAMES, *_PROBLEM, "rect_no", "rect_due", "rect_done", "rect_closed")
    return {
        key: [_filled(text) for text in frame.text(key).to_pylist()] for key in wanted if frame.has(key).any()
    }


def _kinds(frame: Frame, field: str) -> np.ndarray:
    parts = [
        t.columns[field].kinds if field in t.columns else np.zeros(len(t), np.uint8) for t in frame.tables
    ]
    return np.concatenate(parts)


def _filled(text: str) -> str:
    written = clean(text)
    return "" if is_placeholder(written) or is_dash(written) else text.strip()


class _Headers:
    """Columns by the headers of three characters and more that name them."""

    def __init__(self, book: Book) -> None:
        frames = [frame for frame in book.frames.values() if not frame.schema.answers]
        fields = {
            key: f for frame in frames for key, f in frame.fields.items() if key in frame.schema.columns
        }
        self.fields = {
            header: key
            for key, f in fields.items()
            for header in (*f.aliases, *f.titles, f.title.zh)
            if len(header) > 2 and not header.isascii()
        }
        longest_first = sorted(self.fields, key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def named(self, text: str) -> frozenset[str]:
        return frozenset(self.fields[header] for header in self._any.findall(_BLANK.sub("", text)))


_BEFORE = regex(r"(?:之前|以前|前|止|截止|内)?(?:[(（].*)?$")
_MONTH_END = regex(r"(?:([0-9]{4})年)?([0-9]{1,2})月(?:底|末)")
_DAY = regex(r"([0-9]{1,2})[月./-]([0-9]{1,2})[日号]?")
_HALF_A_YEAR = 183


def _overdue(text: str, kind: CellKind, context: Context) -> bool:
    day = _due(text, kind, context)
    return day is not None and day < context.period[1]


def _due(text: str, kind: CellKind, context: Context) -> int | None:
    """The last day, as a day number; None where no day is given. Without a year it is the last such day, if that is
    less than half a year ago."""
    written = _BEFORE.sub("", _BLANK.sub("", text))
    if not written:
        return None
    as_of = context.period[1]
    if m := _MONTH_END.fullmatch(written):
        return _past(m[1], int(m[2]), None, as_of)
    if kind == CellKind.TEXT and (m := _DAY.fullmatch(written)):
        return _past(None, int(m[1]), int(m[2]), as_of)
    parsed = DATE.parse(written, kind, context, None)
    facets = dict(zip(DATE.facets, parsed.facets, strict=False))
    return int(facets["hi"]) if facets.get("precision") in ("day", "month") else None


def _past(year: str | None, month: int, day: int | None, as_of: int) -> int | None:
    this = day_of(as_of).year
    for candidate in (int(year),) if year else (this, this - 1):
        try:
            number = day_number(date(candidate, month, day or monthrange(candidate, month)[1]))
        except ValueError:
            return None
        if year or 0 < as_of - number < _HALF_A_YEAR:
            return number
    return None


def keys_of(numbers: Iterable[int], book: Book, keys: Mapping[str, np.ndarray]) -> dict[int, set[int]]:
    """Child → its keys in every register. ``keys``: key of the child of every record, by kind."""
    wanted = np.array(sorted(set(numbers)), np.int64)
    found: dict[int, set[int]] = defaultdict(set)
    for kind, persons in Links.of(book).persons.items():
        at = np.flatnonzero(np.isin(persons, wanted))
        for number, key in zip(persons[at].tolist(), keys[kind][at].tolist(), strict=True):
            found[number].add(key)
    return found
