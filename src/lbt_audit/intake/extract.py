"""A submitted file's grids → the registers in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np

from lbt_audit.intake.forms.tables import read_forms
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.sheets import members
from lbt_audit.intake.sheets.beside import without_tables_beside
from lbt_audit.intake.sheets.children import FEW, lists_children, of_children, others, unread_children
from lbt_audit.intake.sheets.classes import sheet_class
from lbt_audit.intake.sheets.facts import loose_date, read_facts
from lbt_audit.intake.sheets.headers.joined import taken_apart
from lbt_audit.intake.sheets.headers.levels import header_samples
from lbt_audit.intake.sheets.headers.likeness import FORM_ROWS, form_like
from lbt_audit.intake.sheets.headers.mapping import HeaderMap, find_field, map_headers, vague_notes
from lbt_audit.intake.sheets.headers.own_form import form_columns, own_form
from lbt_audit.intake.sheets.headers.worded import worded_columns
from lbt_audit.intake.sheets.kinds import Verdict, chosen_kind, recognise
from lbt_audit.intake.sheets.layout import Block
from lbt_audit.intake.sheets.named_together import one_child_each
from lbt_audit.intake.sheets.notes import copied_notes, facts_notes, layout_notes, once_per_file
from lbt_audit.intake.sheets.owner import owner
from lbt_audit.intake.sheets.parent_rows import ParentRows, parent_rows
from lbt_audit.intake.sheets.periods import current_tables, date_notes
from lbt_audit.intake.sheets.records import read_records, split_parents
from lbt_audit.intake.sheets.sheet import Sheet, ranges
from lbt_audit.intake.sheets.side_by_side import Share, shares
from lbt_audit.intake.sheets.spread.months import month_columns
from lbt_audit.intake.sheets.spread.together import put_together
from lbt_audit.intake.sheets.units import sheet_unit, unit_above
from lbt_audit.intake.statistics.read import KIND, read_statistics
from lbt_audit.intake.table import Note, Submission, Table
from lbt_audit.model.characters import simplified
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.kind import Kind
from lbt_audit.model.own_sheet import is_own_sheet
from lbt_audit.model.record import dataclass
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
    year: int | None = None,
) -> Submission:
    """The registers of one file. ``kinds``: (pattern of paths, kind) as the user said; ``notes``: what
    the reader saw, passed on; ``year`` (default: this one) tells children from adults. Nothing a file holds raises.
    """
    year = year or date.today().year
    own = any(note.topic == "own_document" for note in notes)
    answers = next((k.key for k in dictionary.kinds.values() if k.answers), None)
    chosen = answers if own else chosen_kind(path, kinds)
    if own and answers is None:
        return Submission(path, sha256, "ignored", "own_document", notes=tuple(notes))
    tables: list[Table] = []
    ignored: dict[str, str] = {}
    found_kinds: list[str] = []
    own_notes: list[Note] = []
    for grid in grids:
        if _is_own(grid):
            ignored[grid.sheet] = "own_sheet"
            continue
        outcome = _Reader(Sheet(grid), path, dictionary, units, chosen, year).read()
        tables += outcome.tables
        own_notes += outcome.notes
        if outcome.reason is not None:
            ignored[grid.sheet] = outcome.reason
            found_kinds += [outcome.kind] if outcome.kind else []
    if own and not any(is_answered(table, dictionary.kinds[table.kind]) for table in tables):
        return Submission(path, sha256, "ignored", "own_document", notes=tuple(notes))
    tables, left_out = current_tables(tables, dictionary.kinds)
    for table, reason in left_out:
        ignored[table.sheet] = reason
        own_notes.append(Note(reason, detail={"sheet": table.sheet, "rows": str(len(table))}))
    own_notes = [*once_per_file(own_notes), *date_notes(tables)]
    status, reason = "audited", ""
    detail: dict[str, str] = {}
    if not tables:
        status, reason = "ignored", "not_register" if chosen is None else "not_that_register"
        unread = [note for note in own_notes if note.topic == "unread_children"]
        if unread:
            status, reason = "unreadable", "unread_children"
            detail = {"count": str(sum(int(note.detail["count"]) for note in unread))}
            own_notes = [note for note in own_notes if note not in unread]
        elif found_kinds:
            reason, detail = "kind_not_audited", {"kind": found_kinds[0]}
        elif grids and all(why in ("empty_sheet", "own_sheet") for why in ignored.values()):
            status, reason = "unreadable", "no_table"
    return Submission(
        path, sha256, status, reason or None, detail, tuple(tables), ignored, (*notes, *own_notes)
    )


def is_answered(table: Table, kind: Kind) -> bool:
    """Whether anything stands where a list of issues is answered."""
    cells = (table.columns[key].text for key in kind.answers if key in table.columns)
    return any(text.strip() for column in cells for text in column.to_pylist())


def _is_own(grid: Grid) -> bool:
    """Whether a sheet is the list of issues out of an annotated copy."""
    return bool(grid.text) and len(grid.text[0]) > 0 and is_own_sheet(grid.text[0][0].as_py())


@dataclass
class _Outcome:
    tables: list[Table]
    reason: str | None = None
    kind: str | None = None
    notes: Sequence[Note] = ()


class _Reader:
    """One sheet."""

    def __init__(
        self, sheet: Sheet, path: str, dictionary: Dictionary, units: Units, chosen: str | None, year: int
    ) -> None:
        self.sheet = sheet
        self.path = path
        self.dictionary = dictionary
        self.units = units
        self.chosen = chosen
        self.year = year
        self.name = sheet.grid.sheet
        self.noticed: list[Note] = []
        self.joined: list[int] = []  # numbers of rows read as part of the record above

    def read(self) -> _Outcome:
        if not self.sheet.rows or not self.sheet.count.any():
            return _Outcome([], "empty_sheet")
        if self.chosen in (None, KIND):
            figures = read_statistics(self.sheet, self.path, self.dictionary, self.units, self.chosen == KIND)
            if figures or self.chosen == KIND:
                return _Outcome(figures, None if figures else "not_that_register")
        chosen = self.dictionary.kinds[self.chosen] if self.chosen is not None else None
        form = form_like(self.sheet, self.dictionary) if chosen is None or chosen.form else ""
        if form or (chosen is not None and chosen.layout == "form"):
            forms = read_forms(self.sheet, self.path, self.dictionary, self.units, self.chosen)
            if forms:
                return _Outcome(forms)
        tables: list[Table] = []
        refused: str | None = None
        self.sheet, blocks = without_tables_beside(self.sheet, self.dictionary)
        for block in blocks:
            kind, made = self._block(block, first=not tables)
            tables += made
            if not made and kind is not None:
                refused = kind
        if chosen is None and form == "long" and self.sheet.rows <= FORM_ROWS and not any(map(len, tables)):
            refused = next(k.key for k in self.dictionary.forms if k.layout == "form")
            tables = []
        if not tables and refused is not None:
            return self._not_audited(refused)
        unread = self._unread(tables)
        tables = [
            # What its rows lack is not known.
            replace(t, notes=tuple(n for n in t.notes if n.topic != "sparse_rows")) if t.nameless else t
            for t in tables
        ]
        if tables:
            return _Outcome(tables, notes=[*unread, *self.noticed])
        reason = "not_register" if self.chosen is None else "not_that_register"
        return _Outcome([], reason, notes=[*unread, *self.noticed])

    def _unread(self, tables: Sequence[Table]) -> list[Note]:
        """Children in rows outside the registers: of a hidden sheet they are hidden, of any other not audited."""
        seen = [t for t in tables if not t.nameless]
        read = {row for t in seen for row in (*t.rows.tolist(), *t.template_rows, *t.header_rows)}
        rows = unread_children(self.sheet, read.union(self.joined), self.year)
        if not tables and self.sheet.grid.visibility != "visible" and rows:
            return [Note("hidden_sheet", detail={"sheet": self.name})]
        unconfirmed = len(seen) < len(tables)
        if len(rows) < (1 if unconfirmed else FEW):
            return []
        detail = {"sheet": self.name, "count": str(len(rows)), "rows": ranges(rows)}
        topic = "unconfirmed_children" if unconfirmed else "unread_children"
        return [Note(topic, rows[0], detail=detail)]

    def _not_audited(self, kind: str) -> _Outcome:
        note = Note("kind_not_audited", detail={"sheet": self.name, "kind": kind})
        return _Outcome([], "kind_not_audited", kind, [note])

    def _block(self, block: Block, first: bool) -> tuple[str | None, list[Table]]:
        titles = [t for r in block.titles for _, t in self.sheet.cells(r)]
        sheet, block = month_columns(self.sheet, block, [*titles, self.name])
        sheet, block = put_together(sheet, block, self.dictionary)
        samples = header_samples(sheet, block.data)
        paths = list(enumerate(block.levels.paths))
        row = int(self.sheet.numbers[block.header[-1]])
        parts = shares(paths, self.dictionary)
        family = parent_rows(sheet, block, self.dictionary) if len(parts) == 1 else None
        own = None if self.chosen else own_form(paths, self.dictionary.kinds.values())
        maps = [self._mapped(part, samples, row, family, form=own) for part in parts]
        facts = read_facts(self.sheet, block.outside, self.dictionary)
        if "fill_date" not in facts:
            date = loose_date(self.sheet, block.titles)
            if date is not None:
                facts["fill_date"] = date
        whose = owner(self.sheet, block.titles, maps[0].columns, self.dictionary)
        fields = {*maps[0].columns, *(own.field for own in whose)}
        verdict = Verdict(own.key) if own else self._kind(fields, block, titles, facts, parts[0].event)
        if verdict.kind is None or not self._of_its_kind(verdict, block, maps[0]):
            if not len(block.data) and set(maps[0].columns) >= _CHILD:
                self.noticed.append(Note("unnamed_header", row, detail={"sheet": self.name, "row": str(row)}))
            return None, []
        schema = self.dictionary.kinds[verdict.kind]
        if not schema.audited:
            return verdict.kind, []
        if parts[0].event and schema.child != "many":
            parts, maps = [replace(parts[0], own=frozenset())], maps[:1]
        self.noticed += self._plain_list(verdict, row)
        if schema.about is not None or (schema.headings and own is None):
            said = worded_columns(sheet, paths, block.data, schema, self.dictionary) if schema.about else {}
            maps = [self._mapped(part, samples, row, family, schema.about, said, schema) for part in parts]
        unit_name = facts.get("unit_name", ("",))[0]
        if family is not None:
            self.joined += self.sheet.numbers[block.data[family.further()]].tolist()
        tables: list[Table] = []
        for part, headers in zip(parts, maps, strict=True):
            records = read_records(sheet, block, headers.columns, part.own, family)
            notes = [*headers.notes, *records.notes]
            if schema.several_persons:
                notes += vague_notes(headers.columns, self.dictionary, row)
            if not tables:
                notes += layout_notes(sheet, block, headers, records.positions, len(parts))
                notes += facts_notes(facts, schema.fact_keys)
                self.noticed += copied_notes(sheet, block, records.columns, self.dictionary)
            columns = dict(records.columns)
            if len(parts) > 1:
                columns.pop("seq", None)  # numbered across a row's records: those of one share have gaps
            joined = [key for key, m in headers.columns.items() if m.joined]
            columns.update(taken_apart(columns, joined, self.dictionary))
            columns.update(split_parents(columns))
            if "class_name" in schema.required:
                columns.update(sheet_class(columns, self.name, len(records.positions)))
            columns.update({own.field: own.as_column(len(records.positions)) for own in whose})
            unit = sheet_unit(unit_name, titles, self.name, self.path, schema.level, self.units, columns)
            rows = records.positions
            grown = others(self.sheet, block.header[-1], rows, columns)
            if grown is not None:
                columns, rows = members.select(columns, ~grown), rows[~grown]
                columns.pop("seq", None)  # numbered over all of them
                detail = {"sheet": self.name, "count": str(int(grown.sum()))}
                self.noticed.append(Note("others_left_out", row, detail=detail))
                if not len(rows):
                    continue
            table = Table(
                path=self.path,
                sheet=self.name,
                kind=verdict.kind,
                unit=unit,
                rows=self.sheet.numbers[rows].astype(np.int32),
                columns=columns,
                header_rows=tuple(int(self.sheet.numbers[r]) for r in block.header),
                unmapped=tuple(u for u in headers.unmapped if u.header or u.samples),
                notes=tuple(notes),
                facts={} if schema.answers else facts,  # of the day it was answered, not of the data
                template_rows=tuple(int(self.sheet.numbers[r]) for r in block.samples),
                alternatives=verdict.alternatives,
                form=bool(whose),
            )
            each = one_child_each(table) if schema.about == "helper" else [table]
            tables += [made for one in each for made in members.by_member(one)]
        return verdict.kind, tables

    def _of_its_kind(self, verdict: Verdict, block: Block, headers: HeaderMap) -> bool:
        """A list that says nowhere what it is counts only if its rows are about children."""
        if self.chosen is not None or verdict.kind is None:
            return True
        fallback = self.dictionary.kinds[verdict.kind].signature.fallback
        rows = of_children(self.sheet, block.header[-1], block.data)
        return not fallback or lists_children(self.sheet, rows, headers, self.year)

    def _plain_list(self, verdict: Verdict, row: int) -> list[Note]:
        if self.chosen is not None or not self.dictionary.kinds[str(verdict.kind)].signature.fallback:
            return []
        near = {"kind": verdict.nearest} if verdict.nearest is not None else {}
        return [Note("plain_list_like" if near else "plain_list", row, detail={"sheet": self.name, **near})]

    def _mapped(
        self,
        part: Share,
        samples: Sequence[int],
        row: int,
        family: ParentRows | None = None,
        about: str | None = None,
        decided: Mapping[int, str] = MappingProxyType({}),
        form: Kind | None = None,
    ) -> HeaderMap:
        counts = [samples[c] for c, _ in part.columns]
        own = form_columns(part.columns, form) if form is not None else {}
        found = map_headers(part.columns, counts, self.dictionary, row, about, decided, own)
        return found if family is None else family.headers(found, dict(part.columns))

    def _kind(
        self,
        fields: set[str],
        block: Block,
        titles: Sequence[str],
        facts: Mapping[str, tuple[str, int, int]],
        events: bool,
    ) -> Verdict:
        """``events``: a row holds several visits, absences, helpers; a register of these is likelier than any other."""
        if self.chosen is not None:
            return Verdict(self.chosen)
        bare = [path for path in block.levels.paths if len(path) == 1]
        claimed = {
            about: {f[0] for path in bare if (f := find_field(path, self.dictionary, about))}
            for about in {kind.about for kind in self.dictionary.kinds.values() if kind.about}
        }
        text = simplified("".join("".join(t.split()) for t in (*titles, self.name)))
        unit = unit_above(facts.get("unit_name", ("",))[0], (*titles, self.name), text, self.units)
        stands, kinds = unit.level if unit else None, self.dictionary.kinds
        many = {key: kind for key, kind in kinds.items() if kind.child == "many"} if events else {}
        verdict = recognise(fields, text, self.path, stands, many, claimed)
        if verdict.kind is None:
            verdict = recognise(fields, text, self.path, stands, kinds, claimed)
        return verdict
