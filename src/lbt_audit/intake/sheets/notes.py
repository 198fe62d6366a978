"""What the layout of a register shows that a rule may report: hidden rows, page headers, records side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lbt_audit.intake.sheets.headers.levels import header_samples
from lbt_audit.intake.sheets.headers.mapping import HeaderMap
from lbt_audit.intake.sheets.layout import Block
from lbt_audit.intake.sheets.sheet import Sheet, ranges
from lbt_audit.intake.table import Note
from lbt_audit.model.location import column_letter


def layout_notes(
    sheet: Sheet, block: Block, headers: HeaderMap, positions: np.ndarray, shares: int
) -> list[Note]:
    """Notes of a block whose records stand at ``positions``, ``shares`` of them in a row."""
    grid, numbers = sheet.grid, sheet.numbers
    head = int(numbers[block.header[-1]])
    notes: list[Note] = []
    if not len(positions):
        notes.append(Note("empty_register", head, detail={"samples": str(len(block.samples))}))
    elif grid.visibility != "visible":
        detail = {"sheet": grid.sheet, "rows": str(len(positions)), "visibility": grid.visibility}
        notes.append(Note("hidden_sheet", detail=detail))
    hidden = [n for n in numbers[positions].tolist() if n in grid.hidden_rows]
    if hidden:
        detail = {"rows": ranges(hidden), "cells": str(len(hidden))}
        detail |= {"filtered": "true"} if grid.filtered else {}
        notes.append(Note("hidden_rows", hidden[0], detail=detail))
    by_column = {m.index: m.field for m in headers.columns.values()}
    samples = header_samples(sheet, block.data)
    for column in sorted(grid.hidden_columns):
        if column < sheet.width and samples[column] and by_column.get(column) != "seq":
            detail = {"columns": column_letter(column), "cells": str(samples[column])}
            notes.append(Note("hidden_columns", None, column, by_column.get(column), detail))
    for topic, rows in (("subtotal_rows", block.subtotals), ("repeated_headers", block.repeated)):
        if rows:
            found = numbers[list(rows)].tolist()
            notes.append(Note(topic, found[0], detail={"rows": ranges(found), "cells": str(len(found))}))
    if shares > 1:
        notes.append(Note("side_by_side", head, detail={"halves": str(shares)}))
    return notes


def facts_notes(facts: Mapping[str, tuple[str, int, int]], wanted: Sequence[str]) -> list[Note]:
    """What should stand outside the records and does not."""
    notes = []
    for key in wanted:
        text, row, column = facts.get(key, ("", None, None))
        if not text:
            notes.append(Note("missing_fact", row, column, key))
    return notes
