"""What a spreadsheet cell held before anybody interpreted it."""

from __future__ import annotations

from enum import IntEnum


class CellKind(IntEnum):
    """The type the file itself gives a cell; kept because blank, error and number differ in law."""

    BLANK = 0
    TEXT = 1
    NUMBER = 2  # text holds the number as the file spells it, e.g. "5.29901200911026E+17"
    DATE = 3  # a number under a date format; text holds ISO "2015-03-12" (with " hh:mm:ss" if any)
    BOOL = 4  # text holds "TRUE" or "FALSE"
    ERROR = 5  # text holds "#REF!", "#N/A", …
    UNCOMPUTED = 6  # a formula with no cached value; text is ""
    LONG = 7  # more text than is looked at (LONGEST); text holds its beginning


LONGEST = 2_000
"""Characters of a cell that are read. What is longer is no value of any field, and a whole file of such cells would
take hours to parse."""


UNREAD = (CellKind.UNCOMPUTED, CellKind.LONG)
"""Cells of which nobody can say what they hold."""


class State(IntEnum):
    """What a field of a record turned out to be, after parsing."""

    ABSENT = (
        0  # no such column in the file, a formula nobody computed, or too long a cell: nothing can be said
    )
    BLANK = 1
    PLACEHOLDER = 2  # 无, 不详, /, 0 … where a value was asked for
    DASH = 3  # —, the lawful mark for a deceased parent (form note 4)
    FAULTY = 4  # something is written, but it is not a right value of its kind
    OK = 5
