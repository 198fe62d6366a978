"""Columns a file lacks altogether, or leaves blank nearly throughout: told once for the file, not for every record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated

import numpy as np
from pydantic import Field

from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import evaluate
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.intake.table import Table
from lbt_audit.model.cell import State
from lbt_audit.model.text import Text, listed
from lbt_audit.rulebook.params import Condition, FieldName, Params, TableKind, Word

WORD = "lacks"


class AskedColumns(Params):
    columns: Mapping[str, Annotated[tuple[FieldName, ...], Field(min_length=1)]] = Field(
        {},
        description="what a register must have a column for → columns any of which will do. A file that lacks all of "
        "them, or leaves them blank nearly throughout (hollow_share, hollow_min_rows), is one issue, worded by `lacks`; "
        "a reason of that name is then told of none of its records",
    )
    columns_for: Condition | None = Field(
        None, description="records for which `columns` are asked, and by which a file is judged"
    )
    columns_owed_by: tuple[TableKind, ...] = Field(
        (), description="kinds that owe these `columns` (default: all); others are judged by those they have"
    )


WORDS: Mapping[str, Word] = {WORD: Word("a file lacks columns", ("columns", "rows"))}


def lacking(
    frame: Frame, params: AskedColumns, book: Book, given: Mapping[str, Mask] = MappingProxyType({})
) -> dict[str, Mask]:
    """What is asked for → tables (bool) without a column for it. ``given``: records that say it in some other column
    (a telephone beside the name), so that their table does not lack the column."""
    whole = np.ones(len(frame), np.bool_)
    of = whole if params.columns_for is None else evaluate(params.columns_for, frame).true
    owed = not params.columns_owed_by or frame.kind in params.columns_owed_by
    nowhere = np.zeros(len(frame), np.bool_)
    return {
        name: _without(frame, columns, book, of, given.get(name, nowhere), owed)
        for name, columns in params.columns.items()
    }


def _without(frame: Frame, columns: Sequence[str], book: Book, of: Mask, given: Mask, owed: bool) -> Mask:
    there = np.zeros(len(frame), np.bool_)
    for column in columns:
        there |= frame[column].state > State.BLANK
    size = len(frame.tables)
    records, filled = (np.bincount(frame.table[at], minlength=size) for at in (of, of & there))
    has = np.array([any(c in t.columns for c in columns) for t in frame.tables], np.bool_)
    hollow = (records >= int(book.params["hollow_min_rows"])) & (
        filled < (1 - float(book.params["hollow_share"])) * records
    )
    said = np.bincount(frame.table[given], minlength=size) > 0
    return np.asarray((records > 0) & ((has & hollow) | (~has & ~said & owed)))


def files_lacking(
    frame: Frame, asked: Mapping[str, Sequence[str]], found: Mapping[str, Mask], word: Text
) -> PlaceHits:
    """One issue per file (forms: per unit) that lacks any of it."""
    files: dict[str, dict[str, list[int]]] = {}
    for name, tables in found.items():
        for at in np.flatnonzero(tables).tolist():
            files.setdefault(_handed_in(frame, frame.tables[at]), {}).setdefault(name, []).append(at)
    hits = []
    for lacks in files.values():
        places = {
            (at, asked[name][0]): _place(frame.tables[at], asked[name][0])
            for name, tables in lacks.items()
            for at in tables
        }
        rows = sum(len(frame.tables[at]) for at in {at for at, _ in places})
        titles = listed(dict.fromkeys(frame.fields[field].title for _, field in places))
        details: dict[str, str | Text] = {"columns": titles, "rows": str(rows)}
        hits.append(PlaceHit(tuple(places.values()), frame.kind, details, message=word))
    return PlaceHits(tuple(hits))


def _handed_in(frame: Frame, table: Table) -> str:
    return f"@{table.unit.path}" if frame.schema.layout == "form" else table.path


def _place(table: Table, field: str) -> Place:
    """The header row, or the header of a column that is blank throughout."""
    row = table.header_rows[-1] if table.header_rows else None
    column = table.columns.get(field)
    if column is None:
        return Place(table.path, table.sheet, row, None, field)
    return Place(table.path, table.sheet, row, column.index, field, column.header)
