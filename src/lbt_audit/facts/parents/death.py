"""Whether a parent is dead.

``{p}.dead`` — the first source that speaks decides:

1. 父母健在情况: 父亡母在, 母亡父在, 双方去世 settle both parents. 父母双全 says both live, but where 2–4
   say the opposite the record contradicts itself and nothing is known.
2. the parent's status (父亲状况, 特殊情况) is 死亡;
3. the parent's name is "—" (form note 4: the lawful mark of the deceased), or the name, place or phone
   cell says 已故, 去世 …;
4. the remark, or the cell common to both (父母去向), says it of this parent (父亡, 母亲2019年去世, 父母双亡);
5. a name without any such mark: the parent lives (the form asks for "—" otherwise);
6. otherwise not known. 无, a blank or a missing column never mean dead.

``{p}.dead_stated`` leaves 1 out of account: what the parent's own cells say.
``parents.both_dead``, ``parents.one_dead`` combine the two; ``parents.missing_by_court``: the status or
remark says 宣告失踪 or 宣告死亡 of a parent.
"""

from __future__ import annotations

from lbt_audit.facts.fact import PARENTS, Fact, of_each_parent, other
from lbt_audit.facts.parents.statements import COMMON, REMARKS, own_cells_say, remarks_say, says
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic
from lbt_audit.frames.texts import code_is, holds, in_state, some
from lbt_audit.model.cell import State
from lbt_audit.model.text import Text


def _stated(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        dead = code_is(frame, f"{parent}_status", "dead").true | own_cells_say(frame, parent, "dead")
        dead |= remarks_say(frame, parent, "dead") | says(frame, COMMON, parent, "dead")
        if some(frame, f"{parent}_name"):
            dead |= in_state(frame, f"{parent}_name", State.DASH)
        named = in_state(frame, f"{parent}_name", State.OK)
        return Facet.truth(Logic(dead, named & ~dead))

    return run


def _dead(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        stated = frame.facet(f"{parent}.dead_stated").as_logic()
        says_dead = code_is(frame, "parents_alive", "both_dead", f"{parent}_dead").true
        only_other = code_is(frame, "parents_alive", f"{other(parent)}_dead").true
        both_live = code_is(frame, "parents_alive", "both_alive").true
        settled = says_dead | only_other | both_live
        return Facet.truth(
            Logic(
                says_dead | (stated.true & ~settled),
                only_other | (both_live & ~stated.true) | (stated.false & ~settled),
            )
        )

    return run


def _both(frame: Frame) -> Facet:
    father, mother = (frame.facet(f"{p}.dead").as_logic() for p in PARENTS)
    return Facet.truth(father & mother)


def _one(frame: Frame) -> Facet:
    """Exactly one parent is dead."""
    father, mother = (frame.facet(f"{p}.dead").as_logic() for p in PARENTS)
    return Facet.truth((father & ~mother) | (mother & ~father))


def _court(frame: Frame) -> Facet:
    fields = (*REMARKS, "father_status", "mother_status", "parents_alive")
    found = holds(frame, fields, "declared_missing")
    return Facet.truth(Logic(found, ~found))


FACTS: tuple[Fact, ...] = (
    *of_each_parent(
        "{p}.dead_stated",
        "truth",
        _stated,
        "除父母健在情况外记录称{p}已故",
        "{p} is dead by what is said apart from 父母健在情况",
    ),
    *of_each_parent("{p}.dead", "truth", _dead, "{p}已故", "{p} is dead"),
    Fact("parents.both_dead", "truth", _both, Text("父母双亡", "both parents are dead")),
    Fact("parents.one_dead", "truth", _one, Text("父母一方已故", "exactly one parent is dead")),
    Fact(
        "parents.missing_by_court",
        "truth",
        _court,
        Text("父母被宣告失踪或死亡", "a court has declared a parent missing or dead"),
    ),
)
