"""Names of units that the county's list does not hold. Without a list nothing is said."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Literal

import numpy as np
import pyarrow.compute as pc
from pydantic import AfterValidator, Field

from lbt_audit.checks.base import Check, Outcome, Word
from lbt_audit.checks.files.tables import handed_in, sheet_place, tables_of
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Table
from lbt_audit.model.regex import regex
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text, filled
from lbt_audit.model.units import Units, clean_unit
from lbt_audit.rulebook.flaw import Flaw
from lbt_audit.rulebook.params import FieldName, Params, SeverityName

_EMPTY = regex(r"[\s/\\—\-－无0○〇×√.、]*")


Level = Literal["township", "village", "school"]


def _is_pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise Flaw(f"不是有效的正则表达式：{error}", f"is no pattern: {error}") from None
    return value


Pattern = Annotated[str, AfterValidator(_is_pattern)]


class Membership(Params):
    fields: Mapping[FieldName, Level] = Field(description="column → level of the units it names")
    left_out: Mapping[Level, Pattern] = Field(
        {}, description="what people leave out of a name (RE2): 珠岩 for 珠岩村, 白石小学 for 白石镇中心小学"
    )
    severities: Mapping[Level, SeverityName] = Field(
        {}, description="level → severity, in place of the rule's"
    )


def run(rule: Rule[Membership], book: Book) -> Mapping[str, Outcome] | None:
    """Names of units that the county's list does not hold: the unit a sheet comes from, and names in its columns. A
    name is listed as it stands, under an alias, shortened, with the township before it or a group after it. One issue
    per sheet whose unit is unknown (forms of one unit together), and one per file, column and name. Without a list
    nothing is said."""
    units = book.units
    if not units.listed:
        return None
    hits: list[PlaceHit] = []
    named: dict[tuple[str, str, str], list[Place]] = {}
    home: dict[str, str | None] = {}
    strangers: dict[str, list[PlaceHit]] = {}  # forms of one unknown unit make one issue
    checked = 0
    for table in tables_of(rule, book):
        checked += 1
        file = handed_in(table)
        home.setdefault(file, table.unit.township)
        if not table.unit.known and table.unit.name.strip():
            stranger = _unit_hit(rule, table, units)
            if table.form:
                strangers.setdefault(stranger.key, []).append(stranger)
            else:
                hits.append(stranger)
        for field, level in rule.params.fields.items():
            if field in table.columns and _names(units, level):
                for name, rows in _unknown(rule, table, field, units, level).items():
                    index = table.columns[field].index
                    places = [Place(table.path, table.sheet, r, index, field, name) for r in rows]
                    named.setdefault((file, field, name), []).extend(places)
    hits += [
        replace(same[0], places=tuple(p for hit in same for p in hit.places)) for same in strangers.values()
    ]
    for (file, field, name), places in named.items():
        level = rule.params.fields[field]
        details = _details(rule, name, units, level, len(places), home[file])
        severity = int(rule.params.severities.get(level, 0))
        hits.append(PlaceHit(tuple(places), f"{field}|{name}", details, severity))
    return {"": PlaceHits(tuple(hits), checked=checked)}


def _unit_hit(rule: Rule[Membership], table: Table, units: Units) -> PlaceHit:
    place = sheet_place(table)
    if "unit_name" in table.facts:
        text, row, column = table.facts["unit_name"]
        place = Place(table.path, table.sheet, row, column, "unit_name", text)
    details = _details(rule, table.unit.name, units, table.unit.level, 0)
    return PlaceHit((place,), f"unit|{table.unit.name}", details)


def _details(
    rule: Rule[Membership], name: str, units: Units, level: str, count: int, township: str | None = None
) -> dict[str, str | Text]:
    # Of two equally near villages the one in the township that handed the file in is meant.
    own = list(units.townships.get(township or "", ())) if level == "village" else []
    near = [
        found
        for names in (own, _names(units, level))
        for found in difflib.get_close_matches(clean_unit(name), names, 1, 0.6)
    ]
    words = rule.words
    return {
        "name": name,
        "level": words[level if level in ("township", "village", "school") else "unit"],
        "suggestion": filled(words["nearest"], {"name": near[0]}) if near else "",
        "rows": filled(words["rows"], {"count": str(count)}) if count else "",
    }


def _names(units: Units, level: str) -> list[str]:
    lists: dict[str, Sequence[str]] = {
        "township": list(units.townships),
        "village": units.village_names(),
        "school": list(units.schools),
    }
    return list(lists.get(level, [*units.townships, *units.village_names(), *units.schools]))


def _unknown(
    rule: Rule[Membership], table: Table, field: str, units: Units, level: Level
) -> dict[str, list[int]]:
    """Unknown names of a column with their sheet rows; each distinct text is looked up once."""
    encoded = pc.dictionary_encode(table.columns[field].text)
    index = encoded.indices.to_numpy(zero_copy_only=False)
    found: dict[str, list[int]] = {}
    for i, text in enumerate(encoded.dictionary.to_pylist()):
        name = " ".join(text.split())
        if _EMPTY.fullmatch(text) or _known(units, name, level, rule.params.left_out.get(level)):
            continue
        found.setdefault(name, []).extend(int(r) for r in table.rows_of(field)[np.flatnonzero(index == i)])
    return found


def _known(units: Units, name: str, level: str, left_out: str | None) -> bool:
    """Whether ``name`` means a listed unit of ``level``, or a listed one of another level (镇 in a village column)."""
    if units.find(name, level) is not None or units.find(name) is not None:
        return True
    if left_out is None:
        return any(n in clean_unit(name) for n in _names(units, level))
    written = re.sub(left_out, "", clean_unit(name))
    return any(n and n in written for n in (re.sub(left_out, "", n) for n in _names(units, level)))


CHECK = Check(
    name="membership",
    params=Membership,
    crosses="county",
    details={
        "name": "the name as written",
        "level": "what kind of unit it is",
        "suggestion": "the nearest listed name",
        "rows": "in how many rows it stands",
    },
    words={
        "township": Word("a township"),
        "village": Word("a village"),
        "school": Word("a school"),
        "unit": Word("any other unit"),
        "nearest": Word("the nearest listed name (`{suggestion}`)", ("name",)),
        "rows": Word("in how many rows it stands (`{rows}`)", ("count",)),
    },
    about="places",
    on_book=run,
)
