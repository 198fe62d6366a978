"""Which parents of different records are the same person, and which records are one household.

``same_parent`` is the seam for name matching: it compares exactly; a matcher that also finds
near-equal parents (one character or digit off) supplies labels of the same shape instead.
"""

from __future__ import annotations

from itertools import combinations
from weakref import WeakKeyDictionary

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.groups import Labels, components, distinct, label
from lbt_audit.frames.derive.citizen import sound
from lbt_audit.frames.derive.keys import combine, dense, text_codes
from lbt_audit.frames.derive.texts import encoded, some
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
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
    return components(labelings, n)


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
