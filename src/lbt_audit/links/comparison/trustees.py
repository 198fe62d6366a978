"""Whom an agreement entrusts with the child, beside the guardian another register names."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.citizen import id_sex
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import holds, some
from lbt_audit.links.comparison.fields import Difference, FieldComparison
from lbt_audit.links.comparison.names import NAME_KINDS
from lbt_audit.links.comparison.pairing import Pairing
from lbt_audit.matching.characters.readings import Confusion
from lbt_audit.matching.levels import Level
from lbt_audit.matching.names.comparison import classify_pairs
from lbt_audit.model.regex import regex
from lbt_audit.values.text import clean

_GRANDPARENTS: Final = (frozenset({"60", "61", "62"}), frozenset({"60", "63", "64"}))
"""Codes of GB/T 4761 of the two couples; 60 says neither which nor whether both."""
_OLD_ENOUGH: Final = 45
_NOTE = regex(r"[(（\[【].*?[)）\]】]")
_BETWEEN = regex(r"[/、,，;；\\+&|]+|(?<=[\u3400-\u9fff]{2})[和与及](?=[\u3400-\u9fff]{2})")
_APART = regex(
    r"([\u3400-\u9fff]{2,3})[ \u3000]+([\u3400-\u9fff]{2,3})"
)  # 周国富 石朝珍; or one name in two parts


def trustee(x: Pairing, name: str, how: FieldComparison) -> Difference | None:
    """The trustee is none of the persons named as guardian. Of grandparents either may be registered: the other one
    (by relation, or where none is given by sex and age) is no difference; nor is a former name, a guardian who is the
    child's own parent, or an institution. Kinds: ``NAME_KINDS``."""
    agreed = next((side for side in (0, 1) if x.sides[side][0].schema.about == "agreement"), None)
    if agreed is None:
        return None
    (frame, rows), (register, others) = x.sides[agreed], x.sides[1 - agreed]
    field = next((f for f in ("ag_trustee", "guardian_name") if some(frame, f)), None)
    if field is None or not some(register, "guardian_name"):
        return None
    here, there = _persons(frame, field, rows), _persons(register, "guardian_name", others)
    level = _nearest(here, there, x.encoded.names.alphabet.confusions)
    may_be = _other_grandparent(frame, rows, register, others)
    spared = (
        _own_parent(register, others)
        | _institution(frame, field, rows)
        | _institution(register, "guardian_name", others)
    )
    known = (level != Level.UNKNOWN) & ~spared
    equal = known & (
        (level <= Level.TRADITIONAL) | may_be.as_logic().true | _renamed(frame, field, rows, register, others)
    )
    found = known & ~equal & ~(may_be.as_logic().unknown & (level > Level.FORMER))
    kinds = {key: level == kind for key, kind in NAME_KINDS.items()}
    texts = [f.text(c).take(pa.array(r.astype(np.int64))) for f, c, r in
             ((frame, field, rows), (register, "guardian_name", others))]  # fmt: skip
    made = Difference(found, equal, texts[0], texts[1], field, "guardian_name", kinds)
    return made if agreed == 0 else made.mirrored()


def _persons(frame: Frame, field: str, rows: np.ndarray) -> list[tuple[str, ...]]:
    """The names in each cell; () where it names nobody."""
    texts = frame.text(field).take(pa.array(rows.astype(np.int64))).to_pylist()
    kin = frame.facet(f"{field}.norm")
    named = {t: _split(t) for t in dict.fromkeys(texts)}
    alone = kin.values.take(pa.array(rows.astype(np.int64))).to_pylist()
    known = kin.known[rows].tolist()
    several = frame[field].has_fault("several")[rows].tolist()
    return [
        named[t] if many or len(named[t]) > 1 else (one,) if ok and one else ()
        for t, one, ok, many in zip(texts, alone, known, several, strict=True)
    ]


def _split(text: str) -> tuple[str, ...]:
    parts = _BETWEEN.split(_NOTE.sub("", clean(text)))
    apart = [name for p in parts if (two := _APART.fullmatch(p.strip())) for name in two.groups()]
    return tuple(part for p in (*parts, *apart) if len(part := p.replace(" ", "")) > 1)


def _nearest(
    here: list[tuple[str, ...]], there: list[tuple[str, ...]], sounds: tuple[Confusion, ...]
) -> np.ndarray:
    """Level (uint8) of the two names nearest to each other."""
    pairs = [
        (k, a, b) for k, (one, other) in enumerate(zip(here, there, strict=True)) for a in one for b in other
    ]
    result = np.full(len(here), Level.UNKNOWN, np.uint8)
    if pairs:
        level = classify_pairs([b for _, _, b in pairs], [a for _, a, _ in pairs], sounds)
        np.minimum.at(result, np.array([k for k, _, _ in pairs]), level)
    return result


def _relation(frame: Frame, rows: np.ndarray) -> list[str]:
    """Code of the relation to the child, "" where none is given."""
    options = [f for f in ("ag_trustee_rel", "guardian_rel") if some(frame, f)]
    facets = [frame.facet(f) for f in options] + [frame.facet("guardian.relation")]
    result = [""] * len(rows)
    for facet in facets:
        values = facet.values.take(pa.array(rows.astype(np.int64))).to_pylist()
        known = facet.known[rows].tolist()
        result = [r or (v if k else "") for r, v, k in zip(result, values, known, strict=True)]
    return result


def _other_grandparent(frame: Frame, rows: np.ndarray, register: Frame, others: np.ndarray) -> Facet:
    """Trustee and guardian are, or may be, a couple of grandparents."""
    one, other = _relation(frame, rows), _relation(register, others)
    related = np.array([a != "" and b != "" for a, b in zip(one, other, strict=True)], np.bool_)
    couple = np.array(
        [
            any({a, b} <= pair and (a != b or a == "60") for pair in _GRANDPARENTS)
            for a, b in zip(one, other, strict=True)
        ],
        np.bool_,
    )
    grand = np.array([any(b in pair for pair in _GRANDPARENTS) for b in other], np.bool_)
    theirs = register.facet("guardian_rel.sex")
    sex = np.where(theirs.known, theirs.values, 0)[others]
    own = id_sex(frame, "ag_trustee_id")[rows]
    age = frame.facet("trustee.age_lo")
    old = ~age.known[rows] | (age.values[rows] >= _OLD_ENOUGH)
    may_be = (
        ~related & grand & old & ((own == 0) | (sex == 0) | (own != sex)) & (age.known[rows] | (own != 0))
    )
    return Facet(couple, ~may_be | couple)


def _own_parent(frame: Frame, rows: np.ndarray) -> Mask:
    return np.asarray(frame.facet("guardian.is_parent").as_logic().true[rows])


def _institution(frame: Frame, field: str, rows: np.ndarray) -> Mask:
    return np.asarray(holds(frame, (field,), "institution")[rows])


def _renamed(frame: Frame, field: str, rows: np.ndarray, register: Frame, others: np.ndarray) -> Mask:
    """One is the other's former name, as either cell says."""
    names = [f.facet(f"{c}.norm").values.take(pa.array(r.astype(np.int64))) for f, c, r in
             ((frame, field, rows), (register, "guardian_name", others))]  # fmt: skip
    former = [f.facet(f"{c}.former").values.take(pa.array(r.astype(np.int64))) for f, c, r in
              ((frame, field, rows), (register, "guardian_name", others))]  # fmt: skip
    found = np.zeros(len(rows), np.bool_)
    for then, now in ((former[0], names[1]), (former[1], names[0])):
        said = pc.and_(pc.not_equal(then, ""), pc.equal(then, now))
        found |= pc.fill_null(said, False).to_numpy(zero_copy_only=False)
    return found
