"""Names longer than a Chinese name: transcriptions in parts, foreign names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lbt_audit.matching.alphabet import SHAPE, Alphabet, relation_level
from lbt_audit.matching.levels import Level
from lbt_audit.matching.tokens import Forms

_RATIO = 0.7  # below this share of common characters two long names are two names


def may_be_one(one: Sequence[Forms], other: Sequence[Forms]) -> np.ndarray:
    """Which pairs (bool) of long names are near enough, or share a part, to be compared closely."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cpdist

    near = cpdist(
        [f.plain for f in one],
        [f.plain for f in other],
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=_RATIO,
        dtype=np.float32,
    )
    shares = [
        (len(f.parts) > 1 or len(g.parts) > 1) and not set(f.parts).isdisjoint(g.parts)
        for f, g in zip(one, other, strict=True)
    ]
    result: np.ndarray = (near > 0) | np.array(shares, bool)
    return result


def compare_long(one: Forms, other: Forms, alphabet: Alphabet) -> tuple[Level, int, int]:
    """(level, first differing position, differing characters) of two names not equal in plain form."""
    from rapidfuzz.distance import Levenshtein

    x, y = one.plain, other.plain
    if len(one.parts) > 1 and sorted(one.parts) == sorted(other.parts):
        return Level.SWAPPED, 0, 1
    longer, shorter = (one, other) if len(x) > len(y) else (other, one)
    # One part of the name left out: 阿依古丽 for 阿依古丽·买买提.
    if len(longer.parts) > 1 and len(shorter.plain) >= 3 and shorter.plain in longer.parts:
        at = len(longer.parts[0]) if shorter.plain == longer.parts[0] else 0
        return (Level.MISSING if longer is one else Level.EXTRA), at, 1
    edits = list(Levenshtein.editops(x, y))
    count = len(edits)
    longest = max(len(x), len(y))
    if not count or 1 - count / longest < _RATIO:
        return Level.DIFFERENT, 0, min(longest, 255)
    worst = Level.EQUAL
    for edit in edits:
        if edit.tag == "replace":
            relation = alphabet.relate(x[edit.src_pos], y[edit.dest_pos])
            level = Level(int(relation_level(np.array([relation]))[0])) if relation else Level.EQUAL
            level = level if relation < SHAPE or level != Level.EQUAL else Level.UNRELATED
        elif edit.tag == "insert":
            level = _inserted(y, edit.dest_pos, Level.EXTRA)
        else:
            level = _inserted(x, edit.src_pos, Level.MISSING)
        worst = max(worst, level)
    if count == 2 and len(x) == len(y) and sorted(x) == sorted(y):
        worst = Level.SWAPPED
    elif worst == Level.UNRELATED and count > 1:
        worst = Level.DIFFERENT
    position = edits[0].src_pos if len(x) >= len(y) else edits[0].dest_pos
    return worst, min(position, 255), min(count, 255)


def _inserted(text: str, at: int, level: Level) -> Level:
    neighbours = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return Level.DOUBLED if text[at] in neighbours else level
