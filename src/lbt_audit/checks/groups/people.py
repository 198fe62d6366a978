"""Which parents of different records are the same person, and which records are one family.

``same_parent`` sees through slips: a number one digit off, a name one character off (``matching``).
"""

from __future__ import annotations

from itertools import combinations
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.groups.coding import codes, encode
from lbt_audit.checks.groups.labels import Labels, components, distinct, drop_single, label, split
from lbt_audit.frames.book import Book
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import combine, dense
from lbt_audit.frames.texts import some
from lbt_audit.links.links import Links
from lbt_audit.model.cell import State


def same_parent(frame: Frame, book: Book, parent: str) -> Labels:
    """Labels of rows whose ``parent`` is the same person; -1 where alone or unknown.

    The same sound ID number; or the same name and two more of birth date, work place (to the city),
    away since, and phone up to its last two digits. Place and time alone, which many share who left
    one village after one festival, count only inside one register. Sound ID numbers or birth dates
    that differ keep people apart, whatever else agrees.

    A slip of one digit in the number, beside a name that is equal or one slip off, is the same person; so is a
    name of three characters or more one slip off (同音, 音近, 形近 …) with two such items equal, one of them
    birth or phone. Which sounds are one is the county's to say.
    """
    n = len(frame)
    names, named = codes(frame, f"{parent}_name")
    ids, by_id = codes(frame, f"{parent}_id.sound")
    lo, hi = frame.facet(f"{parent}.birth_lo"), frame.facet(f"{parent}.birth_hi")
    birth = combine(dense(lo.values), dense(hi.values)) if n else np.zeros(0, np.int64)
    evidence = {"birth": (birth, lo.known & hi.known)}
    for field in (f"{parent}_work_place", "parents_work_place"):
        if some(frame, field):
            place = frame.facet(field)
            level = frame.facet(f"{field}.level")
            evidence.setdefault("place", (codes(frame, field)[0], place.known & (level.values >= 2)))
    since_lo, since_hi = frame.facet(f"{parent}.away_lo"), frame.facet(f"{parent}.away_hi")
    since = combine(dense(since_lo.values), dense(since_hi.values)) if n else np.zeros(0, np.int64)
    evidence["since"] = (since, since_lo.known & since_hi.known)
    evidence["phone"] = codes(frame, f"{parent}_phone.stem")
    labelings = [label([ids], by_id)]
    # Nobody is the same person by name whose name stands there once.
    often = named & (np.bincount(names[named], minlength=n + 1)[names] > 1)
    for first, second in combinations(evidence, 2):
        (a, a_known), (b, b_known) = evidence[first], evidence[second]
        parts = [names, a, b]
        if {first, second} == {"place", "since"}:
            parts.append(frame.table.astype(np.int64))
        groups = label(parts, often & a_known & b_known)
        groups = split(groups, ids, by_id)
        labelings.append(split(groups, birth, evidence["birth"][1]))
        if {first, second} & {"birth", "phone"}:
            near = near_names(label([a, b], named & a_known & b_known), frame, book, f"{parent}_name", names)
            near = split(near, ids, by_id)
            labelings.append(split(near, birth, evidence["birth"][1]))
    labelings.append(_one_digit_off(frame, book, parent))
    return components(labelings, n)


SLIP_LENGTH = 3  # of a shorter name too little is left beside a slip
SPELLINGS = 8  # of more names under one date and phone none is taken for another's slip


def near_names(groups: Labels, frame: Frame, book: Book, field: str, names: np.ndarray) -> Labels:
    """Within ``groups``: labels of rows whose names are slips of one another; -1 where there is no such other."""
    from lbt_audit.matching.characters.readings import confusions_with
    from lbt_audit.matching.levels import Level
    from lbt_audit.matching.names.comparison import classify_pairs

    result = np.full(len(groups), -1, np.int64)
    rows = np.flatnonzero(groups >= 0)
    if not len(rows):
        return result
    width = int(names.max()) + 1
    spelt, first, back = np.unique(groups[rows] * width + names[rows], return_index=True, return_inverse=True)
    group = spelt // width
    count = np.bincount(group)[group]
    use = np.flatnonzero((count > 1) & (count <= SPELLINGS))
    if not len(use):
        return result
    texts = frame.facet(field).values.take(pa.array(rows[first]))
    long = pc.greater_equal(pc.utf8_length(texts), SLIP_LENGTH).to_numpy(zero_copy_only=False)
    pairs = []
    for step in range(1, SPELLINGS):  # spellings of one group lie side by side
        a, b = use[:-step], use[step:]
        near = (group[a] == group[b]) & long[a] & long[b]
        pairs.append(np.stack([a[near], b[near]], axis=1))
    joined = np.concatenate(pairs)
    if not len(joined):
        return result
    one, other = (texts.take(pa.array(joined[:, k])) for k in (0, 1))
    level = classify_pairs(one, other, confusions_with(book.sounds))
    slips = joined[(level > Level.TRADITIONAL) & (level < Level.EXTRA) & (level != Level.PLACEHOLDER)]
    if not len(slips):
        return result
    label_of = _joined(slips, len(spelt))
    result[rows] = label_of[back]
    return result


def _joined(pairs: np.ndarray, n: int) -> Labels:
    """Labels of the components these pairs make; -1 for entries in none."""
    lowest = np.arange(n, dtype=np.int64)
    while True:
        before = lowest.copy()
        least = np.minimum(lowest[pairs[:, 0]], lowest[pairs[:, 1]])
        np.minimum.at(lowest, pairs[:, 0], least)
        np.minimum.at(lowest, pairs[:, 1], least)
        lowest = lowest[lowest]
        if np.array_equal(before, lowest):
            break
    inside = np.zeros(n, np.bool_)
    inside[pairs.reshape(-1)] = True
    return np.where(inside, lowest, -1)


def _one_digit_off(frame: Frame, book: Book, parent: str) -> Labels:
    """Rows whose numbers for this parent are one slip apart, one of them wrong, the names alike."""
    n = len(frame)
    field = f"{parent}_id"
    result = np.full(n, -1, np.int64)
    if not some(frame, field) or not (frame[field].state == State.FAULTY).any():
        return result
    from lbt_audit.links.people.reading import people_of
    from lbt_audit.matching.characters.readings import confusions_with
    from lbt_audit.matching.parents import Ground, compare_parents

    who: Literal["father", "mother"] = "father" if parent == "father" else "mother"
    found = compare_parents(people_of(frame), who, confusions_with(book.sounds))
    at = found.certain & (found.ground <= Ground.ID_SLIP)
    result[found.row[at]] = found.group[at]
    return result


def families(frame: Frame, book: Book) -> Labels:
    """Labels of records with one father and one mother: both by sound ID numbers, or both by name in one village
    and with one phone or household number; -1 where alone or not known."""
    numbers = [codes(frame, f"{p}_id.sound") for p in ("father", "mother")]
    (fathers, f_named), (mothers, m_named) = (codes(frame, f"{p}_name") for p in ("father", "mother"))
    labelings = [label([c for c, _ in numbers], numbers[0][1] & numbers[1][1])]
    # A village's own book does not repeat the village in every row.
    village = Facet.text(pa.array(Links.of(book).home(frame.kind).village.astype(str).tolist(), pa.string()))
    villages, lived = encode([village])
    for field in ("father_phone", "mother_phone", "parents_phone", "household_no"):
        if some(frame, field):
            value, known = codes(frame, f"{field}.text")
            labelings.append(label([fathers, mothers, villages, value], f_named & m_named & lived & known))
    joined = components(labelings, len(frame))
    for number, known in numbers:  # two numbers of one parent are two people
        joined = np.where(distinct(joined, number, known) > 1, -1, joined)
    return drop_single(joined)
