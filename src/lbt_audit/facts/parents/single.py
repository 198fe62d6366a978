"""One-parent families: of which parent nothing is owed.

``{p}.excused``: the record says 单亲 (是否单亲, 单亲原因, a remark: 单亲家庭) and this is the parent who is not there:
单亲父亲 names who is; else one of whom it is said (离异 and the like of one alone, dead, missing, in custody),
whose name lacks while the other's is given, or of whom nothing is written while of the other something is. Not
known where the record does not show which; false where nothing is said of 单亲 (留守类型 单亲留守 is one parent
away), or where both are blank: one of them is owed.
"""

from __future__ import annotations

import numpy as np

from lbt_audit.facts.fact import Fact, of_each_parent, other
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import code_is, filled, holds

_CELLS = ("name", "birth", "id", "work_place", "away_since", "phone", "hukou", "live")


def _single(frame: Frame) -> Mask:
    said = code_is(frame, "single_parent", "yes", "father", "mother").true
    return np.asarray(said | holds(frame, ("special", "remark"), "single_parent"))


def _gone(frame: Frame, parent: str) -> Mask:
    facts = (frame.facet(f"{parent}.{what}").as_logic().true for what in ("separated", "gone"))
    return np.asarray(np.logical_or.reduce(list(facts)))


def _shows(frame: Frame, parent: str, than: str) -> Mask:
    """Whether the cells show that it is this parent who is not there."""
    written, theirs = (
        np.logical_or.reduce([filled(frame, f"{p}_{cell}") for cell in _CELLS]) for p in (parent, than)
    )
    nameless = ~filled(frame, f"{parent}_name") & filled(frame, f"{than}_name")
    return np.asarray(nameless | (theirs & ~written))


def _excused(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        than, single = other(parent), _single(frame)
        if not single.any():
            return Facet.truth(Logic.constant(False, len(frame)))
        named, theirs = (code_is(frame, "single_parent", p).true for p in (parent, than))
        gone, there = _gone(frame, parent), _gone(frame, than)
        mine = gone & ~there | ~(gone ^ there) & _shows(frame, parent, than)
        yours = there & ~gone | ~(gone ^ there) & _shows(frame, than, parent)
        nobody = ~(filled(frame, f"{parent}_name") | filled(frame, f"{than}_name")) & ~mine & ~yours
        open_ = single & ~named & ~theirs
        return Facet.truth(
            Logic(theirs | (open_ & mine), ~single | named | (open_ & ~mine & (yours | nobody)))
        )

    return run


FACTS: tuple[Fact, ...] = of_each_parent(
    "{p}.excused", "truth", _excused, "单亲家庭中不在的{p}", "{p} is the parent a one-parent family lacks"
)
