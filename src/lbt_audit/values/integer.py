"""Whole numbers: ages, counts of visits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, given, opened, stands_in
from lbt_audit.values.text import plain_number, squeeze, without_end

UNKNOWN: Final = -1
_UNIT = regex(r"(?:周岁|虚岁|岁|次|人|天|个|户|名|分|元|年|条|份|课时|节|学时)$")
_ABOUT = regex(r"^(?:约|大约|大概|第|共|共计|满|已满|刚满)(?=[0-9一二两三四五六七八九十])")
_MONTHS = regex(r"^([0-9]{1,2})岁零?[0-9]{1,2}个?月$")  # an age in years and months
_THOUSANDS = regex(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_WHOLE = regex(r"[+-]?[0-9]{1,10}(?:\.0*)?")
_CHINESE = regex(r"([一二两三四五六七八九]?)(十?)([一二三四五六七八九]?)")
_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"两": 2, "": 0}


def parse_integer(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facet value; 0 is a value here, not a placeholder. Units (岁, 次) are dropped, 十二 is 12."""
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    bare = _THOUSANDS.sub("", _ABOUT.sub("", squeeze(cleaned)))
    bare = _MONTHS.sub(r"\1", bare)
    bare = without_end(bare, _UNIT) or bare
    if cell == CellKind.NUMBER:
        bare = plain_number(bare) or bare
    if _WHOLE.fullmatch(bare):
        value = int(bare.partition(".")[0])
        if value < 0:
            return given(["negative"], (max(value, -(2**31)),))
        return given([], (value,)) if value < 2**31 else given(["not_integer"], (UNKNOWN,))
    if stands_in(cleaned):
        return PLACEHOLDER
    spoken = chinese_number(bare)
    if spoken is not None:
        return given([], (spoken,))
    return given(["not_integer"], (UNKNOWN,))


def chinese_number(text: str) -> int | None:
    """一 to 九十九; None for anything else."""
    m = _CHINESE.fullmatch(text) if text else None
    if m is None or (m[1] and m[3] and not m[2]):
        return None
    if not m[2]:
        return _DIGIT[m[1] or m[3]]
    return (_DIGIT[m[1]] or 1) * 10 + _DIGIT[m[3]]


def bulk_integers(values: pa.Array, context: Context) -> tuple[np.ndarray, np.ndarray, Sequence[Any]] | None:
    """Plain digits; the rest is for the parser."""
    plain = pc.match_substring_regex(values, "^[1-9][0-9]{0,8}$")
    handled = plain.to_numpy(zero_copy_only=False)
    if not handled.any():
        return None
    numbers = pc.if_else(plain, values, "0").cast(pa.int32()).to_numpy()
    return handled, np.zeros(len(values), np.uint32), (numbers,)


FAULTS: Final = ("error_cell", "not_integer", "negative")
INTEGER = ValueKind("integer", FAULTS, {"value": UNKNOWN}, parse_integer, bulk_integers)
