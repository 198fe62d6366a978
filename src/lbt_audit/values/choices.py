"""How choices are marked in one cell: ticked boxes, ticks in brackets, numbers and letters, the signs between them.

健康( √ )残疾( )    ☑是 □否    是√ 否×    [ ]走读 [x]住校    ①打工收入②种养殖业    A.是    打工收入┋其他〖摆摊〗
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import Final

from lbt_audit.model.regex import regex
from lbt_audit.values.text import is_cross, is_tick

_TICKED: Final = "☑☒√✓✔✅■▣●◉⊙🗹"
_EMPTY: Final = "☐□○◯◻▢⬜"
_CROSSED: Final = "×✗✘✕✖╳❌"
_MARK = regex(f"[{_TICKED}{_EMPTY}{_CROSSED}]")
_BRACKETS = regex(r"[(\[]([^()\[\]]*)[)\]]")
_BREAKS = regex(r"[()\[\]\s、,;:]+")
_HAN = "\u4e00-\u9fff"
_CIRCLED = regex("[①-⑳⑴-⒛㈠-㈩㊀-㊉❶-❿➀-➓Ⓐ-Ⓩⓐ-ⓩ⓪⓵-⓾]")
_NUMBER = r"(?:[0-9]{1,2}|[A-Za-z])"
_NUMBERED = regex(rf"(?<![0-9A-Za-z])\(?{_NUMBER}[.、:)]+ ?(?=[{_HAN}])")
_LEADING_NUMBER = regex(rf"^\(?{_NUMBER}[-.、:)_]* ?(?=[{_HAN}])")
_BETWEEN = regex(rf"[、,，;；/\\|+&┋┊┆│→\s]+|(?<=[{_HAN}])[和及或](?=[{_HAN}])")


def spell_out(text: str) -> str:
    """Circled numbers and letters of an uncleaned text as plain ones that stand apart: ①是 → ``"┋1.是"``."""
    return text if text.isascii() else _CIRCLED.sub(lambda m: f"┋{_plain(m[0])}.", text).lstrip("┋")


def _plain(circled: str) -> str:
    number = unicodedata.numeric(circled, None)
    return unicodedata.normalize("NFKC", circled) if number is None else str(int(number))


def split(cleaned: str) -> list[str]:
    """The choices a cell names, without the numbers before them."""
    return [part for part in _BETWEEN.split(_NUMBERED.sub("┋", cleaned)) if part]


def without_number(text: str) -> str:
    """01健康, A.是, (1)是 → 健康, 是."""
    return _LEADING_NUMBER.sub("", text)


def ticked(cleaned: str) -> list[str] | None:
    """The options ticked in a cell; None if it is no such cell. Crossed options count as not ticked."""
    pairs = _in_brackets(cleaned)
    # A bracket that holds more than a mark is a remark: 残疾(√) and 残疾( ) are choices, 残疾(肢体) is a value.
    if pairs and all(not mark or is_tick(mark) or is_cross(mark) for _, mark in pairs):
        return [label for label, mark in pairs if is_tick(mark)]
    boxes = _with_marks(cleaned)
    return [label for label, mark in boxes if mark in _TICKED] if boxes else None


def _in_brackets(cleaned: str) -> list[tuple[str, str]]:
    """(label, mark) of each bracket that holds no more than a mark: 健康( √ )残疾( ), or [ ]走读 [x]住校."""
    found = list(_BRACKETS.finditer(cleaned))
    if not found:
        return []
    edges = [0, *(edge for m in found for edge in m.span()), len(cleaned)]
    between = [cleaned[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if between[0] or not between[-1]:
        labels = [_BREAKS.split(part)[-1] for part in between[:-1]]
    else:
        labels = [_BREAKS.split(part)[0] for part in between[1:]]
    marks = [m[1].strip() for m in found]
    return [(label, mark) for label, mark in zip(labels, marks, strict=True) if label and len(mark) <= 3]


def _with_marks(cleaned: str) -> list[tuple[str, str]]:
    """(label, mark) of each mark: before its label (☑是 □否, 健康状况：☑良好) or after it (是☑ 否□, 是√ 否)."""
    marks = list(_MARK.finditer(cleaned))
    if not marks:
        return []
    edges = [0, *(m.start() for m in marks), len(cleaned)]
    parts = [cleaned[a:b].lstrip(_TICKED + _EMPTY + _CROSSED).strip() for a, b in pairwise(edges)]
    before = not parts[0] or (parts[0].endswith(":") and bool(parts[-1]))
    labels = (
        [p.split(maxsplit=1)[:1] for p in parts[1:]]
        if before
        else [p.rsplit(maxsplit=1)[-1:] for p in parts[:-1]]
    )
    return [(label[0], mark[0]) for label, mark in zip(labels, marks, strict=True) if label]
