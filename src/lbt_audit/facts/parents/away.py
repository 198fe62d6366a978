"""Whether each parent is away for work, or at home, and since when.

``{p}.away`` and ``{p}.at_home``:

==========================================================================  ========  ========
what the record says                                                        away      at_home
==========================================================================  ========  ========
whereabouts away                                                            true      false
whereabouts home                                                            false     true
whereabouts dead, custody, missing                                          false     false
whereabouts local, ``away_scope`` any                                       unknown   unknown
whereabouts local, ``away_scope`` cross_county                              false     unknown
separated, or not known; and 父母双方外出=是 or 留守类型=双亲                  true      false
… 外出时间 of this parent filled                                             true      false
… 一方外出另一方无监护能力=是, the other parent lacks capacity or is at home   true      false
… 一方外出另一方无监护能力=是, this parent lacks capacity, the other doesn't  false     true
… 留守类型=父亲外出; or 一方外出 and the other parent is at home              true      false
… nothing of this                                                           unknown   unknown
==========================================================================  ========  ========

So a place always outweighs a ticked box; the contradiction itself is D03's. ``{p}.away_stated`` and
``{p}.home_stated`` are the same without the boxes: true only by the parent's own place or time.
``{p}.away_lo``/``{p}.away_hi`` (day): since when, the parent's own 外出时间 or else the common one.
"""

from __future__ import annotations

import numpy as np

from lbt_audit.config.words import words
from lbt_audit.facts.fact import Fact, of_each_parent, other
from lbt_audit.facts.parents.shared_dates import DAY_NUMBER, shared_days
from lbt_audit.facts.parents.whereabouts import claims_both, is_at
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import code_is, filled, holds, search
from lbt_audit.values.kind import NO_DATE


def _states(frame: Frame, parent: str) -> tuple[Logic, Logic]:
    """(away, at home) by the table above."""
    n, them = len(frame), other(parent)
    away, home, local = (is_at(frame, parent, where).true for where in ("away", "home", "local"))
    gone = is_at(frame, parent, "dead", "custody", "missing").true
    open_ = ~(away | home | gone | local)
    since = open_ & _since_filled(frame, parent)
    both = open_ & claims_both(frame).true
    one = code_is(frame, "one_away_incap", "yes").true
    unfit, they_unfit = (named_incapable(frame, p) for p in (parent, them))
    they_home = is_at(frame, them, "home").true
    by_box = open_ & one & ((they_unfit & ~unfit) | (they_home & ~unfit))
    at_home_by_box = open_ & one & unfit & ~they_unfit & ~since & ~both
    alone = open_ & code_is(frame, "left_type", "one_away").true & (they_home | _typed(frame, parent))
    claimed = (since | both | by_box | alone) & ~at_home_by_box
    scope_false = local if frame.params.get("away_scope") == "cross_county" else np.zeros(n, np.bool_)
    is_away = Logic(away | claimed, home | gone | at_home_by_box | scope_false)
    return is_away, Logic(home | at_home_by_box, away | gone | claimed)


def named_incapable(frame: Frame, parent: str) -> Mask:
    """The form's own box says this parent lacks capacity."""
    box = code_is(frame, f"{parent}_incapable", "yes").true
    who = holds(frame, ("incap_who",), parent) | holds(frame, ("incap_who",), "both")
    return np.asarray(box | (filled(frame, "incap_who") & who))


def _typed(frame: Frame, parent: str) -> Mask:
    """留守类型 itself names the parent who is away (父亲外出)."""
    return search(frame, "left_type", f"{words(parent).pattern}(一方)?外出")


def _since_filled(frame: Frame, parent: str) -> Mask:
    return filled(frame, f"{parent}_away_since") & ~frame.is_error_cell(f"{parent}_away_since")


def _away(parent: str) -> Derivation:
    return lambda frame: Facet.truth(_states(frame, parent)[0])


def _at_home(parent: str) -> Derivation:
    return lambda frame: Facet.truth(_states(frame, parent)[1])


def _away_stated(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        silent = ~frame.facet(f"{parent}.whereabouts").known
        away = is_at(frame, parent, "away").true | (silent & _since_filled(frame, parent))
        return Facet.truth(Logic(away, is_at(frame, parent, "home", "dead", "custody", "missing").true))

    return run


def _home_stated(parent: str) -> Derivation:
    return lambda frame: Facet.truth(is_at(frame, parent, "home"))


def _since(parent: str, edge: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        own = frame.facet(f"{parent}_away_since.{edge}")
        written = filled(frame, f"{parent}_away_since")
        sure = own.known & ~frame[f"{parent}_away_since"].has_fault(DAY_NUMBER)
        values = np.where(sure, own.values, NO_DATE)
        common = shared_days(frame, parent)[edge == "hi"]
        return Facet.day(np.where(written, values, common).astype(np.int32))

    return run


FACTS: tuple[Fact, ...] = (
    *of_each_parent("{p}.away", "truth", _away, "{p}外出务工", "{p} is away for work"),
    *of_each_parent("{p}.at_home", "truth", _at_home, "{p}在家", "{p} is at home"),
    *of_each_parent(
        "{p}.away_stated",
        "truth",
        _away_stated,
        "按地点或时间{p}外出",
        "{p} is away by place or time, boxes left out",
    ),
    *of_each_parent(
        "{p}.home_stated",
        "truth",
        _home_stated,
        "按地点{p}在家",
        "{p} is at home by the place, boxes left out",
    ),
    *of_each_parent(
        "{p}.away_lo", "day", lambda p: _since(p, "lo"), "{p}外出的最早可能日", "first possible day {p} left"
    ),
    *of_each_parent(
        "{p}.away_hi", "day", lambda p: _since(p, "hi"), "{p}外出的最晚可能日", "last possible day {p} left"
    ),
)
