"""Names of persons: made comparable, with what is irregular about the way they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.cell import CellKind, State
from lbt_audit.model.characters import code_points, copied
from lbt_audit.model.regex import regex
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, Facets, given, opened, stands_in
from lbt_audit.values.relation import FAMILY_CHARACTERS, RELATIONS, Relation, kin
from lbt_audit.values.text import DITTO, DOT, DOTS, PLACEHOLDERS, squeeze

FAULTS: Final = (
    "error_cell",
    "digits",
    "latin",
    "inner_blank",
    "brackets",
    "too_short",
    "too_long",
    "honorific",
    "rare_substitute",
    "pinyin_fragment",
    "dot_variant",
    "unprintable",
    "several",
    "radical",
    "kin",
)
FACETS: Final[Facets] = {
    "norm": "",
    "tidied": False,
    "remark": "",
    "former": "",
    "dotted": False,
    "copied": "",
    "hidden": "",
    "relation": "",
}
REMARKS: Final = frozenset(["inner_blank", "brackets", "honorific", "dot_variant", "radical", "kin"])
"""Irregular writing that leaves no doubt which name is meant."""

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
_MAX = 25  # 民委发〔2016〕33号: systems must hold names of 25 characters and more
_PLAIN = regex(f"[{HAN}]{{2,4}}")
_BRACKETS = regex(r"[(\[{<〈《【〔「『]([^()\[\]{}<>〈〉《》【】〔〕「」『』]*)[)\]}>〉》】〕」』]?")
_LOOSE_BRACKET = regex(r"[()\[\]{}<>〈〉《》【】〔〕「」『』]")
_FORMER = regex(r"(?:曾用名|原名|又名|别名|小名|乳名|曾用|原|又叫)[:;,是叫为]*([^:;,]+)")
# What stands where a name should and names nobody: whom, and what became of the person.
_NOBODY_WORDS = (
    "家长 监护人 老人 老伴 户主 学生家长 孩子家长 代养人 照料人 委托人 受托人 无人监护 无监护人 没有监护人 无人 无人照料 未委托 "
    "无委托监护人 独居 自行照顾 已故 去世 已去世 病故 死亡 已死亡 亡故 已亡 已死 父亡 母亡 无父 无母 离异 离婚 改嫁 已改嫁 失踪 "
    "失联 服刑 出走 离家出走 务工 打工 外出 外出务工 外出打工 在外打工 在外务工 不在家 在家"
)
_NOBODY = frozenset(_NOBODY_WORDS.split())
# Called as the village does, by a surname or a child's name and a word for kin. Older women are registered as
# 李三娘, 王二姐, 陈小姑, 周老奶, so that only words nobody is registered by count.
_KIN_WORDS = (
    "爷爷 奶奶 外公 外婆 姥姥 姥爷 公公 婆婆 阿公 阿婆 家公 家婆 嘎公 嘎婆 老奶奶 老爷爷 外爷 外奶 祖父 祖母 "
    "外祖父 外祖母 伯伯 大伯 伯父 伯母 大爷 大娘 大妈 大叔 大婶 叔叔 叔父 婶婶 婶子 幺叔 幺爸 幺妈 幺婶 舅舅 舅妈 "
    "舅父 舅母 姑姑 姑妈 姑父 姑母 姨妈 姨父 姨母 姨娘 阿姨 孃孃 嬢嬢 爸爸 妈妈 父亲 母亲 哥哥 姐姐 嫂子 嫂嫂"
)
_KIN_END = "|".join(sorted(_KIN_WORDS.split(), key=len, reverse=True))
_REMARK = regex(
    "^[已未正在]|[的了不无有和与跟或人岁]|去世|死亡|病故|残疾|监护|照料|照顾|代管|抚养"
)  # 奶奶（已故）
_KIN_LAST = frozenset(FAMILY_CHARACTERS + "子")
_CALLED = regex(f"(?<=.)(?:{_KIN_END})$")
_TITLES = (
    "(?:村委会?|居委会?|社区|支部|村)?副?(?:主任|书记)|村?支书|(?:村|驻村|第一)书记|村(?:会计|文书|长|干部)|(?:包村|驻村|包片|帮扶|乡镇|[镇乡])(?:干部|领导)"
    "|[镇乡]?人大主席|副?[镇乡校园]长|(?:班|教导|政教|德育|教务|儿童)主任|(?:班主任|科任|任课)?(?:老师|教师)|同学|同志|先生|女士|小姐|医生|师傅|同上"
)
_HONORIFIC = regex(f"(?<=.)(?:{_TITLES})$")
_TITLED = regex(f"(?<=.)(?:{_TITLES}|{_KIN_END})$")
# 班主任王晓燕, 村支书：张三, 帮扶人:张三: who it is, before the name
_POST_FIRST = regex(
    f"^(?:(?:{_TITLES})[:：]?|(?:帮扶|结对|包保|联系|走访|家访|责任|帮扶责任)人[:：]|姓名[:：])(?=[{HAN}]{{2,4}}$)"
)
_TELEPHONE = regex(
    r"[ /,，、;；:：]{0,3}(?:联系电话|联系方式|电话|手机号?码?)?[:： ]{0,3}"
    r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])"
)
_DOT_VARIANT = regex(f"[{DOTS.replace(DOT, '')}.。﹒]")
_SUBSTITUTE = regex("[?？□■◻▢☐〇○ΟО*＊×#＃_�\u2e80-\u2fdf\u2ff0-\u2fff]")
# Controls, half characters, and the private use area, which a county's own font alone shows.
_UNPRINTABLE = regex(
    "[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010fffd]"
)
_LATIN = regex(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")
_SEVERAL = regex(f"[{HAN}] ?[/、,，;；\\\\+&|] ?[{HAN}]")
_DIGIT = regex(r"[0-9①-⑳]")


def parse_name(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: norm (normal characters, no blanks, no remark in brackets, dots as U+00B7), tidied (norm
    differs from the cell's text), remark (what stood in brackets), former (a 曾用名 given there), dotted,
    copied and hidden (``"U+2EA0"``: code points of radicals, of characters that cannot be shown), relation
    (GB/T 4761 code of a word for kin: alone in the cell, state PLACEHOLDER, or before the name, 祖母蒙桂兰).

    Traditional characters and variants stay as they are: equating them is the matter of matching,
    which must be able to tell that it did.
    """
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    if cleaned in PLACEHOLDERS or stands_in(cleaned):
        alone = len(cleaned) == 1 and "\u4e00" <= cleaned <= "\u9fff" and cleaned not in PLACEHOLDERS
        if not alone:
            return PLACEHOLDER
    if cleaned in _NOBODY:
        return PLACEHOLDER
    if (elder := kin(cleaned)) is not None:
        return Parsed(State.PLACEHOLDER, (), _facets(relation=elder.code))
    called = _kin_and_name(cleaned)
    if called is not None:
        elder, name = called
        return given(["kin"], _facets(norm=name, tidied=True, relation=elder.code), REMARKS)
    plain = cell == CellKind.TEXT and text == cleaned and _PLAIN.fullmatch(text)
    if plain and not _TITLED.search(text) and not _POST_FIRST.search(text):
        return given([], _facets(norm=text))
    return _examined(text, cleaned)


def _kin_and_name(cleaned: str) -> tuple[Relation, str] | None:
    """祖母蒙桂兰, 奶奶（蒙桂兰）, 外婆：陆氏兰 → the relation and the name."""
    for size in range(min(4, len(cleaned) - 2), 1, -1):
        head, rest = cleaned[:size], cleaned[size:].strip(" ()（）:：,，、-")
        if not _PLAIN.fullmatch(rest) or _REMARK.search(rest) or head[-1] not in _KIN_LAST:
            continue
        if (elder := kin(head)) is not None and kin(rest) is None:
            return elder, rest
    return None


def _examined(text: str, cleaned: str) -> Parsed:
    faults: list[str] = []
    remark = "".join(m.strip() for m in _BRACKETS.findall(cleaned))
    norm = (
        _BRACKETS.sub("", cleaned) if _BRACKETS.sub("", cleaned).strip() else _LOOSE_BRACKET.sub("", cleaned)
    )
    bracketed = _LOOSE_BRACKET.search(cleaned) is not None
    norm = _LOOSE_BRACKET.sub("", norm).strip().rstrip(".。,，、;；:： ")
    former = _FORMER.search(remark)
    remarks = REMARKS
    if _DIGIT.search(norm):
        faults.append("digits")
        alone = _TELEPHONE.sub("", norm).strip()  # 张三13985720001: no doubt whose telephone it is
        if re.match(f"[{HAN}]{{2}}", alone) and not _DIGIT.search(alone):
            norm, remarks = alone, remarks | {"digits"}
    latin = _LATIN.findall(norm)
    mixed = re.search(f"[{HAN}]", norm) is not None
    if latin and not mixed:
        faults.append("latin")
    if " " in norm and mixed:
        faults.append("inner_blank")
    if bracketed and former is None:
        faults.append("brackets")
    if _DOT_VARIANT.search(norm.replace("...", "")):
        faults.append("dot_variant")
        norm = _DOT_VARIANT.sub(DOT, norm)
    norm = squeeze(norm) if mixed else norm
    norm = re.sub(f"{DOT}+", DOT, norm).strip(f"{DOT},，、;；:：'’/\\-")
    if (bare := _POST_FIRST.sub("", norm)) != norm:
        faults.append("honorific")
        norm = bare
    elif _TITLED.search(norm):
        faults.append("honorific")
        if called := _CALLED.search(norm):  # 王奶奶: what the village calls her is all there is to compare
            remark = remark or called[0]
        elif len(_HONORIFIC.sub("", norm)) >= 2:
            norm = _HONORIFIC.sub("", norm).rstrip(":：,，/ ")
        else:  # 张老师 is nobody's name
            remarks = remarks - {"honorific"}
    if norm in PLACEHOLDERS or norm in _NOBODY or stands_in(norm):  # （已故）, 不详老师
        return PLACEHOLDER
    if (elder := kin(norm)) is not None:  # 奶奶（已故）
        return Parsed(State.PLACEHOLDER, (), _facets(remark=remark, relation=elder.code))
    if _SEVERAL.search(norm):
        faults.append("several")
    if len(norm) < 2:
        faults.append("too_short")
    elif len(norm) > _MAX:
        faults.append("too_long")
    if _SUBSTITUTE.search(norm):
        faults.append("rare_substitute")
    if latin and mixed:
        faults.append("pinyin_fragment")
    hidden = "".join(dict.fromkeys(_UNPRINTABLE.findall(text)))
    if hidden:
        faults.append("unprintable")
    radicals = copied(text)
    if radicals:
        faults.append("radical")
    faults.sort(key=FAULTS.index)
    points = code_points(radicals), code_points(hidden)
    elder = kin(remark) if remark else None
    facets = (norm, norm != text, remark, former[1] if former else "", DOT in norm, *points)
    return given(faults, (*facets, elder.code if elder else ""), remarks)


def _facets(**known: Any) -> tuple[Any, ...]:
    return tuple(known.get(name, default) for name, default in FACETS.items())


def bulk_names(values: pa.Array, context: Context) -> tuple[np.ndarray, np.ndarray, Sequence[Any]] | None:
    """Two to four Han characters that are no placeholder and no title; the rest is for the parser."""
    plain = pc.match_substring_regex(values, f"^[{HAN}]{{2,4}}$")
    others = PLACEHOLDERS | DITTO | _NOBODY | RELATIONS.keys()
    other = pc.is_in(values, value_set=pa.array(sorted(others), pa.string()))
    called = pc.match_substring_regex(values, f"[{FAMILY_CHARACTERS}]|(?:{_TITLES})$|^(?:{_TITLES})")
    handled = pc.and_(plain, pc.invert(pc.or_(other, called))).to_numpy(zero_copy_only=False)
    n = len(values)
    if not handled.any():
        return None
    empty, no = pa.repeat("", n), np.zeros(n, np.bool_)
    return (
        handled,
        np.zeros(n, np.uint32),
        (values, no, empty, empty, no, empty, empty, empty),
    )


NAME = ValueKind("name", FAULTS, FACETS, parse_name, bulk_names, REMARKS, beside=frozenset(["relation"]))
