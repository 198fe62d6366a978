"""A sheet of forms for one child each (一人一表) → tables of one record, every value with its own cell."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from lbt_audit.intake.forms.cells import Cell, Cells, Words
from lbt_audit.intake.forms.walk import Item, Walk
from lbt_audit.intake.sheets.facts import Found, loose_date, read_facts
from lbt_audit.intake.sheets.headers.rows import FORM_ROWS
from lbt_audit.intake.sheets.records import IDENTITY, PREFILLED
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.sheets.ticks import options
from lbt_audit.intake.sheets.units import guess_unit, sheet_unit
from lbt_audit.intake.table import Column, Note, Table
from lbt_audit.model.cell import CellKind
from lbt_audit.model.dictionary import Dictionary, normalise_header
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units

_NOBODY = "form"  # stands in a path for a file that names no unit
_TITLE = "登记表"  # stands for the unit where nothing at all names one
_CONTENT = 3  # values without which a form that names nobody is an empty one
_ROWS = 4  # over fewer rows stand the columns of a list
_HEAD = 4  # rows of title and 填报单位 over a form
_ALIKE = 0.6
_PLACES = ("village", "township")
_ADDRESSES = ("hukou_addr", "live_addr", "home_addr")


@dataclass(frozen=True)
class _Read:
    """One form as read."""

    walk: Walk
    facts: Found
    titles: list[str]
    first: int  # row number


def read_forms(sheet: Sheet, path: str, dictionary: Dictionary, units: Units) -> list[Table]:
    """The forms of a sheet from the top down; none where it holds no form of this kind."""
    if dictionary.form is None:
        return []
    words = words_of(_Same(dictionary), dictionary.form.key)
    cells = Cells.of(sheet)
    tables = []
    spans = _spans(cells, words)
    if len(spans) < 2 and sheet.rows > FORM_ROWS:
        return []
    at = {number: i for i, number in enumerate(cells.rows)}
    for rows, start in spans:
        walk = Walk(cells, words, [r for r in rows if r >= start]).walk()
        present = set(walk.items)
        tall = len({item.row for item in walk.items.values()}) >= _ROWS
        if tall and all(present & needed for needed in words.form.signature.needs):
            head = [r for r in rows if r < start]
            tables.append(_table(sheet, path, units, words, _facts(sheet, at, head, walk, dictionary)))
    return tables


def _spans(cells: Cells, words: Words) -> list[tuple[list[int], int]]:
    """(row numbers, first row with labels) of each form: it begins anew where its first two rows of words do."""
    rows = list(cells.rows)
    lines = [(row, _labels(cells.rows[row], words)) for row in rows]
    lines = [(row, line) for row, line in lines if line]
    named = next((i for i, (_, line) in enumerate(lines) if any(_is_name(w, words) for _, w in line)), None)
    if named is None:
        return []
    first = lines[named][1]
    following = lines[named + 1][1] if named + 1 < len(lines) else frozenset()
    starts = [
        row
        for i, (row, line) in enumerate(lines[named:], named)
        if _alike(line, first) and _alike(lines[i + 1][1] if i + 1 < len(lines) else frozenset(), following)
    ]
    begins = [rows[0], *(_head(cells, words, rows, row) for row in starts[1:])]
    ends = [*begins[1:], rows[-1] + 1]
    return [
        (rows[bisect_left(rows, a) : bisect_left(rows, b)], start)
        for a, b, start in zip(begins, ends, starts, strict=True)
    ]


def _labels(line: Sequence[Cell], words: Words) -> frozenset[tuple[int, str]]:
    found = set()
    for cell in line:
        inside = [label for label, _ in words.inside(cell.text) if label]
        texts = inside or ([cell.text] if words.is_label(cell.text) or words.group(cell.text) else [])
        found |= {(cell.left, normalise_header(t)) for t in texts}
    return frozenset(found)


def _is_name(word: str, words: Words) -> bool:
    found = words.find(word, ())
    return found is not None and found[0] == "child_name"


def _alike(one: frozenset[tuple[int, str]], other: frozenset[tuple[int, str]]) -> bool:
    whole = len(one | other)
    return whole == 0 or len(one & other) >= _ALIKE * whole


def _head(cells: Cells, words: Words, rows: Sequence[int], start: int) -> int:
    """The first row of the title and 填报单位 over a form that begins in row ``start``."""
    at = bisect_left(rows, start)
    top = at
    while top > 0 and at - top < _HEAD:
        line = cells.rows[rows[top - 1]]
        text = "".join(line[0].text.split()) if line else ""
        heading = len(line) <= 2 and len(text) >= 4 and not words.has_fact(text)
        if not (heading or words.opens(line)) or re.match(r"^(?:注|\d+[.、．])", text) or text.endswith("。"):
            break
        top -= 1
    return rows[top]


def _facts(
    sheet: Sheet, at: Mapping[int, int], head: Sequence[int], walk: Walk, dictionary: Dictionary
) -> _Read:
    outside = [at[row] for row in (*head, *walk.left)]
    facts = {**walk.facts, **read_facts(sheet, outside, dictionary)}
    above = [at[row] for row in head]
    if not facts.get("fill_date", ("",))[0]:
        date = loose_date(sheet, above)
        if date is not None:
            facts["fill_date"] = date
    titles = [text for p in above for _, text in sheet.cells(p)]
    return _Read(walk, facts, titles, (*head, *walk.rows)[0])


def _table(sheet: Sheet, path: str, units: Units, words: Words, read: _Read) -> Table:
    items = read.walk.items
    empty = not _says_something(items)
    columns = _columns(sheet, items, 0 if empty else 1)
    notes = list(read.walk.notes)
    if empty:
        notes.append(Note("empty_register", read.first, detail={"samples": "0"}))
    if sheet.grid.visibility != "visible" and not empty:
        detail = {"sheet": sheet.grid.sheet, "rows": "1", "visibility": sheet.grid.visibility}
        notes.append(Note("hidden_sheet", detail=detail))
    for key in words.form.fact_keys:
        text, row, column = read.facts.get(key, ("", None, None))
        if not text:
            notes.append(Note("missing_fact", row, column, key))
    name = items.get("child_name")
    rows = np.array([] if empty else [name.row if name else read.first], np.int32)
    unit = _unit(read, path, units, words.form.level, items, columns)
    return Table(
        path=path, sheet=sheet.grid.sheet, kind=words.form.key, form=True, unit=unit, rows=rows, columns=columns,
        unmapped=tuple(read.walk.unmapped), notes=tuple(notes), facts=read.facts,
    )  # fmt: skip


def _says_something(items: Mapping[str, Item]) -> bool:
    """Whether a form is filled in: somebody is named, or enough is said about nobody. Options of which
    none is ticked say nothing."""
    if any(items[f].text for f in IDENTITY & items.keys()):
        return True
    said = 0
    for field, item in items.items():
        found = options(item.text) if item.text else None
        said += bool(item.text) and field not in PREFILLED and (found is None or any(m for _, m in found))
    return said >= _CONTENT


def _columns(sheet: Sheet, items: Mapping[str, Item], count: int) -> dict[str, Column]:
    """Columns of ``count`` records (none or one): slices of common arrays, as forms come by the thousand."""
    texts = pa.array([i.text for i in items.values()], pa.string())
    kinds = np.array([_kind(sheet, i) for i in items.values()], np.uint8)
    rows = np.array([i.row for i in items.values()], np.int32)
    return {
        field: Column(
            field, item.column, item.header, item.match, texts.slice(n, count), kinds[n : n + count],
            rows=rows[n : n + count],
        )
        for n, (field, item) in enumerate(items.items())
    }  # fmt: skip


def _kind(sheet: Sheet, item: Item) -> int:
    return int(CellKind.BLANK) if item.at is None else int(sheet.grid.kinds[item.at])


def _unit(
    read: _Read, path: str, units: Units, level: str, items: Mapping[str, Item], columns: dict[str, Column]
) -> Unit:
    """Whose form it is. File and sheet bear the child's name, and no child's name is a unit's."""
    folder, _, file = path.rpartition("/")
    stem = file.rpartition(".")[0] or file
    if "child_name" in items:
        stem = stem.replace(items["child_name"].text.strip() or "\n", "")
    named = units.search(stem) if units.listed else guess_unit(stem)
    stem = stem if named is not None and named.level != "village" else _NOBODY
    unit_name = read.facts.get("unit_name", ("",))[0]
    places = {f: columns[f] for f in _PLACES if f in columns}
    found = sheet_unit(unit_name, read.titles, "", f"{folder}/{stem}.", level, units, places)
    if found.name != _NOBODY:
        return found
    addresses = (items[f].text for f in _ADDRESSES if f in items)
    listed = next((u for u in map(units.search, addresses) if u is not None), None) if units.listed else None
    return listed or Unit(found.level, folder.rpartition("/")[2] or _TITLE, None, found.known)


@lru_cache(maxsize=4)
def words_of(dictionary: _Same, form: str) -> Words:
    """The words of the form, worked out once per dictionary."""
    return Words(dictionary.dictionary, dictionary.dictionary.kinds[form])


class _Same:
    """A dictionary known by its identity, for the cache."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary

    def __hash__(self) -> int:
        return id(self.dictionary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.dictionary is self.dictionary
