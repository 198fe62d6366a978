"""Characters made comparable: one normal form for headers, names, codes and all other text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from lbt_audit.model.regex import regex

_RADICAL = regex("[\u2e80-\u2fdf\u31c0-\u31e3]")
_COMPATIBLE = (
    "\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufaff\U0002f800-\U0002fa1f"
)
COPIED = f"[\u2e80-\u2fdf\u31c0-\u31e3{_COMPATIBLE}]"
"""Pattern of a character that looks like another one: radicals, compatibility ideographs."""
_COPIED = regex(COPIED)
# Normalisation sorts a run of combining marks by insertion: a run of thousands takes minutes. Pieces end where
# an ordinary character begins, which joins nothing before it, or after as many others as no word has.
_LONG = 256
_PIECE = regex("[\x00-\x7f\u4e00-\u9fff\uff01-\uff5e]*[^\x00-\x7f\u4e00-\u9fff\uff01-\uff5e]{0,64}")


def normal(text: str) -> str:
    """NFKC, and radicals (⺠, ⼾, ⻙, as text copied out of a PDF holds them) as the characters they stand
    for. Takes time in proportion to the text, and lets lone surrogates pass."""
    if text.isascii():
        return text
    if _RADICAL.search(text):
        text = text.translate(_radicals())
    if len(text) > _LONG:
        return "".join(unicodedata.normalize("NFKC", piece) for piece in _PIECE.findall(text))
    return unicodedata.normalize("NFKC", text)


def copied(text: str) -> str:
    """The radicals and compatibility ideographs in ``text``, each once: they look like a character and are
    another one, so that no search finds them."""
    return "" if text.isascii() else "".join(dict.fromkeys(_COPIED.findall(text)))


def code_points(characters: str) -> str:
    """Characters named for people who cannot see them: ``⺠`` → ``"U+2EA0"``, several with blanks between."""
    return " ".join(f"U+{ord(c):04X}" for c in characters)


PRIVATE = r"\p{Co}"
"""Characters a county's own font put into the private area, for Arrow: no other machine can show them."""
_PRIVATE = regex("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


def coded(text: str) -> str:
    """``text`` with characters of the private area by their codes: ``罗〔U+E863〕``."""
    return _PRIVATE.sub(lambda found: f"〔{code_points(found.group())}〕", text)


def simplified(text: str) -> str:
    """Traditional characters as the simplified ones, one for one: places in the text stay what they are."""
    return text if text.isascii() else text.translate(_simplified())


@cache
def traditional() -> dict[str, str]:
    """Traditional character → simplified."""
    return dict(_rows("simplified.tsv"))


@cache
def _simplified() -> dict[int, str]:
    return {ord(character): simple for character, simple in traditional().items()}


@cache
def _radicals() -> dict[int, str]:
    """Code point of a radical or stroke → the character it stands for, simplified."""
    return {ord(radical): character for radical, character in _rows("radicals.tsv")}


def _rows(name: str) -> Iterator[tuple[str, str]]:
    for line in (files("lbt_audit.model") / name).read_text("utf-8").split("\n"):
        if line and line[0] != "#":
            key, _, value = line.partition("\t")
            yield key, value
