"""School register numbers (学籍号): G, J or L and 18 characters, or a province's auxiliary number."""

from __future__ import annotations

import re
from typing import Final

from lbt_audit.model.cell import CellKind
from lbt_audit.values.check_digit import has_valid_check, is_form18
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, Facets, given, opened, stands_in
from lbt_audit.values.text import squeeze

FAULTS: Final = ("error_cell", "form", "check_digit", "precision_lost")
FACETS: Final[Facets] = {"norm": "", "letter": "", "id18": "", "kind": ""}
_NATIONAL = re.compile(r"[GJL][0-9]{17}[0-9X]")
_AUXILIARY = re.compile(r"[0-9]{12}|[0-9]{16}")
_PREFIX = re.compile(r"^(?:全国)?学籍(?:辅)?号(?:码)?[:]?")


def parse_xueji_no(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: norm, letter, id18 (what follows the letter), kind (national | auxiliary).

    G: the citizen number itself, so its check character must fit. J and L (no citizen number at
    the time) are checked by form only. Auxiliary numbers of 12 or 16 digits are lawful.
    """
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    if stands_in(cleaned):
        return PLACEHOLDER
    norm = _PREFIX.sub("", squeeze(cleaned).upper())
    if cell == CellKind.NUMBER and not (norm.isdigit() and len(norm) <= 15):
        return given(["precision_lost"], ("", "", "", ""))
    if re.fullmatch(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+", norm):
        return given(["precision_lost"], ("", "", "", ""))
    if _NATIONAL.fullmatch(norm):
        faults = ["check_digit"] if norm[0] == "G" and not has_valid_check(norm[1:]) else []
        return given(faults, (norm, norm[0], norm[1:], "national"))
    if _AUXILIARY.fullmatch(norm):
        return given([], (norm, "", "", "auxiliary"))
    return given(["form"], (norm, "", norm if is_form18(norm) else "", ""))


XUEJI_NO = ValueKind("xueji_no", FAULTS, FACETS, parse_xueji_no)
