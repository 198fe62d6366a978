"""Headers whose meaning the cells decide: 联系方式 over 电话, 入户, 微信视频 is the way of visiting, over numbers a telephone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.model.dictionary import Dictionary, normalise_header
from lbt_audit.model.kind import Kind

_DIGITS = 5  # characters; a short number of the village has five
_MOST = 0.5  # share of the cells


def worded(header: str, texts: Iterable[str], kind: Kind, dictionary: Dictionary) -> str | None:
    """The field ``header`` means in a register of ``kind`` over ``texts``; None where they do not decide it."""
    key = dictionary.worded.get(normalise_header(header))
    if key is None or key not in kind.columns or dictionary.fields[key].group != kind.about:
        return None
    written = [text for text in texts if text.strip()]
    numbers = sum(sum(c.isdigit() for c in text) >= _DIGITS for text in written)
    return key if written and numbers <= _MOST * len(written) else None


def worded_columns(
    sheet: Sheet,
    paths: Iterable[tuple[int, Sequence[str]]],
    rows: np.ndarray,
    kind: Kind,
    dictionary: Dictionary,
) -> Mapping[int, str]:
    """Column → field of those whose cells in ``rows`` (positions) decide it."""
    asked = [(at, path) for at, path in paths if path and normalise_header(path[-1]) in dictionary.worded]
    found = ((at, worded(path[-1], sheet.take(at, rows).to_pylist(), kind, dictionary)) for at, path in asked)
    return {at: key for at, key in found if key is not None}
