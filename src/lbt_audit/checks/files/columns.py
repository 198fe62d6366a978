"""Columns of a file held against the unified form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from lbt_audit.checks.base import Check, Outcome, Word
from lbt_audit.checks.files.tables import by_file, header_place, header_row, sheet_place
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Table, Unmapped
from lbt_audit.model.location import column_letter
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text, clauses, filled, listed, quoted
from lbt_audit.rulebook.params import Params


class Columns(Params):
    finds: tuple[Literal["missing", "renamed", "added", "blank"], ...] = Field(
        min_length=1,
        description="missing: required columns of the form that are not there; renamed: columns under another name "
        "than the form's; added: columns the form does not have; blank: required columns that are there and blank "
        "nearly throughout (parameters hollow_share, hollow_min_rows)",
    )
    nameless_cells: int = Field(
        3, ge=1, description="an added column without a header counts from so many filled cells on"
    )


def run(rule: Rule[Columns], book: Book) -> Mapping[str, Outcome] | None:
    """Columns of a file that are not as the unified form has them: missing, renamed, added, or blank nearly
    throughout. One issue per file and kind of register names all of them; forms for one child are taken together
    per unit. No child is reported for a column that is missing or blank throughout."""
    hits, checked = [], 0
    for (_, kind), tables in by_file(rule, book).items():
        checked += len(tables)
        found = {what: list(_FIND[what](rule.params, kind, tables, book)) for what in rule.params.finds}
        places = [place for part in found.values() for place in part]
        if places:
            blank = {(p.path, p.sheet) for p in found.get("blank", ())}
            headers = _headers(rule, found)
            details: dict[str, str | Text] = {
                "count": str(len({p.field or p.value for p in places})),
                "rows": str(sum(len(t) for t in tables if (t.path, t.sheet) in blank)),
                **headers,
                "what": clauses(
                    filled(rule.words[what], {"columns": columns})
                    for what, columns in headers.items()
                    if what in rule.words and any(p for k, p in found.items() if k == what)
                ),
            }
            hits.append(PlaceHit(tuple(places), kind, details))
    return {"": PlaceHits(tuple(hits), checked=checked)} if checked else None


def _missing(params: Columns, kind: str, tables: Sequence[Table], book: Book) -> list[Place]:
    """A column common to both parents is not named where each parent's own is."""
    schema = book.kinds[kind]
    places = []
    for table in tables:
        lacking = schema.lacks(table.columns)
        places += [
            sheet_place(table, field)
            for field in lacking
            if not (field.startswith("parents_") and set(schema.instead.get(field, ())) & set(lacking))
        ]
    return places


def _renamed(params: Columns, kind: str, tables: Sequence[Table], book: Book) -> list[Place]:
    return [header_place(t, field) for t in tables for field, c in t.columns.items() if c.match == "alias"]


def _added(params: Columns, kind: str, tables: Sequence[Table], book: Book) -> list[Place]:
    """A second column of a field the table already has is none: it is a header of two meanings."""
    places = []
    for table in tables:
        second = {n.column for n in table.notes if n.topic in ("duplicate_field", "ambiguous_header")}
        places += [
            Place(table.path, table.sheet, header_row(table), column.index, None, column.header)
            for column in table.unmapped
            if column.index not in second
            and not column.proposed  # the county's to confirm, and no unit's to mend
            and _holds_something(column, params.nameless_cells)
        ]
    return places


def _holds_something(column: Unmapped, nameless: int) -> bool:
    return column.samples >= (1 if column.header.strip() else nameless)


def _blank(params: Columns, kind: str, tables: Sequence[Table], book: Book) -> list[Place]:
    frame = book.frames[kind]
    ours = {id(table) for table in tables}
    return [
        header_place(table, field)
        for field, where in frame.hollow.items()
        for table, hollow in zip(frame.tables, where.tolist(), strict=True)
        if hollow and id(table) in ours
    ]


_FIND = {"missing": _missing, "renamed": _renamed, "added": _added, "blank": _blank}


def _headers(rule: Rule[Columns], found: Mapping[Any, Sequence[Place]]) -> Mapping[str, Text]:
    return {
        "renamed": quoted(dict.fromkeys(p.value or "" for p in found.get("renamed", ()))),
        "added": listed(dict.fromkeys(_named(rule, p) for p in found.get("added", ()))),
    }


def _named(rule: Rule[Columns], place: Place) -> Text:
    header = " ".join((place.value or "").split())
    return (
        quoted([header])
        if header
        else filled(rule.words["nameless"], {"column": column_letter(place.column or 0)})
    )


CHECK = Check(
    name="columns",
    params=Columns,
    crosses="record",
    details={
        "count": "columns found",
        "rows": "records of the sheets with a blank column",
        "renamed": "headers of renamed columns",
        "added": "headers of added columns",
        "what": "renamed and added columns, as far as there are any",
    },
    words={
        "nameless": Word("an added column without a header", holds=("column",), required=False),
        "renamed": Word("renamed columns", holds=("columns",), required=False),
        "added": Word("added columns", holds=("columns",), required=False),
    },
    about="places",
    on_book=run,
)
