"""Number formats: which make a number a date, which give it leading zeros."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

# ECMA-376 part 1, 18.8.30, with the East Asian ones: dates with a day, and those that show only a month.
_BUILT_IN = {14, 15, 16, 22, 27, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58}
_BUILT_IN_MONTH = {17}
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_SECTION = re.compile(r"\[(?:\$[^\]]*|Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+|[<>=][^\]]*|DBNum\d|"
                      r"颜色 ?\d+|黑色|蓝色|红色|绿色|白色|黄色)\]", re.IGNORECASE)  # fmt: skip
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_TIME_MINUTES = re.compile(r"(?:h+[^a-z]{0,3}m+)|(?:m+[^a-z]{0,3}s+)")


@dataclass(frozen=True)
class NumberFormats:
    """What each cell style does to numbers; arrays by style index, never empty."""

    date: np.ndarray = field(default_factory=lambda: np.zeros(1, np.bool_))
    month: np.ndarray = field(default_factory=lambda: np.zeros(1, np.bool_))  # a date shown without day
    zeros: np.ndarray = field(default_factory=lambda: np.zeros(1, np.uint8))  # digits padded to, 0 = none

    @classmethod
    def of(cls, formats: Iterable[int], codes: Mapping[int, str]) -> NumberFormats:
        """From the format number of every style and the codes of custom formats."""
        known: dict[int, tuple[bool, bool, int]] = {}
        rows = []
        for number in formats:
            if number not in known:
                known[number] = _meaning(number, codes.get(number))
            rows.append(known[number])
        rows = rows or [(False, False, 0)]
        date, month, zeros = zip(*rows, strict=True)
        return cls(np.array(date, np.bool_), np.array(month, np.bool_), np.array(zeros, np.uint8))

    def pick(self, style: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(date, month, zeros) of cells by style index; an index beyond the table is style 0."""
        safe = np.where(style < len(self.date), style, 0)
        return self.date[safe], self.month[safe], self.zeros[safe]


def _meaning(number: int, code: str | None) -> tuple[bool, bool, int]:
    if code is not None:
        shows = date_parts(code)
        zeros = min(len(code), 250) if code and set(code) == {"0"} and len(code) > 1 else 0
        return bool(shows), bool(shows) and "d" not in shows, zeros
    return number in _BUILT_IN or number in _BUILT_IN_MONTH, number in _BUILT_IN_MONTH, 0


@lru_cache(maxsize=4096)
def date_parts(code: str) -> str:
    """Which of y, m, d a format shows: "ymd", "ym" …; "" where it is no date.

    A time alone (h:mm) and an elapsed time ([h]:mm) are no dates.
    """
    first = _QUOTED.sub("", code.split(";", maxsplit=1)[0]).lower()
    if _ELAPSED.search(first):
        return ""
    bare = _SECTION.sub("", first).replace("am/pm", "").replace("a/p", "").replace("上午/下午", "")
    if bare.strip() in ("general", "g/通用格式", "@") or "general" in bare:
        return ""
    if re.search(r"[0#?]", re.sub(r"s+\.0+", "", bare)):
        return ""
    calendar = _TIME_MINUTES.sub("", bare)
    year = "y" if re.search(r"[ye]|[bg]{2,}", calendar) else ""
    month = "m" if "m" in calendar else ""
    day = "d" if "d" in calendar or "aaa" in calendar else ""
    return year + month + day
