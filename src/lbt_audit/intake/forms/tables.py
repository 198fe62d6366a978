"""A sheet of forms for one child each (一人一表) → tables of one record, every value with its own cell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from lbt_audit.intake.forms.cells import Words
from lbt_audit.intake.forms.columns import FormColumns
from lbt_audit.intake.forms.items import Item
from lbt_audit.intake.forms.plans import Form, Plans
from lbt_audit.intake.forms.walk import Walk
from lbt_audit.intake.sheets.facts import Found, date_in, facts_in
from lbt_audit.intake.sheets.headers.likeness import FORM_ROWS
from lbt_audit.intake.sheets.headers.worded import worded
from lbt_audit.intake.sheets.records import IDENTITY, PREFILLED
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.sheets.ticks import options
from lbt_audit.intake.sheets.units import guess_unit, sheet_unit
from lbt_audit.intake.table import Column, Note, Table
from lbt_audit.model.characters import simplified
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.kind import Kind
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units

_NOBODY = "form"  # stands in a path for a file that names no unit
_TITLE = "登记表"  # stands for the unit where nothing at all names one
_CONTENT = 3  # values without which a form that names nobody is an empty one
_ROWS = 4  # over fewer rows stand the columns of a list
_HEAD = 4  # rows in which a title stands
_COMMITTEE = regex(r"[村居]民?委(?:员会|会)?|见证|盖章|公章")  # 村委会(大寨村): the village is what is left
_PLACES = ("village", "township")
_ADDRESSES = ("hukou_addr", "live_addr", "home_addr")


@dataclass(frozen=True)
class _Read:
    """One form as read."""

    walk: Walk
    facts: Found
    titles: list[str]
    first: int  # row number


def read_forms(
    sheet: Sheet, path: str, dictionary: Dictionary, units: Units, chosen: str | None = None
) -> list[Table]:
    """The forms of a sheet; none where it holds no form of a known kind, or of the one the user has ``chosen``."""
    kinds = [dictionary.kinds[chosen]] if chosen is not None else _likely(sheet, dictionary)
    for kind in kinds:
        plans = plans_of(_Same(dictionary), kind.key)
        words, found = plans.words, plans.forms(sheet)
        if len(found) < 2 and sheet.rows > FORM_ROWS:
            continue
        forms = [read for form in found if (read := _read(form, words, chosen is not None))]
        if forms:
            return [_table(sheet, path, units, words, form) for form in forms]
    return []


def _likely(sheet: Sheet, dictionary: Dictionary) -> list[Kind]:
    """The kinds that come as forms, those first of which the title speaks."""
    lines = [[t for _, t in sheet.cells(row) if t.strip()] for row in range(min(sheet.rows, _HEAD))]
    text = "".join("".join(line[0].split()) for line in lines if 0 < len(line) <= 2)
    text = simplified(text + sheet.grid.sheet)

    def told(kind: Kind) -> float:
        return sum(weight for word, weight in kind.signature.titles.items() if word in text)

    return sorted(dictionary.forms, key=lambda kind: (-told(kind), kind.layout != "form"))


def _read(form: Form, words: Words, chosen: bool) -> _Read | None:
    """A form, None where it is none of this kind. ``chosen``: the user says it is."""
    titles = [text for _, line in form.head for _, text in line]
    if not _is_one(form.walk, words.form, "".join(titles), chosen):
        return None
    facts = {**form.walk.facts, **facts_in([*form.head, *form.left], words.dictionary)}
    if not facts.get("fill_date", ("",))[0]:
        date = date_in(form.head)
        if date is not None:
            facts["fill_date"] = date
    return _Read(form.walk, facts, titles, form.first)


def _is_one(walk: Walk, kind: Kind, title: str, chosen: bool) -> bool:
    signature, present = kind.signature, set(walk.items)
    tall = len({item.row for item in walk.items.values()}) >= _ROWS
    if not tall or any(not present & needed for needed in signature.needs):
        return False
    text = simplified("".join(title.split()))
    score = sum(w for f, w in signature.fields.items() if f in present)
    score += sum(w for word, w in signature.titles.items() if word in text)
    return chosen or score >= signature.threshold


def _table(sheet: Sheet, path: str, units: Units, words: Words, read: _Read) -> Table:
    items = _settled(read.walk.items, words)
    empty = not _says_something(items)
    columns = FormColumns(sheet.grid, items, 0 if empty else 1)
    notes = list(read.walk.notes)
    if empty:
        notes.append(Note("empty_register", read.first, detail={"samples": "0"}))
    if sheet.grid.visibility != "visible" and not empty:
        detail = {"sheet": sheet.grid.sheet, "rows": "1", "visibility": sheet.grid.visibility}
        notes.append(Note("hidden_sheet", detail=detail))
    # What is a form as a rule is signed as one; a record that others keep in a list need not be.
    for key in words.form.fact_keys if words.form.layout == "form" else ():
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


def _settled(items: Mapping[str, Item], words: Words) -> dict[str, Item]:
    """With the fields of labels whose values decide what they mean."""
    decided = {
        key: field
        for key, item in items.items()
        if (field := worded(item.header.rpartition("/")[2], [item.text], words.form, words.dictionary))
    }
    return {
        decided.get(k, k): item
        for k, item in items.items()
        if decided.get(k, k) == k or decided[k] not in items
    }


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


def _unit(
    read: _Read, path: str, units: Units, level: str, items: Mapping[str, Item], columns: Mapping[str, Column]
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
    witness = _COMMITTEE.sub("", items["ag_witness"].text) if "ag_witness" in items else ""
    seen = (units.search(witness) if units.listed else guess_unit(witness)) if witness else None
    return listed or seen or Unit(found.level, folder.rpartition("/")[2] or _TITLE, None, found.known)


@lru_cache(maxsize=4)
def plans_of(dictionary: _Same, form: str) -> Plans:
    """The words of the form, worked out once per dictionary, and the ways through those read."""
    return Plans(Words(dictionary.dictionary, dictionary.dictionary.kinds[form]))


class _Same:
    """A dictionary known by its identity, for the cache."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary

    def __hash__(self) -> int:
        return id(self.dictionary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.dictionary is self.dictionary
