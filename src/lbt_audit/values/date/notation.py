"""Dates in figures: 2015-03-12, 2015.3, 15年3月, 150312, 20150300, 12/3/2015, 12-Mar-15."""

from __future__ import annotations

from typing import Final

from lbt_audit.model.regex import regex
from lbt_audit.values.calendar import day_number
from lbt_audit.values.date.outcome import (
    YEARS,
    day,
    either,
    fault,
    full_year,
    month_of,
    year_alone,
)
from lbt_audit.values.kind import Context, Parsed

LONGEST: Final = 40
"""Characters; what is longer is a sentence that may hold a date."""

_SEP = r"[-./\\,:;、。年_·]{1,2}"
_NEXT = r"[-./\\,:;、。月_·]{1,2}"
_YMD = regex(rf"([0-9]{{3,5}}){_SEP}([0-9]{{1,2}}){_NEXT}([0-9]{{1,2}})日?")
_YM = regex(rf"([0-9]{{3,5}}){_SEP}([0-9]{{1,2}})月?")
_YMMDD = regex(r"([0-9]{4})[./-]([0-9]{2})([0-9]{2})")
_Y = regex(r"([0-9]{4})年?|([0-9]{3}|[0-9]{5})年")
_SHORT_YMD = regex(r"'?([0-9]{2})[-./\\,、年]([0-9]{1,2})[-./\\,、月]([0-9]{1,2})日?")
_SHORT_YM = regex(r"'?([0-9]{2})年([0-9]{1,2})月?")
_TWO = regex(r"([0-9]{1,2})[-./]([0-9]{1,2})|([0-9]{1,2})月([0-9]{1,2})日?")
_YEAR_LAST = regex(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})")
_ORACLE = regex(r"([0-9]{1,2})-([0-9]{1,2})月-([0-9]{4}|[0-9]{2})")
_NO_MONTH = regex(r"[0-9]{3,5}年0月(?:[0-9]{1,2}日?)?")


def in_figures(found: str, context: Context) -> Parsed | None:
    """The date a text without blanks gives in figures, None if it is not in figures throughout."""
    if found.isdigit() and found.isascii():
        outcome = in_digits(found, context)
        return None if "unparseable" in outcome.faults else outcome
    if _NO_MONTH.fullmatch(found):
        return fault("impossible")  # 2015-00-00 leaves out what is not known, 0月 is written by mistake
    if m := _YMD.fullmatch(found):
        return day(int(m[1]), int(m[2]), int(m[3]))
    if m := _YM.fullmatch(found):
        return month_of(int(m[1]), int(m[2]))
    if m := _YMMDD.fullmatch(found):
        return day(int(m[1]), int(m[2]), int(m[3]))
    if m := _Y.fullmatch(found):
        return year_alone(int(m[1] or m[2]))
    if m := _SHORT_YMD.fullmatch(found):
        return day(full_year(int(m[1]), context), int(m[2]), int(m[3]))
    if m := _SHORT_YM.fullmatch(found):
        return month_of(full_year(int(m[1]), context), int(m[2]))
    if m := _TWO.fullmatch(found):
        if (
            m[1] and len(m[1]) == 2 and int(m[1]) > 12 and 1 <= int(m[2]) <= 12
        ):  # no month: 15.3 is March 2015
            return month_of(full_year(int(m[1]), context), int(m[2]))
        return fault("ambiguous")  # 3.12 and 9.3 lack a year or a day
    if m := _YEAR_LAST.fullmatch(found):
        return _year_last(int(m[1]), int(m[2]), int(m[3]))
    if m := _ORACLE.fullmatch(found):
        return day(_year(m[3], context), int(m[2]), int(m[1]))
    return None


def in_digits(text: str, context: Context) -> Parsed:
    """Digits alone: yyyymmdd, yyyymm, yyyy, yymmdd, yyyymdd, with a time behind; zeros for a part not known."""
    size = len(text)
    if size in (10, 12, 14) and _clock(text[8:]):  # 20150312083000
        text, size = text[:8], 8
    if size == 8:
        return day(int(text[:4]), int(text[4:6]), int(text[6:]))
    if size == 4:
        return year_alone(int(text)) if int(text) in YEARS else fault("unparseable")
    if size == 6:
        if int(text[:4]) in YEARS and int(text[4:]) <= 12:
            return month_of(int(text[:4]), int(text[4:]))
        return day(full_year(int(text[:2]), context), int(text[2:4]), int(text[4:]))
    if size == 7 and int(text[:4]) in YEARS:
        year = int(text[:4])
        splits = ((int(text[4:5]), int(text[5:])), (int(text[4:6]), int(text[6:])))
        days = {n for n in (day_number(year, *split) for split in splits) if n is not None}
        return either(days) if days else fault("unparseable")
    return fault("unparseable")


def _clock(text: str) -> bool:
    hour, rest = int(text[:2]), (text[2:4], text[4:6])
    return hour < 24 and all(int(part or "0") < 60 for part in rest)


def _year_last(first: int, second: int, year: int) -> Parsed:
    """12/3/2015: month or day first; decided only where one of them can be no month."""
    if year not in YEARS:
        return fault("out_of_range")
    ways = (day_number(year, first, second), day_number(year, second, first))
    return either({n for n in ways if n is not None})


def _year(digits: str, context: Context) -> int:
    return int(digits) if len(digits) == 4 else full_year(int(digits), context)


_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_M = r"([a-z]{3,9})\.?"
_S = r"[-\s,./]{0,3}"
_D = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_FULL = "([0-9]{4})"
_EITHER = "'?([0-9]{4}|[0-9]{2})"
_ENGLISH: Final = tuple(
    (regex(pattern), parts)
    for pattern, parts in (
        (rf"{_D}{_S}(?:of )?{_M}{_S}{_EITHER}", "dmy"),  # 12-Mar-15, 12th of March 2015
        (rf"{_M}{_S}{_D}[-\s,./]{{1,3}}{_EITHER}", "mdy"),  # Mar 12, 2015
        (rf"{_FULL}{_S}{_M}{_S}{_D}", "ymd"),  # 2015 March 12
        (rf"{_M}{_S}'?{_FULL}", "my"),  # March 2015
        (rf"{_M}[-']{{1,2}}([0-9]{{2}})", "my"),  # Mar-15, as Excel shows a month
        (rf"{_FULL}{_S}{_M}", "ym"),
        (rf"{_M}{_S}{_D}", "md"),  # Mar 12: of which year?
        (rf"{_D}{_S}{_M}", "dm"),
    )
)


def in_english(text: str, context: Context) -> Parsed | None:
    """The date a text gives with an English month, None if it is no such text. No year: ambiguous."""
    text = text.casefold()
    for pattern, parts in _ENGLISH:
        if found := pattern.fullmatch(text):
            values = dict(zip(parts, found.groups(), strict=True))
            month = _month_number(values["m"])
            if month is None:
                return None
            if "y" not in values:
                return fault("ambiguous")
            year = _year(values["y"], context)
            return day(year, month, int(values["d"])) if "d" in values else month_of(year, month)
    return None


def _month_number(word: str) -> int | None:
    word = "sep" if word == "sept" else word
    return next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(word)), None)
