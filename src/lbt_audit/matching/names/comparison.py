"""The difference between millions of pairs of names, as arrays."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa

from lbt_audit.matching.characters.alphabet import SHAPE, relation_level, shape_of
from lbt_audit.matching.characters.readings import DEFAULT_CONFUSIONS, Confusion
from lbt_audit.matching.characters.transcription import SHORTEST
from lbt_audit.matching.levels import Level
from lbt_audit.matching.names.nameset import WIDTH, NameSet, encode_names
from lbt_audit.matching.weights import DEFAULT_WEIGHTS, Weights
from lbt_audit.model.record import dataclass

_CHUNK: Final = 1 << 20
_SURNAME_LOOK_ALIKE: Final = SHAPE + round((-1.0 + 6) * 10)  # 陈 and 陆, 郑 and 邓


@dataclass(frozen=True)
class Differences:
    """One row per pair. ``level`` uint8; ``cost`` float32 bits lost to the difference;
    ``position`` uint8 of the first difference (in the longer name); ``count`` uint8 differing characters."""

    level: np.ndarray
    cost: np.ndarray
    position: np.ndarray
    count: np.ndarray


def classify_pairs(a: Any, b: Any, confusions: tuple[Confusion, ...] = DEFAULT_CONFUSIONS) -> np.ndarray:
    """The ``Level`` (uint8) of each pair ``a[i]``, ``b[i]`` of names (arrow or any sequence of strings)."""
    names, (left, right) = encode_names([pa.array(a, pa.string()), pa.array(b, pa.string())], confusions)
    return compare(names, left, right).level


def compare(names: NameSet, a: np.ndarray, b: np.ndarray, weights: Weights = DEFAULT_WEIGHTS) -> Differences:
    """Compare names by their numbers in the set; −1 (no name) gives ``UNKNOWN``."""
    n = len(a)
    out = Differences(
        np.full(n, Level.DIFFERENT, np.uint8),
        np.full(n, weights.level_cost(Level.DIFFERENT), np.float32),
        np.zeros(n, np.uint8),
        np.zeros(n, np.uint8),
    )
    known = (a >= 0) & (b >= 0)
    out.level[~known] = Level.UNKNOWN
    out.cost[~known] = 0
    index = np.flatnonzero(known)
    for start in range(0, len(index), _CHUNK):
        part = index[start : start + _CHUNK]
        _compare(names, a[part], b[part], part, out, weights)
    return out


def _put(out: Differences, rows: np.ndarray, level: Level, weights: Weights) -> None:
    out.level[rows] = level
    out.cost[rows] = weights.level_cost(level)


def _compare(
    names: NameSet, a: np.ndarray, b: np.ndarray, rows: np.ndarray, out: Differences, weights: Weights
) -> None:
    equal = names.plain[a] == names.plain[b]
    for mask, level in (
        (equal, Level.TRADITIONAL),
        (equal & (names.cased[a] == names.cased[b]), Level.CASE),
        (equal & (names.bare[a] == names.bare[b]), Level.BLANK_DOT),
        (a == b, Level.EQUAL),
    ):
        _put(out, rows[mask], level, weights)
    rest = ~equal
    a, b, rows = a[rest], b[rest], rows[rest]
    least, most = np.minimum(names.length[a], names.length[b]), np.maximum(names.length[a], names.length[b])
    # Names of five and more characters may be cut off, which the arrays do not see.
    long = (most > WIDTH) | ((most > SHORTEST) & (least >= 3) & (most - least > 1))
    if long.any():
        _compare_long(names, a[long], b[long], rows[long], out, weights)
        a, b, rows = a[~long], b[~long], rows[~long]
    la, lb = names.length[a].astype(np.int16), names.length[b].astype(np.int16)
    same = la == lb
    if same.any():
        _substitutions(names, a[same], b[same], rows[same], out, weights)
    near = np.abs(la - lb) == 1
    if near.any():
        _one_more(names, a[near], b[near], rows[near], out, weights)


def _substitutions(
    names: NameSet, a: np.ndarray, b: np.ndarray, rows: np.ndarray, out: Differences, weights: Weights
) -> None:
    x, y = names.codes[a], names.codes[b]
    differs = x != y
    count = differs.sum(axis=1)
    length = names.length[a]
    out.count[rows] = count
    out.position[rows] = differs.argmax(axis=1)
    swapped = (count >= 2) & (x.sum(axis=1, dtype=np.int64) == y.sum(axis=1, dtype=np.int64))
    if swapped.any():
        index = np.flatnonzero(swapped)
        swapped[index] = (np.sort(x[index], axis=1) == np.sort(y[index], axis=1)).all(axis=1)
        _put(out, rows[swapped], Level.SWAPPED, weights)
    # With more than two differing characters only a name that sounds the same throughout is a slip.
    sounds = count > 2
    if sounds.any():
        index = np.flatnonzero(sounds)
        one, other = names.folded_of(x[index]), names.folded_of(y[index])
        sounds[index] = ((one == other) & (one > 0) | ~differs[index]).all(axis=1)
    todo = np.flatnonzero(~swapped & ((count <= 2) | sounds))
    if not len(todo):
        return
    who, where = np.nonzero(differs[todo])
    who = todo[who]
    relation = names.alphabet.relation(x[who, where], y[who, where])
    level = relation_level(relation)
    # The other surname a child may have is chosen without regard to its looks: half a likeness is a slip.
    level[(where == 0) & (relation >= _SURNAME_LOOK_ALIKE)] = Level.LOOK_ALIKE
    foreign = (length[who] >= SHORTEST) & (relation >= SHAPE) & ~names.compound[a[who]]
    if foreign.any():
        index = np.flatnonzero(foreign & ~names.compound[b[who]])
        one, other = (names.alphabet.heard[n[who[index], where[index]]] for n in (x, y))
        level[index[one == other]] = Level.NEAR_SOUND
    cost = weights.substitution_cost(level, shape_of(relation))
    # Half a likeness costs no more than none.
    cost = np.where(
        (where == 0) & (level == Level.LOOK_ALIKE),
        np.minimum(cost, weights.level_cost(Level.SURNAME)),
        cost,
    )
    starts = np.flatnonzero(np.r_[True, who[1:] != who[:-1]])
    worst = np.maximum.reduceat(level, starts)
    total = np.add.reduceat(cost, starts) + weights.further_slip * (count[todo] - 1)
    # A surname alike in part is another one; beside a second slip, being alike in part is no excuse.
    first = out.position[rows[todo]] == 0
    partly = worst == Level.PARTLY_ALIKE
    unrelated = (worst == Level.UNRELATED) | (partly & (first | (count[todo] > 1)))
    several = unrelated & (count[todo] > 1)
    surname = unrelated & ~several & first & (length[todo] > 1)
    compound = several & (count[todo] == 2) & ~differs[todo, 2:].any(axis=1)
    compound &= names.compound[a[todo]] & names.compound[b[todo]]
    surname |= compound
    several &= ~compound
    worst = np.where(surname, Level.SURNAME, np.where(several, Level.DIFFERENT, worst)).astype(np.uint8)
    total = np.where(surname, weights.level_cost(Level.SURNAME), total)
    total = np.where(several, weights.level_cost(Level.DIFFERENT), total)
    # All characters of a name replaced: only its sound is left to hold it together.
    all_gone = (count[todo] == length[todo]) & (worst > Level.NEAR_SOUND) & (worst != Level.PLACEHOLDER)
    worst = np.where(all_gone, Level.DIFFERENT, worst).astype(np.uint8)
    total = np.where(all_gone, weights.level_cost(Level.DIFFERENT), total)
    # Of a two-character name half is gone at once.
    total = total + np.where((length[todo] == 2) & (worst > Level.VARIANT), weights.short_name, 0)
    out.level[rows[todo]] = worst
    out.cost[rows[todo]] = total


def _one_more(
    names: NameSet, a: np.ndarray, b: np.ndarray, rows: np.ndarray, out: Differences, weights: Weights
) -> None:
    """Names that differ in length by one: one character inserted, the rest equal."""
    longer_b = names.length[b] > names.length[a]
    x = names.codes[np.where(longer_b, b, a)]  # the longer
    y = names.codes[np.where(longer_b, a, b)]
    short = np.where(longer_b, names.length[a], names.length[b]).astype(np.int16)
    # 欧阳娜 for 张娜: the surnames differ, the given name is the same.
    compound = names.compound[np.where(longer_b, b, a)] & (short >= 2) & (x[:, 0] != y[:, 0])
    compound &= (x[:, 2:] == y[:, 1:-1]).all(axis=1) & (y[:, -1] == 0)
    if compound.any():
        cost = weights.level_cost(Level.SURNAME) + np.where(short == 2, weights.short_name, 0)
        out.level[rows[compound]] = Level.SURNAME
        out.cost[rows[compound]] = cost[compound]
        out.count[rows[compound]] = 2
    same = x == y
    prefix = np.where(same.all(axis=1), WIDTH, same.argmin(axis=1)).astype(np.int16)
    # The longer name without its character at ``prefix`` must be the shorter one.
    place = np.arange(WIDTH)
    shifted = np.concatenate([x[:, 1:], np.zeros((len(x), 1), x.dtype)], axis=1)
    removed = np.where(place[None, :] < prefix[:, None], x, shifted)
    fits = (removed == y).all(axis=1) & (short >= 1)
    index = np.flatnonzero(fits)
    if not len(index):
        return
    extra = x[index, prefix[index]]
    before = np.where(prefix[index] > 0, x[index, np.maximum(prefix[index] - 1, 0)], 0)
    after = x[index, np.minimum(prefix[index] + 1, WIDTH - 1)]
    doubled = (extra == before) | (extra == after)
    more = np.where(doubled, Level.DOUBLED, Level.EXTRA)
    less = np.where(doubled, Level.UNDOUBLED, Level.MISSING)
    level = np.where(longer_b[index], more, less).astype(np.uint8)
    cost = weights.level_costs()[level] + np.where(short[index] <= 2, weights.short_name, 0)
    out.level[rows[index]] = level
    out.cost[rows[index]] = cost
    out.position[rows[index]] = prefix[index]
    out.count[rows[index]] = 1


def _compare_long(
    names: NameSet, a: np.ndarray, b: np.ndarray, rows: np.ndarray, out: Differences, weights: Weights
) -> None:
    from lbt_audit.matching.names.forms import forms
    from lbt_audit.matching.names.long_names import compare_long, may_be_one, replacements

    pairs, where = np.unique(a.astype(np.int64) * len(names) + b, return_inverse=True)
    numbers = np.unique(np.concatenate([pairs // len(names), pairs % len(names)]))
    known = [forms(t) for t in names.texts.take(pa.array(numbers)).to_pylist()]
    one = [known[k] for k in np.searchsorted(numbers, pairs // len(names)).tolist()]
    other = [known[k] for k in np.searchsorted(numbers, pairs % len(names)).tolist()]
    found = [(Level.DIFFERENT, 0, WIDTH)] * len(pairs)
    near = np.flatnonzero(may_be_one(one, other)).tolist()
    names.alphabet.learn(pair for k in near for pair in replacements(one[k], other[k]))
    for k in near:
        found[k] = compare_long(one[k], other[k], names.alphabet)
    level = np.array([f[0] for f in found], np.uint8)
    count = np.array([f[2] for f in found], np.uint8)
    out.level[rows] = level[where]
    out.position[rows] = np.array([f[1] for f in found], np.uint8)[where]
    out.count[rows] = count[where]
    cost = weights.level_costs()[level] + weights.further_slip_long * np.maximum(
        count.astype(np.float32) - 1, 0
    )
    out.cost[rows] = cost[where]
