"""Which characters write one sound of a name from another language: 多吉/多杰, 阿布都/阿卜杜, 买买提/麦麦提.

A name transcribed by ear has no right characters, and offices hear it differently: voiced and voiceless
initials, and vowels with and without a glide, are one. Far too coarse for a Chinese name, where 杰 and 吉 are
two; only names of four and more characters without a compound surname are compared so.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from lbt_audit.matching.characters.codes import syllables
from lbt_audit.matching.characters.readings import fold, syllable_set

SHORTEST: Final = 4
"""Characters from which on a name is taken for a transcription."""
_HEARD: Final = 0xF8000  # private codes, apart from those of ``codes``
_INITIALS: Final = str.maketrans("ptkqc", "bdgjz")
_FINALS: Final = {
    "ai": "a", "ao": "a", "ei": "e", "ie": "i", "o": "u", "uo": "u", "ou": "u", "ui": "u", "uei": "u", "iu": "iou",
}  # fmt: skip


@cache
def sound_class(syllable: str) -> str:
    """One key for all toneless syllables a transcription may vary between; "" for none."""
    if not syllable:
        return ""
    initial, final = fold(syllable).split("-", 1)
    return f"{initial.translate(_INITIALS)}-{_FINALS.get(final, final)}"


@cache
def _numbers() -> dict[str, int]:
    return {key: n for n, key in enumerate(sorted({sound_class(s) for s in syllables()}))}


@cache
def heard_as(char: str) -> str:
    """One character for all that transcribe one sound; the character itself if it has no reading."""
    syllables = syllable_set(char)
    number = _numbers().get(sound_class(syllables[0])) if syllables else None
    return char if number is None else chr(_HEARD + number)


@lru_cache(maxsize=200_000)
def heard(text: str) -> str:
    """The text with every character as ``heard_as``."""
    return "".join(map(heard_as, text))
