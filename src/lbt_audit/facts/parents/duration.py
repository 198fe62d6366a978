"""How long a parent has been away.

``{p}.short``: the parent is away by the record and the time since 外出时间 is surely less than
``min_away_months`` months; ``{p}.maybe_short``: less by the latest possible day only ("2026.8" on
October 31 with three months: from August 1 it is not, from August 31 it is).
Eligible iff ``add_months(since, n) <= as_of``; exactly n months count (民法典 art. 1259).
``{p}.since_unclear``: away, and 外出时间 is written but tells no date (春节后, 常年, 无, unreadable);
``{p}.since_long``: among them 常年, 多年, 长期: no doubt more than the months asked for.
"""

from __future__ import annotations

import numpy as np

from lbt_audit.facts.fact import Fact, of_each_parent, other
from lbt_audit.frames import days
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import filled, in_state, some
from lbt_audit.model.cell import State


def _months(frame: Frame, parent: str) -> tuple[Mask, Mask, Mask]:
    """(away, surely short, short only by the latest day)."""
    need, as_of = int(frame.params["min_away_months"]), frame.context.as_of
    away = frame.facet(f"{parent}.away").as_logic().true
    lo, hi = frame.facet(f"{parent}.away_lo"), frame.facet(f"{parent}.away_hi")
    known = lo.known & hi.known
    # Only the last few months can be short; the rest needs no calendar.
    recent = np.flatnonzero(known & (hi.values > as_of - 31 * need - 31))
    surely, maybe = np.zeros(len(frame), np.bool_), np.zeros(len(frame), np.bool_)
    surely[recent] = days.add_months(lo.values[recent], need) > as_of
    maybe[recent] = days.add_months(hi.values[recent], need) > as_of
    return away, surely, maybe & ~surely


def _short(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        away, surely, maybe = _months(frame, parent)
        if not bool(frame.facet("record.civil").as_logic().true.all()):
            # By the school definition one parent away long enough is enough.
            they_away, they_short, _ = _months(frame, other(parent))
            enough = they_away & ~they_short
            surely, maybe = surely & ~enough, maybe & ~enough
        known = frame.facet(f"{parent}.away_lo").known
        return Facet.truth(Logic(away & surely, known & ~surely & ~maybe))

    return run


def _maybe_short(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        away, _, maybe = _months(frame, parent)
        if not bool(frame.facet("record.civil").as_logic().true.all()):
            they_away, they_short, _ = _months(frame, other(parent))
            maybe = maybe & ~(they_away & ~they_short)
        known = frame.facet(f"{parent}.away_lo").known
        return Facet.truth(Logic(away & maybe, known & ~maybe))

    return run


def _since_field(frame: Frame, parent: str) -> tuple[Mask, Mask]:
    """(own cell decides, common cell decides)."""
    own = filled(frame, f"{parent}_away_since") | in_state(frame, f"{parent}_away_since", State.PLACEHOLDER)
    return own, ~own


def _unclear(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        if not int(frame.params["min_away_months"]):  # nobody asks how long
            return Facet.truth(Logic.constant(False, len(frame)))
        away = frame.facet(f"{parent}.away").as_logic()
        known = frame.facet(f"{parent}.away_lo").known
        own, common = _since_field(frame, parent)
        shared = filled(frame, "parents_away_since") | in_state(
            frame, "parents_away_since", State.PLACEHOLDER
        )
        error = frame.is_error_cell(f"{parent}_away_since") | frame.is_error_cell("parents_away_since")
        written = (own | (common & shared)) & ~error
        return Facet.truth(Logic(away.true & written & ~known, away.false | known))

    return run


def _long(parent: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        found = np.zeros(len(frame), np.bool_)
        own, common = _since_field(frame, parent)
        for field, at in ((f"{parent}_away_since", own), ("parents_away_since", common)):
            if some(frame, field):
                found |= at & frame.facet(f"{field}.text_class").isin(["long"]).true
        return Facet.truth(Logic(found, ~found))

    return run


FACTS: tuple[Fact, ...] = (
    *of_each_parent(
        "{p}.short",
        "truth",
        _short,
        "{p}外出肯定不足规定月数",
        "{p} is away, surely for less than the months asked for",
    ),
    *of_each_parent(
        "{p}.maybe_short",
        "truth",
        _maybe_short,
        "{p}外出可能不足规定月数",
        "{p} is away, perhaps for less than the months asked for",
    ),
    *of_each_parent(
        "{p}.since_unclear",
        "truth",
        _unclear,
        "{p}外出，外出时间写而不明",
        "{p} is away, since when is written but no date",
    ),
    *of_each_parent(
        "{p}.since_long",
        "truth",
        _long,
        "{p}外出时间写常年、多年",
        "{p} has been away for long, without date",
    ),
)
