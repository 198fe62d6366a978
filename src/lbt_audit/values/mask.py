"""Masks for what is shown of persons: names, identity numbers, telephones, addresses.

Levels: ``none`` shows everything; ``partial`` 张*兰, 5299**********001X, 138****1234, addresses to the
village; ``full`` the surname alone, nothing of numbers, addresses to the township, sensitive values
hidden. Placeholders and other texts that name nobody (无, —, 正在办理) are shown as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.regex import regex
from lbt_audit.values.name import HAN
from lbt_audit.values.text import DOTS, PLACEHOLDERS, clean, is_dash, is_error, is_placeholder

Level = Literal["partial", "full", "none"]

_SURNAMES = (
    "欧阳 司马 上官 诸葛 司徒 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 夏侯 轩辕 东方 南宫 端木 百里 闻人 独孤 申屠 淳于 "
    "单于 太史 澹台 公冶 宗政 濮阳 公羊 赫连 呼延 钟离 鲜于 闾丘 司空 亓官 拓跋 完颜 纳兰 万俟 西门 第五 公西 漆雕 乐正 "
    "壤驷 巫马 公良 夹谷 宰父 谷梁 段干 东郭 南门 羊舌 微生 梁丘 左丘 东门 贺兰 欧侯 爱新觉罗 叶赫那拉"
)
COMPOUND_SURNAMES: Final = tuple(_SURNAMES.split())
_COMPOUND = "|".join(sorted(COMPOUND_SURNAMES, key=len, reverse=True))
_HIDDEN = "***"
_STAND_INS = frozenset("?？□■○�")
_OLD_ID = 15  # digits of an ID number before 1999
_TELEPHONE = regex(r"(?:86)?1[3-9][0-9]{9}|0[1-9][0-9]{8,10}")
_STAMP = 17  # of a time to the millisecond
_HARMLESS = 5  # digits of a number that is none

_NAME_PLAIN = f"^[{HAN}]{{2,4}}$"
_DOTTED = regex(f"^([^{DOTS}.．]{{1,12}})([{DOTS}.．]).+$")
_PARTS = regex(r"([\s/\\、,，;；:：|+&()（）\[\]【】]+)")
_DIGIT = "0-9０-９"
_RUN = regex(f"(?<![{_DIGIT}])[{_DIGIT}](?:[ \\-—－.\u3000\u00a0]?[{_DIGIT}]){{5,}}[XxＸｘ×]?")
_RUN_RE2 = f"[{_DIGIT}](?:[ \\-—－.\u3000\u00a0]?[{_DIGIT}]){{5}}"
_ONE_DAY = r"(?:19|20)[0-9]{2}(?:[-./ ]?(?:1[0-2]|0?[0-9])(?:[-./ ]?(?:3[01]|[0-2]?[0-9]))?)?"
_DAY = regex(rf"{_ONE_DAY}(?:[-—－ ]{_ONE_DAY})?")
_FLOAT = regex(r"([0-9])\.([0-9]+)([Ee]\+?[0-9]{1,3})")
_SHORT_PLACE = 6
_HOUSE = regex(r"[0-9０-９号栋室弄巷路街组]")
_VILLAGE_END = regex(r"^(.*?(?:村民?委员会|居民?委员会|村委会|居委会|社区|嘎查|村|屯|寨))(.*)$", re.DOTALL)
_TOWN_END = regex(r"^(.*?(?:街道办事处|街道|苏木|镇|乡))(.*)$", re.DOTALL)
_COUNTY_END = regex(r"^(.*(?:自治县|县|区|市|旗|州|省))(.*)$", re.DOTALL)


def mask_array(values: Any, privacy: str, level: Level = "partial") -> pa.Array:
    """Mask a string array (or chunked or dictionary array) of one privacy class, value by distinct value.

    ``privacy``: public | name | id | phone | address | sensitive (``model.field.Privacy``). Nulls stay.
    Public and, at ``partial``, sensitive texts still lose identity numbers and telephones in them.
    """
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if level == "none" or not len(values):
        return values.cast(pa.string())
    encoded = pc.dictionary_encode(values.cast(pa.string()))
    masked = _mask_distinct(encoded.dictionary, privacy, level)
    return masked.take(encoded.indices)


def mask_text(text: str, level: Level = "partial") -> str:
    """Free text with the identity numbers and telephones in it masked; dates and short numbers stay."""
    if level == "none":
        return text
    text = _FLOAT.sub(lambda m: _mask_float(m, level), text)
    return _RUN.sub(lambda m: _mask_run(m, level), text)


def mask_identifying(text: str, level: Level = "partial") -> str:
    """A name of something (file, sheet, unit, header) with the ID and telephone numbers in it masked; other numbers
    are what tells it from others of its kind (附件20261031, 导出20261031083015). Of an ID number only the beginning is
    left: the name stands beside everything that is said of the file."""
    if level == "none":
        return text

    def masked(run: re.Match[str]) -> str:
        digits = sum(c.isdigit() for c in run[0])
        if not _reaches(run[0]):
            return run[0]
        shown = _mask_run(run, level)
        return shown if digits < _OLD_ID else shown[:4] + "*" * (len(shown) - 4)

    return _RUN.sub(masked, text)


def _reaches(run: str) -> bool:
    """Whether a run of digits is the number of a person or a telephone."""
    digits = unicodedata.normalize("NFKC", re.sub(r"[ \-—－.\u3000\u00a0]", "", run))
    if len(digits) >= _OLD_ID:
        stamp = len(digits) <= _STAMP and digits.startswith(("19", "20"))
        return not stamp and not _DAY.fullmatch(run)
    return bool(_TELEPHONE.fullmatch(digits))


def mask_value(text: str, privacy: str, level: Level = "partial") -> str:
    """One value of a privacy class, masked."""
    return text if level == "none" else _masker(privacy, level)(text)


def _mask_distinct(values: pa.Array, privacy: str, level: Level) -> pa.Array:
    """Regular values by one regular expression over all; what it does not fit, one by one."""
    if privacy == "name":
        plain = pc.match_substring_regex(values, _NAME_PLAIN)
        usual = pc.and_(plain, pc.invert(pc.match_substring_regex(values, f"^(?:{_COMPOUND})")))
        usual = pc.and_(
            usual, pc.invert(pc.is_in(values, value_set=pa.array(sorted(PLACEHOLDERS), pa.string())))
        )
        if level == "full":
            fast = pc.replace_substring_regex(values, "^(.).*$", r"\1**")
        else:
            fast = pc.replace_substring_regex(values, "^(.).$", r"\1*")
            fast = pc.if_else(pc.equal(pc.utf8_length(values), 2), fast, _middle(values))
    elif privacy == "id":
        usual = pc.match_substring_regex(values, "^[0-9]{17}[0-9Xx]$")
        keep = r"\1**********\2" if level == "partial" else "*" * 18
        fast = pc.replace_substring_regex(values, "^(.{4}).{10}(.{4})$", keep)
    elif privacy == "phone":
        usual = pc.match_substring_regex(values, "^1[0-9]{10}$")
        keep = r"\1****\2" if level == "partial" else "*" * 11
        fast = pc.replace_substring_regex(values, "^(.{3}).{4}(.{4})$", keep)
    elif privacy == "sensitive" and level == "full":
        usual, fast = pc.equal(values, "-"), values
    else:  # nothing to hide in text without a long run of digits
        usual, fast = pc.invert(pc.match_substring_regex(values, f"{_RUN_RE2}|[0-9]\\.[0-9]+[Ee]")), values
        if privacy == "address":
            usual = pc.equal(values, "")
    rest = pc.filter(values, pc.invert(pc.fill_null(usual, True)))
    if not len(rest):
        return fast
    mask = _masker(privacy, level)
    slow = pa.array([mask(v) for v in rest.to_pylist()], pa.string())
    return pc.replace_with_mask(fast, pc.invert(pc.fill_null(usual, True)), slow)


def _middle(values: pa.Array) -> pa.Array:
    three = pc.replace_substring_regex(values, "^(.).(.)$", r"\1*\2")
    return pc.replace_substring_regex(three, "^(.)..(.)$", r"\1**\2")


def _masker(privacy: str, level: Level) -> Callable[[str], str]:
    if privacy == "name":
        return partial(_mask_names, level=level)
    if privacy in ("id", "phone"):
        return partial(_mask_number, phone=privacy == "phone", level=level)
    if privacy == "address":
        return partial(_mask_address, level=level)
    if privacy == "sensitive" and level == "full":
        return lambda text: text if _names_nobody(text) else _HIDDEN
    return partial(mask_text, level=level)


def _names_nobody(text: str) -> bool:
    cleaned = clean(text)
    return not cleaned or is_placeholder(cleaned) or is_dash(cleaned) or is_error(cleaned)


def _mask_names(text: str, level: Level) -> str:
    """Each name in the cell; what stands between them (、, /, brackets) stays."""
    if _names_nobody(text):
        return text
    cleaned = clean(text)
    if re.search(f"[{HAN}] [{HAN}]", cleaned):  # 李 明, 石 莎莎
        cleaned = re.sub(f"(?<=[{HAN}]) (?=[{HAN}])", "", cleaned) if len(cleaned) <= 5 else cleaned
    parts = _PARTS.split(mask_text(cleaned, level))
    return "".join(_mask_name(p, level) if i % 2 == 0 else p for i, p in enumerate(parts))


def _mask_name(name: str, level: Level) -> str:
    if not name or is_placeholder(name) or set(name) <= set("*0123456789"):
        return name
    if m := _DOTTED.match(name):
        return m[1] + m[2] + ("**" if level == "partial" else "***")
    found = re.match(_COMPOUND, name)
    surname = found[0] if found and len(name) > len(found[0]) else name[0]
    given = name[len(surname) :]
    if not given:
        return "*"
    if level == "full":
        return f"{surname}**"
    if len(given) == 1:
        return surname + _hidden(given)
    if len(given) <= 3:
        return f"{surname}{_hidden(given[:-1])}{given[-1]}"
    return f"{surname}***"


def _hidden(characters: str) -> str:
    """Characters of a name as stars; what stands in for a character nobody could type, or is one no other machine can
    show, is shown."""
    return "".join(c if c in _STAND_INS or unicodedata.category(c) == "Co" else "*" for c in characters)


def _mask_number(text: str, phone: bool, level: Level) -> str:
    """An identity number or telephone in whatever state; a text without digits is shown, and so are, but for
    ``full``, a few of them (0, 12345), which reach nobody and are what a finding is about. Of a telephone with too few or
    too many characters as much is hidden as of a right one, so that the slip can be seen (138****57, 139****O082)."""
    digits = sum(c.isdigit() for c in text)
    if digits == 0 or (level == "partial" and digits <= _HARMLESS):
        return text
    if phone and level == "partial" and _HARMLESS < len(text) < _OLD_ID and text.isalnum():
        hidden = 4 if len(text) > 7 else len(text) - 2
        head = min(3, len(text) - hidden - 2) if len(text) > 7 else 0
        return text[:head] + "*" * hidden + text[head + hidden :]
    masked = mask_text(text, level)
    outside = _RUN.sub("", _FLOAT.sub("", text))
    if masked != text and sum(c.isdigit() for c in outside) < 4:
        return masked
    size = len(text)
    if level == "full" or size < 6:
        return "*" * min(size, 18)
    keep = 4 if size >= 15 else 2
    return text[:keep] + "*" * (size - 2 * keep) + text[-keep:]


def _mask_float(match: re.Match[str], level: Level) -> str:
    """A number as a spreadsheet shows long ones: 5.299…E+17. That it has lost its digits is what a clerk must see; as many
    are shown as of a whole number."""
    first, rest, exponent = match.groups()
    if level == "full":
        return f"…{exponent}"
    shown = 3 if int(exponent.strip("Ee+")) >= _OLD_ID - 1 else 2
    return match[0] if len(rest) <= shown else f"{first}.{rest[:shown]}…{exponent}"


def _mask_run(match: re.Match[str], level: Level) -> str:
    run = match[0]
    if _DAY.fullmatch(run):  # no ID number begins so
        return run
    digits = re.sub(r"[ \-—－.\u3000\u00a0]", "", run)
    size = len(digits)
    if level == "full":
        return "*" * min(size, 18)
    head, tail = (4, 4) if size >= 15 else (3, 4) if size >= 11 else (0, 2)
    return digits[:head] + "*" * (size - head - tail) + digits[size - tail :]


def _mask_address(text: str, level: Level) -> str:
    if _names_nobody(text):
        return text
    text = mask_text(text, level)
    ends = (_VILLAGE_END, _TOWN_END, _COUNTY_END) if level == "partial" else (_TOWN_END, _COUNTY_END)
    for end in ends:
        if m := end.match(text):
            plain = level == "partial" and len(m[2]) <= 2 and not _HOUSE.search(m[2])
            return text if plain else m[1] + _HIDDEN
    if level == "partial" and len(text) <= _SHORT_PLACE and not _HOUSE.search(text):
        return text  # 浙江, 在家务农, 浙江温州: no address
    return text[:2] + _HIDDEN
