"""Names and numbers compared: the child's own as matching compared them, those of adults by their spelling."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.links.comparison.fields import Difference, FieldComparison
from lbt_audit.links.comparison.pairing import Pairing
from lbt_audit.links.comparison.values import value
from lbt_audit.matching.evidence.evidence import Agreement, Evidence
from lbt_audit.matching.evidence.identity import Identity
from lbt_audit.matching.levels import Level
from lbt_audit.matching.names.comparison import classify_pairs, compare
from lbt_audit.model.blanks import BLANKS
from lbt_audit.model.cell import State

# Names matching has encoded already.
_ENCODED: Final = {"father_name": "father", "mother_name": "mother", "guardian_name": "guardian"}
_PLACED: Final = (
    Level.VARIANT, Level.SAME_SOUND, Level.NEAR_SOUND, Level.LOOK_ALIKE, Level.PLACEHOLDER,
    Level.PARTLY_ALIKE, Level.UNRELATED,
)  # fmt: skip
NAME_KINDS: Final = {level.name.lower(): level for level in Level if Level.CASE < level < Level.UNKNOWN}
"""Kinds of difference between names, by key."""
ID_KINDS: Final = {
    "slip": (Identity.SLIP, Identity.SLIP_INVALID),
    "two_slips": (Identity.TWO_SLIPS,),
    "other": (Identity.DIFFERS,),
    "sequence": (Identity.TWIN,),
    "two_numbers": (Identity.BOTH_VALID,),
}
"""Kinds of difference between ID numbers, by key. 15 digits that are all a cell has left of a number are none."""
CHECK_KINDS: Final = ("neither_right", "this_right", "other_right", "both_right")
"""Which of two different ID numbers pass the check digit: the one of the first record is "this"."""


def child_name(x: Pairing, name: str, how: FieldComparison) -> Difference | None:
    """Children's names that differ by more than blanks, dots and case. Kinds: ``NAME_KINDS``; ``by_former``, where
    names agree only through a former name; ``same_number`` or ``other_number``."""
    v = x.evidence
    level = v.codes["name"]
    found = (level > Level.CASE) & (level != Level.UNKNOWN)
    numbered = same_number(v)
    kinds = {key: level == kind for key, kind in NAME_KINDS.items()}
    kinds |= {"by_former": v.former & (level != Level.FORMER)}
    kinds |= {"same_number": numbered, "other_number": ~numbered}
    place = np.where(np.isin(level, _PLACED), v.position.astype(np.int64) + 1, 0)
    texts = x.texts("child_name", "child_name")
    return Difference(found, level <= Level.CASE, *texts, "child_name", "child_name", kinds, place)


def same_number(v: Evidence) -> Mask:
    """Pairs with one ID or enrolment number."""
    equal = np.isin(v.codes["id_no"], (Identity.EQUAL, Identity.EQUAL_INVALID))
    return np.asarray(equal | (v.codes["xueji_no"] == Agreement.SAME))


def id_number(x: Pairing, name: str, how: FieldComparison) -> Difference | None:
    """The children's ID numbers. Kinds: ``ID_KINDS`` and ``CHECK_KINDS``."""
    code = x.evidence.codes["id_no"]
    kinds = {key: np.isin(code, numbers) for key, numbers in ID_KINDS.items()}
    found = np.logical_or.reduce(list(kinds.values()))
    this, other = (np.asarray(f["id_no"].facets["valid"][rows]) for f, rows in x.sides)
    right = this + 2 * other.astype(np.int64)
    kinds |= {key: right == number for number, key in enumerate(CHECK_KINDS)}
    return Difference(found, code == Identity.EQUAL, *x.texts("id_no", "id_no"), "id_no", "id_no", kinds)


def adult_name(x: Pairing, name: str, how: FieldComparison) -> Difference | None:
    """Names of adults that are two names, not two spellings of blanks, dots or script. Kinds: ``NAME_KINDS``."""
    fields = x.fields(name, how)
    if fields is None:
        return None
    left, right = x.texts(*fields)
    who = _ENCODED.get(fields[0]) if fields[0] == fields[1] else None
    if who is not None:
        e, (i, j) = x.encoded, x.entries
        level = compare(e.adults, getattr(e.left, who)[i], getattr(e.right, who)[j]).level
    else:
        level = classify_pairs(left, right, x.encoded.names.alphabet.confusions)
        usable = [f[c].state[rows] >= State.FAULTY for (f, rows), c in zip(x.sides, fields, strict=True)]
        level = np.where(usable[0] & usable[1], level, Level.UNKNOWN)
    found = (level > Level.TRADITIONAL) & (level != Level.UNKNOWN)
    kinds = {key: level == kind for key, kind in NAME_KINDS.items()}
    return Difference(found, level <= Level.TRADITIONAL, left, right, *fields, kinds)


def guardian(x: Pairing, name: str, how: FieldComparison) -> Difference | None:
    """Guardians' names, and 周老奶 beside 陈秀英: she may be the same, but one list does not name her."""
    made = adult_name(x, name, how)
    if made is None:
        return None
    bare = [pc.replace_substring_regex(text, BLANKS, "") for text in (made.left, made.right)]
    unlike = pc.not_equal(*bare).to_numpy(zero_copy_only=False)
    # Columns exchanged are told with the child's name.
    exchanged = x.evidence.codes["name"] == Level.EXCHANGED
    found = (made.found | (unlike & _unnamed(x))) & ~_own_parent(x) & ~exchanged
    return replace(made, found=found)


def guardian_relation(x: Pairing, name: str, how: FieldComparison) -> Difference | None:
    """Relations of the guardian; another guardian stands in another relation. What the child is to the guardian
    (孙子, 祖孙) and a word for several relatives (祖父母) say the generation and no more."""
    made = value(x, name, how)
    if made is None:
        return None
    made = replace(
        made, found=made.found & ~_one_generation(x, made), equal=made.equal | _one_generation(x, made)
    )
    people = guardian(x, "guardian_name", FieldComparison.model_validate({"as": "guardian"}))
    another = _own_parent(x) if people is None else people.found | _own_parent(x)
    return replace(made, found=made.found & ~another)


def _one_generation(x: Pairing, d: Difference) -> Mask:
    """Pairs of relations one of which is not said exactly and which may be one: of a kind and generation, and not
    of two sexes."""
    (kind, generation, sex, loose), (other_kind, other_generation, other_sex, other_loose) = (
        _relation(frame, field, rows)
        for (frame, rows), field in zip(x.sides, (d.left_field, d.right_field), strict=True)
    )
    same = pc.equal(kind, other_kind).to_numpy(zero_copy_only=False) & (generation == other_generation)
    result: Mask = same & (loose | other_loose) & ((sex == 0) | (other_sex == 0) | (sex == other_sex))
    return result


def _relation(frame: Frame, field: str, rows: np.ndarray) -> tuple[pa.Array, np.ndarray, np.ndarray, Mask]:
    """(kind, generations between the two, sex of the guardian, it is not said exactly) of these rows."""
    facets = frame[field].facets
    sex = facets["sex"][rows]
    loose = facets["from_child_side"][rows] | (sex == 0)
    return (
        facets["kind"].take(pa.array(rows.astype(np.int64))),
        np.abs(facets["generation"][rows]),
        sex,
        loose,
    )


def _unnamed(x: Pairing) -> Mask:
    """Pairs with a guardian in both rows, called by kin rather than by name in one at least."""
    e, (i, j) = x.encoded, x.entries
    one, other = e.left.guardian_called[i], e.right.guardian_called[j]
    given = ((one != 0) | (e.left.guardian[i] >= 0)) & ((other != 0) | (e.right.guardian[j] >= 0))
    result: Mask = given & ((one != 0) | (other != 0))
    return result


def _own_parent(x: Pairing) -> Mask:
    """The guardian named is the child's own parent: who cares is then a matter of what the column means."""
    one, other = (f.facet("guardian.is_parent").as_logic().true[rows] for f, rows in x.sides)
    result: Mask = one | other
    return result
