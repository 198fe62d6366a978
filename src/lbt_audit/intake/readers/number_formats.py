"""Number formats: what a sheet shows of a number: a date or parts of one, leading zeros, zeros at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache

import numpy as np

from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex

DAY, MONTH, YEAR, MONTH_DAY = 1, 2, 3, 4
"""Parts of a date that are shown: all, year and month, the year alone, month and day."""
_PARTS = {"ymd": DAY, "ym": MONTH, "y": YEAR, "md": MONTH_DAY}

# ECMA-376 part 1, 18.8.30, as in Chinese locales (zh-CN) for 27 to 36 and 50 to 58; times alone are no dates.
_BUILT_IN_DATES = {
    **dict.fromkeys((14, 15, 22, 30, 31), DAY),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), MONTH),
    **dict.fromkeys((16, 28, 29, 51, 53, 54, 58), MONTH_DAY),
}
_BUILT_IN_DECIMALS = dict.fromkeys((2, 4, 39, 40, 43, 44), 2)
_QUOTED = regex(r'"[^"]*"|\\.|_.|\*.')
_SECTION = regex(r"\[(?:\$[^\]]*|Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+|[<>=][^\]]*|DBNum\d|"
                      r"颜色 ?\d+|黑色|蓝色|红色|绿色|白色|黄色)\]", re.IGNORECASE)  # fmt: skip
_ELAPSED = regex(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_TIME_MINUTES = regex(r"(?:h+[^a-z]{0,3}m+)|(?:m+[^a-z]{0,3}s+)")
_HALVES = regex(r"am/pm|a/p|上午/下午")
_LONGEST = 255  # characters of a code, in Excel
_DECIMALS = regex(r"[#0,?\s]*\.(0+)\s*")


@dataclass(frozen=True, eq=False)
class NumberFormats:
    """What each cell style does to numbers; uint8 arrays by style index, never empty. Known by its identity."""

    date: np.ndarray = field(default_factory=lambda: np.zeros(1, np.uint8))  # DAY …; 0 = no date
    zeros: np.ndarray = field(default_factory=lambda: np.zeros(1, np.uint8))  # digits padded to; 0 = none
    decimals: np.ndarray = field(default_factory=lambda: np.zeros(1, np.uint8))  # shown, even if zeros

    @classmethod
    def of(cls, formats: Iterable[int], codes: Mapping[int, str]) -> NumberFormats:
        """From the format number of every style and the codes of custom formats."""
        known: dict[int, tuple[int, int, int]] = {}
        rows = []
        for number in formats:
            if number not in known:
                known[number] = meaning(number, codes.get(number))
            rows.append(known[number])
        return cls(*np.array(rows or [(0, 0, 0)], np.uint8).T)

    def pick(self, style: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(date, zeros, decimals) of cells by style index; an index beyond the table is style 0."""
        safe = np.where(style < len(self.date), style, 0)
        return self.date[safe], self.zeros[safe], self.decimals[safe]


def meaning(number: int, code: str | None) -> tuple[int, int, int]:
    """(parts of a date shown, digits padded to, decimals shown) of a built-in format or a code of its own."""
    if not code:
        return _BUILT_IN_DATES.get(number, 0), 0, _BUILT_IN_DECIMALS.get(number, 0)
    parts = date_parts(code)
    if parts:
        return _PARTS.get(parts, DAY), 0, 0
    decimals = _DECIMALS.fullmatch(
        _SECTION.sub("", _QUOTED.sub("", code[:_LONGEST].split(";", maxsplit=1)[0]))
    )
    zeros = min(len(code), 250) if set(code) == {"0"} and len(code) > 1 else 0
    return 0, zeros, min(len(decimals[1]), 15) if decimals else 0


@lru_cache(maxsize=4096)
def date_parts(code: str) -> str:
    """Which of y, m, d a format shows: "ymd", "ym" …; "" where it is no date.

    A time alone (h:mm) and an elapsed time ([h]:mm) are no dates.
    """
    first = _QUOTED.sub("", code[:_LONGEST].split(";", maxsplit=1)[0]).lower()
    if _ELAPSED.search(first):
        return ""
    bare = _HALVES.sub("", _SECTION.sub("", first))
    if bare.strip() in ("general", "g/通用格式", "@") or "general" in bare:
        return ""
    if re.search(r"[0#?]", re.sub(r"s+\.0+", "", bare)):
        return ""
    calendar = _TIME_MINUTES.sub("", bare)
    year = "y" if re.search(r"[ye]|[bg]{2,}", calendar) else ""
    month = "m" if "m" in calendar else ""
    day = "d" if "d" in calendar or "aaa" in calendar else ""
    return year + month + day
