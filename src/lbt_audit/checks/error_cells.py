"""Cells that hold a formula's error, or a formula nobody computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from lbt_audit.checks.base import Check, Outcome
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.places import complete, listed_texts, tables_of
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Table
from lbt_audit.model.cell import CellKind
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text

UNCOMPUTED = Text("未计算的公式", "formula without a value")


def run(rule: Rule, book: Book) -> Mapping[str, Outcome] | None:
    """One issue per sheet with every cell concerned; ``{errors}`` says which errors, how often."""
    hits, checked = [], 0
    for _, table in tables_of(rule, book):
        checked += 1
        places = _cells(table)
        if not places:
            continue
        counts = Counter(p.value or "" for p in places)
        words = [
            Text(f"{name or UNCOMPUTED.zh}×{n}", f"{name or UNCOMPUTED.en} ×{n}")
            for name, n in sorted(counts.items(), reverse=True)
        ]
        details: dict[str, str | Text] = {
            "count": str(len(places)),
            "errors": listed_texts(words),
            "sheet": table.sheet,
        }
        hits.append(PlaceHit(tuple(places), f"{table.kind}|{table.sheet}", complete(rule, details)))
    return {"": PlaceHits(tuple(hits), checked=checked)} if checked else None


def _cells(table: Table) -> list[Place]:
    places: dict[
        tuple[int, int], Place
    ] = {}  # one entry per cell, though a cell like 父母姓名 feeds two fields
    for field, column in table.columns.items():
        bad = (column.kinds == CellKind.ERROR) | (column.kinds == CellKind.UNCOMPUTED)
        for at in np.flatnonzero(bad).tolist():
            text = str(column.text[at]) if column.kinds[at] == CellKind.ERROR else ""
            row = int(table.rows_of(field)[at])
            place = Place(table.path, table.sheet, row, column.index, field, text or None)
            places.setdefault((row, column.index), place)
    return sorted(places.values(), key=lambda p: (p.row or 0, p.column or 0))


CHECK = Check(name="error_cells", on_book=run)
