"""School register numbers (学籍号): G, J or L and 18 characters, or a province's auxiliary number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex
from lbt_audit.values.check_digit import has_valid_check, is_form18
from lbt_audit.values.citizen_id_bulk import check_fits, fixed_width
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, Facets, given, opened, stands_in
from lbt_audit.values.text import squeeze

FAULTS: Final = ("error_cell", "form", "check_digit", "precision_lost")
FACETS: Final[Facets] = {"norm": "", "letter": "", "id18": "", "kind": ""}
_NATIONAL = regex(r"[GJL][0-9]{17}[0-9X]")
_AUXILIARY = regex(r"[0-9]{12}|[0-9]{16}")
_PREFIX = regex(r"^(?:全国)?学籍(?:辅)?号(?:码)?[:]?")


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


def bulk_xueji_nos(values: pa.Array, context: Context) -> tuple[np.ndarray, np.ndarray, Sequence[Any]] | None:
    """National numbers in their plain form; all else is left to the parser."""
    at, raw = fixed_width(values, 19)
    if not len(at):
        return None
    formed = np.isin(raw[:, 0], np.frombuffer(b"GJL", np.uint8))
    formed &= ((raw[:, 1:18] - np.uint8(48)) <= 9).all(axis=1)
    formed &= ((raw[:, 18] - np.uint8(48)) <= 9) | (raw[:, 18] == ord("X"))
    at, raw = at[formed], raw[formed]
    n = len(values)
    handled = np.zeros(n, np.bool_)
    handled[at] = True
    bits = np.zeros(n, np.uint32)
    wrong = (raw[:, 0] == ord("G")) & ~check_fits(raw[:, 1:])
    bits[at] = wrong.astype(np.uint32) << np.uint32(FAULTS.index("check_digit"))
    letters, tails = pc.utf8_slice_codeunits(values, 0, 1), pc.utf8_slice_codeunits(values, 1)
    return handled, bits, (values, letters, tails, pa.repeat("national", n))


CHOICES: Final = {"letter": ("G", "J", "L"), "kind": ("national", "auxiliary")}
XUEJI_NO = ValueKind("xueji_no", FAULTS, FACETS, parse_xueji_no, bulk_xueji_nos, choices=CHOICES)
