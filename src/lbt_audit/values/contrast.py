"""Two values side by side, masked, with what differs left to be seen: 覃[晶/金]莲, 5299**********[01/10]1X.

A finding on a misspelt name is of no use if the mask hides the misspelt character. ``partial`` therefore
shows, beside what it always shows, the differing characters alone; ``full`` shows none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.values.mask import Level, mask_value

MOST_DIGITS = 4  # two numbers with more differing digits are two numbers: nothing is to be seen in them
_DIGITS = regex(r"[0-9０-９]{2}")  # a number among names is no misspelling
_ALIGNED = ("name", "id", "phone")


@dataclass(frozen=True, slots=True)
class Contrast:
    """``both``: the two in one text; ``left``/``right``: each by itself, its own characters in brackets."""

    both: str
    left: str
    right: str


@lru_cache(maxsize=200_000)
def contrast(a: str, b: str, privacy: str, level: Level = "partial") -> Contrast:
    """Mask ``a`` and ``b``, two values of one privacy class, as a pair."""
    shown = mask_value(a, privacy, level), mask_value(b, privacy, level)
    plain = Contrast(shown[0] if shown[0] == shown[1] else f"{shown[0]}/{shown[1]}", *shown)
    misplaced = privacy == "name" and level == "partial" and _DIGITS.search(a + b)
    if privacy not in _ALIGNED or level == "full" or a == b or misplaced:
        return plain
    one, other = _squeezed(a), _squeezed(b)
    if one == other:  # blanks only: bracket them by showing both in full form
        return plain
    parts = list(_aligned(one, other))
    differing = sum(max(len(x), len(y)) for x, y, same in parts if not same)
    common = sum(len(x) for x, _, same in parts if same)
    if not common or (privacy != "name" and differing > MOST_DIGITS):
        return plain
    mask = _mask_of(one, privacy, level)
    if mask is None:
        return plain
    both, left, right, at = "", "", "", 0
    for x, y, same in parts:
        if same:
            text = "".join(c if mask[at + k] else "*" for k, c in enumerate(x))
            both, left, right = both + text, left + text, right + text
        else:
            both += f"[{x}/{y}]"
            left, right = left + f"[{x}]", right + f"[{y}]"
        at += len(x)
    if level == "none":
        return Contrast(both, a, b)
    return Contrast(both, left, right)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _mask_of(text: str, privacy: str, level: Level) -> list[bool] | None:
    """Which characters the ordinary mask shows; None where it does not keep the length."""
    masked = mask_value(text, privacy, level)
    if len(masked) != len(text):
        # Long names keep their first part only.
        kept = len(masked.rstrip("*").rstrip("·"))
        return [k < kept for k in range(len(text))] if privacy == "name" else None
    return [m == c for m, c in zip(masked, text, strict=True)]


def _aligned(a: str, b: str) -> Iterator[tuple[str, str, bool]]:
    """Runs of equal and of differing characters: place by place, or around one change of length."""
    if len(a) == len(b):
        start = 0
        for k in range(1, len(a) + 1):
            if k == len(a) or (a[k] == b[k]) != (a[start] == b[start]):
                yield a[start:k], b[start:k], a[start] == b[start]
                start = k
        return
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    if head:
        yield a[:head], a[:head], True
    yield a[head : len(a) - tail], b[head : len(b) - tail], False
    if tail:
        yield a[len(a) - tail :], a[len(a) - tail :], True
