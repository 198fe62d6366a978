"""A register: records of one kind with the place every value came from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import field
from enum import IntEnum
from typing import Literal

import numpy as np
import pyarrow as pa

from lbt_audit.model.record import dataclass
from lbt_audit.model.statistics import Definition, Indicator
from lbt_audit.model.text import Text
from lbt_audit.model.unit import Unit


@dataclass(frozen=True)
class Column:
    """One mapped column of a table; arrays have one entry per record."""

    field: str
    index: int  # 0-based column in the sheet; -1 where the sheet's name says it for all records
    header: str  # header path as read, levels joined by "/": "父亲情况/姓名"
    match: str  # "standard" | "alias" | "leaf" | "configured"
    text: pa.Array  # string, never null, stripped of nothing
    kinds: np.ndarray  # uint8 CellKind
    filled: np.ndarray | None = None  # bool: taken from a merged cell or 同上 above; None = nowhere
    part: str | None = None  # set where one cell holds two fields (父母姓名): which part this is
    rows: np.ndarray | None = None  # int32 row numbers where they are not the table's: fields of a form


@dataclass(frozen=True)
class Unmapped:
    """A column whose header is not in the dictionary."""

    index: int
    header: str
    suggestion: str | None = None  # nearest field key, never used silently
    samples: int = 0  # non-blank cells
    proposed: bool = (
        False  # a column of the county's own form, of which the county has not confirmed what it holds
    )


@dataclass(frozen=True)
class Note:
    """Something intake saw that a rule of group A reports: ``topic`` names it, e.g. ``hidden_rows``.

    ``detail`` holds the values a message may name.
    """

    topic: str
    row: int | None = None
    column: int | None = None  # 0-based
    field: str | None = None
    detail: Mapping[str, str] = dataclasses.field(default_factory=dict)


class Figure(IntEnum):
    """What stands in a cell where a number of children is expected."""

    BLANK = 0
    UNKNOWN = 1  # a formula that failed or that nobody computed
    RIGHT = 2
    FULL_WIDTH = 3  # １２: to be read, but not to be added up by a program
    NEGATIVE = 4
    DECIMAL = 5
    TEXT = 6  # 12人, 若干


@dataclass(frozen=True)
class Line:
    """One unit of a statistics table. ``unit``: whose figures these are, None where nobody can say. ``share``: its
    figures are percentages of the line before."""

    name: str
    role: Literal["unit", "subtotal", "total", "share"]
    unit: Unit | None = None
    remark: str = ""  # what stands behind its figures


@dataclass(frozen=True)
class Heading:
    """What one column of a statistics table counts (one row, where units stand side by side). ``number``: as it is
    numbered; ``indicator``: None where its words are not all understood. Of a percentage, ``part`` and ``whole`` are the
    headings (positions) of the number and of what it is a share of."""

    header: str
    indicator: Indicator | None
    number: int | None = None
    share: bool = False
    part: int | None = None
    whole: int | None = None


@dataclass(frozen=True)
class Balance:
    """A formula of a statistics table: ``sides`` are sums of headings (positions) that must be equal. ``source``: where
    it is printed."""

    print: str
    sides: tuple[tuple[int, ...], tuple[int, ...]]
    source: Text


@dataclass(frozen=True)
class Counts:
    """The figures of a statistics table, lines × headings; every figure keeps its cell.

    ``value`` float64, NaN where nothing is known; ``state`` uint8 ``Figure``; ``row`` (1-based) and ``column`` (0-based)
    int32. ``base``: what holds of all children the table is about, beside being left behind; None where it says that it
    counts others, or some of which nobody can say who they are.
    """

    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]
    value: np.ndarray
    state: np.ndarray
    row: np.ndarray
    column: np.ndarray
    text: tuple[tuple[str, ...], ...]
    form: str | None = None
    reading: Text | None = None  # how a form of two readings is understood
    definition: Definition = "civil"
    balances: tuple[Balance, ...] = ()
    base: Indicator | None = frozenset()
    notes: tuple[str, ...] = ()  # texts under the table


@dataclass(frozen=True)
class Table:
    """One register found in a sheet.

    ``rows`` (int32) are the spreadsheet row numbers of the records. ``facts`` holds what stands
    outside the records: 填报单位, 填报日期, 负责人 … by field key, as (text, row, column).
    """

    path: str
    sheet: str
    kind: str
    unit: Unit
    rows: np.ndarray
    columns: Mapping[str, Column]
    header_rows: tuple[int, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()
    notes: tuple[Note, ...] = ()
    facts: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    template_rows: tuple[int, ...] = ()  # sample rows of an unfilled form, left out of ``rows``
    alternatives: tuple[str, ...] = ()  # other kinds the headers would also fit
    form: bool = False  # a form for one child; file and sheet may be named after it
    counts: Counts | None = None  # of a statistics table; its records are the lines

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def nameless(self) -> bool:
        """Whether this is the county's own form with cells in columns nobody has confirmed and no column for names or
        numbers among those that are."""
        asked = any(column.proposed and column.samples for column in self.unmapped)
        return asked and not {"child_name", "id_no"} & self.columns.keys()

    def rows_of(self, field: str) -> np.ndarray:
        """Row number of each record's cell of ``field``: the record's own, but in forms."""
        column = self.columns.get(field)
        return self.rows if column is None or column.rows is None else column.rows


@dataclass(frozen=True)
class Submission:
    """One submitted file and what became of it."""

    path: str
    sha256: str
    status: str  # "audited" | "unreadable" | "ignored"
    reason: str | None = None  # key of a message in intake/reasons.py, for unreadable and ignored
    detail: Mapping[str, str] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    ignored_sheets: Mapping[str, str] = field(default_factory=dict)  # sheet → reason key
    notes: tuple[Note, ...] = ()
    file: str | None = None  # where it lies, if ``path`` is not to say so: a child's name is masked in it
    sheets: Mapping[str, str] = field(
        default_factory=dict
    )  # what sheets are called in it, by names that hide one
