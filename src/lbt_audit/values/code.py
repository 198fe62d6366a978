"""Values out of code lists: one (``code``), several (``codes``), and 是/否 (``yes_no``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lbt_audit.model.cell import CellKind
from lbt_audit.values.codes import code_key
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import BLANK, PLACEHOLDER, Facets, given, opened, stands_in
from lbt_audit.values.text import is_cross, is_tick, plain_number

FAULTS: Final = ("error_cell", "unlisted", "several")
FACETS: Final[Facets] = {"code": ""}
_SPLIT = re.compile(r"[、,，;；/\\|+&\s]+|(?<=[\u4e00-\u9fff])[和及](?=[\u4e00-\u9fff])")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_BOX_SIGNS: Final = "☑☒☐□■▣√✓✔"
_BOX = re.compile(f"[{_BOX_SIGNS}]")
_EMPTY_BOXES: Final = "☐□"
_BREAKS = re.compile(r"[()\[\]\s、,;:]+")
_REMARK = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]?")
_GRADE = re.compile(r"(?<=\S)[一二三四壹贰叁肆1-4]级$")
_BUILT_IN: Final[Mapping[str, str]] = {
    "yes": "yes", "是": "yes", "有": "yes", "1": "yes", "true": "yes", "y": "yes",
    "no": "no", "否": "no", "无": "no", "2": "no", "0": "no", "false": "no", "n": "no", "没有": "no", "不是": "no",
}  # fmt: skip


def ticked(cleaned: str) -> list[str] | None:
    """The options ticked in a cell like ``健康( √ )残疾( )`` or ``☑是 □否``; None if it is no such cell."""
    pairs = _bracketed(cleaned)
    # One pair is more likely a value with a remark: 残疾(√) counts, 残疾(肢体) does not.
    marked = [label for label, mark in pairs if is_tick(mark)]
    if (
        pairs
        and all(not mark or is_tick(mark) or is_cross(mark) for _, mark in pairs)
        and (marked or len(pairs) > 1)
    ):
        return marked
    boxes = _boxed(cleaned)
    if boxes and (len(boxes) > 1 or boxes[0][1] in _EMPTY_BOXES):
        return [label for label, box in boxes if box not in _EMPTY_BOXES]
    return None


def _bracketed(cleaned: str) -> list[tuple[str, str]]:
    """(label, mark) of each bracket that holds no more than a mark: 健康( √ ) → ("健康", "√")."""
    pairs, at = [], 0
    for found in _BRACKETS.finditer(cleaned):
        label = _last_word(cleaned[at : found.start()])
        at, mark = found.end(), found[1].strip()
        if label and len(mark) <= 3:
            pairs.append((label, mark))
    return pairs


def _boxed(cleaned: str) -> list[tuple[str, str]]:
    """(label, box) of each box: before its label (☑是 □否) unless the text ends in one (是☑ 否□)."""
    parts, boxes = _BOX.split(cleaned), _BOX.findall(cleaned)
    if boxes and cleaned[-1] in _BOX_SIGNS:
        labels = [next(iter(part.rsplit(maxsplit=1)[-1:]), "") for part in parts[:-1]]
    else:
        labels = [next(iter(part.split(maxsplit=1)), "") for part in parts[1:]]
    return [(label, box) for label, box in zip(labels, boxes, strict=True) if label]


def _last_word(text: str) -> str:
    return _BREAKS.split(text.strip())[-1]


def _listed(context: Context, codes: str | None) -> Mapping[str, str] | None:
    return context.codes.get(codes) if codes is not None else None


def _look_up(text: str, listed: Mapping[str, str]) -> str | None:
    key = code_key(text)
    found = listed.get(key)
    if found is None and key.isascii() and key.isdigit():
        found = listed.get(key.lstrip("0") or "0") or listed.get(key.zfill(2))
    if found is None:
        bare = code_key(_REMARK.sub("", text))
        found = listed.get(bare) if bare else None
    if found is None:
        kind = code_key(_GRADE.sub("", text))  # 肢体残疾二级 under 残疾类别及等级
        found = listed.get(kind) if kind else None
    return found


def _prepared(text: str, cell: CellKind) -> tuple[str, Parsed | None]:
    cleaned, early = opened(text, cell)
    if early is None and cell == CellKind.NUMBER:
        cleaned = plain_number(cleaned) or cleaned
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
    return _one(cleaned, listed)


def _one(cleaned: str, listed: Mapping[str, str]) -> Parsed:
    found = _look_up(cleaned, listed)
    if found is not None:
        return given([], (found,))
    marked = ticked(cleaned)
    if marked is not None:
        if not marked:
            return BLANK
        items = {_look_up(label, listed) for label in marked}
        if len(items) > 1:
            return given(["several"], ("",))
        item = items.pop()
        return given([], (item,)) if item is not None else given(["unlisted"], ("",))
    if stands_in(cleaned):
        return PLACEHOLDER
    parts = {_look_up(p, listed) for p in _SPLIT.split(cleaned) if p}
    if None not in parts and parts:
        item = next(iter(parts))
        return given([], (item,)) if len(parts) == 1 else given(["several"], ("",))
    return given(["unlisted"], ("",))


def parse_codes(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facet code: all items named, sorted, joined by ","; those that are listed even if others are not."""
    cleaned, early = _prepared(text, cell)
    if early is not None:
        return early
    listed = _listed(context, codes)
    if listed is None:
        return PLACEHOLDER if stands_in(cleaned) else given([], ("",))
    whole = _look_up(cleaned, listed)
    if whole is not None:
        return given([], (whole,))
    marked = ticked(cleaned)
    if marked is not None and not marked:
        return BLANK
    if marked is None and stands_in(cleaned):
        return PLACEHOLDER
    parts = marked if marked is not None else [p for p in _SPLIT.split(cleaned) if code_key(p)]
    items = [_look_up(p, listed) for p in parts]
    known = ",".join(sorted({i for i in items if i is not None}))
    return given(["unlisted"] if None in items or not items else [], (known,))


def parse_yes_no(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facet code: yes or no. A tick is yes, a cross no; the list ``codes`` (default yes_no) may say more."""
    cleaned, early = _prepared(text, cell)
    if early is not None:
        return early
    listed = _listed(context, codes or "yes_no") or _BUILT_IN
    found = _look_up(cleaned, listed)
    if found is not None:
        return given([], (found,))
    if is_tick(cleaned):
        return given([], ("yes",))
    if is_cross(cleaned):
        return given([], ("no",))
    return _one(cleaned, listed)


CODE = ValueKind("code", FAULTS, FACETS, parse_code)
CODES = ValueKind("codes", FAULTS, FACETS, parse_codes)
YES_NO = ValueKind("yes_no", FAULTS, FACETS, parse_yes_no)
