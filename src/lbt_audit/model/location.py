"""Where a value stands."""

from __future__ import annotations

from lbt_audit.model.record import dataclass


def column_letter(index: int) -> str:
    """Spreadsheet letters of a 0-based column index: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Location:
    """A cell, row, sheet or file. Rows and columns as the spreadsheet shows them; None = the whole."""

    path: str  # relative to the audited folder, with "/"
    sheet: str | None = None
    row: int | None = None  # 1-based
    column: str | None = None  # letters
    field: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        cell = f"{self.column or ''}{self.row or ''}"
        place = self.path if self.sheet is None else f"{self.path}:{self.sheet}"
        return f"{place}!{cell}" if cell else place
