"""Private codes for what stands in a name and is no character: placeholders, and syllables typed for one."""

from __future__ import annotations

from functools import cache
from typing import Final

from lbt_audit.matching.characters.script import readings, toneless

WILDCARD: Final = "\U0010fffd"
"""Stands for a character that was not typed (* ? □ 某)."""
_SPELLED: Final = 0x100000  # a syllable typed for a character: 王yan
ANY_CHARACTER: Final = frozenset("*?□■▢○◯〇某×�_＿※△#")


@cache
def syllables() -> dict[str, int]:
    """All syllables of Chinese without tones, numbered."""
    known = sorted({toneless(r) for r in readings().values()} | {"lu", "lv", "nu", "nv"})
    return {s: i for i, s in enumerate(known)}


@cache
def _by_number() -> list[str]:
    return list(syllables())


def spelled(char: str) -> str:
    """The syllable a private code stands for, or ""."""
    number = ord(char) - _SPELLED
    return _by_number()[number] if 0 <= number < len(_by_number()) else ""


def code_of(syllable: str) -> str:
    """The private code of a syllable."""
    return chr(_SPELLED + syllables()[syllable])


def is_wild(char: str) -> bool:
    """Whether the character could be any other: a placeholder, or a private-use character nobody can see."""
    return char == WILDCARD or "\ue000" <= char <= "\uf8ff" or (char >= "\U000f0000" and not spelled(char))


def display(char: str) -> str:
    """A character as it can be printed: private codes as what was typed."""
    return "□" if char == WILDCARD else spelled(char) or char
