"""The entrusted guardian of a record.

``guardian.named``: a guardian stands in the record (name, or name cell unreadable but written, or 奶奶 in its
place). False where the name cell is blank or a placeholder.
``guardian.relation``: code of GB/T 4761, of the relation column or else of the word in the name's place.
``guardian.birth_lo``/``_hi`` (day), ``guardian.age_lo``/``_hi`` (years at ``as_of``), ``guardian.sex``
(1 male, 2 female; by a sound ID), ``guardian.gap_lo``/``_hi``: how many years older than the child.
``guardian.is_father``, ``guardian.is_mother``: same sound ID number; or same name, unless both ID numbers
are known and differ; or the relation says 父 or 母 and one of the two names is not given.
``guardian.is_parent``: one of them. ``guardian.is_away_parent``: the one who is away.
``guardian.children``: how many children of the same kind of register the same guardian has in care
(same ID, else same name and phone, else same name and village).
``guardian.institution``: a school, welfare institution or committee acts as guardian.
``guardian.by_law``: both parents are dead or incapable and a grandparent or elder sibling is named, who then is
guardian by law (民法典 27): nobody need entrust the child to them, and no agreement is owed.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.facts.fact import PARENTS, Fact
from lbt_audit.facts.parents.persons import years_between
from lbt_audit.frames import days
from lbt_audit.frames.citizen import id_sex, sound, span
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.keys import combine, dense, text_codes
from lbt_audit.frames.logic import Logic
from lbt_audit.frames.texts import filled, holds, in_state
from lbt_audit.model.cell import State
from lbt_audit.model.text import Text

FATHER_CODES = ("51",)
MOTHER_CODES = ("52",)


def _named(frame: Frame) -> Facet:
    kin = frame.facet("guardian_name.relation").known
    nobody = in_state(frame, "guardian_name", State.BLANK, State.PLACEHOLDER, State.DASH)
    return Facet.truth(Logic((frame["guardian_name"].state >= State.FAULTY) | kin, nobody & ~kin))


def _relation(frame: Frame) -> Facet:
    column, word = frame.facet("guardian_rel"), frame.facet("guardian_name.relation")
    values = pc.if_else(pa.array(column.known), column.values, word.values)
    return Facet(values, column.known | word.known)


def _birth(edge: int) -> Derivation:
    return lambda frame: Facet.day(span(frame, "guardian_id", "guardian_birth")[edge])


def _age(edge: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        birth = frame.facet(f"guardian.birth_{'hi' if edge == 'lo' else 'lo'}")
        return Facet(days.completed_years(birth.values, frame.context.as_of), birth.known)

    return run


def _sex(frame: Frame) -> Facet:
    sex = id_sex(frame, "guardian_id")
    return Facet(sex, sex > 0)


def _gap(edge: str) -> Derivation:
    elder, younger = (
        ("guardian.birth_hi", "child.birth_lo") if edge == "lo" else ("guardian.birth_lo", "child.birth_hi")
    )
    return lambda frame: years_between(frame, elder, younger)


def _same(frame: Frame, left: str, right: str) -> Logic:
    """Two text facets are equal, where both are known."""
    a, b = frame.facet(left), frame.facet(right)
    equal = pc.equal(a.values, b.values).to_numpy(zero_copy_only=False)
    return Logic.of(np.asarray(equal, np.bool_), a.known & b.known)


def _is(parent: str, codes: tuple[str, ...]) -> Derivation:
    def run(frame: Frame) -> Facet:
        ids_known = sound(frame, "guardian_id") & sound(frame, f"{parent}_id")
        same_id = _same(frame, "guardian_id.norm", f"{parent}_id.norm")
        same_name = _same(frame, "guardian_name", f"{parent}_name")
        named = frame.facet("guardian_name").known & frame.facet(f"{parent}_name").known
        relation = frame.facet("guardian.relation").isin(list(codes))
        true = np.where(ids_known, same_id.true, same_name.true | (relation.true & ~named))
        false = np.where(ids_known, same_id.false, same_name.false | (relation.false & ~named))
        return Facet.truth(Logic(true & ~false, false & ~true))

    return run


def _is_parent(frame: Frame) -> Facet:
    return Facet.truth(
        frame.facet("guardian.is_father").as_logic() | frame.facet("guardian.is_mother").as_logic()
    )


def _is_away_parent(frame: Frame) -> Facet:
    parts = [
        frame.facet(f"guardian.is_{p}").as_logic() & frame.facet(f"{p}.away").as_logic() for p in PARENTS
    ]
    return Facet.truth(parts[0] | parts[1])


def _children(frame: Frame) -> Facet:
    """Children per guardian within the frame; unknown where the guardian has neither ID nor name."""
    n = len(frame)
    name = frame.facet("guardian_name")
    by_id = sound(frame, "guardian_id")
    ids = frame.facet("guardian_id.norm").codes()
    names = name.codes()
    phone = frame.facet("guardian_phone.number")
    village = frame.squeezed("village")
    phones = phone.codes()
    villages = text_codes(village)
    place = np.where(phone.known, phones * 2, villages * 2 + 1)
    key = np.where(by_id, ids * 2, combine(names, place) * 2 + 1)
    known = by_id | name.known
    back = dense(key)
    own = np.where(known, np.bincount(back[known], minlength=n + 1)[back], 0)
    return Facet(own.astype(np.int32), known)


def _institution(frame: Frame) -> Facet:
    found = holds(frame, ("guardian_name", "guardian_rel"), "institution")
    return Facet.truth(Logic(found, ~found & filled(frame, "guardian_name")))


def _by_law(frame: Frame) -> Facet:
    kin = frame.facet("guardian_rel.kind").isin(["grandparent", "sibling"])
    neither = [
        frame.facet(f"{p}.dead").as_logic() | frame.facet(f"{p}.incapable").as_logic() for p in PARENTS
    ]
    return Facet.truth(kin & neither[0] & neither[1])


FACTS: tuple[Fact, ...] = (
    Fact("guardian.named", "truth", _named, Text("填有监护人", "a guardian is named")),
    Fact(
        "guardian.relation",
        "text",
        _relation,
        Text("监护人与儿童的关系（GB/T 4761代码）", "guardian's relation to the child (GB/T 4761)"),
    ),
    Fact(
        "guardian.birth_lo",
        "day",
        _birth(0),
        Text("监护人可能的最早出生日", "guardian's first possible day of birth"),
    ),
    Fact(
        "guardian.birth_hi",
        "day",
        _birth(1),
        Text("监护人可能的最晚出生日", "guardian's last possible day of birth"),
    ),
    Fact(
        "guardian.age_lo", "number", _age("lo"), Text("监护人最小可能周岁", "guardian's least possible age")
    ),
    Fact(
        "guardian.age_hi",
        "number",
        _age("hi"),
        Text("监护人最大可能周岁", "guardian's greatest possible age"),
    ),
    Fact(
        "guardian.sex",
        "number",
        _sex,
        Text("监护人性别（1 男 2 女）", "guardian's sex by the ID number (1 male, 2 female)"),
    ),
    Fact(
        "guardian.gap_lo",
        "number",
        _gap("lo"),
        Text("监护人至少年长几岁", "years the guardian is older, at least"),
    ),
    Fact(
        "guardian.gap_hi",
        "number",
        _gap("hi"),
        Text("监护人至多年长几岁", "years the guardian is older, at most"),
    ),
    Fact(
        "guardian.is_father",
        "truth",
        _is("father", FATHER_CODES),
        Text("监护人是父亲", "the guardian is the father"),
    ),
    Fact(
        "guardian.is_mother",
        "truth",
        _is("mother", MOTHER_CODES),
        Text("监护人是母亲", "the guardian is the mother"),
    ),
    Fact("guardian.is_parent", "truth", _is_parent, Text("监护人是父或母", "the guardian is a parent")),
    Fact(
        "guardian.is_away_parent",
        "truth",
        _is_away_parent,
        Text("监护人是外出的一方", "the guardian is a parent who is away"),
    ),
    Fact(
        "guardian.children",
        "number",
        _children,
        Text("同一监护人照料的儿童数", "children of the register in the care of the same guardian"),
    ),
    Fact(
        "guardian.institution", "truth", _institution, Text("监护人是单位", "an institution acts as guardian")
    ),
    Fact(
        "guardian.by_law",
        "truth",
        _by_law,
        Text("祖辈或兄姐依法担任监护人", "a grandparent or elder sibling is guardian by law"),
    ),
)
