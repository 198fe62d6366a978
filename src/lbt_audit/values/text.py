"""Text of a cell made comparable, and the signs that stand for a value, for none, or for the one above."""

from __future__ import annotations

import re
from typing import Final

from lbt_audit.model.characters import normal
from lbt_audit.model.regex import regex

# Characters that show nothing: C0/C1 controls, soft hyphen, joiners, marks of direction, BOM.
INVISIBLE: Final = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_INVISIBLE = regex(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f{INVISIBLE}]")
_BLANKS = regex(r"\s+")
_MARK = regex("[\u0300-\u036f\u3099\u309a]")
_QUOTES = "'’‘`´＇‵′"
# A lone apostrophe in front marks "this is text" in the hands of many typists; it is no part of the value.
_LEAD = regex(f"^[{_QUOTES}\\s]+(?=[^{_QUOTES}\\s])")

DOT: Final = "\u00b7"
"""The one lawful separator in names of ethnic minorities (民委发〔2016〕33号)."""
DOTS: Final = (
    "\u2022\u30fb\u2027\u22c5\u2219\u00b7\u0387\u1427\uff65\u318d\u2024\u25cf\u25aa\u16eb\u2981\ua78f\u2e31"
)
_DOTS = regex(f"[{DOTS}]")

_DASHES = "-\u2010-\u2015\u2212\u2500\u2501\ufe58\ufe63\uff0d\u2e3a\u2e3b\u30fc\uff70\ufe31\ufe32"
_DASH = regex(f"[{_DASHES}]+")
_ELLIPSIS_OR_SLASH = regex(r"[/\\|.。…,，、;；:：*×xX?？_~～＿〇○]+")

_PLACEHOLDER_WORDS = (
    "无 没有 暂无 无有 有 不详 不祥 未详 详情不详 不清楚 不清 不明 不知 不知道 不晓得 未知 不确定 不了解 待定 待查 "
    "待补 待补充 待核实 待核 待完善 未填 未填写 未登记 未采集 未提供 未统计 无法提供 无法联系 记不清 忘记 空 空白 略 "
    "零 无此项 无内容 不适用 0 00 000 无。 无、 暂缺 缺 缺失 不填 "
    "没 无信息 信息不详 暂未 暂时没有 暂不清楚 暂不详"
)
# What programs write into an empty cell: databases, pandas, R, JavaScript. Nobody filled anything in.
_NULL_WORDS = r"null nil nan nat na n/a n.a. pd.na undefined empty blank missing \n \\n -nan 空值 nonetype"
NULLS: Final = frozenset(_NULL_WORDS.split())
_NULL_NAMES: Final = ("None", "NONE")  # none is English, and an item of some code lists
_NULL_EDGES = " <>()[]{}\"'"
PLACEHOLDERS: Final = frozenset(_PLACEHOLDER_WORDS.split()) | NULLS | {"none"}
DITTO: Final = frozenset(
    [
        "同上",
        "同前",
        "同上行",
        "同上格",
        "上同",
        "同左",
        "同",
        "〃",
        "″",
        "”",
        '"',
        "''",
        "“",
        "′′",
        "〞",
        "ditto",
        "''",
    ]
)
# √ and its neighbours; R and þ are ticks in Wingdings 2 and Wingdings, v and V are typed for √.
_TICK_WORDS = frozenset(
    ["√", "✓", "✔", "☑", "✅", "v", "V", "ν", "ⅴ", "Ⅴ", "R", "þ", "ü", "√√", "vv", "VV", "勾", "打勾"]
)
_CROSSES = frozenset(["×", "x", "X", "✗", "✘", "✕", "✖", "☒", "╳", "х", "Х", "乂", "❌"])
_ERROR = regex(
    r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!|CONNECT!|GETTING_DATA)"
)


def clean(text: str) -> str:
    """The normal form (``model.characters``) without invisible characters, a leading apostrophe and outer
    blanks; inner blanks single."""
    text = _INVISIBLE.sub("", normal(text))
    text = _BLANKS.sub(" ", text).strip()
    if text[:1] and text[0] in _QUOTES:
        text = _LEAD.sub("", text)
    return text


def squeeze(text: str) -> str:
    """``clean`` with every blank removed."""
    bare = _BLANKS.sub("", clean(text))
    return (
        normal(bare) if _MARK.search(bare) else bare
    )  # a mark that stood behind a blank joins the letter now


def without_end(text: str, words: re.Pattern[str], longest: int = 4) -> str:
    """``text`` without any of ``words`` at its end, as often as one stands there. ``words`` ends in ``$``
    and matches at most ``longest`` characters, so that each step looks at the end alone."""
    end = len(text)
    while found := words.search(text, max(0, end - longest), end):
        if found.start() == found.end():
            break
        end = found.start()
    return text[:end]


def unify_dots(text: str) -> str:
    """Every dot-like separator as U+00B7."""
    return _DOTS.sub(DOT, text)


def is_dash(text: str) -> bool:
    """Whether the cleaned text is nothing but dashes (— － － -): the lawful mark of form note 4."""
    return _DASH.fullmatch(text.replace(" ", "")) is not None


def is_placeholder(text: str) -> bool:
    """Whether the cleaned text stands in for a value: 无, 不详, /, 0 … (dashes are ``is_dash``)."""
    text = text.replace(" ", "")
    if not text or len(text) > 8:
        return False
    if text in PLACEHOLDERS or _ELLIPSIS_OR_SLASH.fullmatch(text) is not None or is_ditto(text):
        return True
    folded = text.casefold().strip("。.()（）[]【】")
    return folded in PLACEHOLDERS


def is_null(text: str) -> bool:
    """Whether the cleaned text is what a program writes for nothing: ``\\N``, ``(NULL)``, ``<NA>``, ``NaT``."""
    if len(text) > 12:
        return False
    word = text.strip(_NULL_EDGES)
    return (
        word in _NULL_NAMES or word.casefold() in NULLS or "".join(text.split()) in ("[]", "{}", "<>", "()")
    )


def is_ditto(text: str) -> bool:
    """Whether the text means "the same as in the row above"."""
    text = text.strip().strip("()（）")
    return text in DITTO or text.casefold() in DITTO


def is_tick(text: str) -> bool:
    """Whether the text is a tick, in any of the ways one is typed."""
    text = text.strip().strip("()（）[]【】 ")
    return text in _TICK_WORDS


def is_cross(text: str) -> bool:
    """Whether the text is a cross, the opposite of a tick."""
    return text.strip().strip("()（）[]【】 ") in _CROSSES


def is_error(text: str) -> bool:
    """Whether the text spells a spreadsheet error value, as CSV exports keep it."""
    return text.startswith("#") and _ERROR.fullmatch(text) is not None


_POINT_ZERO = regex(r"([0-9]{1,15})\.0+")


def without_point_zero(text: str) -> str:
    """A whole number as programs write it that keep numbers with a point: ``"15400000001.0"`` → ``"15400000001"``."""
    whole = _POINT_ZERO.fullmatch(text)
    return whole[1] if whole else text


def plain_number(text: str) -> str | None:
    """The digits of a number cell that holds a whole number of at most 15 digits, else None.

    ``"42075"`` → ``"42075"``, ``"1.3912345678E+10"`` → ``"13912345678"``, ``"7.0"`` → ``"7"``.
    """
    if text.isascii() and text.isdigit() and len(text) <= 15:
        return text
    try:
        value = float(text)
    except (ValueError, OverflowError):
        return None
    if not (abs(value) < 1e15 and value == int(value)):
        return None
    return str(int(value))
