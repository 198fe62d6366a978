"""Text without a form of its own: remarks, school names, numbers of households."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.cell import CellKind, State
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import Facets, given, opened, stands_in
from lbt_audit.values.text import plain_number

FACETS: Final[Facets] = {"norm": "", "length": 0}
_HAN_RANGES = "\u3400-\u4dbf\u4e00-\u9fff"
_WIDE = "\uff01-\uff5e"  # NFKC makes ASCII of them, one for one
_TAME = f"^[!$-&(-+.0-~{_HAN_RANGES}][ -~、。{_WIDE}{_HAN_RANGES}]*[!-~、。{_WIDE}{_HAN_RANGES}]$"


def parse_text(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: norm (NFKC, blanks single), length (characters of norm)."""
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    if cell == CellKind.NUMBER:
        cleaned = plain_number(cleaned) or cleaned
    if stands_in(cleaned):
        return Parsed(State.PLACEHOLDER, (), (cleaned, len(cleaned)))
    return given([], (cleaned, len(cleaned)))


def bulk_texts(values: pa.Array, context: Context) -> tuple[np.ndarray, np.ndarray, Sequence[Any]] | None:
    """Texts longer than any placeholder of characters whose normal form is plain; the rest is for the parser."""
    tame = pc.and_(
        pc.and_(pc.match_substring_regex(values, _TAME), pc.greater(pc.utf8_length(values), 8)),
        pc.invert(pc.match_substring(values, "  ")),
    )
    handled = tame.to_numpy(zero_copy_only=False)
    if not handled.any():
        return None
    lengths = pc.utf8_length(values).to_numpy(zero_copy_only=False)
    return handled, np.zeros(len(values), np.uint32), (pc.utf8_normalize(values, "NFKC"), lengths)


TEXT = ValueKind("text", ("error_cell",), FACETS, parse_text, bulk_texts)
