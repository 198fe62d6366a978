"""Names longer than a Chinese name: transcriptions in parts, foreign names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lbt_audit.matching.characters.alphabet import SHAPE, Alphabet, relation_level
from lbt_audit.matching.characters.transcription import SHORTEST, heard
from lbt_audit.matching.levels import Level
from lbt_audit.matching.names.forms import Forms

_RATIO = 0.7  # below this share of common characters two long names are two names


def may_be_one(one: Sequence[Forms], other: Sequence[Forms]) -> np.ndarray:
    """Which pairs (bool) of long names are near enough, or share a part, to be compared closely."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cpdist

    x, y = [heard(f.plain) for f in one], [heard(f.plain) for f in other]
    near = cpdist(x, y, scorer=Levenshtein.normalized_similarity, score_cutoff=_RATIO, dtype=np.float32)
    shares = [
        (len(f.parts) > 1 or len(g.parts) > 1) and not set(f.parts).isdisjoint(g.parts)
        for f, g in zip(one, other, strict=True)
    ]
    cut = [p.startswith(q) or q.startswith(p) for p, q in zip(x, y, strict=True)]
    result: np.ndarray = (near > 0) | np.array(shares, bool) | np.array(cut, bool)
    return result


def replacements(one: Forms, other: Forms) -> list[tuple[str, str]]:
    """The characters that stand for others on the way from one name to the other."""
    from rapidfuzz.distance import Levenshtein

    x, y = one.plain, other.plain
    return [(x[e.src_pos], y[e.dest_pos]) for e in Levenshtein.editops(x, y) if e.tag == "replace"]


def compare_long(one: Forms, other: Forms, alphabet: Alphabet) -> tuple[Level, int, int]:
    """(level, first differing position, differing characters) of two names not equal in plain form."""
    from rapidfuzz.distance import Levenshtein

    x, y = one.plain, other.plain
    if len(one.parts) > 1 and sorted(one.parts) == sorted(other.parts):
        return Level.SWAPPED, 0, 1
    index = _cut_off(one, other)
    if index:
        return (Level.MISSING if len(x) > len(y) else Level.EXTRA), min(index % 1000, 255), 1
    edits = list(Levenshtein.editops(x, y))
    count = len(edits)
    longest = max(len(x), len(y))
    if not count or Levenshtein.normalized_similarity(heard(x), heard(y)) < _RATIO:
        return Level.DIFFERENT, 0, min(longest, 255)
    worst = Level.EQUAL
    for edit in edits:
        if edit.tag == "replace":
            level = _replaced(x[edit.src_pos], y[edit.dest_pos], alphabet)
        elif edit.tag == "insert":
            level = _inserted(y, edit.dest_pos, Level.EXTRA)
        else:
            level = _inserted(x, edit.src_pos, Level.MISSING)
        worst = max(worst, level)
    if count == 2 and len(x) == len(y) and sorted(x) == sorted(y):
        worst = Level.SWAPPED
    elif worst in (Level.UNRELATED, Level.PARTLY_ALIKE) and count > 1:
        worst = Level.DIFFERENT
    position = edits[0].src_pos if len(x) >= len(y) else edits[0].dest_pos
    return worst, min(position, 255), min(count, 255)


def _cut_off(one: Forms, other: Forms) -> int:
    """Where a name ends that goes on in the other, or begins there: 阿布都热 for 阿布都热合曼; 0 if neither.

    A name begun and not finished has at least ``SHORTEST`` characters, a whole part of a name at least three;
    a part that is not the first gives 1000.
    """
    longer, shorter = (one, other) if len(one.plain) > len(other.plain) else (other, one)
    size = len(shorter.plain)
    if len(longer.plain) < size + 2:
        return 0
    if size >= SHORTEST and heard(longer.plain[:size]) == heard(shorter.plain):
        return size
    if len(longer.parts) > 1 and size >= 3 and shorter.plain in longer.parts:
        return size if shorter.plain == longer.parts[0] else 1000
    return 0


def _replaced(p: str, q: str, alphabet: Alphabet) -> Level:
    relation = alphabet.relate(p, q)
    if relation >= SHAPE and heard(p) == heard(q):
        return Level.NEAR_SOUND
    return Level(int(relation_level(np.array([relation]))[0]))


def _inserted(text: str, index: int, level: Level) -> Level:
    neighbours = text[max(index - 1, 0) : index] + text[index + 1 : index + 2]
    if text[index] in neighbours:
        return Level.DOUBLED if level == Level.EXTRA else Level.UNDOUBLED
    return level
