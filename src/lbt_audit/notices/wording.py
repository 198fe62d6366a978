"""Words and figures as official documents write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from lbt_audit.model.run import Run
from lbt_audit.model.text import Lang, Text

_NUMERALS = "〇一二三四五六七八九十"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

# Groups of the rule catalogue, by the first letter of a rule's code
GROUPS: Mapping[str, Text] = {
    "A": Text("表样与文件", "Forms and files"),
    "B": Text("完整性", "Completeness"),
    "C": Text("格式与代码", "Formats and codes"),
    "D": Text("记录内逻辑矛盾", "Contradictions within a record"),
    "E": Text("重复与异常相同", "Duplicates and suspicious likeness"),
    "F": Text("跨表一致", "Agreement between registers"),
    "G": Text("对象认定", "Who counts as left behind"),
    "H": Text("监护措施", "Guardianship"),
    "J": Text("帮扶与走访", "Help and visits"),
    "K": Text("统计勾稽", "Statistics"),
    "L": Text("时效", "Timeliness"),
}
OTHER = Text("其他", "Other")


def group(code: str, lang: Lang) -> str:
    """The group a rule belongs to; a county's own rules are 其他."""
    return GROUPS.get(code[:1], OTHER)[lang]


def days(run: Run) -> str:
    """The two days of an audit, as the first paragraph of a letter names them."""
    as_of, issued_on = day(run.as_of, run.lang), day(run.issued_on, run.lang)
    if run.lang == "zh":
        return f"数据统计截止日 {as_of}，问题清单下发日期 {issued_on}"
    return f"data as of {as_of}, lists issued on {issued_on}"


def day(value: date, lang: Lang, *, year: bool = True) -> str:
    """``2026年11月3日`` (Arabic figures, no leading zeros) or ``3 November 2026``."""
    if lang == "zh":
        return (f"{value.year}年" if year else "") + f"{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]}" + (f" {value.year}" if year else "")


def blank_day(year: int, lang: Lang) -> str:
    """The date of signing, to be filled in."""
    return f"{year}年　　月　　日" if lang == "zh" else f"____ ____________ {year}"


def numeral(n: int) -> str:
    """Chinese numeral of 1 to 99: 一, 十, 十二, 二十三."""
    if n <= 10:
        return _NUMERALS[n]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def head(n: int, title: str, lang: Lang) -> str:
    """First-level heading: ``一、…`` or ``1. …``."""
    return f"{numeral(n)}、{title}" if lang == "zh" else f"{n}. {title}"


def subhead(n: int, title: str, lang: Lang) -> str:
    """Second-level heading: ``（一）…`` or ``(1) …``."""
    return f"（{numeral(n)}）{title}" if lang == "zh" else f"({n}) {title}"


@cache
def percent(value: float | None) -> str:
    return "—" if value is None else f"{value * 100:.1f}%"
