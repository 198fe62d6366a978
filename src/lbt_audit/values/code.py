"""Values out of code lists: one (``code``), several (``codes``), and 是/否 (``yes_no``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex
from lbt_audit.values.choices import spell_out, split, ticked, without_number
from lbt_audit.values.codes import code_key
from lbt_audit.values.grade import parse_grade
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import BLANK, PLACEHOLDER, Facets, given, opened, stands_in
from lbt_audit.values.text import is_cross, is_tick, plain_number, without_point_zero

FAULTS: Final = (
    "error_cell",
    "unlisted",
    "several",
    "several_ticked",  # boxes are printed, and more are ticked than one
    "none_ticked",  # boxes are printed, and none is ticked: blank
)
FACETS: Final[Facets] = {"code": ""}
_NONE = regex(r"[无没否未不×/\\\s-]*[有是]?")
_REMARK = regex(r"[(\[【〖](?!(?:无|没有|否|不是|未)[)\]】〗])[^()\[\]【】〖〗]*[)\]】〗]?")
_DEGREE = regex(r"(?<=\S)[一二三四壹贰叁肆1-4]级$|^[一二三四壹贰叁肆1-4]级(?=\S)")
_ELSE = regex(r"(其他|其它)[:_ -].*")
_ATTENDS = regex(r"^(?:正?在读|就读|在|上|读)|(?:在读|就读|在校|上学)$")
_HAN = regex("[\u4e00-\u9fff]")
_BUILT_IN: Final[Mapping[str, str]] = {
    "yes": "yes", "是": "yes", "有": "yes", "1": "yes", "true": "yes", "y": "yes",
    "no": "no", "否": "no", "无": "no", "2": "no", "0": "no", "false": "no", "n": "no", "没有": "no", "不是": "no",
}  # fmt: skip


def _listed(context: Context, codes: str | None) -> Mapping[str, str] | None:
    return context.codes.get(codes) if codes is not None else None


def _look_up(text: str, listed: Mapping[str, str], context: Context) -> str | None:
    """The item a text names: itself, or without the number before it, a remark, a degree, words around it."""
    for reading in _readings(text):
        found = listed.get(code_key(reading))
        if found is not None:
            return found
    key = code_key(text)
    if key.isascii() and key.isdigit():
        return listed.get(key.lstrip("0") or "0") or listed.get(key.zfill(2))
    return _stage(text, context) if _STAGE in listed else None


def _readings(text: str) -> Iterator[str]:
    yield text
    bare = without_number(text)
    yield bare
    plain = _REMARK.sub("", bare)
    yield plain
    yield _DEGREE.sub("", bare)  # 肢体残疾二级 under 残疾类别及等级
    yield _ELSE.sub(r"\1", plain)
    before, colon, after = bare.partition(":")
    if colon and not _NONE.fullmatch(after):  # 健康状况：良好, 残疾：肢体, but not 残疾：无
        yield after
        yield before


_STAGE: Final = "primary"  # a list that holds this item is one of stages, and 三年级 names one


def _stage(text: str, context: Context) -> str | None:
    """The stage of a grade written where the stage is asked: 小学二年级, 初三, 在读七年级."""
    if len(text) > 20 or not _HAN.search(text):
        return None
    read = parse_grade(_ATTENDS.sub("", text), CellKind.TEXT, context, None)
    return (read.facets[0] or None) if read.facets else None


def _prepared(text: str, cell: CellKind) -> tuple[str, Parsed | None]:
    cleaned, early = opened(spell_out(text), cell)
    if early is None:
        if cell == CellKind.NUMBER:
            cleaned = plain_number(cleaned) or cleaned
        cleaned = without_point_zero(cleaned)
    return cleaned, early


def parse_code(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facet code: the item of the list ``codes``; a list that does not exist accepts anything as "".

    The list is asked before placeholders: 无 is an item of some lists.
    """
    cleaned, early = _prepared(text, cell)
    if early is not None:
        return early
    listed = _listed(context, codes)
    if listed is None:
        return PLACEHOLDER if stands_in(cleaned) else given([], ("",))
    return _one(cleaned, listed, context)


def _one(cleaned: str, listed: Mapping[str, str], context: Context) -> Parsed:
    marked = None if code_key(cleaned) in listed else ticked(cleaned)
    if marked is not None and not marked:
        return replace(BLANK, faults=("none_ticked",))
    if marked is None:
        found = _look_up(cleaned, listed, context)
        if found is not None:
            return given([], (found,))
        if stands_in(cleaned):
            return PLACEHOLDER
    items = {_look_up(part, listed, context) for part in (split(cleaned) if marked is None else marked)}
    if not items or None in items:
        return given(["unlisted"], ("",))
    if len(items) == 1:
        return given([], (items.pop(),))
    return given(["several" if marked is None else "several_ticked"], ("",))


def parse_codes(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facet code: all items named, sorted, joined by ","; those that are listed even if others are not."""
    cleaned, early = _prepared(text, cell)
    if early is not None:
        return early
    listed = _listed(context, codes)
    if listed is None:
        return PLACEHOLDER if stands_in(cleaned) else given([], ("",))
    marked = None if code_key(cleaned) in listed else ticked(cleaned)
    if marked is not None and not marked:
        return BLANK
    if marked is None:
        whole = _look_up(cleaned, listed, context)
        if whole is not None:
            return given([], (whole,))
        if stands_in(cleaned):
            return PLACEHOLDER
    parts = marked if marked is not None else [p for p in split(cleaned) if code_key(p)]
    items = [_look_up(p, listed, context) for p in parts]
    known = ",".join(sorted({i for i in items if i is not None}))
    return given(["unlisted"] if None in items or not items else [], (known,))


def parse_yes_no(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facet code: yes or no. A tick is yes, a cross no; the list ``codes`` (default yes_no) may say more."""
    cleaned, early = _prepared(text, cell)
    if early is not None:
        return early
    listed = _listed(context, codes or "yes_no") or _BUILT_IN
    if is_tick(cleaned):
        return given([], ("yes",))
    if is_cross(cleaned):
        return given([], ("no",))
    return _one(cleaned, listed, context)


CODE = ValueKind("code", FAULTS, FACETS, parse_code)
CODES = ValueKind("codes", FAULTS[:3], FACETS, parse_codes)
YES_NO = ValueKind("yes_no", FAULTS, FACETS, parse_yes_no)
