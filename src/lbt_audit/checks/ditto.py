"""Data cells that only say "as above" or were merged over several children; sheets without a row per child."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lbt_audit.checks.base import Check, Outcome, Parameter
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.layout import note_hits
from lbt_audit.checks.places import complete, tables_of, worded
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Table
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text


def run(rule: Rule, book: Book) -> Mapping[str, Outcome] | None:
    """One issue per sheet; columns that only order the sheet (``except``: village, class …) may be merged.
    ``cells`` words it; notes of ``topics`` (one child over several rows, several in one) make another."""
    words = Text.of(rule.params["cells"])
    layout = frozenset(rule.params.get("except", ()))
    hits, checked = [], 0
    for _, table in tables_of(rule, book):
        checked += 1
        places = _filled(table, layout)
        if places:
            details = {
                "count": str(len(places)),
                "rows": str(len({p.row for p in places})),
            }
            told = complete(rule, {"what": worded(words, details), "sheet": table.sheet, **details})
            hits.append(PlaceHit(tuple(places), f"{table.kind}|{table.sheet}", told))
    hits += note_hits(rule, book, rule.params.get("topics", {}))
    return {"": PlaceHits(tuple(hits), checked=checked)} if checked else None


def _filled(table: Table, layout: frozenset[str]) -> list[Place]:
    places: dict[
        tuple[int, int], Place
    ] = {}  # one entry per cell, though a cell like 父母姓名 feeds two fields
    for field, column in table.columns.items():
        if field in layout or column.filled is None:
            continue
        for at in np.flatnonzero(column.filled).tolist():
            row = int(table.rows_of(field)[at])
            places.setdefault((row, column.index), Place(table.path, table.sheet, row, column.index, field))
    return sorted(places.values(), key=lambda p: (p.row or 0, p.column or 0))


CHECK = Check(
    name="ditto",
    parameters={
        "cells": Parameter(dict, required=True),
        "topics": Parameter(dict),
        "except": Parameter(list, holds="fields"),
    },
    on_book=run,
)
