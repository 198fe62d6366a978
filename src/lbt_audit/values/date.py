"""Dates in every notation of the registers; a partial date is an interval of days."""

from __future__ import annotations

import re
from typing import Final

from lbt_audit.model.cell import CellKind
from lbt_audit.values.calendar import day_number, month_days, year_of
from lbt_audit.values.date_bulk import bulk_dates
from lbt_audit.values.kind import NO_DATE, Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, Facets, given, opened, stands_in
from lbt_audit.values.text import plain_number, squeeze, without_end

FAULTS: Final = ("error_cell", "unparseable", "impossible", "ambiguous", "vague", "lunar")
FACETS: Final[Facets] = {"lo": NO_DATE, "hi": NO_DATE, "precision": "", "text_class": ""}
_NONE = (NO_DATE, NO_DATE, "", "")
_YEARS = range(1900, 2101)
_SERIALS = range(20_000, 60_001)
_SERIAL_ZERO = -25_569  # 1899-12-30

_LUNAR = re.compile(r"农历|阴历|旧历|古历|夏历|正月|冬月|腊月|[^年]?初[一二三四五六七八九十]|廿|闰")
_LONG = re.compile(
    r"常年|长年|多年|长期|一直|历年|年年|好几年|几年|[0-9一二两三四五六七八九十多]余?多?年(?:多|余|以上|左右|前|来)?$|从小|自小"
)
_VAGUE = re.compile(
    r"春节|过年|年初|年底|年末|年中|年前|年后|[上下]半年|[春夏秋冬][天季]|暑假|寒假|开学|去年|前年|今年|近期|最近|[上下]旬|中旬|"
    r"刚|不久|半年|个月|月前|以前|之前|以后|之后|前后|不定|不固定|有时|经常|偶尔|假期|国庆|五一|中秋|清明|端午|月[初底末中]"
)
_TAIL = re.compile(
    r"(?:左右|前后|开始|起|外出|出去|出门|务工|打工|以来|至今|到现在|现在|止|出生|生|份|日|号|许|[-~—至到.。,，、;；])$"
)
_TIME = re.compile(r"(?:T| )?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[AP]M)?$", re.IGNORECASE)
_CHINESE = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_SEP = r"[-./\\,、年_]"
_YMD = re.compile(rf"([0-9]{{4}}){_SEP}([0-9]{{1,2}})[-./\\,、月_]([0-9]{{1,2}})日?")
_YM = re.compile(rf"([0-9]{{4}})(?:{_SEP})([0-9]{{1,2}})月?")
_YMMDD = re.compile(r"([0-9]{4})[./-]([0-9]{2})([0-9]{2})")
_Y = re.compile(r"([0-9]{4})年?")
_SHORT_YMD = re.compile(r"'?([0-9]{2})[-./\\年]([0-9]{1,2})[-./\\月]([0-9]{1,2})日?")
_SHORT_YM = re.compile(r"'?([0-9]{2})年([0-9]{1,2})月?")
_TWO = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})")
_AMERICAN = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})")
_YEAR_WORD = re.compile(r"(?:19|20)[0-9]{2}")


def parse_date(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: lo, hi (first and last possible day), precision (day | month | year | ""), text_class.

    text_class ``long`` (常年, 多年: a year or more) is OK without days; ``vague`` (春节后) is OK only
    if a year bounds it, else FAULTY; ``lunar`` is FAULTY, its days are not known. A number such as
    2015.1 is January or October: ambiguous, lo and hi cover both.
    """
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    if cell == CellKind.NUMBER:
        return _number(cleaned, context)
    if cell == CellKind.BOOL:
        return _fault("unparseable")
    found = squeeze(_TIME.sub("", cleaned))
    if found != "0" and found.isdigit() and found.isascii():
        return _digits(found, context)
    if stands_in(cleaned):
        return PLACEHOLDER
    return _text(found, context)


def _text(found: str, context: Context) -> Parsed:
    if _LUNAR.search(found):
        return given(["lunar"], (NO_DATE, NO_DATE, "", "lunar"))
    if not found.isascii():
        found = _chinese_digits(found)
    notation = _notation(found, context)
    if notation is None:
        bare = without_end(found, _TAIL).lstrip("从自于约在")
        notation = _notation(bare, context) if bare != found else None
    if notation is not None:
        return notation
    return _words(found)


def _notation(found: str, context: Context) -> Parsed | None:
    """The date if the text is one in some notation of digits, else None."""
    if found.isdigit() and found.isascii():
        outcome = _digits(found, context)
        return None if "unparseable" in outcome.faults else outcome
    if m := _YMD.fullmatch(found):
        return _day(int(m[1]), int(m[2]), int(m[3]))
    if m := _YM.fullmatch(found):
        return _month(int(m[1]), int(m[2]))
    if m := _YMMDD.fullmatch(found):
        return _day(int(m[1]), int(m[2]), int(m[3]))
    if m := _Y.fullmatch(found):
        return _year(int(m[1]))
    if m := _SHORT_YMD.fullmatch(found):
        return _day(_century(int(m[1]), context), int(m[2]), int(m[3]))
    if m := _SHORT_YM.fullmatch(found):
        return _month(_century(int(m[1]), context), int(m[2]))
    if m := _TWO.fullmatch(found):
        first, second = int(m[1]), int(m[2])
        if len(m[1]) == 2 and first > 12 and 1 <= second <= 12:  # no month: 15.3 is March 2015
            return _month(_century(first, context), second)
        return _fault("ambiguous")  # 3.12 and 9.3 lack a year or a day
    if m := _AMERICAN.fullmatch(found):
        return _year_last(int(m[1]), int(m[2]), int(m[3]))
    return None


def _words(found: str) -> Parsed:
    years = list(dict.fromkeys(_YEAR_WORD.findall(found)))
    if len(years) > 1:
        low, high = sorted(int(y) for y in years)[:: len(years) - 1]
        return given(["ambiguous"], (_first(low, 1), _last(high, 12), "", ""))
    if years and _VAGUE.search(found):
        year = int(years[0])
        return given([], (_first(year, 1), _last(year, 12), "year", "vague"))
    if _VAGUE.search(found):
        return given(["vague"], (NO_DATE, NO_DATE, "", "vague"))
    if not years and _LONG.search(found):
        return given([], (NO_DATE, NO_DATE, "", "long"))
    return _fault("unparseable")


def _number(text: str, context: Context) -> Parsed:
    whole = plain_number(text)
    if whole == "0":
        return PLACEHOLDER
    if whole is not None:
        return _serial(int(whole)) if int(whole) in _SERIALS else _digits(whole, context)
    if re.fullmatch(r"(?:19|20)[0-9]{2}\.1", text):  # 2015.10 loses its zero in a number cell
        year = int(text[:4])
        return given(["ambiguous"], (_first(year, 1), _last(year, 10), "", ""))
    if m := re.fullmatch(r"([0-9]{5})\.[0-9]+", text):
        return _serial(int(m[1])) if int(m[1]) in _SERIALS else _fault("unparseable")
    notation = _notation(text, context)
    return notation if notation is not None else _fault("unparseable")


def _serial(days: int) -> Parsed:
    day = days + _SERIAL_ZERO
    return given([], (day, day, "day", ""))


def _digits(text: str, context: Context) -> Parsed:
    """Digits without separators: yyyymmdd, yyyymm, yyyy, yymmdd, yyyymdd; zeros for a part not known."""
    if len(text) == 8:
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    if len(text) == 4:
        return _year(int(text)) if int(text) in _YEARS else _fault("unparseable")
    if len(text) == 6:
        if int(text[:4]) in _YEARS and int(text[4:]) <= 12:
            return _month(int(text[:4]), int(text[4:]))
        return _day(_century(int(text[:2]), context), int(text[2:4]), int(text[4:]))
    if len(text) == 7 and int(text[:4]) in _YEARS:
        year = int(text[:4])
        splits = ((int(text[4:5]), int(text[5:])), (int(text[4:6]), int(text[6:])))
        right = [(m, d) for m, d in splits if day_number(year, m, d) is not None]
        if len(right) == 1:
            return _day(year, *right[0])
        return _fault("ambiguous" if right else "unparseable")
    return _fault("unparseable")


def _day(year: int, month: int, day: int) -> Parsed:
    if day == 0:
        return _month(year, month)
    number = day_number(year, month, day) if year in _YEARS else None
    return _fault("impossible") if number is None else given([], (number, number, "day", ""))


def _month(year: int, month: int) -> Parsed:
    if month == 0:
        return _year(year)
    if year not in _YEARS or month > 12:
        return _fault("impossible")
    return given([], (_first(year, month), _last(year, month), "month", ""))


def _year(year: int) -> Parsed:
    if year not in _YEARS:
        return _fault("impossible")
    return given([], (_first(year, 1), _last(year, 12), "year", ""))


def _year_last(first: int, second: int, year: int) -> Parsed:
    """12/3/2015: month or day first; decided only where one of them can be no month."""
    ways = {n for n in (day_number(year, first, second), day_number(year, second, first)) if n is not None}
    if year not in _YEARS or not ways:
        return _fault("impossible")
    if len(ways) > 1:
        return given(["ambiguous"], (min(ways), max(ways), "", ""))
    number = ways.pop()
    return given([], (number, number, "day", ""))


def _first(year: int, month: int) -> int:
    return day_number(year, month, 1) or 0


def _last(year: int, month: int) -> int:
    return day_number(year, month, month_days(year, month)) or 0


def _century(two: int, context: Context) -> int:
    """The latest year with these last digits that is not after the audit's date."""
    return 2000 + two if 2000 + two <= year_of(context.as_of) else 1900 + two


def _chinese_digits(text: str) -> str:
    """二〇一五年十二月三十日 → 2015年12月30日; other characters stay."""

    def tens(match: re.Match[str]) -> str:
        high, low = match[1].translate(_CHINESE) or "1", match[2].translate(_CHINESE) or "0"
        return high + low

    text = re.sub(r"([一二三]?)十([一二三四五六七八九]?)(?=[月日号])", tens, text)
    whole = re.sub(r"[〇零○一二三四五六七八九]{2,4}(?=年)", lambda m: m[0].translate(_CHINESE), text)
    return re.sub(r"[一二三四五六七八九](?=[月日号])", lambda m: m[0].translate(_CHINESE), whole).replace(
        "号", "日"
    )


def _fault(name: str) -> Parsed:
    return given([name], _NONE)


DATE = ValueKind("date", FAULTS, FACETS, parse_date, bulk_dates)
