"""A child's name and its guardian's in each other's column, as a sorted or pasted column leaves them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lbt_audit.matching.evidence.births import Birth, one_number
from lbt_audit.matching.levels import Level
from lbt_audit.matching.names.comparison import compare
from lbt_audit.matching.names.nameset import NameSet, encode_names
from lbt_audit.matching.people.encoding import Encoded, Side
from lbt_audit.matching.weights import Weights
from lbt_audit.model.record import dataclass


@dataclass(frozen=True)
class Exchanged:
    """Of pairs of rows: ``index``: positions of those in which one row has its columns exchanged, twice where either may be
    that row; ``child``: the number of the child's name in the other row; ``level`` (uint8): how it differs; ``cost`` (float32):
    bits that exchange, and slips in the name, take off."""

    index: np.ndarray
    child: np.ndarray
    level: np.ndarray
    cost: np.ndarray


def exchanged(
    e: Encoded, i: np.ndarray, j: np.ndarray, birth: tuple[np.ndarray, np.ndarray], w: Weights
) -> Exchanged:
    """The pairs in which the child of one row is the guardian of the other; ``birth``: codes and bits of their dates.

    A brother or sister may be a guardian, and beside a twin whose columns are exchanged the other one looks exchanged. So the
    guardian must stand in the child's column of the first row; but where the other row names none, one day of birth is
    enough, and one number always is. Where both names are met crosswise the child's may have slips.
    """
    code, bits = birth
    one_day = (code == Birth.SAME_DAY) | (code == Birth.OVERLAP) & (bits >= w.birth_month)
    number = one_number(e.left, e.right, i, j)
    positions, children, levels, costs = [], [], [], []
    for row, other, a, b in _directions(e, i, j):
        same = _same(e.adults, row.guardian[a], e.names, other.name[b])
        adult = _guardian_met(e, row, other, a, b) >= 0
        found = np.flatnonzero(same & (number | adult | one_day & (other.guardian[b] < 0)))
        spelt = np.flatnonzero(adult & ~same & (row.guardian[a] >= 0) & (other.name[b] >= 0))
        level, cost = np.full(len(found), Level.EQUAL, np.uint8), np.zeros(len(found), np.float32)
        if len(spelt):
            how, less = _spelt(e, row.guardian[a[spelt]], other.name[b[spelt]], w)
            alike = how <= Level.FORMER
            found, level = np.append(found, spelt[alike]), np.append(level, how[alike])
            cost = np.append(cost, less[alike])
        positions.append(found)
        children.append(other.name[b[found]])
        levels.append(level)
        costs.append(cost + w.level_cost(Level.EXCHANGED))
    return Exchanged(*(np.concatenate(parts) for parts in (positions, children, levels, costs)))


def guardians_met(e: Encoded, i: np.ndarray, j: np.ndarray) -> list[np.ndarray]:
    """By table: numbers of the guardians (int32) of the other table's rows who stand in the child's column of its own, −1 where
    none does."""
    return [_guardian_met(e, *direction) for direction in _directions(e, i, j)]


def _guardian_met(e: Encoded, row: Side, other: Side, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The number (int32) of the guardian or parent of rows ``b`` who stands in the child's column of rows ``a``; else −1."""
    found = np.full(len(a), -1, np.int32)
    for adults in (other.guardian, other.father, other.mother):
        adult = adults[b]
        found = np.where((found < 0) & _same(e.adults, adult, e.names, row.name[a]), adult, found)
    return found


def _directions(
    e: Encoded, i: np.ndarray, j: np.ndarray
) -> Iterator[tuple[Side, Side, np.ndarray, np.ndarray]]:
    """(table whose columns are exchanged, the other one, their rows)."""
    yield e.left, e.right, i, j
    yield e.right, e.left, j, i


def _same(one: NameSet, a: np.ndarray, other: NameSet, b: np.ndarray) -> np.ndarray:
    result: np.ndarray = (a >= 0) & (b >= 0) & (one.plain[a] == other.plain[b])
    return result


def _spelt(e: Encoded, adults: np.ndarray, children: np.ndarray, w: Weights) -> tuple[np.ndarray, np.ndarray]:
    """(level, cost) of names of two sets."""
    texts = [e.adults.texts.take(adults), e.names.texts.take(children)]
    names, (a, b) = encode_names(texts, e.names.alphabet.confusions)
    found = compare(names, a, b, w)
    return found.level, found.cost
