"""``rules/sounds.yaml``: which sounds the speakers of a region do not tell apart, beyond those heard everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from lbt_audit.config.located import load_mapping
from lbt_audit.model.nearest import did_you_mean
from lbt_audit.model.text import Text
from lbt_audit.resources import data_dir

FILE = "sounds.yaml"
_INITIAL = "(?:[zcs]h|[bpmfdtnlgkhjqxrzcs])"
_FINAL = (
    "(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|uen|uei|iou|van|"
    "ai|ei|ui|ao|ou|iu|ie|ve|ue|er|an|en|in|un|vn|ia|ua|uo|[aoeiuv])"
)
_SYLLABLE = f"(?:{_INITIAL}|[yw])?{_FINAL}"
_SORTS = {"initial": _INITIAL, "final": _FINAL, "syllable": _SYLLABLE}

Pairs = tuple[tuple[str, str], ...]
"""Two initials, two finals or two syllables each, in letters without tones (ü = v)."""


@lru_cache(maxsize=1)
def presets() -> Mapping[str, tuple[Text, Pairs]]:
    """Every region by its key: what it is called, and its pairs of sounds. Raises ConfigError for a broken file."""
    data = load_mapping(data_dir("rules") / FILE)
    return {
        key: (
            Text(entry["title"]["zh"], entry["title"]["en"]),
            tuple((spelling(a), spelling(b)) for a, b in entry["sounds"]),
        )
        for key, entry in data.items()
    }


def pairs_of(dialect: str | None, own: Sequence[Sequence[str]]) -> Pairs:
    """The sounds that are one in a county, each pair once. Raises KeyError for a region that is not in the file."""
    known = presets()[dialect][1] if dialect is not None else ()
    return tuple(dict.fromkeys([*known, *((spelling(a), spelling(b)) for a, b in own)]))


def spelling(sound: str) -> str:
    """A sound as tables of syllables write it: ``Ü`` → ``v``."""
    return sound.strip().lower().replace("ü", "v")


def unknown_dialect(name: str) -> Text | None:
    """Why ``dialect = name`` cannot stand; None where there is such a region."""
    known = presets()
    if name in known:
        return None
    near = did_you_mean(name, known)
    every = Text("、".join(known), ", ".join(f"{key} ({title.en})" for key, (title, _) in known.items()))
    return Text(
        f"没有名为“{name}”的方言{near.zh or f'，可用的有：{every.zh}'}",
        f"no dialect called {name!r}{near.en or f'; there are: {every.en}'}",
    )


def flaws(own: Sequence[Sequence[str]]) -> Iterator[tuple[int, Text]]:
    """(number, why it cannot stand) of pairs that are no two different initials, finals or syllables."""
    for number, pair in enumerate(own):
        if len(pair) != 2:
            yield (
                number,
                Text('每对须正好两个音，如 ["he", "huo"]', 'a pair is two sounds, such as ["he", "huo"]'),
            )
        elif spelling(pair[0]) == spelling(pair[1]) or sort_of(spelling(pair[0]), spelling(pair[1])) is None:
            yield (
                number,
                Text(
                    f"“{pair[0]}”与“{pair[1]}”应为两个不同的声母、韵母或音节（不带声调）",
                    f"{pair[0]!r} and {pair[1]!r} are not two different initials, finals or syllables without tones",
                ),
            )


def sort_of(*sounds: str) -> str | None:
    """What all of them are: ``initial``, ``final`` or ``syllable``; None where they are none of these together."""
    return next(
        (sort for sort, form in _SORTS.items() if all(re.fullmatch(form, s) for s in sounds)),
        None,
    )
