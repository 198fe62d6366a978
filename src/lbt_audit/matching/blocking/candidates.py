"""Which rows are worth comparing: the union of joins on compound keys, each one int64 per row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from lbt_audit.matching.blocking.keys import Keys, NameKeys, on, parent_sounds
from lbt_audit.matching.people.encoding import Encoded, Side
from lbt_audit.matching.workers import workers
from lbt_audit.model.record import dataclass
from lbt_audit.values.kind import NO_DATE

BLOCK_LIMIT: Final = 20_000
"""Pairs one key value may give; values with more (an empty village, 1900-01-01) are skipped and reported."""
SMALL: Final = 2 * 10**10
"""Products of table sizes up to which names alone are joined as well."""
_FILTER_BITS: Final = 26
_MANY: Final = 10**9
_SEXES_KNOWN: Final = 0.9
"""Product of table sizes, and share of rows with a sex, from which on two syllables of a name are joined within one
sex: chance joins half as many, and the few whose sex is wrong have their number, parents, village or phone."""


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
        i, j, big = join_keys(key, left, right)
        return _distinct(i * width + j), big

    # Sorting and searching leave the interpreter free for a second thread; results are taken in order.
    with workers(e.left.n + e.right.n) as pool:
        for pairs, big in pool.map(run, _keys(e)):
            found.append(pairs)
            skipped += big
    if not found:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), skipped
    pairs = _distinct(np.concatenate(found))
    return (pairs // width).astype(np.int32), (pairs % width).astype(np.int32), skipped


def _keys(e: Encoded) -> Iterator[tuple[str, Callable[[Side], Keys]]]:
    large = e.left.n * e.right.n > SMALL
    names = NameKeys(e, alone=not large)
    parents = parent_sounds(e)
    yield "id_no", lambda s: on(s.id_text >= 0, s.id_text)
    village = "village_in" if large else "village"
    # What a number cell has left of an ID is shared by all born there on that day: only damaged rows ask for it.
    for damaged in (e.left, e.right):
        if damaged.digits15.any():
            yield "id_15", _fifteen(damaged)
    yield "id_tail", lambda s: names.single(s, 0, s.id_digits >= 0, s.id_digits % 10**11)
    yield "xueji_no", lambda s: on(s.places["xueji_no"] >= 0, s.places["xueji_no"])
    by_sex = e.left.n * e.right.n > _MANY and all(
        float((s.witness.sex > 0).mean()) > _SEXES_KNOWN for s in (e.left, e.right)
    )
    yield "birth+two", lambda s: names.twos(s, s.exact, *_month_day(s), s.witness.sex * by_sex)
    yield (
        "village+two+year",
        lambda s: names.twos(
            s, _dated(s) & (s.places[village] >= 0), s.places[village], s.dates.year, s.witness.sex * by_sex
        ),
    )
    for place in (village, "school"):
        yield f"all+{place}", lambda s, c=place: names.whole(s, s.places[c] >= 0, s.places[c])  # type: ignore[misc]
    yield "all+father", lambda s: names.whole(s, s.father >= 0, s.father)
    yield "all+mother", lambda s: names.whole(s, s.mother >= 0, s.mother)
    yield "all+month", lambda s: names.whole(s, _dated(s), _month(s))
    yield "birth+village", lambda s: on(s.exact & (s.places[village] >= 0), s.lo, s.places[village])
    for who in ("father", "mother", "guardian"):
        yield f"birth+{who}", lambda s, c=who: on(s.exact & (getattr(s, c) >= 0), s.lo, getattr(s, c))  # type: ignore[misc]
        # In a large table a parent's name and a syllable are shared by chance: the year of birth is added.
        yield f"{who}+given", _adult_and_given(names, who, large)
    for crossed in (e.left, e.right):
        yield "exchanged+birth", _exchanged(e, crossed, lambda s: (s.exact, s.lo))
        if not large:
            yield (
                "exchanged+village",
                _exchanged(e, crossed, lambda s: (s.places["village"] >= 0, s.places["village"])),
            )
    yield "parents+given", lambda s: _parents(s, names, parents)
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
            s.witness.sex * by_sex,
        ),
    )
    if not large:
        yield "all", lambda s: names.whole(s, s.name >= 0)
        # Rows without a date ask for every row of the village that shares two syllables.
        for undated in (e.left, e.right):
            if not _dated(undated).all():
                yield "village+two", _undated(names, undated)


def _exchanged(
    e: Encoded, crossed: Side, more: Callable[[Side], tuple[np.ndarray, np.ndarray]]
) -> Callable[[Side], Keys]:
    """The guardian's name of one table is the child's in the other."""

    def keys(s: Side) -> Keys:
        names, number = (e.adults, s.guardian) if s is crossed else (e.names, s.name)
        where, column = more(s)
        return on(where & (number >= 0), names.plain[number].view(np.int64), column)

    return keys


def _undated(names: NameKeys, undated: Side) -> Callable[[Side], Keys]:
    def keys(s: Side) -> Keys:
        asked = (s.places["village"] >= 0) & (~_dated(s) | (s is not undated))
        return names.twos(s, asked, s.places["village"])

    return keys


def _fifteen(damaged: Side) -> Callable[[Side], Keys]:
    def keys(s: Side) -> Keys:
        return on((s.id_digits >= 0) & (s.digits15 | (s is not damaged)), s.id_digits // 100)

    return keys


def _adult_and_given(names: NameKeys, who: str, with_year: bool) -> Callable[[Side], Keys]:
    def keys(s: Side) -> Keys:
        adult = getattr(s, who)
        return names.given(s, adult >= 0, adult, s.dates.year * with_year)

    return keys


def _parents(s: Side, names: NameKeys, sounds: np.ndarray) -> Keys:
    both = (s.father >= 0) & (s.mother >= 0)
    if not both.any():
        return np.zeros(0, np.uint64), np.zeros(0, np.int32)
    return names.given(s, both, sounds[s.father], sounds[s.mother])


def _dated(s: Side) -> np.ndarray:
    dated: np.ndarray = s.lo != NO_DATE
    return dated


def _month(s: Side) -> np.ndarray:
    month: np.ndarray = s.dates.year * 12 + s.dates.month
    return month


def _month_day(s: Side) -> tuple[np.ndarray, ...]:
    """Year, and month and day in ascending order: equal for a date and the one with both exchanged."""
    month, day = s.dates.month, s.dates.day
    return s.dates.year, np.minimum(month, day), np.maximum(month, day)


def _distinct(values: np.ndarray) -> np.ndarray:
    """Sorted distinct values; sorts in place (np.unique hashes large arrays, which is slower by far)."""
    values.sort()
    if not len(values):
        return values
    first = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return values[first]


def join_keys(key: str, left: Keys, right: Keys) -> tuple[np.ndarray, np.ndarray, list[Skipped]]:
    """Pairs of rows with equal keys (int64), and the key values left out as too common."""
    if not len(left[0]) or not len(right[0]):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), []
    # Most keys of a large table are in no row of the other: they need not be sorted.
    if len(left[0]) < len(right[0]):
        right = _met(right, left[0])
        left = _met(left, right[0])
    else:
        left = _met(left, right[0])
        right = _met(right, left[0])
    lk, lr, ln = _runs(left)
    rk, rr, rn = _runs(right)
    if not len(lk) or not len(rk):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), []
    index = np.minimum(np.searchsorted(rk, lk), len(rk) - 1)
    times = np.where(rk[index] == lk, rn[index], 0)  # rows of the right table, by key of the left
    lefts, rights = np.cumsum(ln) - ln, (np.cumsum(rn) - rn)[index]
    big = np.flatnonzero(ln * times > BLOCK_LIMIT)
    skipped = [
        Skipped(key, int(lr[lefts[b] : lefts[b] + ln[b]].min()), int(ln[b]), int(times[b]))
        for b in big.tolist()
    ]
    times[big] = 0
    count = np.repeat(times, ln)
    i = np.repeat(lr, count).astype(np.int64)
    offset = np.arange(len(i)) - np.repeat(np.cumsum(count) - count, count)
    j = rr[np.repeat(np.repeat(rights, ln), count) + offset].astype(np.int64)
    return i, j, skipped


def _met(keys: Keys, others: np.ndarray) -> Keys:
    """The rows whose key may be among the others: all that are, and one in sixteen of the rest."""
    bits = int(np.clip(len(others) * 16, 1 << 12, 1 << _FILTER_BITS)).bit_length()
    mask = np.uint64((1 << bits) - 1)
    met = np.zeros(1 << bits, bool)
    met[(others & mask).astype(np.intp)] = True
    index = np.flatnonzero(met.take((keys[0] & mask).astype(np.intp)))
    return keys[0][index], keys[1][index]


def _runs(keys: Keys) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(distinct keys in order, rows in order of their keys, rows per key)."""
    order = np.argsort(keys[0])
    sorted_keys = keys[0][order]
    first = np.ones(len(order), bool)
    np.not_equal(sorted_keys[1:], sorted_keys[:-1], out=first[1:])
    starts = np.flatnonzero(first)
    return sorted_keys[starts], keys[1][order], np.diff(np.r_[starts, len(order)])
