"""What programs write around a date: a time of day, a zone, a weekday; and days as mere numbers.

A date is what the clock in China showed (UTC+8, an hour more in the summers of 1986 to 1991). A time within
two minutes before midnight is that midnight: programs that reckon with the local time of Shanghai before
1901 (8:05:43) write 23:59:17 for it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, NamedTuple

from lbt_audit.model.regex import regex
from lbt_audit.values.calendar import day_number
from lbt_audit.values.date.outcome import fault, on_day
from lbt_audit.values.kind import Parsed

_DAY, _HOUR, _MIDNIGHT = 86_400, 3_600, 120
_CHINA = 8 * _HOUR
_HALF = r"上午|下午|凌晨|早上|中午|晚上|[AP]M|[ap]m"
_ZONE = r"Z|z|(?:GMT|UTC|UT)?[ ]?[+-][0-9]{2}:?(?:[0-9]{2})?|GMT|UTC|UT|CST"
_TIME = regex(
    rf"(?:T| |(?<=[日号)])|(?<=[一二三四五六日天]))(?P<before>{_HALF})? ?(?P<h>[0-9]{{1,2}})(?:[:时点](?P<m>[0-9]{{1,2}}))"
    rf"(?:[:分](?P<s>[0-9]{{1,2}})(?:[.,][0-9]+)?)?[分秒]? ?(?P<after>{_HALF})? ?(?P<zone>{_ZONE})?"
    r"(?![0-9:])"
)
_TRAIL = regex(r"\[[A-Za-z/_]{1,40}\]$| \([^()]{1,40}\)$| CST$")  # [Asia/Shanghai], (中国标准时间)
_WEEKDAY = regex(
    r"[,，]? ?[(（]?(?:星期|礼拜|周)[一二三四五六日天][)）]?[,，]?|[(（][一二三四五六日][)）]"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?",
    re.IGNORECASE,
)
_BASIC = regex(r"^([0-9]{8})T([0-9]{2})([0-9]{2})([0-9]{2})")  # 20150312T000000Z
_JSON = regex(r"\\?/?Date\((-?[0-9]{1,15})(?:[+-][0-9]{4})?\)\\?/?")
# Days on which summer time began and ended in China, by pairs.
_SUMMERS: Final = tuple(
    day_number(year, month, day) or 0
    for year, *days in (
        (1986, (5, 4), (9, 14)), (1987, (4, 12), (9, 13)), (1988, (4, 17), (9, 11)), (1989, (4, 16), (9, 17)),
        (1990, (4, 15), (9, 16)), (1991, (4, 14), (9, 15)),
    )
    for month, day in days
)  # fmt: skip


class Moment(NamedTuple):
    """``seconds`` of the clock in China since the beginning of the date written; ``zoned``: it was converted."""

    seconds: int
    zoned: bool


def without_time(text: str) -> tuple[str, Moment | None]:
    """The text without weekday, time of day and zone, and the time if there was one."""
    text = _TRAIL.sub("", _TRAIL.sub("", text))
    text = _BASIC.sub(r"\1T\2:\3:\4", _WEEKDAY.sub(" ", text))
    found = _TIME.search(text)
    if found is None:
        return text.strip(" ,"), None
    moment = _moment(found)
    if moment is None:
        return text, None
    return f"{text[: found.start()]} {text[found.end() :]}".strip(" ,"), moment


def _moment(found: re.Match[str]) -> Moment | None:
    hour, minute, second = int(found["h"]), int(found["m"]), int(found["s"] or 0)
    half = (found["before"] or found["after"] or "").upper()
    if half in ("PM", "下午", "晚上", "中午") and hour < 12 and not (half == "中午" and hour == 11):
        hour += 12
    elif half in ("AM", "上午", "凌晨") and hour == 12:
        hour = 0
    seconds = hour * _HOUR + minute * 60 + second
    if seconds > _DAY or minute > 59 or second > 60:
        return None
    offset = _offset(found["zone"])
    return Moment(seconds, False) if offset is None else Moment(seconds - offset + _CHINA, True)


def _offset(zone: str | None) -> int | None:
    """Seconds east of Greenwich; None without a zone, and for CST, the time of China."""
    if not zone or zone == "CST":
        return None
    digits = re.sub("[^0-9]", "", zone)
    if not digits:
        return 0
    size = int(digits[:2]) * _HOUR + int(digits[2:] or 0) * 60
    return -size if "-" in zone else size


def shifted(outcome: Parsed, moment: Moment | None) -> Parsed:
    """A full date that was read beside ``moment``, moved to the day it was in China."""
    if moment is None or not outcome.facets or outcome.facets[2] != "day":
        return outcome
    begin = outcome.facets[0]
    seconds = moment.seconds
    if moment.zoned and is_summer(begin):
        seconds += _HOUR
    return on_day(begin + (seconds + _MIDNIGHT) // _DAY)


def json_date(text: str) -> Parsed | None:
    r"""``/Date(1426089600000)/`` as some programs write a day into JSON."""
    found = _JSON.fullmatch(text)
    return epoch(int(found[1]), 1_000) if found else None


def numbered(text: str) -> Parsed | None:
    """An optional minus and ten digits (seconds since 1970) or eleven to fourteen (milliseconds), of a plausible
    moment; None for any other text. Seconds only where they are a midnight, for ten digits may be anything."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and 9 <= len(digits) <= 14):
        return None
    value = int(text)
    if len(digits) >= 11:
        return epoch(value, 1_000)
    outcome = epoch(value, 1)
    local = (value + _CHINA + _MIDNIGHT) % _DAY
    midnight = local < 2 * _MIDNIGHT or (value + _MIDNIGHT) % _DAY < 2 * _MIDNIGHT
    return outcome if midnight and outcome is not None else None


def epoch(value: int, per_second: int) -> Parsed | None:
    """The day in China of a moment counted since 1970 in ``1 / per_second`` seconds."""
    seconds = value // per_second + _CHINA
    if is_summer(seconds // _DAY):
        seconds += _HOUR
    outcome = on_day((seconds + _MIDNIGHT) // _DAY)
    return None if outcome.faults else outcome


def serial(days: int) -> Parsed:
    """The day a spreadsheet means by a number (1 is 1900-01-01, with a 29 February 1900 that never was)."""
    return on_day(days - 25_569)


def serial_as_text(days: int) -> Parsed:
    """Such a number typed or pasted as text: it is told with the day it means."""
    day = days - 25_569
    return fault("day_number", day, day)


def is_summer(day: int) -> bool:
    return bool(bisect_right(_SUMMERS, day) % 2)
