"""Disability certificates: the citizen number, a digit for the kind, a digit for the degree."""

from __future__ import annotations

from typing import Final

from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, Facets, given, opened, stands_in
from lbt_audit.values.text import squeeze

FACETS: Final[Facets] = {"id18": "", "type": "", "level": ""}
_FORM = regex(r"([0-9]{17}[0-9X])([1-7])([1-4])(?:B[0-9])?")  # B1: first replacement
_TYPES = ("visual", "hearing", "speech", "physical", "intellectual", "mental", "multiple")


def parse_disability_card(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: id18, type and level as in the lists disability_type and disability_level."""
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    if stands_in(cleaned):
        return PLACEHOLDER
    m = _FORM.fullmatch(squeeze(cleaned).upper())
    if m is None or cell == CellKind.NUMBER:
        return given(["form"], ("", "", ""))
    return given([], (m[1], _TYPES[int(m[2]) - 1], f"level_{m[3]}"))


CHOICES: Final = {"type": _TYPES, "level": ("level_1", "level_2", "level_3", "level_4")}
DISABILITY_CARD = ValueKind(
    "disability_card", ("error_cell", "form"), FACETS, parse_disability_card, choices=CHOICES
)
