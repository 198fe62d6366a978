"""Dates in every notation of the registers; a partial date is an interval of days."""

from __future__ import annotations

import re
from typing import Final

from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex
from lbt_audit.values.date import words
from lbt_audit.values.date.bulk import bulk_dates
from lbt_audit.values.date.machine import (
    json_date,
    numbered,
    serial,
    serial_as_text,
    shifted,
    without_time,
)
from lbt_audit.values.date.notation import LONGEST, in_digits, in_english, in_figures
from lbt_audit.values.date.outcome import FACETS, FAULTS, between, fault
from lbt_audit.values.date.recent import PAST, without_year
from lbt_audit.values.kind import NO_DATE, Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, given, opened, stands_in
from lbt_audit.values.text import plain_number, squeeze, without_end

_SERIALS: Final = range(20_000, 60_001)  # 1954-10-03 to 2064-04-08
_SERIAL = regex(r"([0-9]{5})(?:\.[0-9]*)?")
_NEVER = regex(r"0000-00-00|0001-01-01|1900[-/.]0?1[-/.]0?0|1899-12-3[01]")  # a program's zero
_FOREVER = regex(r"(?:9999|2999)[-/.]?12[-/.]?31")
_DASHES = regex("[\u2010-\u2015\u2212\u30fc~]")
_SPACED = regex(r"([0-9]{4}) ([0-9]{1,2}) ([0-9]{1,2})")
_HEAD = regex(r"^(?:公元|公历|阳历|新历|西历|西元|出生于|生于|出生|出生日期[:]?|[从自于约在])+(?=[0-9'])")
_TAIL = regex(
    r"(?:左右|前后|开始|起|外出|出去|出门|务工|打工|以来|至今|到现在|现在|止|出生|生|份|日|号|许|[-/至到.。,，、;；])$"
)


def parse_date(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: lo, hi (first and last possible day), precision (day | month | year | ""), text_class.

    text_class ``long`` (常年, 多年: a year or more; 9999-12-31) is OK without days; ``vague`` (春节后) is OK
    only if a year bounds it, else FAULTY; ``lunar`` is FAULTY, its days are not known. A number such as
    2015.1 is January or October: ambiguous, lo and hi cover both. ``day_number`` (42075 as text) is FAULTY;
    lo and hi are the day it means. ``codes`` PAST: a day or month without its year is the newest that is not after
    the audit's date, as of something that happened.
    """
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    if cell == CellKind.BOOL:
        return fault("unparseable")
    if codes == PAST and (recent := without_year(squeeze(cleaned), cell, context)) is not None:
        return recent
    if cell == CellKind.NUMBER:
        return _number(cleaned, context)
    if len(cleaned) > LONGEST * 3:
        return words.other_calendar(cleaned) or words.in_words(squeeze(cleaned))
    found = _SPACED.sub(r"\1-\2-\3", _DASHES.sub("-", cleaned))
    if (numeral := _numeral(squeeze(found), context)) is not None:
        return numeral
    if stands_in(cleaned):
        return PLACEHOLDER
    return _written(found, context)


def _written(text: str, context: Context) -> Parsed:
    rest, moment = without_time(text)
    bare = squeeze(rest)
    if _NEVER.fullmatch(bare):
        return PLACEHOLDER
    if _FOREVER.fullmatch(bare):
        return given([], (NO_DATE, NO_DATE, "", "long"))
    if (other := words.other_calendar(bare)) is not None:
        return other
    if not bare.isascii():
        bare = words.with_digits(bare)
    outcome = _notation(bare, rest, context)
    return words.in_words(bare) if outcome is None else shifted(outcome, moment)


def _notation(bare: str, text: str, context: Context) -> Parsed | None:
    """The date in figures or with an English month, if need be without the words around it."""
    if len(bare) > LONGEST:
        return None
    outcome = in_figures(bare, context) or in_english(text, context) or json_date(bare)
    if outcome is None:
        inner = _HEAD.sub("", without_end(bare, _TAIL))
        outcome = in_figures(inner, context) if inner != bare else None
    return outcome


def _numeral(found: str, context: Context) -> Parsed | None:
    """The outcome for text that is but a number other than 0, None for all else."""
    if found == "0" or not found.removeprefix("-").replace(".", "", 1).isdecimal() or not found.isascii():
        return None
    if (m := _SERIAL.fullmatch(found)) and int(m[1]) in _SERIALS:
        return serial_as_text(int(m[1]))
    if not found.isdigit():
        return numbered(found)
    outcome = in_digits(found, context)
    return (numbered(found) or outcome) if outcome.faults else outcome


def _number(text: str, context: Context) -> Parsed:
    whole = plain_number(text)
    if whole == "0":
        return PLACEHOLDER
    if whole is not None:
        if whole.isdigit() and int(whole) in _SERIALS:
            return serial(int(whole))
        outcome = in_digits(whole, context) if whole.isdigit() else fault("unparseable")
        return (numbered(whole) or outcome) if outcome.faults else outcome
    if re.fullmatch(r"(?:19|20)[0-9]{2}\.1", text):  # 2015.10 loses its zero in a number cell
        return between(int(text[:4]), int(text[:4]), 10)
    if (m := _SERIAL.fullmatch(text)) and int(m[1]) in _SERIALS:
        return serial(int(m[1]))
    return (in_figures(text, context) if len(text) <= LONGEST else None) or fault("unparseable")


CHOICES: Final = {"precision": ("day", "month", "year"), "text_class": ("long", "vague", "lunar")}
DATE = ValueKind("date", FAULTS, FACETS, parse_date, bulk_dates, choices=CHOICES)
