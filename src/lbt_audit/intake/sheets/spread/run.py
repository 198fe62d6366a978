"""Columns that hold one value, and how they are found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lbt_audit.intake.sheets.headers.mapping import find_field
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.field import Field
from lbt_audit.model.record import dataclass

Path = tuple[str, ...]
Join = Callable[[Sequence[str]], str]
"""The cells of one record → its value."""

NUMBERED = frozenset({"citizen_id", "phone", "xueji_no", "disability_card"})
PLACES = frozenset({"address", "place"})


@dataclass(frozen=True)
class Run:
    """Columns that hold one value, the header it has, and how their cells make it."""

    columns: Sequence[int]
    path: Path
    join: Join


def field_of(path: Path, dictionary: Dictionary) -> Field | None:
    """The field a header path means."""
    found = find_field(path, dictionary) if path else None
    return dictionary.fields[found[0]] if found else None


def whole(cell: str) -> str:
    """A whole number without the decimals some readers add."""
    return cell.removesuffix(".0")
