"""A name as a string of characters to compare: the normal form, and codes for what is no character.

The normal form is built in steps so that the step that made two names equal can be named:
``bare`` (NFKC, radicals and private-use characters folded, no blanks, notes or dots), ``cased``
(letters folded), ``plain`` (traditional → simplified, placeholders and typed syllables as private codes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from lbt_audit.matching.characters import folds, readings, simplified, toneless
from lbt_audit.values.text import DOT, DOTS, INVISIBLE, nfkc

WILDCARD: Final = "\U0010fffd"
"""Stands for a character that was not typed (* ? □ 某)."""
_SPELLED: Final = 0x100000  # a syllable typed for a character: 王yan

_PLACEHOLDERS: Final = frozenset("*?□■▢○◯〇某×�_＿※△#")
_NOTE = re.compile(r"[(\[{【〔〈《（][^)\]}】〕〉》）]*[)\]}】〕〉》）]?")
_DROP = re.compile(f"[\\s{DOTS}.。,，、;；:：'’‘`\"“”\\-—－_/\\\\|{INVISIBLE}\x00-\x1f\x7f-\x9f]")
_LETTERS = re.compile(r"[a-züv]+")
_IDEOGRAPH = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Forms:
    """A name at every step of normalisation."""

    raw: str
    bare: str
    cased: str
    plain: str
    parts: tuple[str, ...]  # ``plain`` cut at the dots


@cache
def _syllables() -> dict[str, int]:
    known = sorted({toneless(r) for r in readings().values()} | {"lu", "lv", "nu", "nv"})
    return {s: i for i, s in enumerate(known)}


@cache
def _by_number() -> list[str]:
    return list(_syllables())


def spelled(char: str) -> str:
    """The syllable a private code stands for, or ""."""
    number = ord(char) - _SPELLED
    return _by_number()[number] if 0 <= number < len(_by_number()) else ""


def is_wild(char: str) -> bool:
    """Whether the character could be any other: a placeholder, or a private-use character nobody can see."""
    return char == WILDCARD or "\ue000" <= char <= "\uf8ff" or (char >= "\U000f0000" and not spelled(char))


@lru_cache(maxsize=200_000)
def forms(name: str) -> Forms:
    """Every form of one name."""
    text = nfkc(name)
    if any(c in folds() for c in text):
        text = "".join(folds().get(c, c) for c in text)
    noted = _NOTE.sub("", text)
    text = noted if _DROP.sub("", noted) else text
    bare = _DROP.sub("", text)
    dotted = re.sub(f"[{DOTS}.]", DOT, text)
    parts = [_plain(_DROP.sub("", part).casefold()) for part in dotted.split(DOT)]
    return Forms(name, bare, bare.casefold(), _plain(bare.casefold()), tuple(p for p in parts if p))


def _plain(text: str) -> str:
    if not _IDEOGRAPH.search(text) and not any(c in _PLACEHOLDERS for c in text):
        return text  # a foreign name: its letters are the name
    table = simplified()
    text = "".join(WILDCARD if c in _PLACEHOLDERS else table.get(c, c) for c in text)
    return _LETTERS.sub(_letters, text)


def _letters(found: re.Match[str]) -> str:
    number = _syllables().get(found[0].replace("ü", "v"))
    return WILDCARD if number is None else chr(_SPELLED + number)


def normalise_name(name: str) -> str:
    """The form two spellings of one registered name share."""
    return forms(name).plain


def display(char: str) -> str:
    """A character as it can be printed: private codes as what was typed."""
    return "□" if char == WILDCARD else spelled(char) or char
