"""Parents and guardians who stand in more than one household, for certain or as a suspicion."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, Literal

import numpy as np

from lbt_audit.matching.blocking.candidates import join_keys
from lbt_audit.matching.blocking.keys import mix
from lbt_audit.matching.characters.readings import DEFAULT_CONFUSIONS, Confusion
from lbt_audit.matching.components import components
from lbt_audit.matching.levels import Level
from lbt_audit.matching.names.comparison import compare
from lbt_audit.matching.people.encoding import Encoded, Side, encode
from lbt_audit.matching.people.people import People
from lbt_audit.model.record import dataclass

Who = Literal["father", "mother"]
MANY: Final = 12
"""Households from which on an equal name alone is no ground for suspicion."""


class Ground(IntEnum):
    """Why two entries are taken for one parent, the strongest first."""

    SAME_ID = 0
    ID_SLIP = 1  # numbers one slip apart, or 15 digits and 000, names alike
    NAME_PHONE = 2
    NAME_PLACE = 3  # suspected: name alike, same village, numbers not contradicting
    NAME = 4  # suspected: a rare name, numbers not contradicting


@dataclass(frozen=True)
class ParentGroups:
    """One row per child in a group. ``group``: number of the group (int32); ``row``: row of the table;
    ``ground``: ``Ground`` of the weakest tie that holds the group together; ``certain``: no tie is a mere
    suspicion; ``rarity``: bits (float32) the parent's name is worth: in about a quarter of the cases with a
    rare name a suspicion is right, with a common one in one of twenty."""

    who: Who
    group: np.ndarray
    row: np.ndarray
    ground: np.ndarray
    certain: np.ndarray
    rarity: np.ndarray


def compare_parents(
    people: People, who: Who = "mother", confusions: tuple[Confusion, ...] = DEFAULT_CONFUSIONS
) -> ParentGroups:
    """Groups of rows with one ``who`` but different other parents: more than one household.

    Certain and suspected ties are grouped apart: a row may be in one group of each sort.
    """
    e = encode(people, people.take(np.zeros(0, np.int64)), confusions)
    side = e.left
    name = getattr(side, who)
    other = side.mother if who == "father" else side.father
    _, group = np.unique(e.adults.plain, return_inverse=True)
    same_name = np.where(name >= 0, group[name] if len(group) else -1, -1)
    partner = np.where(other >= 0, group[other] if len(group) else -1, -1)
    sure = _certain(e, people, who, same_name)
    doubtful = _suspected(side, same_name, partner, getattr(side, f"{who}_id"))
    count = np.bincount(same_name[same_name >= 0], minlength=len(group) + 1)
    rarity = np.where(same_name >= 0, np.log2(max(len(people), 1) / np.maximum(count[same_name], 1)), 0)
    parts = []
    start = 0
    for ties, certain in ((sure, True), (doubtful, False)):
        row, label, ground = _components(ties, len(people), partner)
        parts.append((label + start, row, ground, np.full(len(row), certain)))
        start += int(label.max(initial=-1)) + 1
    label, row, ground, certainty = (np.concatenate([p[k] for p in parts]) for k in range(4))
    return ParentGroups(
        who,
        label.astype(np.int32),
        row.astype(np.int32),
        ground.astype(np.uint8),
        certainty,
        rarity[row].astype(np.float32),
    )


Ties = tuple[np.ndarray, np.ndarray, np.ndarray]
"""(row, row, ground)"""


def _certain(e: Encoded, people: People, who: Who, same_name: np.ndarray) -> Ties:
    side = e.left
    number = getattr(side, f"{who}_id")
    rows = np.arange(side.n, dtype=np.int32)
    ties = [_pairs(mix(number), number >= 0, Ground.SAME_ID)]
    column = getattr(people, f"{who}_id")
    if column is not None and (number >= 0).any():
        ties.append(_slips(e, People(people.name, id_no=column), who))
    ties += [_pairs(mix(same_name, p), (same_name >= 0) & (p >= 0), Ground.NAME_PHONE) for p in side.phones]
    i, j, ground = (np.concatenate([t[k] for t in ties]) for k in range(3))
    # Numbers that are both valid and different outweigh a shared phone.
    valid = _valid(people, who)
    against = (
        (ground == Ground.NAME_PHONE)
        & (number[i] >= 0)
        & (number[j] >= 0)
        & (number[i] != number[j])
        & valid[i]
        & valid[j]
    )
    keep = ~against & (rows[i] != rows[j])
    return i[keep], j[keep], ground[keep]


def _valid(people: People, who: Who) -> np.ndarray:
    column = getattr(people, f"{who}_id")
    if column is None:
        return np.zeros(len(people), bool)
    some = People(people.name, id_no=column)
    return encode(some, some.take(np.zeros(0, np.int64))).left.id_valid


def _slips(e: Encoded, numbered: People, who: Who) -> Ties:
    """Numbers one slip apart, found by the half of the number that is intact; names must be alike."""
    from lbt_audit.matching.evidence.identity import Identity, compare_ids
    from lbt_audit.matching.weights import DEFAULT_WEIGHTS

    ids = encode(numbered, numbered)
    digits = ids.left.id_digits
    halves = (digits // 10**9, digits % 10**9)
    found = [_pairs(mix(half), digits >= 0, Ground.ID_SLIP) for half in halves]
    i, j = (np.concatenate([t[k] for t in found]) for k in range(2))
    if not len(i):
        return _no_ties()
    code, _ = compare_ids(ids, i, j, DEFAULT_WEIGHTS)
    near = np.isin(code, (Identity.SLIP, Identity.SLIP_INVALID, Identity.DIGITS15))
    i, j = i[near], j[near]
    name = getattr(e.left, who)
    level = compare(e.adults, name[i], name[j]).level
    alike = (level < Level.SURNAME) | (level == Level.UNKNOWN)
    i, j = i[alike], j[alike]
    return i, j, np.full(len(i), Ground.ID_SLIP, np.uint8)


def _suspected(side: Side, same_name: np.ndarray, partner: np.ndarray, number: np.ndarray) -> Ties:
    village = side.places["village"]
    near = _pairs(mix(same_name, village), (same_name >= 0) & (village >= 0), Ground.NAME_PLACE)
    # How many households a name is in decides whether the name alone means anything.
    homes = np.unique(np.stack([same_name, partner]), axis=1)
    homes_of = np.bincount(homes[0][homes[0] >= 0], minlength=int(same_name.max(initial=0)) + 1)
    rare = (same_name >= 0) & (homes_of[same_name] <= MANY)
    named = _pairs(mix(same_name), rare, Ground.NAME)
    i, j, ground = (np.concatenate([a, b]) for a, b in zip(near, named, strict=True))
    clear = (number[i] < 0) | (number[j] < 0) | (number[i] == number[j])
    return i[clear], j[clear], ground[clear]


def _pairs(keys: np.ndarray, where: np.ndarray, ground: Ground) -> Ties:
    """Rows (i < j) with equal keys."""
    rows = np.flatnonzero(where).astype(np.int32)
    i, j, _ = join_keys("", (keys[rows], rows), (keys[rows], rows))
    once = i < j
    return i[once], j[once], np.full(int(once.sum()), ground, np.uint8)


def _no_ties() -> Ties:
    return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint8)


def _components(ties: Ties, n: int, partner: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows joined by ties, their group and its weakest ground; only groups of more than one household."""
    i, j, ground = ties
    label = components(n, [(i, j)])
    rows = np.unique(np.concatenate([i, j]))
    # Unknown partners say nothing of a second household.
    homes = np.unique(np.stack([label[rows], partner[rows]]), axis=1)
    known = homes[:, homes[1] >= 0]
    several = np.flatnonzero(np.bincount(known[0], minlength=n) > 1)
    rows = rows[np.isin(label[rows], several)]
    weakest = np.zeros(n, np.uint8)
    np.maximum.at(weakest, label[i], ground)
    _, group = np.unique(label[rows], return_inverse=True)
    return rows, group, weakest[label[rows]]
