"""Which parents of different records are the same person, and which records are one household.

``same_parent`` sees through slips: a number one digit off, a name one character off (``matching``).
"""

from __future__ import annotations

from itertools import combinations
from weakref import WeakKeyDictionary

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.groups import Labels, components, distinct, label
from lbt_audit.frames.citizen import sound
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import combine, dense, text_codes
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import encoded, some
from lbt_audit.model.cell import State

_kept: WeakKeyDictionary[Frame, dict[str, np.ndarray]] = WeakKeyDictionary()
PHONE_STEM = 9  # numbers that agree in the first nine digits differ in the last two only


def codes(frame: Frame, operand: str) -> np.ndarray:
    """Code of each row's text of a facet, kept as long as the frame: many checks group by the same names."""
    kept = _kept.setdefault(frame, {})
    if operand not in kept:
        kept[operand] = text_codes(frame.facet(operand).values)
    return kept[operand]


def name_codes(frame: Frame, field: str) -> tuple[np.ndarray, Mask]:
    """(code of the normalised name, known) of a name field."""
    return codes(frame, field), frame.facet(field).known


def id_codes(frame: Frame, field: str) -> tuple[np.ndarray, Mask]:
    """(code of the ID number, the number is sound)."""
    if not some(frame, field):
        return np.zeros(len(frame), np.int64), np.zeros(len(frame), np.bool_)
    return codes(frame, f"{field}.norm"), sound(frame, field)


def phone_stems(frame: Frame, field: str) -> tuple[pa.Array, Mask]:
    """First nine digits of a mobile number, and whether there is one."""
    phone = frame.facet(f"{field}.number")
    known = phone.known & pc.equal(pc.utf8_length(phone.values), 11).to_numpy(zero_copy_only=False)
    return pc.utf8_slice_codeunits(phone.values, 0, PHONE_STEM), known


def _split(groups: Labels, codes: np.ndarray, known: Mask) -> Labels:
    """Groups whose members contradict each other in ``codes`` fall apart; members without one leave."""
    torn = distinct(groups, codes, known) > 1
    if not torn.any():
        return groups
    apart = label([groups + 1, codes], torn & known)
    result = np.where(torn, -1, groups)
    return np.where(apart >= 0, apart + groups.max(initial=-1) + 1, result)


def same_parent(frame: Frame, parent: str) -> Labels:
    """Labels of rows whose ``parent`` is the same person; -1 where alone or unknown.

    The same sound ID number; or the same name and two more of birth date, work place (to the city),
    away since, and phone up to its last two digits. Place and time alone, which many share who left
    one village after one festival, count only inside one register. Sound ID numbers or birth dates
    that differ keep people apart, whatever else agrees.

    A slip of one digit in the number, beside a name that is equal or one slip off, is the same person; so is a
    name of three characters or more one slip off (同音, 音近, 形近 …) with two such items equal, one of them
    birth or phone.
    """
    n = len(frame)
    names, named = name_codes(frame, f"{parent}_name")
    ids, by_id = id_codes(frame, f"{parent}_id")
    lo, hi = frame.facet(f"{parent}.birth_lo"), frame.facet(f"{parent}.birth_hi")
    birth = combine(dense(lo.values), dense(hi.values)) if n else np.zeros(0, np.int64)
    evidence = {"birth": (birth, lo.known & hi.known)}
    for field in (f"{parent}_work_place", "parents_work_place"):
        if some(frame, field):
            place = frame.facet(field)
            level = frame.facet(f"{field}.level")
            evidence.setdefault("place", (codes(frame, field), place.known & (level.values >= 2)))
    since_lo, since_hi = frame.facet(f"{parent}.away_lo"), frame.facet(f"{parent}.away_hi")
    since = combine(dense(since_lo.values), dense(since_hi.values)) if n else np.zeros(0, np.int64)
    evidence["since"] = (since, since_lo.known & since_hi.known)
    stems, dialled = phone_stems(frame, f"{parent}_phone")
    evidence["phone"] = (text_codes(stems), dialled)
    labelings = [label([ids], by_id)]
    # Nobody is the same person by name whose name stands there once.
    often = named & (np.bincount(names[named], minlength=n + 1)[names] > 1)
    for first, second in combinations(evidence, 2):
        (a, a_known), (b, b_known) = evidence[first], evidence[second]
        parts = [names, a, b]
        if {first, second} == {"place", "since"}:
            parts.append(frame.table.astype(np.int64))
        groups = label(parts, often & a_known & b_known)
        groups = _split(groups, ids, by_id)
        labelings.append(_split(groups, birth, evidence["birth"][1]))
        if {first, second} & {"birth", "phone"}:
            near = near_names(label([a, b], named & a_known & b_known), frame, f"{parent}_name", names)
            near = _split(near, ids, by_id)
            labelings.append(_split(near, birth, evidence["birth"][1]))
    labelings.append(_one_digit_off(frame, parent))
    return components(labelings, n)


SLIP_LENGTH = 3  # of a shorter name too little is left beside a slip
SPELLINGS = 8  # of more names under one date and phone none is taken for another's slip


def near_names(groups: Labels, frame: Frame, field: str, names: np.ndarray) -> Labels:
    """Within ``groups``: labels of rows whose names are slips of one another; -1 where there is no such other."""
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
    level = classify_pairs(texts.take(pa.array(joined[:, 0])), texts.take(pa.array(joined[:, 1])))
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


def _one_digit_off(frame: Frame, parent: str) -> Labels:
    """Rows whose numbers for this parent are one slip apart, one of them wrong, the names alike."""
    n = len(frame)
    field = f"{parent}_id"
    result = np.full(n, -1, np.int64)
    if not some(frame, field) or not (frame[field].state == State.FAULTY).any():
        return result
    from lbt_audit.links.people.reading import people_of
    from lbt_audit.matching.parents import Ground, compare_parents

    found = compare_parents(people_of(frame), "father" if parent == "father" else "mother")
    at = found.certain & (found.ground <= Ground.ID_SLIP)
    result[found.row[at]] = found.group[at]
    return result


def within(groups: Labels, frame: Frame, parent: str) -> tuple[np.ndarray, Mask]:
    """(code of ``parent`` inside each group, known): equal name or equal sound ID is one person there."""
    names, named = name_codes(frame, f"{parent}_name")
    ids, by_id = id_codes(frame, f"{parent}_id")
    inside = groups >= 0
    base = np.maximum(groups, 0)
    known = inside & (named | by_id)
    joined = components(
        [label([base, names], inside & named), label([base, ids], inside & by_id)], len(frame)
    )
    return np.where(joined >= 0, joined, np.arange(len(frame))), known


def surnames(frame: Frame) -> tuple[np.ndarray, Mask]:
    """(code of the first character of the child's name, known)."""
    name = frame.facet("child_name")
    return text_codes(pc.utf8_slice_codeunits(name.values, 0, 1)), name.known


def text_field(frame: Frame, field: str) -> tuple[np.ndarray, Mask]:
    """(code of the cell's text without blanks, something is written)."""
    if not some(frame, field):
        return np.zeros(len(frame), np.int64), np.zeros(len(frame), np.bool_)
    kept = _kept.setdefault(frame, {})
    key = f"{field} "  # the raw text, beside the facets
    if key not in kept:
        column = encoded(frame, field)
        # Blanks gone, two entries of the dictionary may be one text.
        kept[key] = text_codes(column.dictionary)[column.indices.to_numpy(zero_copy_only=False)]
    return kept[key], frame[field].state >= State.FAULTY
