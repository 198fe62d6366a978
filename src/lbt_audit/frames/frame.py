"""All registers of one kind as one frame, so that a rule runs once however many files there are."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.facet import Facet
from lbt_audit.frames.keys import text_codes
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.parts import TEXT, part, parts_of
from lbt_audit.intake.table import Table
from lbt_audit.model.blanks import BLANKS
from lbt_audit.model.cell import UNREAD, CellKind, State
from lbt_audit.model.field import Field
from lbt_audit.model.kind import Kind
from lbt_audit.values.column import Typed, absent, type_column
from lbt_audit.values.kind import NO_DATE, Context, ValueKind

MAIN_FACET = {
    "name": "norm",
    "citizen_id": "norm",
    "date": "lo",
    "phone": "number",
    "address": "norm",
    "code": "code",
    "codes": "code",
    "yes_no": "code",
    "ethnicity": "code",
    "relation": "code",
    "integer": "value",
    "grade": "grade",
    "class_name": "grade",
    "xueji_no": "norm",
    "disability_card": "id18",
    "text": "norm",
}

Derivation = Callable[["Frame"], Facet]
Cells = tuple[pa.Array, np.ndarray]
"""Texts of a column and the kinds of its cells (uint8)."""


class Frame:
    """Records of one kind of table, typed field by field when first asked for.

    ``table`` (int32) gives for each record the position of its table in ``tables``; ``row`` (int32)
    its row number in the sheet. Columns a table lacks are ``State.ABSENT`` for its records, and so are blank cells
    where ``find_hollow`` says of the ``bare`` frame that a required column is blank nearly throughout (bool per table).
    """

    def __init__(
        self,
        schema: Kind,
        tables: Sequence[Table],
        fields: Mapping[str, Field],
        kinds: Mapping[str, ValueKind],
        context: Context,
        params: Mapping[str, Any],
        derivations: Mapping[str, Derivation],
        find_hollow: Callable[[Frame, str], Mask] | None = None,
    ) -> None:
        self.schema = schema
        self.kind = schema.key
        self.tables = tuple(tables)
        self.fields = fields
        self.context = context
        self.params = params
        self._kinds = kinds
        self._derivations = dict(derivations)
        self.lengths = np.array([len(t) for t in tables], np.int64)
        self.table = np.repeat(np.arange(len(tables), dtype=np.int32), self.lengths)
        self.row = (
            np.concatenate([np.asarray(t.rows, np.int32) for t in tables])
            if tables
            else np.zeros(0, np.int32)
        )
        self._cells: dict[str, Cells] = {}
        self._encoded: dict[str, pa.DictionaryArray] = {}
        self._squeezed: dict[str, pa.DictionaryArray] = {}
        self._typed: dict[str, Typed] = {}
        self._facets: dict[str, Facet] = {}
        self._hollow: dict[str, Mask] = {}
        self._find_hollow = find_hollow
        self._bare: Frame | None = None
        if find_hollow is not None:
            self._bare = bare = copy.copy(self)
            bare._find_hollow, bare._typed, bare._facets = None, {}, {}

    def __len__(self) -> int:
        return len(self.table)

    @property
    def bare(self) -> Frame:
        """The same records, of which no column counts as hollow."""
        return self if self._bare is None else self._bare

    def learn(self, derivations: Mapping[str, Derivation]) -> None:
        """Further facts, which other registers tell."""
        self._derivations.update(derivations)

    def called(self, schema: Kind) -> Frame:
        """The same records as a register of another kind; what was worked out of them is shared."""
        frame = copy.copy(self)
        frame.kind, frame.schema = schema.key, schema
        return frame

    def per_table(self, values: Sequence[Any] | np.ndarray, dtype: Any) -> np.ndarray:
        """Spread one value per table over its records."""
        return np.repeat(np.asarray(values, dtype), self.lengths)

    def by_unit(self) -> np.ndarray:
        """A code (int64) for the unit that handed in each record's sheet."""
        names = pa.array([f"{t.unit.level}/{t.unit.path}" for t in self.tables], pa.string())
        return self.per_table(text_codes(names), np.int64)

    def column_index(self, field: str) -> np.ndarray:
        """0-based sheet column of ``field`` per table (int32), -1 where the table lacks it."""
        return np.array([t.columns[field].index if field in t.columns else -1 for t in self.tables], np.int32)

    def rows_of(self, field: str) -> np.ndarray:
        """Row number of each record's cell of ``field`` (int32): the record's own, but in forms."""
        if not any(field in t.columns and t.columns[field].rows is not None for t in self.tables):
            return self.row
        return np.concatenate([np.asarray(t.rows_of(field), np.int32) for t in self.tables])

    def has(self, field: str) -> Mask:
        """Records whose table has a column for ``field``."""
        return self.per_table([field in t.columns for t in self.tables], np.bool_)

    def filled_down(self, field: str) -> Mask:
        """Records whose value was taken from a merged cell or 同上."""
        parts = []
        for t in self.tables:
            column = t.columns.get(field)
            filled = None if column is None else column.filled
            parts.append(np.zeros(len(t), np.bool_) if filled is None else filled)
        return np.concatenate(parts) if parts else np.zeros(0, np.bool_)

    def kind_of(self, field: str) -> ValueKind:
        """What values of ``field`` are."""
        return self._kinds[self.fields[field].kind]

    def text(self, field: str) -> pa.Array:
        """Cells of ``field`` as they are (string, never null), "" where a table has no such column."""
        return self._cells_of(field)[0]

    def encoded(self, field: str) -> pa.DictionaryArray:
        """The same, each distinct text once."""
        found = self._encoded.get(field)
        if found is None:
            found = self._encoded[field] = pc.dictionary_encode(self.text(field))
        return found

    def _cells_of(self, field: str) -> Cells:
        cells = self._cells.get(field)
        if cells is None:
            cells = self._cells[field] = self._gathered(field)
        return cells

    def _gathered(self, field: str) -> Cells:
        texts, kinds = [], []
        for t in self.tables:
            column = t.columns.get(field)
            if column is None:
                texts.append(pa.repeat("", len(t)))
                kinds.append(np.zeros(len(t), np.uint8))
            else:
                texts.append(_plain(column.text))
                kinds.append(column.kinds)
        if not texts:
            return pa.array([], pa.string()), np.zeros(0, np.uint8)
        return (texts[0], kinds[0]) if len(texts) == 1 else (pa.concat_arrays(texts), np.concatenate(kinds))

    def __getitem__(self, field: str) -> Typed:
        typed = self._typed.get(field)
        if typed is None:
            typed = self._typed[field] = self._type(field) if self._bare is None else self._marked(field)
        return typed

    def _marked(self, field: str) -> Typed:
        """Blank cells as absent where the column is hollow."""
        typed, tables = self.bare[field], self._hollow_tables(field)
        if not tables.any():
            return typed
        at = np.repeat(tables, self.lengths) & (typed.state <= State.DASH)
        return replace(typed, state=np.where(at, np.uint8(State.ABSENT), typed.state))

    def _hollow_tables(self, field: str) -> Mask:
        if self._find_hollow is None or field not in self.schema.required:
            return np.zeros(len(self.tables), np.bool_)
        if field not in self._hollow:
            self._hollow[field] = self._find_hollow(self.bare, field)
        return self._hollow[field]

    def _type(self, field: str) -> Typed:
        kind = self.kind_of(field)
        if not any(field in t.columns for t in self.tables):
            return absent(kind, len(self))
        text, kinds = self._cells_of(field)
        encoded = self.encoded(field)
        typed = type_column(text, kinds, kind, self.context, self.fields[field].codes, encoded)
        # What a formula that nobody computed would give, or a cell says that was not read to its end, is as unknown
        # as a column that is not there.
        unread = np.isin(kinds, UNREAD) & (typed.state == State.BLANK)
        typed.state[~self.has(field) | unread] = State.ABSENT
        return typed

    @property
    def hollow(self) -> Mapping[str, Mask]:
        """Required fields whose column is blank nearly throughout, with the tables (bool) where it is."""
        found = {field: self._hollow_tables(field) for field in self.schema.required}
        return {field: tables for field, tables in found.items() if tables.any()}

    def facet(self, operand: str) -> Facet:
        """A field's main facet, a named facet of it (``id_no.birth``), or a derived fact."""
        found = self._facets.get(operand)
        if found is None:
            found = self._facets[operand] = self._facet(operand)
        return found

    def _facet(self, operand: str) -> Facet:
        if operand in self._derivations:
            return self._derivations[operand](self)
        field, _, name = operand.partition(".")
        typed = self[field]
        present = (typed.state == State.OK) | (typed.state == State.FAULTY)
        if not name:
            main = MAIN_FACET.get(typed.kind.name)
            if main is None:
                return Facet(self.squeezed(field), present)
            ok = typed.state == State.OK
            facet = self._facet(f"{field}.{main}")
            # A faulty value may not be compared as if it were right; its named facets may.
            return replace(facet, known=facet.known & ok)
        if name not in typed.facets and name in parts_of(typed.kind.name):
            if name == TEXT:
                found = self.squeezed_encoded(field)
                return _of_distinct(found.dictionary, found.indices.to_numpy(zero_copy_only=False), present)
            return _of_distinct(*part(typed, name), present)
        values = typed.facets[name]
        if name in typed.kind.beside:
            present |= typed.state == State.PLACEHOLDER
        if isinstance(values, pa.Array):
            return _of_distinct(typed.facets.distinct[name], typed.facets.which, present, values)
        default = typed.kind.facets[name]
        if values.dtype == np.bool_:
            return Facet(values, present)
        # A negative default means "not known"; of sex, 0 does (GB/T 2261.1).
        unknowing = name == "sex" or (isinstance(default, int | float) and default < 0)
        known = (values != default) & present if unknowing else present
        return Facet(values, known, values.dtype == np.int32 and default == NO_DATE)

    def squeezed(self, field: str) -> pa.Array:
        """Raw text without any blanks, for word search."""
        found = self.squeezed_encoded(field)
        return found.dictionary.take(found.indices)

    def squeezed_encoded(self, field: str) -> pa.DictionaryArray:
        """The same; texts may repeat among the distinct ones, as they may differ in blanks."""
        found = self._squeezed.get(field)
        if found is None:
            encoded = self.encoded(field)
            distinct = pc.replace_substring_regex(encoded.dictionary, BLANKS, "")
            found = self._squeezed[field] = pa.DictionaryArray.from_arrays(encoded.indices, distinct)
        return found

    def is_error_cell(self, field: str) -> Mask:
        parts = [
            t.columns[field].kinds == CellKind.ERROR if field in t.columns else np.zeros(len(t), np.bool_)
            for t in self.tables
        ]
        return np.concatenate(parts) if parts else np.zeros(0, np.bool_)


def _of_distinct(distinct: pa.Array, which: np.ndarray, present: Mask, values: pa.Array = None) -> Facet:
    """A text facet of records out of distinct texts, known where it is ``present`` and says something."""
    known = pc.not_equal(distinct, "").to_numpy(zero_copy_only=False)[which]
    spread = distinct.take(pa.array(which)) if values is None else values
    return Facet(spread, known & present, coded=(distinct, which))


def _plain(text: Any) -> pa.Array:
    """A string array in one piece, whatever a reader handed over (chunked, dictionary)."""
    if isinstance(text, pa.ChunkedArray):
        text = text.combine_chunks()
    if pa.types.is_dictionary(text.type):
        text = text.dictionary_decode()
    return text if pa.types.is_string(text.type) else text.cast(pa.string())
