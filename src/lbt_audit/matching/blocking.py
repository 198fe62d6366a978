"""Which rows are worth comparing: the union of joins on compound keys, each one int64 per row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from lbt_audit.matching.encode import Encoded, Side
from lbt_audit.matching.nameset import NameSet
from lbt_audit.matching.people import NO_DATE

Keys = tuple[np.ndarray, np.ndarray]
"""(keys uint64, rows int32)"""

BLOCK_LIMIT: Final = 20_000
"""Pairs one key value may give; values with more (an empty village, 1900-01-01) are skipped and reported."""
SMALL: Final = 2 * 10**10
"""Products of table sizes up to which names alone are joined as well."""
_FILTER_BITS: Final = 26
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Skipped:
    """A key value shared by too many rows of both tables to compare them all."""

    key: str
    left_row: int  # one row that has the value
    left_count: int
    right_count: int


def candidates(e: Encoded) -> tuple[np.ndarray, np.ndarray, list[Skipped]]:
    """Rows (left, right; int32) of the pairs worth comparing, each once, in order, and what was skipped."""
    found: list[np.ndarray] = []
    skipped: list[Skipped] = []
    width = np.int64(e.right.n)

    def run(job: tuple[str, Callable[[Side], Keys]]) -> tuple[np.ndarray, list[Skipped]]:
        key, make = job
        left, right = make(e.left), make(e.right)
        i, j, big = _join(key, left, right)
        return _distinct(i * width + j), big

    # Sorting and searching leave the interpreter free for a second thread; results are taken in order.
    with ThreadPoolExecutor(2) as pool:
        for pairs, big in pool.map(run, _keys(e)):
            found.append(pairs)
            skipped += big
    if not found:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), skipped
    pairs = _distinct(np.concatenate(found))
    return (pairs // width).astype(np.int32), (pairs % width).astype(np.int32), skipped


def mix(*columns: np.ndarray) -> np.ndarray:
    """Several integer columns as one uint64 key."""
    state = np.full(len(columns[0]), 0x243F6A8885A308D3, np.uint64)
    for column in columns:
        state ^= column.astype(np.int64).view(np.uint64)
        state *= _MULTIPLIER
        state ^= state >> np.uint64(32)
    return state


def _keys(e: Encoded) -> Iterator[tuple[str, Callable[[Side], Keys]]]:
    names = NameKeys(e.names)
    yield "id_no", lambda s: _on(s.id_text >= 0, s.id_text)
    # What a number cell has left of an ID is shared by all born there on that day: only damaged rows ask for it.
    for damaged in (e.left, e.right):
        if damaged.digits15.any():
            yield "id_15", _fifteen(damaged)
    yield "id_tail", lambda s: names.single(s, 0, s.id_digits >= 0, s.id_digits % 10**11)
    yield "xueji_no", lambda s: _on(s.places["xueji_no"] >= 0, s.places["xueji_no"])
    yield "birth+two", lambda s: names.twos(s, s.exact, *_month_day(s.lo))
    yield (
        "village+two+year",
        lambda s: names.twos(s, _dated(s) & (s.places["village"] >= 0), s.places["village"], _year(s.lo)),
    )
    for place in ("village", "school"):
        yield f"all+{place}", lambda s, c=place: names.whole(s, s.places[c] >= 0, s.places[c])  # type: ignore[misc]
    yield "all+father", lambda s: names.whole(s, s.father >= 0, s.father)
    yield "all+mother", lambda s: names.whole(s, s.mother >= 0, s.mother)
    yield "all+month", lambda s: names.whole(s, _dated(s), _month(s.lo))
    yield "birth+village", lambda s: _on(s.exact & (s.places["village"] >= 0), s.lo, s.places["village"])
    for who in ("father", "mother", "guardian"):
        yield f"birth+{who}", lambda s, c=who: _on(s.exact & (getattr(s, c) >= 0), s.lo, getattr(s, c))  # type: ignore[misc]
        # In a large table a parent's name and a syllable are shared by chance: the year of birth is added.
        large = e.left.n * e.right.n > SMALL
        yield f"{who}+given", _adult_and_given(names, who, large)
    yield "parents+given", lambda s: _parents(e, s, names)
    for k in range(max(len(e.left.phones), len(e.right.phones))):
        for m in range(max(len(e.left.phones), len(e.right.phones))):
            yield (
                f"phone+given {k}{m}",
                lambda s, k=k, m=m: names.given(  # type: ignore[misc]
                    s, s.phones[k if s is e.left else m] >= 0, s.phones[k if s is e.left else m]
                ),
            )
    yield (
        "class+two",
        lambda s: names.twos(
            s,
            (s.places["school"] >= 0) & (s.places["class_name"] >= 0),
            s.places["school"],
            s.places["grade"],
            s.places["class_name"],
        ),
    )
    if e.left.n * e.right.n <= SMALL:
        yield "all", lambda s: names.whole(s, s.name >= 0)
        yield (
            "village+two",
            lambda s: names.twos(s, ~_dated(s) & (s.places["village"] >= 0), s.places["village"]),
        )


def _fifteen(damaged: Side) -> Callable[[Side], Keys]:
    def keys(s: Side) -> Keys:
        return _on((s.id_digits >= 0) & (s.digits15 | (s is not damaged)), s.id_digits // 100)

    return keys


def _adult_and_given(names: NameKeys, who: str, with_year: bool) -> Callable[[Side], Keys]:
    def keys(s: Side) -> Keys:
        adult = getattr(s, who)
        return names.given(s, adult >= 0, adult, _year(s.lo) * with_year)

    return keys


def _parents(e: Encoded, s: Side, names: NameKeys) -> Keys:
    both = (s.father >= 0) & (s.mother >= 0)
    if not both.any():
        return np.zeros(0, np.uint64), np.zeros(0, np.int32)
    folded = e.adults.folded
    father, mother = (mix(*folded[np.maximum(p, 0)].T) for p in (s.father, s.mother))
    return names.given(s, both, father.view(np.int64), mother.view(np.int64))


class NameKeys:
    """Keys made of the folded syllables of names and whatever else is given."""

    def __init__(self, names: NameSet) -> None:
        folded = names.folded.astype(np.int64)
        # A character nobody can read still is a character: let rare ones agree with themselves.
        unread = (folded == 0) & (names.codes > 0) & ~names.alphabet.wild[names.codes]
        self._sounds = np.where(unread, 1000 + names.codes.astype(np.int64), folded)
        self._length = np.minimum(names.length, self._sounds.shape[1]).astype(np.int8)
        self._whole = mix(*np.sort(self._sounds, axis=1).T)

    def whole(self, s: Side, where: np.ndarray, *more: np.ndarray) -> Keys:
        """All syllables in any order."""
        return _merge([_on(where & (n >= 0), self._whole[n].view(np.int64), *more) for n in _both(s)])

    def single(self, s: Side, place: int, where: np.ndarray, *more: np.ndarray) -> Keys:
        """The syllable at one place."""
        return _merge([_on(where & (n >= 0), self._sounds[n, place], *more) for n in _both(s)])

    def given(self, s: Side, where: np.ndarray, *more: np.ndarray) -> Keys:
        """Each syllable of the given name by itself (of the last three of a long name)."""
        keys = []
        for n in _both(s):
            for k in (1, 2, 3):
                sound = self._sounds[n, k]
                keys.append(_on(where & (n >= 0) & (sound > 0), sound, *more))
        return _merge(keys)

    def twos(self, s: Side, where: np.ndarray, *more: np.ndarray) -> Keys:
        """Every two of the first four syllables, in any order; of a two-character name also each alone."""
        keys = []
        for n in _both(s):
            length = np.where(n >= 0, self._length[n], 0)
            for p, q in combinations(range(4), 2):
                rows = np.flatnonzero(where & (length > q))
                x, y = self._sounds[n[rows], p], self._sounds[n[rows], q]
                both = (x > 0) & (y > 0)
                rows, x, y = rows[both], x[both], y[both]
                keys.append(_at(rows, np.minimum(x, y), np.maximum(x, y), *more))
            for p in (0, 1):
                rows = np.flatnonzero(where & (length <= 2) & (length > p))
                x = self._sounds[n[rows], p]
                rows, x = rows[x > 0], x[x > 0]
                keys.append(_at(rows, x, x, *more))
        return _merge(keys)


def _both(s: Side) -> list[np.ndarray]:
    return [s.name, s.former] if (s.former >= 0).any() else [s.name]


def _on(where: np.ndarray, *columns: np.ndarray) -> Keys:
    rows = np.flatnonzero(where)
    return mix(*[c[rows] for c in columns]), rows.astype(np.int32)


def _at(rows: np.ndarray, one: np.ndarray, other: np.ndarray, *more: np.ndarray) -> Keys:
    return mix(one, other, *[c[rows] for c in more]), rows.astype(np.int32)


def _merge(keys: list[Keys]) -> Keys:
    if len(keys) == 1:
        return keys[0]
    return np.concatenate([k for k, _ in keys]), np.concatenate([r for _, r in keys])


def _dated(s: Side) -> np.ndarray:
    dated: np.ndarray = s.lo != NO_DATE
    return dated


def _date(lo: np.ndarray) -> np.ndarray:
    return np.where(lo == NO_DATE, 0, lo).astype("datetime64[D]")


def _year(lo: np.ndarray) -> np.ndarray:
    return _date(lo).astype("datetime64[Y]").astype(np.int64)


def _month(lo: np.ndarray) -> np.ndarray:
    return _date(lo).astype("datetime64[M]").astype(np.int64)


def _month_day(lo: np.ndarray) -> tuple[np.ndarray, ...]:
    """Year, and month and day in ascending order: equal for a date and the one with both exchanged."""
    months = _month(lo)
    month = months % 12 + 1
    day = (_date(lo) - months.astype("datetime64[M]")).astype(np.int64) + 1
    return months // 12, np.minimum(month, day), np.maximum(month, day)


def _distinct(values: np.ndarray) -> np.ndarray:
    """Sorted distinct values; sorts in place (np.unique hashes large arrays, which is slower by far)."""
    values.sort()
    if not len(values):
        return values
    first = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return values[first]


def _join(key: str, left: Keys, right: Keys) -> tuple[np.ndarray, np.ndarray, list[Skipped]]:
    """Pairs of rows with equal keys (int64), and the key values left out as too common."""
    lk, lr = left
    rk, rr = right
    if not len(lk) or not len(rk):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), []
    mask = np.uint64((1 << _FILTER_BITS) - 1)
    if len(rk) > 1_000_000:  # most keys of a large table are in no row of the other: leave them out unsorted
        met = np.zeros(1 << _FILTER_BITS, bool)
        met[(lk & mask).astype(np.int64)] = True
        keep = met[(rk & mask).astype(np.int64)]
        rk, rr = rk[keep], rr[keep]
    order = np.argsort(rk)
    rk, rr = rk[order], rr[order]
    order = np.argsort(lk)
    lk, lr = lk[order], lr[order]
    first = np.searchsorted(rk, lk, "left")
    count = np.searchsorted(rk, lk, "right") - first
    starts = np.flatnonzero(np.r_[True, lk[1:] != lk[:-1]]) if len(lk) else np.zeros(0, np.int64)
    times = np.diff(np.r_[starts, len(lk)])
    big = np.flatnonzero(times * count[starts] > BLOCK_LIMIT)
    skipped = [
        Skipped(key, int(lr[starts[b] : starts[b] + times[b]].min()), int(times[b]), int(count[starts[b]]))
        for b in big.tolist()
    ]
    for b in big.tolist():
        count[starts[b] : starts[b] + times[b]] = 0
    total = int(count.sum())
    i = np.repeat(lr.astype(np.int64), count)
    offset = np.arange(total) - np.repeat(np.cumsum(count) - count, count)
    j = rr[np.repeat(first, count) + offset].astype(np.int64)
    return i, j, skipped
