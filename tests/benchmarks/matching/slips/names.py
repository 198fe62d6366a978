"""Slips in names, by kind."""

from __future__ import annotations

import functools
import random
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.matching.slips import sounds
from tests.benchmarks.matching.slips.confusions import (
    HOMOPHONES,
    LOOK_ALIKE,
    NEAR_SOUND,
    TRADITIONAL,
    VARIANT,
)

_SAME: dict[str, list[str]] = defaultdict(list)
for group in HOMOPHONES:
    for c in group:
        _SAME[c] += [o for o in group if o != c]
_NEAR: dict[str, list[str]] = defaultdict(list)
for a, b in NEAR_SOUND:
    _NEAR[a].append(b)
    _NEAR[b].append(a)
_LOOKS: dict[str, list[str]] = defaultdict(list)
for pair in LOOK_ALIKE:
    _LOOKS[pair[0]].append(pair[1])
    _LOOKS[pair[1]].append(pair[0])
_TRAD = {p[0]: p[1] for p in TRADITIONAL}
_VAR = {p[0]: p[1] for p in VARIANT}
OTHERS = "贤森奎茂盈朵棠柯栋楷榕沁泉烁焘爱玫环珂甜睦稳笛翎耘芹苇菱萌蔚衡迅逸郁钊霞颂飒驰鸽"
# How often which slip stands in a list, in parts of all slips of names.
KINDS: Mapping[str, float] = {
    "same_sound": 22, "near_sound": 12, "dialect": 5, "look_alike": 12, "printed_alike": 5, "word": 4, "traditional": 4,
    "variant": 2, "blank_dot": 8, "swapped": 5, "missing": 4, "extra": 2, "doubled": 2, "placeholder": 3, "unrelated": 4,
    "surname": 2, "two_slips": 5, "another_name": 3,
}  # fmt: skip


@functools.cache
def _printed_alike() -> dict[str, str]:
    lines = Path(__file__).with_name("lookalikes.tsv").read_text("utf-8").splitlines()
    return {line[0]: line[2:] for line in lines}


def _instead(c: str, kind: str, rng: random.Random) -> list[str] | tuple[str, ...] | str:
    """Characters that a slip of this kind writes for ``c``."""
    match kind:
        case "same_sound":
            return _SAME.get(c, []) if rng.random() < 0.5 else sounds.same_sound(c)
        case "near_sound":
            return _NEAR.get(c, [])
        case "look_alike":
            return _LOOKS.get(c, [])
        case "printed_alike":
            return _printed_alike().get(c, "")
        case "dialect":
            # Each merger as often as another, however many characters it offers.
            mergers = sounds.dialect(c)
            return mergers[rng.choice(sorted(mergers))] if mergers else ()
    return ()


ONE_CHARACTER = ("same_sound", "near_sound", "look_alike", "printed_alike", "dialect")


def slip(name: str, kind: str, rng: random.Random, other_surname: str = "") -> str | None:
    """The name with a slip of this kind, or None if it cannot have one."""
    if kind in ONE_CHARACTER:
        choices = {k: instead for k, c in enumerate(name) if (instead := _instead(c, kind, rng))}
        if not choices:
            return None
        k = rng.choice(list(choices))
        return name[:k] + rng.choice(choices[k]) + name[k + 1 :]
    if kind == "word":
        given = sounds.word_slip(name[-2:], rng) if len(name) in (3, 4) and "·" not in name else None
        return given and name[:-2] + given
    if kind in ("traditional", "variant"):
        signs = _TRAD if kind == "traditional" else _VAR
        places = [k for k, c in enumerate(name) if c in signs]
        if not places:
            return None
        k = rng.choice(places)
        return name[:k] + signs[name[k]] + name[k + 1 :]
    if kind == "blank_dot":
        if "·" in name:
            return name.replace("·", rng.choice(["•", "", ".", "・", " "]))
        return name[0] + rng.choice([" ", "　", "  "]) + name[1:] if len(name) < 4 else None
    if kind == "swapped":
        k = rng.randrange(1, len(name) - 1) if len(name) > 2 else 0
        turned = name[:k] + name[k + 1] + name[k] + name[k + 2 :]
        return turned if turned != name and "·" not in name else None
    if kind == "missing":
        k = rng.randrange(1, len(name))
        return (
            name[:k] + name[k + 1 :]
            if len(name) >= 3 and name[k] not in (name[k - 1], "·") and name[k] != name[(k + 1) % len(name)]
            else None
        )
    if kind == "extra":
        c = rng.choice(OTHERS)
        k = rng.randrange(1, len(name) + 1)
        return name[:k] + c + name[k:] if c not in name and len(name) < 4 else None
    if kind == "doubled":
        k = rng.randrange(1, len(name))
        return name[:k] + name[k] + name[k:] if "·" not in name and len(name) < 4 else None
    if kind == "placeholder":
        k = rng.randrange(1, len(name))
        return name[:k] + rng.choice(["*", "?", "□", "某", "＊"]) + name[k + 1 :] if name[k] != "·" else None
    if kind == "unrelated":
        k = rng.randrange(1, len(name))
        return name[:k] + rng.choice(OTHERS) + name[k + 1 :] if len(name) == 3 else None
    if kind == "surname":
        return other_surname + name[1:] if len(name) == 3 and other_surname not in ("", name[0]) else None
    if kind == "two_slips":
        one = slip(name, rng.choice(["same_sound", "near_sound"]), rng)
        two = one and slip(one, rng.choice(["same_sound", "near_sound", "look_alike"]), rng)
        return (
            two
            if two and sum(p != q for p, q in zip(name, two, strict=True)) == 2 and len(name) >= 3
            else None
        )
    if kind == "another_name":  # what it is called at home
        return name[:-2] + "".join(rng.sample(OTHERS, 2)) if len(name) in (3, 4) and "·" not in name else None
    raise ValueError(kind)


def name_slip(
    name: str, rng: random.Random, other_surname: str = "", kinds: Mapping[str, float] = KINDS
) -> tuple[str, str]:
    """(name with a slip, kind); the kind is "equal" for the rare name that can have none of these."""
    for _ in range(20):
        kind = rng.choices(list(kinds), list(kinds.values()))[0]
        found = slip(name, kind, rng, other_surname)
        if found is not None and found != name:
            return found, kind
    return name, "equal"
