"""Columns of the form that are there, but blank nearly throughout."""

from __future__ import annotations

import numpy as np

from lbt_audit.checks.base import Check
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.places import complete, header_place
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.model.rule import Rule


def run(rule: Rule, frame: Frame, book: Book) -> PlaceHits:
    """One issue per file for all its hollow columns; ``{count}`` columns, ``{rows}`` records."""
    places: dict[str, list[Place]] = {}
    records: dict[str, dict[int, int]] = {}
    for field, where in frame.hollow.items():
        for index in np.flatnonzero(where).tolist():
            table = frame.tables[index]
            places.setdefault(table.path, []).append(header_place(table, field))
            records.setdefault(table.path, {})[index] = len(table)
    hits = []
    for path, found in places.items():
        details = {
            "count": str(len({p.field for p in found})),
            "rows": str(sum(records[path].values())),
        }
        hits.append(PlaceHit(tuple(found), frame.kind, complete(rule, details)))
    return PlaceHits(tuple(hits), checked=len(frame.tables))


CHECK = Check(name="empty_column", on_frame=run)
