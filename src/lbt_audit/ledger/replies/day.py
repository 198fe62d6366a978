"""The day of completion, in the notations people use when a year goes without saying.

Read besides everything the registers are read in: ``11月5日``, ``11.5``, ``11-5``, ``十一月五日`` (the newest such day
that is not after the day the reply came in), ``2026—11—5``, ``2026 11 5``, ``2026.11.05.`` and the serial number
of a day typed as text. Not read: a month alone, 11月初, and a number cell that may have lost a zero (11.1: the 1st
or the 10th?).
"""

from __future__ import annotations

from datetime import date

from lbt_audit.frames.days import day_of
from lbt_audit.ledger.replies.form import filled
from lbt_audit.model.cell import UNREAD, CellKind, State
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.values.kind import NO_DATE, Context
from lbt_audit.values.registry import KINDS
from lbt_audit.values.text import clean

_DASHES = regex(r"\s*[-\u2010-\u2015\u2212\u2500\u2501\ufe58\ufe63\u30fc]+\s*")
_END = regex(r"[\s.。,，、;；]+$")
_SPACED = regex(r"([0-9]{4}) ([0-9]{1,2}) ([0-9]{1,2})")
_SHORT = regex(r"([0-9]{1,2}) ?[-./\\、,月 ] ?([0-9]{1,2}) ?[日号]?")
_CHINESE = regex(r"[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号]")
_SERIAL = regex(r"[2-5][0-9]{4}")
_LOST_ZERO = regex(r"[0-9]{1,2}\.[123]")
_JANUARY_1900 = regex(r"1900-01-(0[1-9]|1[0-2]) ([0-9]{2}):([0-9]{2}):([0-9]{2})")
_TELLABLE = regex(r"[0-9０-９年月日号初中上下旬底.\-/—\s]{1,16}")
_REMEDY = Text("；本行未收下，改好后重交即可", "; the row was not taken: correct it and send it again")


def done_day(text: str, kind: CellKind, on: date, context: Context) -> tuple[date | None, Text | None]:
    """The day, or why there is none; neither where nothing, or nothing but a placeholder, is written."""
    written = _END.sub("", _DASHES.sub("-", clean(text)))
    if kind in (CellKind.BLANK, *UNREAD) or not filled(text):
        return None, None
    if kind == CellKind.DATE and (typed := _typed_as_number(written)):
        written, kind = typed, CellKind.NUMBER
    if kind == CellKind.NUMBER and _LOST_ZERO.fullmatch(written):
        return None, _refused("可能丢了末尾的0", "may have lost a zero", text)
    if kind == CellKind.TEXT and _SERIAL.fullmatch(written):
        kind = CellKind.NUMBER
    if m := _SPACED.fullmatch(written):
        written = "-".join(m.groups())
    yearless = _yearless(written)
    if yearless is not None:
        days = (_parse(f"{year}年{yearless}", CellKind.TEXT, context) for year in (on.year, on.year - 1))
        day = next((d for d in days if d is not None and d <= on), None)
    else:
        day = _parse(written, kind, context)
    if day is None:
        return None, _refused("无法识别", "is not understood", text)
    if day > on:
        return None, cannot_be(day, on, "晚于收到日期", "later than the reply")
    return day, None


def cannot_be(day: date, other: date, zh: str, en: str) -> Text:
    """Why a day that was understood cannot be."""
    return Text(f"完成日期 {day} {zh} {other}{_REMEDY.zh}", f"done on {day}, {en} of {other}{_REMEDY.en}")


def _typed_as_number(written: str) -> str | None:
    """11.5 typed into a cell formatted as a date: the spreadsheet takes it for noon of 11 January 1900."""
    m = _JANUARY_1900.fullmatch(written)
    if m is None:
        return None
    hundredths, rest = divmod(int(m[2]) * 3600 + int(m[3]) * 60 + int(m[4]), 864)
    return f"{int(m[1])}.{hundredths:02}".rstrip("0") if hundredths and not rest else None


def _yearless(written: str) -> str | None:
    """``11月5日`` where month and day alone are written."""
    m = _SHORT.fullmatch(written)
    if m is not None and 1 <= int(m[1]) <= 12:
        return f"{int(m[1])}月{int(m[2])}日"
    return written if _CHINESE.fullmatch(written) else None


def _parse(text: str, kind: CellKind, context: Context) -> date | None:
    parser = KINDS["date"]
    parsed = parser.parse(text, kind, context, None)
    facets = dict(zip(parser.facets, parsed.facets, strict=False))
    low = facets.get("lo", NO_DATE)
    whole = parsed.state == State.OK and low != NO_DATE and facets.get("precision") == "day"
    return day_of(int(low)) if whole else None


def _refused(zh: str, en: str, text: str) -> Text:
    """What is no date may be anything, a name too: only what looks like one is repeated."""
    shown = text.strip() if _TELLABLE.fullmatch(text.strip()) else ""
    return Text(
        f"完成日期{f'“{shown}”' if shown else ''}{zh}，请写到日，如 2026-11-05{_REMEDY.zh}",
        f"the date{f' {shown!r}' if shown else ''} {en}; give the full day, such as 2026-11-05{_REMEDY.en}",
    )
