"""Books, sheets and rows before they are laid out: what the defects change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sample_data.generate.people import Child, Month


@dataclass(frozen=True)
class Num:
    """A number cell."""

    value: float


@dataclass(frozen=True)
class Err:
    """A formula that failed: ``#REF!``."""

    text: str


@dataclass(frozen=True)
class Uncomputed:
    """A formula saved without its value."""

    formula: str


@dataclass(frozen=True)
class Raw:
    """Text written just so, whatever the habits of the book are."""

    text: str


Value = str | int | date | Month | Num | Err | Uncomputed | Raw | None


@dataclass(frozen=True)
class Column:
    """``group`` is the header above the leaf ``header``; ``alias``: not the unified form's name."""

    group: str
    header: str
    field: str
    alias: bool = False
    extra: bool = False


@dataclass(eq=False)
class Row:
    """One record. ``number`` is set when the sheet is laid out."""

    child: Child | None
    values: dict[str, Value]
    sheet: Sheet = field(repr=False)
    number: int = 0
    hidden: bool = False
    note: str = ""  # which defect touched it
    again: bool = False  # a second entry of the child, which its own list must explain

    @property
    def book(self) -> Book:
        return self.sheet.book


@dataclass(eq=False)
class Sheet:
    """``merge_family``: fields merged over the children of one family."""

    name: str
    book: Book = field(repr=False)
    rows: list[Row] = field(default_factory=list)
    subtitle: str = ""
    unit: str = ""  # other than the book's
    hidden: str = ""  # "" | hidden | veryHidden
    subtotal_by: str = ""  # field whose change ends a block with a 小计 row
    repeat_header: int = 0  # page header again after so many records
    merge_family: tuple[str, ...] = ()
    fill_date: str | None = None  # other than the book's
    hidden_fields: tuple[str, ...] = ()
    merge_siblings: tuple[str, ...] = ()  # data fields merged over the children of one family
    sample_row: dict[str, str] | None = None


@dataclass(eq=False)
class Book:
    """One file. ``facts``: label → text of the lines above and below the records."""

    kind: str
    path: str
    unit: str
    title: str
    columns: list[Column]
    sheets: list[Sheet] = field(default_factory=list)
    style: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    numbered: bool = False  # a row 1 2 3 … under the header
    hollow: tuple[str, ...] = ()  # columns left blank throughout

    @property
    def format(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def rows(self) -> list[Row]:
        return [row for sheet in self.sheets for row in sheet.rows]

    def has(self, *fields: str) -> bool:
        return ({c.field for c in self.columns} - {*self.hollow}).issuperset(fields)

    def rename(self, field_: str, header: str, group: str | None = None) -> None:
        """Give a column a name the unified form does not have."""
        self.columns = [
            replace(c, header=header, alias=True, group=c.group if group is None else group)
            if c.field == field_
            else c
            for c in self.columns
        ]

    def drop(self, *fields: str) -> None:
        self.columns = [c for c in self.columns if c.field not in fields]
