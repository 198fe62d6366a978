"""Dates in Chinese figures and in words: 二〇一五年三月十二日, 春节后, 常年, 农历三月, 民国三十五年."""

from __future__ import annotations

import re

from lbt_audit.model.regex import regex
from lbt_audit.values.date.outcome import between, fault, year_alone
from lbt_audit.values.kind import NO_DATE, Parsed
from lbt_audit.values.outcome import given

_LUNAR = regex(r"农历|阴历|旧历|古历|夏历|正月|冬月|腊月|[^年]?初[一二三四五六七八九十]|廿|闰")
_ERA = regex(r"民国|宣统|光绪|公元前|昭和|大正")
_LONG = regex(
    r"常年|长年|多年|长期|一直|历年|年年|好几年|几年|[0-9一二两三四五六七八九十多]余?多?年(?:多|余|以上|左右|前|来)?$|从小|自小"
)
_VAGUE = regex(
    r"春节|过年|年初|年底|年末|年中|年前|年后|[上下]半年|[春夏秋冬][天季]|暑假|寒假|开学|去年|前年|今年|近期|最近|[上下]旬|中旬|"
    r"刚|不久|半年|个月|月前|以前|之前|以后|之后|前后|不定|不固定|有时|经常|偶尔|假期|国庆|五一|中秋|清明|端午|月[初底末中]"
)
_YEAR_WORD = regex(r"(?:19|20)[0-9]{2}")
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾弌弍弎两", "一二三四五六七八九十一二三二")
_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
_TENS = regex(r"([一二三]?)十([一二三四五六七八九]?)(?=[月日号])")
_YEAR = regex(
    r"[〇零○Oo0-9一二三四五六七八九]{4}(?=年)|(?<![〇零○一二三四五六七八九十])[〇零○一二三四五六七八九]{2}(?=年)"
)
_ONE = regex(r"[〇零○]?[一二三四五六七八九](?=[月日号])")
_SUCCESSIVE = ("一二", "二三", "三四", "四五", "五六", "六七", "七八", "八九")  # 三四年: three or four years


def with_digits(text: str) -> str:
    """Chinese figures before 年, 月 and 日 as digits: 二〇一五年十二月三十日 → 2015年12月30日, 一五年 → 2015年."""
    text = _TENS.sub(_tens, text.translate(_FORMAL))
    text = _YEAR.sub(_year, text)
    return _ONE.sub(lambda m: m[0].translate(_DIGITS).lstrip("0"), text).replace("号", "日")


def _tens(found: re.Match[str]) -> str:
    return (found[1].translate(_DIGITS) or "1") + (found[2].translate(_DIGITS) or "0")


def _year(found: re.Match[str]) -> str:
    digits = found[0].translate(_DIGITS)
    if len(digits) == 4:
        return digits
    alone = found.end() + 1 == len(found.string)
    return found[0] if alone and found[0] in _SUCCESSIVE else f"20{digits}" if alone else digits


def other_calendar(text: str) -> Parsed | None:
    """Lunar dates and years of other eras: told, never reckoned."""
    if _LUNAR.search(text):
        return fault("lunar", text_class="lunar")
    return fault("era") if _ERA.search(text) else None


def in_words(text: str) -> Parsed:
    """``long`` (a year or more) is right without days; ``vague`` only if a year bounds it."""
    years = list(dict.fromkeys(_YEAR_WORD.findall(text)))
    if len(years) > 1:
        numbers = [int(y) for y in years]
        return between(min(numbers), max(numbers))
    if _VAGUE.search(text):
        return year_alone(int(years[0]), "vague") if years else fault("vague", text_class="vague")
    if not years and _LONG.search(text):
        return given([], (NO_DATE, NO_DATE, "", "long"))
    return fault("unparseable")
