"""Keys of rows, each one uint64 made of names and whatever else is given."""

from __future__ import annotations

from itertools import combinations
from typing import Final

import numpy as np

from lbt_audit.matching.people.encoding import Encoded, Side
from lbt_audit.matching.workers import workers

Keys = tuple[np.ndarray, np.ndarray]
"""(keys uint64, rows int32)"""

_UNREAD: Final = 1000  # numbers of characters without a reading begin here
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)


def mix(*columns: np.ndarray) -> np.ndarray:
    """Several integer columns as one uint64 key."""
    state = np.full(len(columns[0]), 0x243F6A8885A308D3, np.uint64)
    for column in columns:
        state ^= column.astype(np.int64).view(np.uint64)
        state *= _MULTIPLIER
        state ^= state >> np.uint64(32)
    return state


def on(where: np.ndarray, *columns: np.ndarray) -> Keys:
    """The rows where ``where`` holds, their columns as one key."""
    rows = np.flatnonzero(where)
    return mix(*[c[rows] for c in columns]), rows.astype(np.int32)


class NameKeys:
    """Keys made of the folded syllables of names and whatever else is given.

    ``alone``: names of two characters are also joined on either by itself where ``twos`` are asked for; in a
    large table chance would join too many.
    """

    def __init__(self, e: Encoded, alone: bool = True) -> None:
        names = e.names
        self._alone = alone
        folded = names.folded.astype(np.int64)
        # A character nobody can read still is a character: let rare ones agree with themselves.
        unread = (folded == 0) & (names.codes > 0) & ~names.alphabet.wild[names.codes]
        self._sounds = np.where(unread, _UNREAD + names.codes.astype(np.int64), folded)
        self._length = np.minimum(names.length, self._sounds.shape[1]).astype(np.int8)
        # A sum does not ask for the order of the syllables.
        self._whole = mix(np.arange(_UNREAD + (1 << 16)))[self._sounds].sum(axis=1).view(np.int64)
        with workers(e.left.n + e.right.n) as pool:
            (left, right), (one, other) = (
                pool.map(f, (e.left, e.right)) for f in (self._twos, self._singles)
            )
        self._left = e.left
        self._pairs, self._given = (left, right), (one, other)

    def whole(self, s: Side, where: np.ndarray, *more: np.ndarray) -> Keys:
        """All syllables in any order."""
        return _merge([on(where & (n >= 0), self._whole[n], *more) for n in _both(s)])

    def single(self, s: Side, place: int, where: np.ndarray, *more: np.ndarray) -> Keys:
        """The syllable at one place."""
        return _merge([on(where & (n >= 0), self._sounds[n, place], *more) for n in _both(s)])

    def given(self, s: Side, where: np.ndarray, *more: np.ndarray) -> Keys:
        """Each syllable of the given name by itself (of the first three of a long name)."""
        return _with(self._given[s is not self._left], where, *more)

    def twos(self, s: Side, where: np.ndarray, *more: np.ndarray) -> Keys:
        """Every two of the first four syllables, in any order; see ``alone`` for names of two characters."""
        return _with(self._pairs[s is not self._left], where, *more)

    def _singles(self, s: Side) -> tuple[np.ndarray, np.ndarray]:
        """(rows, syllables) of given names."""
        rows, keys = [], []
        for n in _both(s):
            for k in (1, 2, 3):
                sound = np.where(n >= 0, self._sounds[n, k], 0)
                index = np.flatnonzero(sound > 0)
                rows.append(index.astype(np.int32))
                keys.append(sound[index])
        return np.concatenate(rows), np.concatenate(keys)

    def _twos(self, s: Side) -> tuple[np.ndarray, np.ndarray]:
        """(rows, two syllables as one number) of names."""
        rows, keys = [], []
        for n in _both(s):
            length = np.where(n >= 0, self._length[n], 0)
            sounds = [self._sounds[n, p] for p in range(4)]
            for p, q in combinations(range(4), 2):
                index = np.flatnonzero(length > q)
                x, y = sounds[p][index], sounds[q][index]
                both = (x > 0) & (y > 0)
                index, x, y = index[both], x[both], y[both]
                rows.append(index.astype(np.int32))
                keys.append(np.minimum(x, y) << 20 | np.maximum(x, y))
            for p in (0, 1) if self._alone else ():
                index = np.flatnonzero((length <= 2) & (length > p))
                index = index[sounds[p][index] > 0]
                rows.append(index.astype(np.int32))
                keys.append(sounds[p][index] << 20 | sounds[p][index])
        return np.concatenate(rows), np.concatenate(keys)


def _with(table: tuple[np.ndarray, np.ndarray], where: np.ndarray, *more: np.ndarray) -> Keys:
    rows, keys = table
    if not where.all():
        index = np.flatnonzero(where[rows])
        rows, keys = rows[index], keys[index]
    return mix(keys, mix(*more)[rows].view(np.int64)), rows


def parent_sounds(e: Encoded) -> np.ndarray:
    """By number of an adult's name: a hash (int64) of its folded syllables."""
    folded = e.adults.folded
    powers = _MULTIPLIER ** np.arange(1, folded.shape[1] + 1, dtype=np.uint64)
    sounds: np.ndarray = (mix(np.arange(int(folded.max(initial=0)) + 1))[folded] * powers).sum(axis=1)
    return sounds.view(np.int64)


def _both(s: Side) -> list[np.ndarray]:
    return [s.name, s.former] if (s.former >= 0).any() else [s.name]


def _merge(keys: list[Keys]) -> Keys:
    if len(keys) == 1:
        return keys[0]
    return np.concatenate([k for k, _ in keys]), np.concatenate([r for _, r in keys])
