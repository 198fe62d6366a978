"""Telephone numbers: mobile, landline and village short numbers, alone or two in a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex
from lbt_audit.values.citizen_id_bulk import fixed_width
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, Facets, given, opened, stands_in
from lbt_audit.values.text import plain_number, without_point_zero

FAULTS: Final = ("error_cell", "format", "implausible")
FACETS: Final[Facets] = {"number": "", "second": "", "type": "", "known": False}
REMARKS: Final = frozenset(["implausible"])

_PREFIX = regex(r"(?<![0-9])(?:\+|00)?\(?\+?86\)?[-\s]*(?=1[3-9](?:[-\s.]*[0-9]){9}(?![0-9]))")
_GAPS = regex(r"(?<=[0-9)])[\s\-–—.·]+(?=[0-9(])")
_MOBILE = r"1[3-9][0-9]{9}"
_MOBILES = regex(rf"(?:{_MOBILE})+")
_LANDLINE = regex(r"\(?(0[0-9]{2,3})\)?[-\s—–]*([2-9][0-9]{6,7})(?:(?:[-\s—–]+|转|分机)([0-9]{1,6}))?")
_SERVICE = regex(r"[48]00-?[0-9]{3}-?[0-9]{4}")
_TOKEN = regex(
    r"1[3-9][0-9](?:[-\s.]?[0-9]){8}(?![0-9])|\(?0[0-9]{2,3}\)?[-\s—–]*[2-9][0-9]{6,7}(?:[-转][0-9]{1,6})?(?![0-9])|[0-9]+"
)
_LETTERS = str.maketrans("OoΟоО〇○lIi|丨", "0000000" + "11111")
_STRAY = regex(r"[A-Za-zΟОо〇○|丨*×xX?#_□]")  # beside digits: 138O5712345 is no number 5712345
_LABEL = regex(r"^(?:tel|phone|mobile|mob|mp|ph|wx|[tmp])[:. ]*(?=[0-9+(])", re.IGNORECASE)
_EXPONENT = regex(r"[1-9]\.([0-9]{5,10})[Ee]\+?(0?[0-9]|10)")
_NONE = regex(r"[^0-9]{0,8}[无没未][^0-9]{0,8}")  # 无电话, 没有手机
_RUN_UP, _RUN_DOWN = "01234567890123456789", "98765432109876543210"
_REPEAT = regex(r"(1[3-9][0-9])00(?:\1)000")


def parse_phone(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: number (digits; landlines with their area code, extension after "-"), second (another
    number in the cell), type (mobile | landline | short), known (one of the county's unit phones).

    ``implausible`` (13800138000, …12345678) alone leaves the number usable.
    """
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    if cell == CellKind.NUMBER:
        digits = plain_number(cleaned)
        if digits is None:
            return given(["format"], (cleaned, "", "", False))
        if digits == "0":
            return PLACEHOLDER
        if len(digits) in (10, 11) and digits[0] in "23456789":
            digits = "0" + digits  # a number cell drops the zero of an area code
        cleaned = digits
    cleaned = without_point_zero(_whole(cleaned))
    if stands_in(cleaned) or _NONE.fullmatch(cleaned):
        return PLACEHOLDER
    return _written(cleaned, context)


def _whole(text: str) -> str:
    """1.5489324648E+10 as text: read where it shows as many digits as the number has."""
    found = _EXPONENT.fullmatch(text)
    return (plain_number(text) or text) if found and len(found[1]) >= int(found[2]) - 1 else text


def _written(cleaned: str, context: Context) -> Parsed:
    found = _PREFIX.sub("", _LABEL.sub("", cleaned))
    joined = _GAPS.sub("", found)
    if _MOBILES.fullmatch(joined) and len(joined) <= 22:
        return _outcome([(joined[i : i + 11], "mobile") for i in range(0, len(joined), 11)], False, context)
    single = _single(found)
    if single is not None:
        return _outcome([single], False, context)
    numbers, leftover = [], False
    for token in _TOKEN.finditer(found):
        number = _single(token[0])
        beside = found[max(0, token.start() - 1) : token.start()] + found[token.end() : token.end() + 1]
        if _STRAY.search(beside):
            leftover = True
        elif number is not None and number[1] != "short":
            numbers.append(number)
        elif len(token[0]) > 6:
            leftover = True
    if not numbers:
        digits = "".join(c for c in joined.translate(_LETTERS) if c in "0123456789")
        faults = ["implausible"] if len(digits) >= 7 and _is_made_up(digits) else ["format"]
        # Not a telephone number at all, so that being made up is no mere remark here.
        return given(faults, (digits or joined, "", "", False))
    return _outcome(numbers, leftover, context)


def _single(text: str) -> tuple[str, str] | None:
    digits = re.sub(r"[\s\-–—.]", "", text)
    if re.fullmatch(_MOBILE, digits):
        return digits, "mobile"
    if m := _LANDLINE.fullmatch(text.strip()):
        area, number, extension = m.groups()
        if area[1] in "12" and len(area) == 4 and len(number) == 7:
            area, number = area[:3], area[3] + number  # 010 and 02x have three digits
        return f"{area}{number}" + (f"-{extension}" if extension else ""), "landline"
    if re.fullmatch(r"[2-9][0-9]{6,7}", digits) or _SERVICE.fullmatch(text):
        return digits, "landline"
    if re.fullmatch(r"[1-9][0-9]{2,5}", digits):
        return digits, "short"
    return None


def _outcome(numbers: list[tuple[str, str]], leftover: bool, context: Context) -> Parsed:
    number, sort = numbers[0]
    second = next((n for n, _ in numbers[1:] if n != number), "")
    faults = ["format"] if leftover else []
    if _is_made_up(number):
        faults.append("implausible")
    return given(faults, (number, second, sort, number in context.known_phones), REMARKS)


def _is_made_up(number: str) -> bool:
    """Digits nobody is given: eight the same, a run of eight up or down, 138-00-138-000."""
    digits = number.partition("-")[0]
    if len(digits) < 7:
        return False
    tail = digits[-8:] if len(digits) >= 11 else digits[-7:]
    if len(set(tail)) == 1 or len(set(digits)) == 1:
        return True
    return tail in _RUN_UP or tail in _RUN_DOWN or _REPEAT.fullmatch(digits) is not None


def bulk_phones(values: pa.Array, context: Context) -> tuple[np.ndarray, np.ndarray, Sequence[Any]] | None:
    """Plain mobiles of eleven ASCII digits that look like any other; all else is left to the parser."""
    at, raw = fixed_width(values, 11)
    if not len(at):
        return None
    digits = raw - np.uint8(48)
    good = (digits <= 9).all(axis=1) & (digits[:, 0] == 1) & (digits[:, 1] >= 3)
    tail = digits[:, 3:].astype(np.int8)
    step = (tail[:, 1:] - tail[:, :-1]) % 10
    # Equal, rising or falling throughout, or 00 in the middle: rare enough to be looked at one by one.
    odd = (step == step[:, :1]).all(axis=1) | ((digits[:, 3] == 0) & (digits[:, 4] == 0))
    handled = np.zeros(len(values), np.bool_)
    handled[at[good & ~odd]] = True
    n = len(values)
    known = np.zeros(n, np.bool_)
    if context.known_phones:
        options = pa.array(sorted(context.known_phones), pa.string())
        known = pc.is_in(values, value_set=options).to_numpy(zero_copy_only=False)
    arrays = (values, pa.repeat("", n), pa.repeat("mobile", n), known)
    return handled, np.zeros(n, np.uint32), arrays


CHOICES: Final = {"type": ("mobile", "landline", "short")}
PHONE = ValueKind("phone", FAULTS, FACETS, parse_phone, bulk_phones, choices=CHOICES)
