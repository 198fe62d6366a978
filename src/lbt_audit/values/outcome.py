"""What every parser does before it looks at its own kind of value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lbt_audit.model.cell import UNREAD, CellKind, State
from lbt_audit.values.kind import Parsed
from lbt_audit.values.text import clean, is_dash, is_ditto, is_error, is_null, is_placeholder

Facets = Mapping[str, int | float | bool | str]
"""Facet names with their defaults, in the order of ``Parsed.facets``."""

ERROR_CELL = "error_cell"
"""First fault of every kind: the cell holds #REF!, #N/A … instead of a value."""

BLANK = Parsed(State.BLANK)
DASH = Parsed(State.DASH)
PLACEHOLDER = Parsed(State.PLACEHOLDER)
ERROR = Parsed(State.FAULTY, (ERROR_CELL,))


def opened(text: str, cell: CellKind) -> tuple[str, Parsed | None]:
    """The cleaned text, and the outcome if the cell is blank, in error or a dash."""
    if cell in (CellKind.BLANK, *UNREAD):
        return "", BLANK
    if cell == CellKind.ERROR:
        return "", ERROR
    cleaned = clean(text)
    if not cleaned:
        return "", BLANK
    if cleaned[0] == "#" and is_error(cleaned):
        return cleaned, ERROR
    if is_null(cleaned):
        return "", BLANK
    if len(cleaned) <= 8 and is_dash(cleaned):
        return cleaned, DASH
    return cleaned, None


def stands_in(cleaned: str) -> bool:
    """Whether the cleaned text is a placeholder or 同上 where nothing above could be taken."""
    return is_placeholder(cleaned) or is_ditto(cleaned)


def given(faults: list[str], facets: tuple[Any, ...], remarks: frozenset[str] = frozenset()) -> Parsed:
    """OK, or FAULTY with its reasons.

    ``remarks`` are faults that leave the value usable (a blank inside a name, an unlisted area code):
    alone they do not make it FAULTY, so comparisons between fields and files still see it.
    """
    hard = any(f not in remarks for f in faults)
    return Parsed(State.FAULTY if hard else State.OK, tuple(faults), facets)
