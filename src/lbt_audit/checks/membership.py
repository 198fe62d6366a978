"""Names of units that the county's list does not hold. Without a list nothing is said."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from lbt_audit.checks.base import Check, Outcome, Parameter
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.places import FORM, complete, handed_in, sheet_place, tables_of
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Table
from lbt_audit.model.rule import Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text
from lbt_audit.model.units import Units, clean_unit

_EMPTY = re.compile(r"[\s/\\—\-－无0○〇×√.、]*")
# What people leave out of a name: 珠岩 for 珠岩村, 白石小学 for 白石镇中心小学.
_SHORT = {
    "village": re.compile(r"(?:村民委员会|居民委员会|行政村|村委会|居委会|社区|村)"),
    "school": re.compile(r"街道|民族|中心|完全|希望|初级|镇|乡"),
}


def run(rule: Rule, book: Book) -> Mapping[str, Outcome] | None:
    """One issue per sheet whose unit is unknown, and one per file, column and unknown name; forms of one unit
    are taken together.

    ``fields``: column → level of unit (village, township, school); ``elsewhere_severity`` is used for
    schools, since a child may lawfully go to school in another county.
    """
    units = book.units
    if not units.listed:
        return None
    fields: Mapping[str, str] = rule.params["fields"]
    elsewhere = Severity.of(rule.params.get("elsewhere_severity", rule.severity.key))
    hits: list[PlaceHit] = []
    named: dict[tuple[str, str, str], list[Place]] = {}
    home: dict[str, str | None] = {}
    strangers: dict[str, list[PlaceHit]] = {}  # forms of one unknown unit make one issue
    checked = 0
    for _, table in tables_of(rule, book):
        checked += 1
        home.setdefault(handed_in(table), table.unit.township)
        if not table.unit.known and table.unit.name.strip():
            stranger = _unit_hit(rule, table, units)
            if table.kind == FORM:
                strangers.setdefault(stranger.key, []).append(stranger)
            else:
                hits.append(stranger)
        for field, level in fields.items():
            if field in table.columns and _listed(units, level):
                for name, rows in _unknown(table, field, units, level).items():
                    index = table.columns[field].index
                    places = [Place(table.path, table.sheet, r, index, field, name) for r in rows]
                    named.setdefault((handed_in(table), field, name), []).extend(places)
    hits += [
        replace(same[0], places=tuple(p for hit in same for p in hit.places)) for same in strangers.values()
    ]
    for (file, field, name), places in named.items():
        level = fields[field]
        details = _details(rule, name, units, level, len(places), home[file])
        severity = int(elsewhere) if level == "school" else 0
        hits.append(PlaceHit(tuple(places), f"{field}|{name}", details, severity))
    return {"": PlaceHits(tuple(hits), checked=checked)}


def _unit_hit(rule: Rule, table: Table, units: Units) -> PlaceHit:
    place = sheet_place(table)
    if "unit_name" in table.facts:
        text, row, column = table.facts["unit_name"]
        place = Place(table.path, table.sheet, row, column, "unit_name", text)
    details = _details(rule, table.unit.name, units, table.unit.level, 0)
    return PlaceHit((place,), f"unit|{table.unit.name}", details)


def _details(
    rule: Rule, name: str, units: Units, level: str, count: int, township: str | None = None
) -> dict[str, str | Text]:
    # Of two equally near villages the one in the township that handed the file in is meant.
    own = list(units.townships.get(township or "", ())) if level == "village" else []
    near = [
        found
        for names in (own, _names(units, level))
        for found in difflib.get_close_matches(clean_unit(name), names, 1, 0.6)
    ]
    suggestion = Text(f"（最接近的是“{near[0]}”）", f" (nearest: “{near[0]}”)") if near else Text("", "")
    words = {
        "township": Text("乡镇", "township"),
        "village": Text("村（居）", "village"),
        "school": Text("学校", "school"),
    }.get(level, Text("单位", "unit"))
    rows = Text(f"，涉及{count}行", f"; rows: {count}") if count else Text("", "")
    return complete(rule, {"name": name, "level": words, "suggestion": suggestion, "rows": rows})


def _names(units: Units, level: str) -> list[str]:
    lists: dict[str, Sequence[str]] = {
        "township": list(units.townships),
        "village": units.village_names(),
        "school": list(units.schools),
    }
    return list(lists.get(level, [*units.townships, *units.village_names(), *units.schools]))


def _listed(units: Units, level: str) -> bool:
    return bool(_names(units, level))


def _unknown(table: Table, field: str, units: Units, level: str) -> dict[str, list[int]]:
    """Unknown names of a column with their sheet rows; each distinct text is looked up once."""
    encoded = pc.dictionary_encode(table.columns[field].text)
    index = encoded.indices.to_numpy(zero_copy_only=False)
    found: dict[str, list[int]] = {}
    for i, text in enumerate(encoded.dictionary.to_pylist()):
        name = " ".join(text.split())
        if _EMPTY.fullmatch(text) or known(units, name, level):
            continue
        found.setdefault(name, []).extend(int(r) for r in table.rows_of(field)[np.flatnonzero(index == i)])
    return found


def known(units: Units, name: str, level: str) -> bool:
    """Whether ``name`` means a listed unit of ``level``: as listed, under an alias, without 村, with
    the township before it, or with a group after it."""
    if units.find(name, level) is not None:
        return True
    if units.find(name) is not None:  # a listed unit of another level, e.g. 镇 in a village column
        return True
    shorten = _SHORT.get(level)
    if shorten is None:
        return any(n in clean_unit(name) for n in _names(units, level))
    written = shorten.sub("", clean_unit(name))
    return any(n and n in written for n in (shorten.sub("", n) for n in _names(units, level)))


CHECK = Check(
    name="membership",
    parameters={
        "fields": Parameter(dict, required=True, holds="fields"),
        "elsewhere_severity": Parameter(str),
    },
    on_book=run,
)
