"""How alike two characters look: outline, stroke sequence, components and phonetic series.

A slip of the eye keeps the outline (未/末, 熙/煦) or the phonetic part (晴/睛, 珊/姗). Two names built with one
radical (琳/琪, 诗/语, 芝/莲) share the radical only, and a score that counts what is shared takes sisters for a
misspelling. The outline therefore is that of the whole glyph, as character recognition describes it: the
directions of its edges in a grid, with what all characters of a radical have in common weighed down. What a
slip of the eye makes of a name is seldom another usual name (晴 → 睛), while sisters bear usual names: two
characters that names are commonly made of need more likeness to be taken for one.

Measured by ``tests/benchmarks/matching/shapes/candidates.py`` on pairs that were not fitted; the figures stand
there. A score of ``LOOK_ALIKE_FROM`` or more is called look-alike; from ``PARTLY_ALIKE_FROM`` on, part of the
character is alike, which is not enough to take two names for one.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from math import log2, sqrt
from typing import Final

import numpy as np

from lbt_audit.matching.characters.script import NAME_CHARACTERS, OUTLINE_ZERO, Glyph, glyphs, outlines

LOOK_ALIKE_FROM: Final = -0.8
"""Scores from here on are called look-alike."""
PARTLY_ALIKE_FROM: Final = -2.0
"""Scores from here on are called alike in part."""
UNKNOWN_SHAPE: Final = -6.0
FEATURES: Final = (
    "outline", "stroke edits", "components", "same ending", "common strokes", "phonetic series",
)  # fmt: skip
_WEIGHTS: Final = np.array([6.3, -5.2, 10.4, 3.0, 9.2, 5.4], np.float32)
_OFFSET: Final = -9.4
_BOTH_USUAL: Final = -4.0  # fitted: −2.2; but two children made one cost more than a slip to be looked at
_EMPTY: Final = Glyph("", "")
_SERIES: Final = 4  # phonetic series kept per character
_CHUNK: Final = 100_000


@cache
def _part_weights() -> dict[str, float]:
    """Component → root of its strokes × log of its rarity."""
    table = glyphs()
    counts = Counter("".join(char + glyph.parts for char, glyph in table.items()))
    total = len(table)
    return {
        part: sqrt(len(table[part].strokes) if part in table else 3) * log2(total / n)
        for part, n in counts.items()
    }


class Shapes:
    """Shapes of an alphabet: ``score`` compares characters by their positions in it."""

    def __init__(self, chars: str | list[str]) -> None:
        table, drawn = glyphs(), outlines()
        found = [table.get(c, _EMPTY) for c in chars]
        n = len(found)
        self.known = np.array(
            [c in drawn and bool(g.strokes) for c, g in zip(chars, found, strict=True)], bool
        )
        self._outline, self._series = _drawn([c if k else "" for c, k in zip(chars, self.known, strict=True)])
        self._usual = np.array([c in NAME_CHARACTERS for c in chars], bool)
        self._strokes = np.array([g.strokes for g in found], object)
        self._lengths = np.array([len(g.strokes) for g in found], np.int32)
        self._ends = np.zeros((n, max(int(self._lengths.max(initial=0)), 1)), np.uint8)
        weights = _part_weights()
        inside = [sorted({c, *g.parts}) if g.strokes else [] for c, g in zip(chars, found, strict=True)]
        number = {p: i + 1 for i, p in enumerate(sorted({p for parts in inside for p in parts}))}
        width = max((len(p) for p in inside), default=1) or 1
        self._parts = np.zeros((n, width), np.uint16)
        self._part_weight = np.zeros(len(number) + 1, np.float32)
        for part, i in number.items():
            self._part_weight[i] = weights[part]
        for i, glyph in enumerate(found):
            line = np.frombuffer(glyph.strokes.encode(), np.uint8)
            self._ends[i, : len(line)] = line[::-1]
            self._parts[i, : len(inside[i])] = [number[p] for p in inside[i]]
        self._total = self._part_weight[self._parts].sum(axis=1)

    def score(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Log odds (float32) that characters ``a[i]`` and ``b[i]`` are confused for their looks."""
        result = np.full(len(a), UNKNOWN_SHAPE, np.float32)
        index = np.flatnonzero(self.known[a] & self.known[b])
        for start in range(0, len(index), _CHUNK):
            part = index[start : start + _CHUNK]
            score = self.features(a[part], b[part]) @ _WEIGHTS + np.float32(_OFFSET)
            usual = self._usual[a[part]] & self._usual[b[part]]
            # Alike at a glance, but as likely two names: no less than alike in part.
            at_least = np.minimum(score, LOOK_ALIKE_FROM - 0.1)
            result[part] = np.where(usual, np.maximum(score + _BOTH_USUAL, at_least), score)
        return result

    def features(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """What the score is made of (float32, pairs × ``FEATURES``, each from 0 to 1) for known characters."""
        from rapidfuzz.distance import LCSseq, Levenshtein
        from rapidfuzz.process import cpdist

        found = np.zeros((len(a), len(FEATURES)), np.float32)
        found[:, 0] = np.einsum("ij,ij->i", self._outline[a], self._outline[b])
        x, y = self._strokes[a], self._strokes[b]
        found[:, 1] = cpdist(x, y, scorer=Levenshtein.normalized_similarity, dtype=np.float32)
        found[:, 2] = self._shared(a, b)
        longest = np.maximum(self._lengths[a], self._lengths[b])
        found[:, 3] = _common(self._ends[a], self._ends[b]) / longest
        found[:, 4] = cpdist(x, y, scorer=LCSseq.normalized_similarity, dtype=np.float32)
        one, other = self._series[a], self._series[b]
        for k in range(_SERIES):
            found[:, 5] += ((one == other[:, k : k + 1]) & (one > 0)).any(axis=1)
        found[:, 5] = found[:, 5] > 0
        return found

    def _shared(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Weight of the components two characters share, of the weight of all they have (float32)."""
        x, y = self._parts[a], self._parts[b]
        common = np.zeros(len(a), np.float32)
        for k in range(y.shape[1]):
            shared = ((x == y[:, k : k + 1]) & (x > 0)).any(axis=1)
            common += np.where(shared, self._part_weight[y[:, k]], 0)
        union = self._total[a] + self._total[b] - common
        result: np.ndarray = common / np.maximum(union, 1e-6)
        return result


def _drawn(chars: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Outlines as vectors of length 1 (float32) and numbers of phonetic series (uint16); 0 where unknown."""
    table = outlines()
    size = len(next(iter(table.values())).partition("\t")[0])
    vectors = np.zeros((len(chars), size), np.float32)
    series = np.zeros((len(chars), _SERIES), np.uint16)
    for i, char in enumerate(chars):
        if char:
            letters, _, numbers_of = table[char].partition("\t")
            vectors[i] = np.frombuffer(letters.encode(), np.uint8)
            numbers = numbers_of.split()[:_SERIES]
            series[i, : len(numbers)] = [int(n) for n in numbers]
    vectors[vectors.any(axis=1)] -= OUTLINE_ZERO
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return vectors, series


def _common(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Length of the common beginning of each two rows (int32)."""
    same = (x == y) & (x > 0)
    result: np.ndarray = np.where(same.all(axis=1), same.shape[1], same.argmin(axis=1)).astype(np.int32)
    return result


@lru_cache(maxsize=100_000)
def shape_score(a: str, b: str) -> float:
    """``Shapes.score`` of two characters."""
    return float(Shapes([a, b]).score(np.array([0]), np.array([1]))[0])
