"""A submitted file's grids → the registers in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lbt_audit.intake.forms.tables import FORM, read_forms
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.sheets import members
from lbt_audit.intake.sheets.beside import without_tables_beside
from lbt_audit.intake.sheets.facts import loose_date, read_facts
from lbt_audit.intake.sheets.headers.levels import header_samples
from lbt_audit.intake.sheets.headers.mapping import HeaderMap, map_headers, vague_notes
from lbt_audit.intake.sheets.headers.rows import FORM_ROWS, is_form
from lbt_audit.intake.sheets.kinds import Verdict, chosen_kind, recognise
from lbt_audit.intake.sheets.layout import Block
from lbt_audit.intake.sheets.periods import current_tables, date_notes
from lbt_audit.intake.sheets.records import read_records, split_parents
from lbt_audit.intake.sheets.sheet import Sheet, ranges
from lbt_audit.intake.sheets.side_by_side import side_by_side
from lbt_audit.intake.sheets.units import guess_unit, sheet_unit
from lbt_audit.intake.table import Column, Note, Submission, Table
from lbt_audit.model.characters import simplified
from lbt_audit.model.dictionary import Dictionary, normalise_header
from lbt_audit.model.location import column_letter
from lbt_audit.model.units import Units

# A header with these and nothing under it is some unit's list of nobody, whatever else it lacks.
_CHILD = frozenset({"child_name", "id_no"})


def extract_tables(
    path: str,
    sha256: str,
    grids: Sequence[Grid],
    dictionary: Dictionary,
    units: Units,
    kinds: Sequence[tuple[str, str]] = (),
    notes: Sequence[Note] = (),
) -> Submission:
    """The registers of one file. ``kinds``: (pattern of paths, kind) as the user said; ``notes``: what
    the reader saw, passed on. Nothing a file holds raises."""
    if any(note.topic == "own_document" for note in notes):
        return Submission(path, sha256, "ignored", "own_document", notes=tuple(notes))
    chosen = chosen_kind(path, kinds)
    tables: list[Table] = []
    ignored: dict[str, str] = {}
    found_kinds: list[str] = []
    own_notes: list[Note] = []
    for grid in grids:
        outcome = _Reader(Sheet(grid), path, dictionary, units, chosen).read()
        tables += outcome.tables
        own_notes += outcome.notes
        if outcome.reason is not None:
            ignored[grid.sheet] = outcome.reason
            found_kinds += [outcome.kind] if outcome.kind else []
    tables, left_out = current_tables(tables)
    for table, reason in left_out:
        ignored[table.sheet] = reason
        own_notes.append(Note(reason, detail={"sheet": table.sheet, "rows": str(len(table))}))
    own_notes += date_notes(tables)
    status, reason = "audited", ""
    detail: dict[str, str] = {}
    if not tables:
        status, reason = "ignored", "not_register" if chosen is None else "not_that_register"
        if found_kinds:
            reason, detail = "kind_not_audited", {"kind": found_kinds[0]}
        elif grids and all(why == "empty_sheet" for why in ignored.values()):
            status, reason = "unreadable", "no_table"
    return Submission(
        path, sha256, status, reason or None, detail, tuple(tables), ignored, (*notes, *own_notes)
    )


@dataclass
class _Outcome:
    tables: list[Table]
    reason: str | None = None
    kind: str | None = None
    notes: Sequence[Note] = ()


class _Reader:
    """One sheet."""

    def __init__(
        self, sheet: Sheet, path: str, dictionary: Dictionary, units: Units, chosen: str | None
    ) -> None:
        self.sheet = sheet
        self.path = path
        self.dictionary = dictionary
        self.units = units
        self.chosen = chosen
        self.name = sheet.grid.sheet
        self.unnamed: list[Note] = []

    def read(self) -> _Outcome:
        if not self.sheet.rows or not self.sheet.count.any():
            return _Outcome([], "empty_sheet")
        if self.chosen == FORM or (self.chosen is None and is_form(self.sheet, self.dictionary)):
            forms = read_forms(self.sheet, self.path, self.dictionary, self.units)
            if forms:
                return _Outcome(forms)
            if self.chosen is None and self.sheet.rows <= FORM_ROWS:
                return self._not_audited(FORM)
        tables: list[Table] = []
        refused: str | None = None
        self.sheet, blocks = without_tables_beside(self.sheet, self.dictionary)
        for block in blocks:
            kind, made = self._block(block, first=not tables)
            tables += made
            if not made and kind is not None:
                refused = kind
        if tables:
            return _Outcome(tables)
        if refused is not None:
            return self._not_audited(refused)
        hidden = [Note("hidden_sheet", detail={"sheet": self.name})] if self._hidden_children() else []
        reason = "not_register" if self.chosen is None else "not_that_register"
        return _Outcome([], reason, notes=[*hidden, *self.unnamed])

    def _not_audited(self, kind: str) -> _Outcome:
        note = Note("kind_not_audited", detail={"sheet": self.name, "kind": kind})
        return _Outcome([], "kind_not_audited", kind, [note])

    def _hidden_children(self) -> bool:
        """Whether a hidden sheet without a header holds 18-digit numbers: likely children."""
        if self.sheet.grid.visibility == "visible":
            return False
        import pyarrow.compute as pc

        return any(
            bool(pc.any(pc.match_substring_regex(text, r"^\s*\d{17}[\dXx]\s*$")).as_py())
            for text in self.sheet.text
        )

    def _block(self, block: Block, first: bool) -> tuple[str | None, list[Table]]:
        samples = header_samples(self.sheet, block.data)
        paths = list(enumerate(block.levels.paths))
        row = int(self.sheet.numbers[block.header[-1]])
        halves = side_by_side(paths, self.dictionary)
        maps = [
            map_headers([paths[c] for c in half], [samples[c] for c in half], self.dictionary, row)
            for half in halves
        ]
        titles = [t for r in block.titles for _, t in self.sheet.cells(r)]
        facts = read_facts(self.sheet, block.outside, self.dictionary)
        if "fill_date" not in facts:
            date = loose_date(self.sheet, block.titles)
            if date is not None:
                facts["fill_date"] = date
        verdict = self._kind(maps[0], block, titles, facts)
        if verdict.kind is None:
            if not len(block.data) and set(maps[0].columns) >= _CHILD:
                self.unnamed.append(Note("unnamed_header", row, detail={"sheet": self.name, "row": str(row)}))
            return None, []
        schema = self.dictionary.kinds[verdict.kind]
        if not schema.audited:
            return verdict.kind, []
        unit_name = facts.get("unit_name", ("",))[0]
        tables: list[Table] = []
        for headers in maps:
            records = read_records(self.sheet, block, headers.columns)
            notes = [*headers.notes, *records.notes]
            if schema.several_persons:
                notes += vague_notes(headers.columns, self.dictionary, row)
            if not tables:
                notes += self._layout_notes(block, headers, records.positions, len(halves))
                notes += _facts_notes(facts, schema.facts)
            columns = dict(records.columns)
            if len(halves) > 1:
                columns.pop("seq", None)  # numbered across the halves, so the numbers of one have gaps
            columns.update(split_parents(columns))
            unit = sheet_unit(unit_name, titles, self.name, self.path, schema.level, self.units, columns)
            table = Table(
                path=self.path,
                sheet=self.name,
                kind=verdict.kind,
                unit=unit,
                rows=self.sheet.numbers[records.positions].astype(np.int32),
                columns=columns,
                header_rows=tuple(int(self.sheet.numbers[r]) for r in block.header),
                unmapped=tuple(u for u in headers.unmapped if u.header or u.samples),
                notes=tuple(notes),
                facts=facts,
                template_rows=tuple(int(self.sheet.numbers[r]) for r in block.samples),
                alternatives=verdict.alternatives,
            )
            tables += _by_member(table)
        return verdict.kind, tables

    def _kind(
        self,
        headers: HeaderMap,
        block: Block,
        titles: Sequence[str],
        facts: Mapping[str, tuple[str, int, int]],
    ) -> Verdict:
        if self.chosen is not None:
            return Verdict(self.chosen)
        fields = set(headers.columns)
        for path in block.levels.paths:
            for level in path:
                found = self.dictionary.full.get(normalise_header(level))
                if found is not None and found[0].startswith("stat_"):
                    fields.add(found[0])
        text = simplified("".join("".join(t.split()) for t in (*titles, self.name)))
        unit_name = facts.get("unit_name", ("",))[0]
        unit = self.units.find(unit_name) or (self.units.search(text) if self.units.listed else None)
        if unit is None:
            unit = guess_unit(unit_name) or next(
                (u for u in map(guess_unit, (*titles, self.name)) if u), None
            )
        return recognise(fields, text, self.path, unit.level if unit else None, self.dictionary.kinds)

    def _layout_notes(
        self, block: Block, headers: HeaderMap, positions: np.ndarray, halves: int
    ) -> list[Note]:
        grid, notes = self.sheet.grid, []
        numbers = self.sheet.numbers
        if not len(positions):
            detail = {"samples": str(len(block.samples))}
            notes.append(Note("empty_register", int(numbers[block.header[-1]]), detail=detail))
        elif grid.visibility != "visible":
            detail = {"sheet": self.name, "rows": str(len(positions)), "visibility": grid.visibility}
            notes.append(Note("hidden_sheet", detail=detail))
        if grid.hidden_rows and len(positions):
            hidden = [n for n in numbers[positions].tolist() if n in grid.hidden_rows]
            if hidden:
                detail = {"rows": ranges(hidden), "cells": str(len(hidden))}
                detail |= {"filtered": "true"} if grid.filtered else {}
                notes.append(Note("hidden_rows", hidden[0], detail=detail))
        by_column = {m.index: m.field for m in headers.columns.values()}
        samples = header_samples(self.sheet, block.data)
        for column in sorted(grid.hidden_columns):
            if column < self.sheet.width and samples[column] and column != _seq(headers):
                detail = {"columns": column_letter(column), "cells": str(samples[column])}
                notes.append(Note("hidden_columns", None, column, by_column.get(column), detail))
        for topic, rows in (("subtotal_rows", block.subtotals), ("repeated_headers", block.repeated)):
            if rows:
                found = numbers[list(rows)].tolist()
                notes.append(Note(topic, found[0], detail={"rows": ranges(found), "cells": str(len(found))}))
        if halves > 1:
            notes.append(Note("side_by_side", int(numbers[block.header[-1]]), detail={"halves": str(halves)}))
        return notes


def _seq(headers: HeaderMap) -> int:
    return headers.columns["seq"].index if "seq" in headers.columns else -1


def _facts_notes(facts: Mapping[str, tuple[str, int, int]], wanted: Sequence[str]) -> list[Note]:
    notes = []
    for key in wanted:
        text, row, column = facts.get(key, ("", None, None))
        if not text:
            notes.append(Note("missing_fact", row, column, key))
    return notes


def _by_member(table: Table) -> list[Table]:
    masks = members.arrangements(table.columns)
    if not masks:
        return [table]
    tables = []
    for i, mask in enumerate(masks):
        columns: dict[str, Column] = dict(table.columns)
        if len(masks) > 1:
            columns = members.select(columns, mask)
        columns.update(members.parents(columns))
        tables.append(
            replace(table, rows=table.rows[mask], columns=columns, notes=table.notes if i == 0 else ())
        )
    return tables
