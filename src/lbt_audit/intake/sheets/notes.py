"""What a register shows as it is read that a rule may report: hidden rows, page headers, records side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from lbt_audit.intake.sheets.headers.levels import header_samples
from lbt_audit.intake.sheets.headers.mapping import HeaderMap
from lbt_audit.intake.sheets.layout import Block
from lbt_audit.intake.sheets.sheet import Sheet, ranges
from lbt_audit.intake.table import Column, Note
from lbt_audit.model.characters import COPIED, code_points, copied
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.location import column_letter

_ONCE = frozenset({"plain_list", "plain_list_like", "others_left_out", "copied_characters"})
_CHOSEN = frozenset({"code", "codes", "yes_no", "ethnic_group", "relation", "grade", "school_class"})


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


def copied_notes(
    sheet: Sheet, block: Block, columns: Mapping[str, Column], dictionary: Dictionary
) -> list[Note]:
    """A note where headers or coded values hold radicals (⺠, ⼾), as text copied out of a PDF does: they are read as
    the characters they stand for."""
    at_column = next((c for c, path in enumerate(block.levels.paths) if any(map(copied, path))), None)
    found = {character for path in block.levels.paths for level in path for character in copied(level)}
    for field, column in columns.items():
        if dictionary.fields[field].kind in _CHOSEN:
            at = np.flatnonzero(pc.match_substring_regex(column.text, COPIED).to_numpy(zero_copy_only=False))
            texts = column.text.take(at).unique().to_pylist()
            found |= {character for text in texts for character in copied(text)}
    if not found:
        return []
    shown = "、".join(f"{c} {code_points(c)}" for c in sorted(found))
    detail = {"sheet": sheet.grid.sheet, "characters": shown}
    return [Note("copied_characters", int(sheet.numbers[block.header[0]]), at_column, detail=detail)]


def once_per_file(notes: Sequence[Note]) -> list[Note]:
    """Notes that are told once for a file, whatever number of its sheets they are about, as one each."""
    told: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        if note.topic in _ONCE:
            told.setdefault((note.topic, note.detail.get("kind", "")), []).append(note)
    kept = [note for note in notes if note.topic not in _ONCE]
    for same in told.values():
        detail = dict(same[0].detail)
        detail["sheets"] = "、".join(f"“{sheet}”" for sheet in dict.fromkeys(n.detail["sheet"] for n in same))
        if "count" in detail:
            detail["count"] = str(sum(int(n.detail["count"]) for n in same))
        if "characters" in detail:
            shown = (c for n in same for c in n.detail["characters"].split("、"))
            detail["characters"] = "、".join(dict.fromkeys(shown))
        kept.append(replace(same[0], detail=detail))
    return kept
