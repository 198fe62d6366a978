"""Names of persons: made comparable, with what is irregular about the way they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.cell import CellKind
from lbt_audit.model.characters import code_points, copied
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, Facets, given, opened, stands_in
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
)
FACETS: Final[Facets] = {
    "norm": "",
    "tidied": False,
    "remark": "",
    "former": "",
    "dotted": False,
    "copied": "",
    "hidden": "",
}
REMARKS: Final = frozenset(["inner_blank", "brackets", "honorific", "dot_variant", "radical"])
"""Irregular writing that leaves no doubt which name is meant."""

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
_MAX = 25  # 民委发〔2016〕33号: systems must hold names of 25 characters and more
_PLAIN = re.compile(f"[{HAN}]{{2,4}}")
_BRACKETS = re.compile(r"[(\[{<〈《【〔「『]([^()\[\]{}<>〈〉《》【】〔〕「」『』]*)[)\]}>〉》】〕」』]?")
_LOOSE_BRACKET = re.compile(r"[()\[\]{}<>〈〉《》【】〔〕「」『』]")
_FORMER = re.compile(r"(?:曾用名|原名|又名|别名|小名|乳名|曾用|原|又叫)[:;,是叫为]*([^:;,]+)")
_HONORIFIC = re.compile(r"(?<=.)(?:老师|同学|同志|先生|女士|小姐|主任|书记|校长|医生|师傅|村长|支书|同上)$")
_DOT_VARIANT = re.compile(f"[{DOTS.replace(DOT, '')}.。﹒]")
_SUBSTITUTE = re.compile("[?？□■◻▢☐〇○ΟО*＊×#＃_�\u2e80-\u2fdf\u2ff0-\u2fff]")
# Controls, half characters, and the private use area, which a county's own font alone shows.
_UNPRINTABLE = re.compile(
    "[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010fffd]"
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")
_SEVERAL = re.compile(f"[{HAN}] ?[/、,，;；\\\\+&|] ?[{HAN}]")
_DIGIT = re.compile(r"[0-9①-⑳]")


def parse_name(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: norm (normal characters, no blanks, no remark in brackets, dots as U+00B7), tidied (norm
    differs from the cell's text), remark (what stood in brackets), former (a 曾用名 given there), dotted,
    copied and hidden (``"U+2EA0"``: code points of radicals, of characters that cannot be shown).

    Traditional characters and variants stay as they are: equating them is the matter of matching,
    which must be able to tell that it did.
    """
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    if cell == CellKind.TEXT and text == cleaned and _PLAIN.fullmatch(text):
        if text in PLACEHOLDERS or stands_in(text):
            return PLACEHOLDER
        if not _HONORIFIC.search(text):
            return given([], (text, False, "", "", False, "", ""))
    if stands_in(cleaned) and not (
        len(cleaned) == 1 and "\u4e00" <= cleaned <= "\u9fff" and cleaned not in PLACEHOLDERS
    ):
        return PLACEHOLDER
    return _examined(text, cleaned)


def _examined(text: str, cleaned: str) -> Parsed:
    faults: list[str] = []
    remark = "".join(m.strip() for m in _BRACKETS.findall(cleaned))
    norm = (
        _BRACKETS.sub("", cleaned) if _BRACKETS.sub("", cleaned).strip() else _LOOSE_BRACKET.sub("", cleaned)
    )
    bracketed = _LOOSE_BRACKET.search(cleaned) is not None
    norm = _LOOSE_BRACKET.sub("", norm).strip().rstrip(".。,，、;；:： ")
    former = _FORMER.search(remark)
    if _DIGIT.search(norm):
        faults.append("digits")
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
    remarks = REMARKS
    if _HONORIFIC.search(norm):
        faults.append("honorific")
        if len(_HONORIFIC.sub("", norm)) >= 2:
            norm = _HONORIFIC.sub("", norm)
        else:  # 张老师 is nobody's name
            remarks = REMARKS - {"honorific"}
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
    facets = (norm, norm != text, remark, former[1] if former else "", DOT in norm, *points)
    return given(faults, facets, remarks)


def bulk_names(values: pa.Array, context: Context) -> tuple[np.ndarray, np.ndarray, Sequence[Any]] | None:
    """Two to four Han characters that are no placeholder and no title; the rest is for the parser."""
    plain = pc.match_substring_regex(values, f"^[{HAN}]{{2,4}}$")
    other = pc.is_in(values, value_set=pa.array(sorted(PLACEHOLDERS | DITTO), pa.string()))
    titled = pc.match_substring_regex(
        values, "(?:老师|同学|同志|先生|女士|小姐|主任|书记|校长|医生|师傅|村长|支书|同上)$"
    )
    handled = pc.and_(plain, pc.invert(pc.or_(other, titled))).to_numpy(zero_copy_only=False)
    n = len(values)
    if not handled.any():
        return None
    empty, no = np.full(n, "", object), np.zeros(n, np.bool_)
    return handled, np.zeros(n, np.uint32), (np.asarray(values, object), no, empty, empty, no, empty, empty)


NAME = ValueKind("name", FAULTS, FACETS, parse_name, bulk_names)
