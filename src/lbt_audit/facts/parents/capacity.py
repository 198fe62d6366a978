"""Whether a parent can look after the child.

``{p}.incapable`` (form: 无监护能力, 因重病、重残等丧失监护能力)

* true: the parent's own 无监护能力 box; 无监护能力方 names the parent; status 重病 or 重残; the place cell
  or remark says 重病, 残疾, 瘫痪, 精神病 … of the parent; or 一方外出另一方无监护能力=是 and this parent is
  the one at home;
* false: a column that would say so is there and says nothing of the kind — the form has a box to tick,
  and an unticked box is an answer; but ill or disabled to an unknown degree (残疾, 患病) leaves it open;
* not known where the file has no such column at all (a missing column is A01's, once per file).

``{p}.unable`` (P62, P125: 重残, 重病, 服刑, 强制隔离戒毒, 其他限制人身自由, 失联, 撤销监护, 遣送出境)
true where status, place or remark says so; otherwise not known to be false unless a status column is there.
``{p}.separated``: 离异, 改嫁, 出走 is said of the parent. ``parents.separated_text``: 爹死娘嫁 and its like.
``parents.de_facto_recognised``: the record itself already says 事实无人抚养.
"""

from __future__ import annotations

import numpy as np

from lbt_audit.facts.fact import Fact, of_each_parent
from lbt_audit.facts.parents.away import named_incapable
from lbt_audit.facts.parents.statements import COMMON, REMARKS, own_cells_say, remarks_say
from lbt_audit.facts.parents.whereabouts import is_at
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import code_is, holds, some
from lbt_audit.model.cell import State
from lbt_audit.model.text import Text

SEVERE_STATUS = ("seriously_ill", "severely_disabled")
BOUND_STATUS = (
    "imprisoned",
    "compulsory_rehab",
    "liberty_restricted",
    "lost_contact",
    "missing",
    "custody_revoked",
    "deported",
)


def _said(frame: Frame, parent: str, name: str) -> Mask:
    found = own_cells_say(frame, parent, name, ("status", "work_place"))
    return found | remarks_say(frame, parent, name, "incap_reason", COMMON)


def _severe(frame: Frame, parent: str) -> Mask:
    """Grave illness or disability is said of the parent."""
    found = code_is(frame, f"{parent}_status", *SEVERE_STATUS).true
    found = found | code_is(frame, f"{parent}_health", "serious_illness").true
    return np.asarray(found | _said(frame, parent, "ill"))


def _weak(frame: Frame, parent: str) -> Mask:
    """Ill or disabled to a degree the record does not give."""
    found = code_is(frame, f"{parent}_status", "disabled", "ill").true
    found = found | code_is(frame, f"{parent}_health", "disabled", "ill", "chronic_illness", "impaired").true
    return np.asarray(found | _said(frame, parent, "frail"))


def _speaks(frame: Frame, parent: str) -> Mask:
    """A column that would show incapacity is there (and not blank throughout)."""
    there = np.zeros(len(frame), np.bool_)
    for field in ("one_away_incap", "incap_who", f"{parent}_incapable", f"{parent}_status"):
        if some(frame, field):
            there |= frame[field].state != State.ABSENT
    return there


def _ill(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        frail = frame.facet(f"{parent}.frail").as_logic()
        return Facet.truth(Logic(_severe(frame, parent), frail.false))

    return run


def _frail(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        true = _severe(frame, parent) | _weak(frame, parent)
        perhaps = code_is(frame, f"{parent}_status", "other").true
        return Facet.truth(Logic(true, ~true & ~perhaps & _speaks(frame, parent)))

    return run


def _incapable(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        ill = frame.facet(f"{parent}.ill").as_logic()
        implied = code_is(frame, "one_away_incap", "yes").true & (
            frame.facet(f"{parent}.home_stated").as_logic().true
        )
        both = code_is(frame, "care_reason", "both_incapable").true
        true = ill.true | named_incapable(frame, parent) | implied | both
        return Facet.truth(Logic(true, ~true & ill.false))

    return run


def _unable(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        true = code_is(frame, f"{parent}_status", *BOUND_STATUS).true | remarks_say(frame, parent, "revoked")
        for fact in ("missing", "in_custody", "ill"):
            true = true | frame.facet(f"{parent}.{fact}").as_logic().true
        return Facet.truth(Logic(true, ~true & frame.has(f"{parent}_status")))

    return run


def _separated(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        true = is_at(frame, parent, "separated").true
        true = true | code_is(frame, f"{parent}_status", "divorced", "remarried").true
        true = true | remarks_say(frame, parent, "separated", COMMON)
        true = true | own_cells_say(frame, parent, "separated", ("work_place", "status"))
        return Facet.truth(Logic(true, ~true))

    return run


def _recognised(frame: Frame) -> Facet:
    found = holds(frame, (*REMARKS, "aid"), "unsupported")
    return Facet.truth(Logic(found, ~found))


FACTS: tuple[Fact, ...] = (
    *of_each_parent("{p}.ill", "truth", _ill, "{p}重病或重残", "{p} is gravely ill or disabled"),
    *of_each_parent(
        "{p}.frail",
        "truth",
        _frail,
        "{p}患病或残疾（不论程度）",
        "{p} is ill or disabled, of whatever degree",
    ),
    *of_each_parent(
        "{p}.incapable",
        "truth",
        _incapable,
        "{p}无监护能力",
        "{p} lacks the capacity to look after the child",
    ),
    *of_each_parent(
        "{p}.unable",
        "truth",
        _unable,
        "{p}属不能履行抚养义务的法定情形（重残、重病、服刑、失联等）",
        "{p} is in one of the situations in which a parent cannot care (gravely ill, in prison, lost …)",
    ),
    *of_each_parent(
        "{p}.separated",
        "truth",
        _separated,
        "记录称{p}离异、改嫁或出走",
        "{p} is said to have divorced or left",
    ),
    Fact(
        "parents.de_facto_recognised",
        "truth",
        _recognised,
        Text("记录已载明事实无人抚养", "the record already says 事实无人抚养"),
    ),
)
