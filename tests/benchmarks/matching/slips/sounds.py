"""Characters that sound alike: in an input method (no tones), in a dialect, and whole words of one sound.

Readings are pypinyin's; the characters written instead are those of names and of the lists in ``confusions``.
"""

from __future__ import annotations

import functools
import random
import unicodedata
from collections import defaultdict

from tests.benchmarks.matching.population.names import BOYS, GIRLS, SHARED
from tests.benchmarks.matching.slips.confusions import HOMOPHONES, LOOK_ALIKE, NEAR_SOUND

INITIALS = ("n l", "r z", "zh z", "ch c", "sh s")
# f–h: what is spoken for what, as whole syllables (湖南、四川、贵州).
F_H = ("fa hua", "fan huan", "fang huang", "fei hui", "fen hun", "feng hong", "fu hu", "fo huo")
# ü–i: without rounded vowels (云南、贵州).
ROUNDED = (
    "yu yi", "lv li", "nv ni", "ju ji", "qu qi", "xu xi", "yuan yan", "juan jian", "quan qian", "xuan xian", "yue ye",
    "jue jie", "que qie", "xue xie", "yun yin", "jun jin", "qun qin", "xun xin", "yong yin",
)  # fmt: skip
HE_HUO = ("he huo", "ge guo", "ke kuo", "e wo")
# Velars before i kept: 街 gai, 鞋 hai, 家 ga, 敲 kao, 角 guo.
JIE_GAI = (
    "jie gai",
    "xie hai",
    "jia ga",
    "qiao kao",
    "jiao gao",
    "xian han",
    "jian gan",
    "xiang hang",
    "jiang gang",
)
VELARS = "盖改该凯楷开街鞋海孩解嘎高糕岗港敢感汗"
NASALS = ("in ing", "en eng", "an ang", "ian iang", "uan uang")
DIALECT = ("n–l", "f–h", "ü–i", "he–huo", "jie–gai", "r–z", "nasals")


def sound_of(c: str) -> str:
    """The syllable of a character without its tone (ü is v)."""
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(c)[0])


@functools.cache
def by_sound() -> dict[str, list[str]]:
    """Characters of names by syllable."""
    pairs = ["".join(p) for p in NEAR_SOUND]
    texts = (BOYS, GIRLS, SHARED, VELARS, *HOMOPHONES, *LOOK_ALIKE, *pairs)
    chars = sorted({c for text in texts for c in text})
    found: dict[str, list[str]] = defaultdict(list)
    for c in chars:
        found[sound_of(c)].append(c)
    return dict(found)


@functools.cache
def same_sound(c: str) -> tuple[str, ...]:
    """Other characters an input method offers for the syllable of ``c``."""
    return tuple(o for o in by_sound().get(sound_of(c), ()) if o != c)


@functools.cache
def dialect(c: str) -> dict[str, tuple[str, ...]]:
    """What may be written for ``c`` where a dialect makes two sounds one, by the kind of the merger."""
    found = {kind: spoken(sound_of(c), kind) for kind in DIALECT}
    return {
        kind: tuple(o for sound in sounds for o in by_sound().get(sound, ()))
        for kind, sounds in found.items()
        if any(by_sound().get(sound) for sound in sounds)
    }


def spoken(sound: str, kind: str) -> list[str]:
    """Syllables that are one with ``sound`` in dialects of this kind."""
    if kind in ("n–l", "r–z"):
        return _exchange(sound, (INITIALS[0] if kind == "n–l" else INITIALS[1]).split(), start=True)
    if kind == "nasals":
        return [s for pair in NASALS for s in _exchange(sound, pair.split(), start=False)]
    table = {"f–h": F_H, "ü–i": ROUNDED, "he–huo": HE_HUO, "jie–gai": JIE_GAI}[kind]
    return [other for pair in table for one, other in _ways(pair) if one == sound]


def _ways(pair: str) -> list[tuple[str, str]]:
    a, b = pair.split()
    return [(a, b), (b, a)]


def _exchange(sound: str, pair: list[str], start: bool) -> list[str]:
    for a, b in (pair, pair[::-1]):
        if start and sound.startswith(a) and not sound.startswith(a + "h"):
            return [b + sound[len(a) :]]
        if not start and sound.endswith(a):
            stem = sound[: -len(a)]
            # "ian" ends as "an" does, and has a line of its own.
            if stem and stem[-1] in "iu" and a in ("an", "ang"):
                continue
            return [stem + b]
    return []


@functools.cache
def _words() -> dict[str, list[str]]:
    """Words of two characters by their sound without tones."""
    from pypinyin.phrases_dict import phrases_dict

    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(w for w in phrases_dict if len(w) == 2):
        found[" ".join(_toneless(reading[0]) for reading in phrases_dict[word])].append(word)
    return found


def _toneless(syllable: str) -> str:
    plain = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in plain if not unicodedata.combining(c))


def word_slip(given: str, rng: random.Random) -> str | None:
    """Another word of the same sound for a given name of two characters, both of them other characters."""
    sound = " ".join(map(sound_of, given))
    words = [w for w in _words().get(sound, ()) if w[0] != given[0] and w[1] != given[1]]
    names = [same_sound(c) for c in given]
    if words and (rng.random() < 0.5 or not all(names)):
        return rng.choice(words)
    return "".join(rng.choice(chars) for chars in names) if all(names) else None
