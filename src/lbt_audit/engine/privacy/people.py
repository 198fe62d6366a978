"""The names of the persons an audit reads of, and finding them in texts.

A name is what stands in a column of names, unless it is a word: a code, a header, a relation, a place. Found is a name
that is the whole text, or stands in it; one of two characters only where it is no part of a longer word (``Where``), so
that 王家寨村 is shown although somebody is called 王家.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.table import Table
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.units import Units, guess_level
from lbt_audit.values.ethnic import ETHNIC_NAMES
from lbt_audit.values.name import HAN
from lbt_audit.values.relation import RELATIONS
from lbt_audit.values.text import DOTS, PLACEHOLDERS

Span = tuple[int, int]
Where = Literal["text", "title", "address"]
"""What is searched. In an address, a name of two characters must stand free on both sides, in the title of a file, sheet
or column on its left; in any other text it must only begin no place (石桥小学, 王家寨村)."""

_SHORT = 2  # names of so many characters may be parts of words
_PLAIN: Final = f"^[{HAN}]{{2,4}}$"
_PARTS = regex(r"[\s/\\、,，;；:：|+&()（）\[\]【】〔〕<>《》“”\"'0-9０-９*×=-]+")
_NAME = regex(f"[{HAN}]{{2,4}}|[{HAN}]+(?:[{DOTS}.．][{HAN}]+)+|[{HAN}]{{5,12}}")
_HAN = regex(f"[{HAN}]")
_TITLES = regex("(?<=.)(?:老师|同学|同志|先生|女士|主任|书记|校长|医生|师傅|村长|支书)$")
_PLACE_END = "省市县区旗镇乡村组寨屯街路社校园班湾坝坪坳冲沟岭坡塘洞庄店厂"
# In columns of names where a row is shifted by a cell, or of other things altogether.
_NO_NAME = regex(
    "[省市县区旗镇乡村组寨屯校班]$|小学|中学|学校|大学|幼儿|年级|民族|[汉苗侗布依彝壮瑶水土家回藏满蒙]族$|务工|打工|务农|外出|在家|在外|监护|"
    "签[字名订]?$|^[已未无有否不]|留守|困境|委会|政府|公司|去世|健康|残疾|离异|失踪|服刑|病故|已故|死亡|良好|一般|较好|较差|未知|不详|不清|本人|本省|本县"
)
_PLACE_AFTER = regex(
    f"[{HAN}]{{0,2}}?[{_PLACE_END}]|[{HAN}]{{0,2}}(?:小学|中学|学校|幼儿园|大队|街道|政府|委会)"
)
# What may stand beside a name of two characters without a sign between: 李明登记表, 姓名李明, 其父李明.
_BEFORE = regex(
    "(?:姓名|名字|名称|学生|儿童|孩子|同学|老师|家长|监护人|照料人|受托人|委托人|联系人|负责人|填表人|经办人|帮扶人|走访人|户主|"
    "其?[父母子女儿夫妻兄弟姐妹爷奶叔伯舅姑姨婆公妈爸]|[与和及由随给被找叫是为系向对的省市县区镇乡村组校班级届年月日号])$"
)
_LONGEST_BEFORE = 4
_AFTER = regex(
    "登记|信息|基本|情况|个人|档案|名册|花名|台账|表|册|照片|身份|户口|协议|委托|监护|家访|走访|记录|材料|扫描|复印|副本|联系|"
    "电话|手机|同学|老师|先生|女士|等|的|之|与|和|及|家|已|外出|在|于|去|到|为|是|系|说|称"
)


@dataclass(frozen=True)
class People:
    """``columns``: distinct cells of the columns of names. ``words``: what is never a name, ``places``: what is none
    where places are named."""

    columns: tuple[Any, ...] = ()
    words: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    @classmethod
    def of(cls, tables: Iterable[Table], dictionary: Dictionary, units: Units | None = None) -> People:
        """Everybody named in ``tables``. ``units``: of the county, which are no persons."""
        named = [f.key for f in dictionary.fields.values() if f.privacy == "name"]
        texts = [t.columns[key].text for t in tables for key in named if key in t.columns]
        columns = (pc.unique(pa.chunked_array(texts, pa.string())),) if texts else ()
        return cls(columns, _words(dictionary), frozenset(_places(units or Units())))

    def __or__(self, other: People) -> People:
        """These and the ``other`` ones."""
        return People(self.columns + other.columns, self.words | other.words, self.places | other.places)

    @cached_property
    def names(self) -> frozenset[str]:
        """Everything in the columns of names that looks like one, without blanks."""
        found: set[str] = set()
        for column in self.columns:
            plain = pc.match_substring_regex(column, _PLAIN)
            found.update(column.filter(plain).to_pylist())
            for text in column.filter(pc.invert(plain)).to_pylist():
                found.update(_in_cell(text))
        return frozenset(found - self.words)

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(name) for name in self.names}, reverse=True)

    @cached_property
    def _starts(self) -> np.ndarray:
        """Whether a pair of characters begins a name, by its hash; a few others are among them."""
        begin = np.zeros(1 << _BITS, np.bool_)
        pairs = np.frombuffer(
            "".join(name[:2] for name in self.names).encode("utf-32-le", "replace"), np.uint32
        )
        begin[_pair(pairs[::2], pairs[1::2])] = True
        return begin

    def find(self, texts: Sequence[str], where: Where) -> dict[int, list[Span]]:
        """Where names stand: position in ``texts`` → spans, rising."""
        tight = [_BLANK.sub("", text) if _BLANK.search(text) else text for text in texts]
        joined = "\n".join(tight)
        points = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32)
        if not self.names or len(points) < _SHORT:
            return {}
        at = np.flatnonzero(self._starts[_pair(points[:-1], points[1:])])
        starts = np.cumsum([0, *(len(text) + 1 for text in tight)])
        which = np.searchsorted(starts, at, side="right") - 1
        found: dict[int, list[Span]] = {}
        for number, position in zip(which.tolist(), (at - starts[which]).tolist(), strict=True):
            spans = found.get(number)
            if spans and position < spans[-1][1]:
                continue
            span = self._name_at(tight[number], position, where)
            if span is not None:
                found.setdefault(number, []).append(span)
        return {
            number: spans if len(tight[number]) == len(texts[number]) else _loosened(texts[number], spans)
            for number, spans in found.items()
        }

    def _name_at(self, text: str, start: int, where: Where) -> Span | None:
        for length in self._lengths:
            end = start + length
            name = text[start:end]
            if len(name) < length or name not in self.names or _NO_NAME.search(name):
                continue
            listed = where != "text" and name in self.places
            if len(text.strip()) == length:
                return None if listed else (start, end)
            if listed or _PLACE_AFTER.match(text, end):
                continue
            if length > _SHORT or _stands_free(text, start, end, where):
                return start, end
        return None


_BITS = 22
_BLANK = regex(f"(?<=[{HAN}])[ \u3000\u00a0\t]+(?=[{HAN}])")


def _pair(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    mixed: np.ndarray = first * np.uint32(0x9E3779B1) + second * np.uint32(0x85EBCA77)
    mixed ^= mixed >> np.uint32(15)
    return mixed >> np.uint32(32 - _BITS)


def _stands_free(text: str, start: int, end: int, where: Where) -> bool:
    if where == "text":
        return True
    return _free_before(text, start) and (where == "title" or _free_after(text, end))


def _free_before(text: str, start: int) -> bool:
    return (
        start == 0
        or not _HAN.match(text[start - 1])
        or _BEFORE.search(text[max(0, start - _LONGEST_BEFORE) : start]) is not None
    )


def _free_after(text: str, end: int) -> bool:
    return end == len(text) or not _HAN.match(text[end]) or _AFTER.match(text, end) is not None


def _loosened(text: str, spans: Sequence[Span]) -> list[Span]:
    """``spans`` of the text without blanks between characters, as they are in ``text``."""
    blanks = {i for m in _BLANK.finditer(text) for i in range(*m.span())}
    kept = [i for i in range(len(text)) if i not in blanks]
    return [(kept[start], kept[end - 1] + 1) for start, end in spans]


def _in_cell(text: str) -> Iterable[str]:
    """The names in a cell that is more than one name."""
    for part in _PARTS.split(_BLANK.sub("", text)):
        name = _TITLES.sub("", part)
        if _NAME.fullmatch(name):
            yield name


def _words(dictionary: Dictionary) -> frozenset[str]:
    """What stands in columns of names and names nobody."""
    ethnic = {name + end for name in ETHNIC_NAMES for end in ("", "族")}
    headers = {h for f in dictionary.fields.values() for h in (f.title.zh, *f.titles, *f.aliases, *f.leaves)}
    return frozenset({*PLACEHOLDERS, *RELATIONS, *ethnic, *headers}.union(*dictionary.codes.values()))


def _places(units: Units) -> Iterable[str]:
    """Units as they are listed, and as people shorten them: 石桥镇, 石桥. What the files themselves call a unit counts
    where it sounds like one."""
    for name in {*units.home_names(), *units.village_names(), *units.schools, *units.aliases}:
        if units.inferred and guess_level(name) is None:
            continue
        yield name
        yield re.sub(f"(?:街道|社区|小学|中学|学校|[{_PLACE_END}])$", "", name)
