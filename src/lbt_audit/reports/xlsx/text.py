"""Text as a workbook may hold it, and Excel's limits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow.compute as pc

from lbt_audit.model.regex import regex
from lbt_audit.reports.text.safe import FORMULA_PATTERN

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767  # characters a cell holds
MAX_LITERAL = 255  # characters of a text inside a formula
MAX_HEIGHT = 409.0  # points
MAX_NAME = 31

_ILLEGAL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ILLEGAL_PATTERN = r"[\x01-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]|\x00"
_LOOKS_ESCAPED = regex(r"_(x[0-9A-Fa-f]{4}_)")  # Excel would read _x000D_ as a control character
_NAME_CHARS = regex(r"[\[\]:*?/\\\x00-\x1f]")
_NAME_ENDS = regex(r"^[\s']+|[\s']+$")
_CUT = "…"
_FORMULA = regex(FORMULA_PATTERN)


def clean(text: str) -> str:
    """XML text of a cell: escaped, no illegal characters, not over Excel's length."""
    if len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - 1] + _CUT
    text = _ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _LOOKS_ESCAPED.sub(r"_x005F_\1", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clean_column(column: Any) -> Any:
    """``clean`` of a whole string column (nulls stay)."""
    if pc.max(pc.utf8_length(column)).as_py() or 0:
        longest = pc.max(pc.utf8_length(column)).as_py()
        if longest > MAX_TEXT:
            cut = pc.binary_join_element_wise(pc.utf8_slice_codeunits(column, 0, MAX_TEXT - 1), _CUT, "")
            column = pc.if_else(pc.greater(pc.utf8_length(column), MAX_TEXT), cut, column)
    if pc.any(pc.match_substring_regex(column, r"[\x00-\x08\x0b-\x1f\x{fffe}\x{ffff}]")).as_py():
        column = pc.replace_substring_regex(column, "\r\n?", "\n")
        column = pc.replace_substring_regex(column, _ILLEGAL_PATTERN, "\ufffd")
    if pc.any(pc.match_substring(column, "_x")).as_py():
        column = pc.replace_substring_regex(column, r"_(x[0-9A-Fa-f]{4}_)", r"_x005F_\1")
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        column = pc.replace_substring(column, char, entity)
    return column


def attribute(text: str) -> str:
    """Text of an XML attribute."""
    return clean(text).replace('"', "&quot;").replace("\n", "&#10;")


def acts(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula once somebody edits the cell."""
    return bool(_FORMULA.match(text))


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names Excel accepts, all different, as near as possible to what was wanted."""
    taken: set[str] = set()
    result = []
    for want in wanted:
        name = _NAME_ENDS.sub("", _NAME_CHARS.sub("_", _ILLEGAL.sub("", want)))
        name = _NAME_ENDS.sub("", name[:MAX_NAME]) or "Sheet"
        if name.casefold() == "history":  # reserved by Excel
            name += "_"
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            tail = f" ({number})"
            candidate = name[: MAX_NAME - len(tail)] + tail
        taken.add(candidate.casefold())
        result.append(candidate)
    return result
