"""A name as a string of characters to compare: the normal form, and codes for what is no character.

The normal form is built in steps so that the step that made two names equal can be named:
``bare`` (NFKC, radicals and private-use characters folded, no blanks, notes or dots), ``cased``
(letters folded), ``plain`` (traditional → simplified, placeholders and typed syllables as private codes).
"""

from __future__ import annotations

import re
from functools import lru_cache

from lbt_audit.matching.characters.codes import ANY_CHARACTER, WILDCARD, code_of, syllables
from lbt_audit.matching.characters.script import private_use, simplified, toneless
from lbt_audit.model.characters import normal
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.values.text import DOT, DOTS, INVISIBLE

_NOTE = regex(r"[(\[{【〔〈《（][^)\]}】〕〉》）]*[)\]}】〕〉》）]?")
_DROP = regex(f"[\\s{DOTS}.。,，、;；:：'’‘`\"“”\\-—－_/\\\\|{INVISIBLE}\x00-\x1f\x7f-\x9f]")
_LETTERS = regex(r"[a-züv]+[1-5]?(?:[a-züv]+[1-5]?)*")  # shi, shi1han2
_TONED = regex("[\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f]+")
_IDEOGRAPH = regex("[\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Forms:
    """A name at every step of normalisation."""

    raw: str
    bare: str
    cased: str
    plain: str
    parts: tuple[str, ...]  # ``plain`` cut at the dots


@lru_cache(maxsize=200_000)
def forms(name: str) -> Forms:
    """Every form of one name."""
    text = normal(name)
    if any(c in private_use() for c in text):
        text = "".join(private_use().get(c, c) for c in text)
    noted = _NOTE.sub("", text)
    text = noted if _DROP.sub("", noted) else text
    if _TONED.search(text) and _IDEOGRAPH.search(text):  # a syllable with its tone mark: 王yàn
        text = _TONED.sub(lambda m: toneless(m[0]), text)
    bare = _DROP.sub("", text)
    dotted = re.sub(f"[{DOTS}.]", DOT, text)
    parts = [_plain(_DROP.sub("", part).casefold()) for part in dotted.split(DOT)]
    return Forms(name, bare, bare.casefold(), _plain(bare.casefold()), tuple(p for p in parts if p))


def _plain(text: str) -> str:
    if not _IDEOGRAPH.search(text) and not any(c in ANY_CHARACTER for c in text):
        return text  # a foreign name: its letters are the name
    table = simplified()
    text = "".join(WILDCARD if c in ANY_CHARACTER else table.get(c, c) for c in text)
    return _LETTERS.sub(_letters, text)


def _letters(found: re.Match[str]) -> str:
    parts = _cut(re.sub("[1-5]", " ", found[0]).replace("ü", "v"))
    return WILDCARD if parts is None else "".join(code_of(p) for p in parts)


@lru_cache(maxsize=10_000)
def _cut(letters: str) -> tuple[str, ...] | None:
    """Letters cut into as few syllables as possible, the longer ones first; None if they are none."""
    if " " in letters:
        parts = [_cut(word) for word in letters.split()]
        return None if None in parts else tuple(p for part in parts for p in part or ())
    if letters in syllables():
        return (letters,)
    best: tuple[str, ...] | None = None
    for size in range(min(len(letters) - 1, 6), 0, -1):
        rest = _cut(letters[size:]) if letters[:size] in syllables() else None
        if rest is not None and (best is None or len(rest) + 1 < len(best)):
            best = (letters[:size], *rest)
    return best


def normalise_name(name: str) -> str:
    """The form two spellings of one registered name share."""
    return forms(name).plain
