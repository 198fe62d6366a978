"""A day of birth and the end of an ID number together are the number: a partial mask shows one of them at a time.

Hidden is the end of the number, in every issue about a child, or a row, of which some issue of the audit tells a day.
"""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.field import Field
from lbt_audit.model.regex import regex

_YEAR: Final = "(?:19|20)[0-9]{2}"
_DAY_OF_IT: Final = (
    "(?: ?[-./年－．] ?[0-9]{1,2} ?[-./月－．] ?[0-9]{1,2}|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))"
)
_DAY: Final = _YEAR + _DAY_OF_IT
_TAIL: Final = r"([0-9０-９]{2,4}\*{5,})[0-9０-９XxＸｘ×]{1,4}"
_CONTRAST = regex(r"[0-9]{1,4}(?:\*+|\[[0-9Xx/*]*\]|[0-9Xx])+")  # 5299**********[01/10]1X
_BIRTH_ENDS = 14  # digits before the sequence number


def is_birth(field: Field | None) -> bool:
    """Whether a cell of ``field`` is a day of birth."""
    return field is not None and "birth" in field.key and field.kind != "text"


def tells_day(texts: Any, known: str = "") -> np.ndarray:
    """Which ``texts`` tell a day (bool) besides ``known``: of birth, or one reckoned from it."""
    texts = pc.fill_null(texts, "")
    if known:
        texts = pc.replace_substring(texts, known, "")
    found: np.ndarray = pc.match_substring_regex(texts, _DAY).to_numpy(zero_copy_only=False)
    return found


def without_ends(texts: Any, where: np.ndarray) -> Any:
    """Masked ``texts``, the ends of ID numbers hidden too ``where`` (bool) it is asked for."""
    rows = pc.and_(pa.array(where), pc.fill_null(pc.match_substring(texts, "*****"), False))
    if not pc.any(rows).as_py():
        return texts
    chosen = pc.replace_substring_regex(texts.filter(rows), _TAIL, r"\1****")
    bracketed = pc.fill_null(pc.match_substring_regex(chosen, r"\*\[|\]\*|\*\]"), False)
    if pc.any(bracketed).as_py():
        told = [_CONTRAST.sub(_without_end, text) for text in chosen.filter(bracketed).to_pylist()]
        chosen = pc.replace_with_mask(chosen, bracketed, pa.array(told, pa.string()))
    return pc.replace_with_mask(texts, rows, chosen)


def without_days(texts: Any, where: np.ndarray, *, whole: bool) -> Any:
    """``texts`` with no more than the year of every day in them, ``where`` (bool) it is asked for; ``whole``: each of these texts
    is a day, however it is written."""
    chosen = texts.filter(pa.array(where))
    if whole:
        years = pc.struct_field(pc.extract_regex(chosen, "(?P<year>(?:19|20)[0-9]{2})"), "year")
        chosen = pc.binary_join_element_wise(pc.fill_null(years, ""), pa.scalar("****"), "")
    else:
        chosen = pc.replace_substring_regex(chosen, f"({_YEAR}){_DAY_OF_IT}", r"\1****")
    return pc.replace_with_mask(texts, pa.array(where), chosen)


def _without_end(number: re.Match[str]) -> str:
    """Two numbers in one text: where they differ is still shown, but no digit after the day of birth."""
    if number[0].count("*") < 4:
        return number[0]
    shown, at = "", 0
    for part in re.findall(r"\[[^\]]*\]|.", number[0]):
        size = max(map(len, part[1:-1].split("/"))) if part[0] == "[" else 1
        shown += part if at + size <= _BIRTH_ENDS else re.sub("[0-9Xx]", "*", part)
        at += size
    return shown
