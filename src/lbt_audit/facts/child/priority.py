"""Children to be looked after first (重点儿童): who needs a helper of their own and is visited twice as often.

``child.priority_kinds``: which kinds of them the child is, by its record and by a register of orphans and protected
children that has it; of a record of helpers, visits, agreements or absence, also by the lists that have the child. Empty
where the child is surely none.
``child.priority``: it is one; false only where the record says enough: parents, whereabouts and care. 困境 and 事实无人抚养
are no column of their own, so a record that says nothing of them says no.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.facts.fact import PARENTS, Fact
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic
from lbt_audit.frames.texts import code_is, holds
from lbt_audit.model.text import Text

WORDS = {
    "orphan": Text("孤儿", "orphan"),
    "unsupported": Text("事实无人抚养", "without de facto support"),
    "hardship": Text("困境儿童", "in difficulty"),
    "poor_care": Text("监护差", "poor care"),
    "unattended": Text("无人监护", "unattended"),
    "custody": Text("父母服刑", "a parent in custody"),
}
POOR = ("poor", "trustee_incapable", "powerless", "improper")
UNATTENDED = ("unattended", "missing")
SAYING = ("special", "remark")


def _by_kind(frame: Frame) -> dict[str, Logic]:
    """Truth of each of the kinds for every record."""
    dead = frame.facet("parents.both_dead").as_logic()
    orphan = code_is(frame, "is_orphan", "yes").true | _said(frame, "orphan_said").true
    own = {
        "orphan": Logic(dead.true | orphan, dead.false & ~orphan),
        "unsupported": frame.facet("parents.de_facto_recognised").as_logic(),
        "hardship": _said(frame, "hardship"),
        "poor_care": code_is(frame, "guard_eval", *POOR),
        "unattended": code_is(frame, "guard_eval", *UNATTENDED),
        "custody": Logic.any((frame.facet(f"{p}.in_custody").as_logic() for p in PARENTS), len(frame)),
    }
    if frame.kind == "orphans":
        listed = {kind: code_is(frame, "orphan_kind", kind) for kind in ("unsupported", "hardship")}
        return own | {
            "orphan": own["orphan"] | frame.facet("record.orphan").as_logic(),
            **{kind: own[kind] | truth for kind, truth in listed.items()},
        }
    if frame.schema.child == "many":
        listed = {kind: frame.facet(f"listed.{kind}").as_logic() for kind in WORDS}
        return {
            kind: Logic(own[kind].true | truth.true, truth.false & ~own[kind].true)
            for kind, truth in listed.items()
        }
    for kind in ("orphan", "unsupported", "hardship"):  # a list that is not there says nothing
        elsewhere = frame.facet(f"protected.{kind}").as_logic()
        own[kind] = Logic(own[kind].true | elsewhere.true, own[kind].false & ~elsewhere.true)
    return own


def _said(frame: Frame, words: str) -> Logic:
    found = holds(frame, SAYING, words)
    return Logic(found, ~found)


def _kinds(frame: Frame) -> Facet:
    truths = _by_kind(frame)
    bits = np.zeros(len(frame), np.int64)
    for number, truth in enumerate(truths.values()):
        bits |= truth.true.astype(np.int64) << number
    texts = [
        ",".join(kind for number, kind in enumerate(WORDS) if code >> number & 1)
        for code in range(1 << len(WORDS))
    ]
    one_or_none = Logic.any(truths.values(), len(frame))
    return Facet(pc.take(pa.array(texts, pa.string()), pa.array(bits)), ~one_or_none.unknown)


def _priority(frame: Frame) -> Facet:
    return Facet.truth(Logic.any(_by_kind(frame).values(), len(frame)))


FACTS: tuple[Fact, ...] = (
    Fact(
        "child.priority",
        "truth",
        _priority,
        Text("属重点儿童（孤儿、困境、监护差等）", "to be looked after first (orphans, poor care …)"),
    ),
    Fact(
        "child.priority_kinds",
        "codes",
        _kinds,
        Text("属哪几类重点儿童", "which kinds of such children"),
        tuple(WORDS),
        WORDS,
    ),
)
