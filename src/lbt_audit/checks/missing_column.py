"""Columns the unified form asks for and a file does not have."""

from __future__ import annotations

from collections.abc import Mapping

from lbt_audit.checks.base import Check, Outcome
from lbt_audit.checks.hits import PlaceHit, PlaceHits
from lbt_audit.checks.places import by_file, complete, sheet_place
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Table
from lbt_audit.model.kind import Kind
from lbt_audit.model.rule import Rule


def run(rule: Rule, book: Book) -> Mapping[str, Outcome] | None:
    """One issue per file and kind of register, naming every column any of its sheets lacks."""
    hits, checked = [], 0
    for (_, kind), tables in by_file(rule, book).items():
        schema = book.kinds[kind]
        checked += len(tables)
        places = [sheet_place(t, field) for t in tables for field in _lacking(schema, t)]
        if places:
            details = {"count": str(len({p.field for p in places}))}
            hits.append(PlaceHit(tuple(places), kind, complete(rule, details)))
    return {"": PlaceHits(tuple(hits), checked=checked)} if checked else None


def _lacking(schema: Kind, table: Table) -> list[str]:
    """Columns missing; one common to both parents is not named where each parent's own is."""
    missing = schema.lacks(table.columns)
    return [
        f for f in missing if not (f.startswith("parents_") and set(schema.instead.get(f, ())) & set(missing))
    ]


CHECK = Check(name="missing_column", on_book=run)
