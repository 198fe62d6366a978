"""The characters met in a set of names, numbered, and how any two of them are related."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property
from threading import Lock
from typing import Final

import numpy as np

from lbt_audit.matching.characters.codes import WILDCARD, is_wild, spelled, syllables
from lbt_audit.matching.characters.readings import (
    DEFAULT_CONFUSIONS,
    OTHER_READINGS,
    SURNAME_READINGS,
    Confusion,
    fold,
    near_sounds,
    split,
    syllable_set,
)
from lbt_audit.matching.characters.script import toneless, variants
from lbt_audit.matching.characters.shapes import LOOK_ALIKE_FROM, PARTLY_ALIKE_FROM, Shapes
from lbt_audit.matching.characters.transcription import heard_as
from lbt_audit.matching.levels import Level

SAME, VARIANT, SOUND, NEAR, WILD, SPELT, SHAPE = 0, 1, 2, 3, 4, 5, 10
"""Relations of two characters; ``SPELT``: one is typed as its syllable (shi for 诗); from ``SHAPE`` on, tenths of
the shape score above −6."""
LOOK_ALIKE: Final = SHAPE + round((LOOK_ALIKE_FROM + 6) * 10)
PARTLY_ALIKE: Final = SHAPE + round((PARTLY_ALIKE_FROM + 6) * 10)
_UNSEEN: Final = 255
_WANTED: Final = 254
_READINGS: Final = 4  # readings kept per character
_MATRIX_LIMIT: Final = 12_000
_FEW: Final = 100_000


def relation_level(relation: np.ndarray) -> np.ndarray:
    """The ``Level`` (uint8) of one substituted character."""
    result: np.ndarray = _levels()[relation]
    return result


@cache
def _levels() -> np.ndarray:
    table = np.full(256, Level.UNRELATED, np.uint8)
    table[[SAME, VARIANT, SOUND, NEAR, WILD, SPELT]] = [
        Level.EQUAL, Level.VARIANT, Level.SAME_SOUND, Level.NEAR_SOUND, Level.PLACEHOLDER, Level.PLACEHOLDER,
    ]  # fmt: skip
    table[PARTLY_ALIKE:LOOK_ALIKE] = Level.PARTLY_ALIKE
    table[LOOK_ALIKE:_WANTED] = Level.LOOK_ALIKE
    return table


def shape_of(relation: np.ndarray) -> np.ndarray:
    """The shape score (float32) kept in a relation; only for relations from ``SHAPE`` on."""
    result: np.ndarray = (relation.astype(np.float32) - SHAPE) / 10 - 6
    return result


class Alphabet:
    """Characters numbered from 1; 0 stands for "no character"."""

    def __init__(self, chars: list[str], confusions: tuple[Confusion, ...] = DEFAULT_CONFUSIONS) -> None:
        self.chars = ["", *chars]
        self.confusions = confusions
        size = len(self.chars)
        sounds = Sounds.of(confusions)
        self.sounds = sounds
        self.syllables = np.zeros((size, _READINGS), np.int16)
        self.wild, self.spelt = np.zeros(size, bool), np.zeros(size, bool)
        usual = variants()
        self._canonical = np.zeros(size, np.int32)
        for i, char in enumerate(self.chars[1:], 1):
            numbers = [sounds.number(s) for s in syllable_set(char)[:_READINGS]]
            self.syllables[i, : len(numbers)] = numbers
            self.wild[i], self.spelt[i] = is_wild(char), bool(spelled(char))
            self._canonical[i] = ord(usual.get(char, char))
        self.folded = sounds.folded(self.syllables[:, 0])
        self.folded_first = self.folded.copy()
        for i, char in enumerate(self.chars):
            if char in SURNAME_READINGS:
                usual_first = toneless(SURNAME_READINGS[char].split()[0])
                self.folded_first[i] = sounds.folded(np.array([sounds.number(usual_first)]))[0]
        self._lock = Lock()  # pairs are compared by several threads
        self._cache = np.full((size, size), _UNSEEN, np.uint8) if size <= _MATRIX_LIMIT else None

    @cached_property
    def _shapes(self) -> Shapes:
        return Shapes(self.chars)

    @cached_property
    def heard(self) -> np.ndarray:
        """Per character a number (uint32), the same for all that transcribe one sound of another language."""
        return np.array([ord(heard_as(c)) if c else 0 for c in self.chars], np.uint32)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {char: i for i, char in enumerate(self.chars)}

    def relate(self, a: str, b: str) -> int:
        """How two characters are related; the same as ``relation`` of their numbers."""
        one, other = self._number.get(a), self._number.get(b)
        if one is None or other is None:  # folded differently from what was numbered
            return relate(*sorted((a, b)), self.confusions)
        return int(self.relation(np.array([one]), np.array([other]))[0])

    def learn(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Relate many pairs of characters at once: asked for one by one, each would cost as much as a thousand."""
        numbers = [(self._number.get(p), self._number.get(q)) for p, q in set(pairs)]
        known = np.array([pair for pair in numbers if None not in pair], np.int64).reshape(-1, 2)
        if len(known) and self._cache is not None:
            self.relation(known[:, 0], known[:, 1])

    def relation(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """How characters ``a[i]`` and ``b[i]`` (numbers) are related (uint8)."""
        if self._cache is None:
            pairs, where = np.unique(a.astype(np.int64) * len(self.chars) + b, return_inverse=True)
            found = self._relate(pairs // len(self.chars), pairs % len(self.chars))
            result: np.ndarray = found[where]
            return result
        relation: np.ndarray = self._cache[a, b]
        if not (relation >= _WANTED).any():
            return relation
        size = len(self.chars)
        with self._lock:
            unseen = np.flatnonzero(self._cache[a, b] == _UNSEEN)
            if len(unseen) < _FEW:
                pairs = np.unique(a[unseen].astype(np.int64) * size + b[unseen])
            else:  # marking is faster than sorting millions of pairs to find the few thousand distinct ones
                self._cache[a[unseen], b[unseen]] = _WANTED
                pairs = np.flatnonzero(self._cache.ravel() == _WANTED)
            x, y = pairs // size, pairs % size
            found = self._relate(x, y)
            self._cache[x, y] = found
            self._cache[y, x] = found
            known: np.ndarray = self._cache[a, b]
            return known

    def _relate(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        # Shape is symmetric only up to rounding: always compare in one order.
        a, b = np.minimum(a, b), np.maximum(a, b)
        relation = np.zeros(len(a), np.uint8)
        sound = self.sounds.relation(self.syllables[a], self.syllables[b])
        silent = sound == 0
        relation[silent] = self._shape(a[silent], b[silent])
        relation[sound == 1] = SOUND
        relation[sound == 2] = NEAR
        relation[~silent & (self.spelt[a] | self.spelt[b])] = SPELT
        relation[self.wild[a] | self.wild[b]] = WILD
        relation[(self._canonical[a] == self._canonical[b]) & (self._canonical[a] > 0)] = VARIANT
        relation[a == b] = SAME
        return relation

    def _shape(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        score = self._shapes.score(a, b)
        tenths = np.clip(np.round((score + 6) * 10), 0, _WANTED - 1 - SHAPE)
        result: np.ndarray = (SHAPE + tenths).astype(np.uint8)
        return result


class Sounds:
    """Syllables numbered from 1, and which are equal or near under a table of confusions."""

    def __init__(self, confusions: tuple[Confusion, ...]) -> None:
        extra = " ".join([*SURNAME_READINGS.values(), *OTHER_READINGS.values()]).split()
        self.names = ["", *sorted({*syllables(), *map(toneless, extra)})]
        self._number = {s: i for i, s in enumerate(self.names)}
        size = len(self.names)
        folded = [fold(s, confusions) if s else "" for s in self.names]
        groups: dict[str, list[int]] = {}
        for i, key in enumerate(folded):
            groups.setdefault(key, []).append(i)
        self._fold = np.array([min(groups[key]) for key in folded], np.int16)
        self._near = np.zeros((size, size), np.uint8)
        for members in groups.values():
            for i in members:
                for j in members:
                    if i and j and near_sounds(self.names[i], self.names[j], confusions) is not None:
                        self._near[i, j] = 1 if i == j else 2
        self._hear(confusions)

    def _hear(self, confusions: tuple[Confusion, ...]) -> None:
        """Adds the syllables near by confusions that are not folded."""
        parts = {split(name): name for name in self.names[1:]}
        for c in confusions:
            if c.folded:
                continue
            pairs = [pair for pair in c.syllables if all(self.number(s) for s in pair)]
            for (initial, final), name in parts.items():
                others = [(b, final) for a, b in c.initials if a == initial]
                others += [(initial, b) for a, b in c.finals if a == final]
                pairs += [(name, parts[other]) for other in others if other in parts]
            for one, other in pairs:
                i, j = self.number(one), self.number(other)
                self._near[i, j] = self._near[j, i] = 2

    @staticmethod
    @cache
    def of(confusions: tuple[Confusion, ...]) -> Sounds:
        """The table for these confusions, made once."""
        return Sounds(confusions)

    def number(self, syllable: str) -> int:
        """The number of a toneless syllable; 0 if it is none of Chinese."""
        return self._number.get(syllable, 0)

    def folded(self, numbers: np.ndarray) -> np.ndarray:
        """Numbers equal for all syllables the table may confuse."""
        result: np.ndarray = self._fold[numbers]
        return result

    def relation(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """0 none, 1 same sound, 2 near sound, over sets of readings (n × readings)."""
        best = np.zeros(len(a), np.uint8)
        for i in range(a.shape[1]):
            if not a[:, i].any():
                break
            for j in range(b.shape[1]):
                if not b[:, j].any():
                    break
                found = self._near[a[:, i], b[:, j]]
                best = np.where(found == 1, 1, np.where((best == 0) & (found == 2), 2, best)).astype(np.uint8)
        return best


@cache
def relate(a: str, b: str, confusions: tuple[Confusion, ...] = DEFAULT_CONFUSIONS) -> int:
    """The relation of two single characters."""
    if a == b:
        return SAME
    return Alphabet(sorted({a, b, WILDCARD}), confusions).relate(a, b)
