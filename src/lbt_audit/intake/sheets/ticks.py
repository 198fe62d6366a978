"""Options of a form → the ones ticked: ``健康( √ )残疾( )`` → 健康, ``☑是 □否`` → 是."""

from __future__ import annotations

from functools import lru_cache

from lbt_audit.model.characters import normal
from lbt_audit.model.regex import regex

_OPEN = "□☐◻▢○◯"
_MARKED = "☑☒■▣●◉⊙✅"
_SIGNS = "√✓✔"
# What is typed for √ where the keyboard has none; R and þ are ticks in Wingdings.
_TICKS = frozenset(
    [*_SIGNS, *_MARKED, "v", "V", "ν", "ⅴ", "Ⅴ", "R", "þ", "√√", "vv", "VV", "勾", "打勾", "对"]
)
_CROSSES = frozenset(["×", "x", "X", "✗", "✘", "✕", "✖", "╳", "х", "Х"])
_BOXES = _OPEN + _MARKED + _SIGNS

_PAIR = regex(r"([^()\[\]【】\s、,;:/|]+)\s*[(\[【]([^()\[\]【】]{0,6})[)\]】]")
_FIRST = regex(rf"([{_BOXES}])\s*([^{_BOXES}\s、,;:/|]+)")
_LAST = regex(rf"([^{_BOXES}\s、,;:/|]+)\s*([{_BOXES}])")
_TICKED_BOX = regex(rf"[{_SIGNS}]\s*[{_OPEN}]|[{_OPEN}]\s*[{_SIGNS}]")
_WINGDINGS = regex(r"(?:(?<=^)|(?<=[\s、,;]))[RþVv](?=\s*[一-鿿])")
_LETTER = regex(r"(?<=[一-鿿])[vVR](?![A-Za-z])|(?<![A-Za-z])[vVR](?=[一-鿿])")
_SPACED = regex(r"(?<=[一-鿿])[ \t]+(?=[一-鿿])")
_NUMBERED = regex(r"^(?:\d{1,2}[.、．]|[①-⑳])")
_HINTS = ("请注明", "注明", "可多选", "多选", "单选", "说明", "请说明")
_BLANK = regex(r"[\s_＿…]+")


@lru_cache(4096)
def options(text: str) -> list[tuple[str, bool]] | None:
    """The options of a cell and whether each is ticked; None where the cell holds no options."""
    if not _may_hold(text):
        return None
    plain = normal(text).strip()
    found = _pairs(plain)
    if found is None:
        found = _boxes(plain)
    return _bare(plain) if found is None else found


def chosen(text: str, several: bool) -> str | None:
    """The ticked option of a cell, or all of them joined where the field takes ``several``.

    None where nothing is ticked, or more than a single choice allows: then what was typed has to stay.
    """
    found = options(text)
    ticked = [label for label, mark in found or () if mark]
    if not ticked or (len(ticked) > 1 and not several):
        return None
    return "、".join(dict.fromkeys(ticked))


def is_mark(text: str) -> bool:
    """Whether a cell holds a tick, a cross or an empty box and nothing else."""
    plain = _BLANK.sub("", normal(text)).strip("()[]【】")
    return plain in _TICKS or plain in _CROSSES or (plain != "" and set(plain) <= set(_OPEN))


def is_tick(text: str) -> bool:
    """Whether a cell that holds a mark is ticked."""
    plain = _BLANK.sub("", normal(text)).strip("()[]【】")
    return plain in _TICKS or any(c in _MARKED for c in plain)


def _may_hold(text: str) -> bool:
    return len(text) < 400 and any(c in text for c in f"(（[【{_BOXES}vVR")


def _pairs(plain: str) -> list[tuple[str, bool]] | None:
    found = []
    marked = False
    for label, inside in _PAIR.findall(_SPACED.sub("", plain)):
        mark = _BLANK.sub("", inside)
        if mark in _HINTS:
            mark = ""
        if mark and mark not in _TICKS and mark not in _CROSSES:
            return None  # 残疾(肢体): a value with a remark, not an option
        marked |= mark in _TICKS
        found.append((_label(label), mark in _TICKS))
    return found if len(found) > 1 or marked else None


def _boxes(plain: str) -> list[tuple[str, bool]] | None:
    if any(c in plain for c in _OPEN + _MARKED):
        plain = _WINGDINGS.sub("☑", plain)
    if not plain:
        return None
    if plain[0] in _BOXES:
        pairs = [(label, box) for box, label in _FIRST.findall(_TICKED_BOX.sub("☑", plain))]
    elif plain[-1] in _BOXES:
        pairs = _LAST.findall(plain)
    else:
        pairs = [(label, box) for box, label in _FIRST.findall(plain)]
    if not any(box in _OPEN + _MARKED for _, box in pairs) or (len(pairs) < 2 and pairs[0][1] in _SIGNS):
        return None
    return [(_label(label), box not in _OPEN) for label, box in pairs]


def _bare(plain: str) -> list[tuple[str, bool]] | None:
    """``√是 否``, ``是 √ 否``: a tick before or after one of several words."""
    words = _LETTER.sub("√", plain).split()
    if len([w for w in words if w not in _TICKS]) < 2 or any(c in plain for c in "()[]【】"):
        return None
    found: list[tuple[str, bool]] = []
    pending = False  # a tick in front of the first word is that word's
    for word in words:
        bare = word.strip(_SIGNS)
        if word in _TICKS or not bare:
            if found:
                found[-1] = (found[-1][0], True)
            else:
                pending = True
            continue
        found.append((_label(bare), pending or bare != word))
        pending = False
    return found if any(mark for _, mark in found) else None


def _label(text: str) -> str:
    return _NUMBERED.sub("", text).strip("。.，,") or text
