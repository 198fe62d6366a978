"""Conditions of rules worked out over a frame, in three-valued truth.

The tree and what may stand in it is ``rulebook.condition``'s; here every operator of ``rulebook.operators`` says
where it holds and where it is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.config.words import words
from lbt_audit.frames import days
from lbt_audit.frames.clauses import said_of
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.model.cell import State
from lbt_audit.rulebook.condition import AllOf, AnyOf, Condition, Not, Test, Unless
from lbt_audit.rulebook.operators import WordList
from lbt_audit.rulebook.values import Value
from lbt_audit.rulebook.vocabulary import Operand

Evaluator = Callable[[Frame, str, Any], Logic]
"""(frame, name of the operand, what the operator's reader made of its value) → truth per record."""


def evaluate(condition: Condition, frame: Frame) -> Logic:
    """Truth of ``condition`` for every record of ``frame``."""
    match condition:
        case AllOf(parts):
            return Logic.all((evaluate(part, frame) for part in parts), len(frame))
        case AnyOf(parts):
            return Logic.any((evaluate(part, frame) for part in parts), len(frame))
        case Not(part):
            return ~evaluate(part, frame)
        case Unless(part):
            true = evaluate(part, frame).true
            return Logic(~true, true)
        case Test(operand, operator, value):
            return EVALUATORS[operator](frame, operand.name, value)
    raise TypeError(type(condition).__name__)


def _filled(frame: Frame, field: str, wanted: bool) -> Logic:
    state = frame[field].state
    there = Logic.of(state >= State.FAULTY, state != State.ABSENT)
    return there if wanted else ~there


def _state(frame: Frame, field: str, wanted: tuple[State, ...]) -> Logic:
    state = frame[field].state
    return Logic.of(np.isin(state, wanted), state != State.ABSENT)


def _known(frame: Frame, operand: str, wanted: bool) -> Logic:
    known = frame.facet(operand).known
    return Logic(known, ~known) if wanted else Logic(~known, known)


def _column(frame: Frame, field: str, wanted: bool) -> Logic:
    return Logic.of(frame.has(field) == wanted, np.ones(len(frame), np.bool_))


def _is(frame: Frame, operand: str, wanted: tuple[Any, ...]) -> Logic:
    return frame.facet(operand).isin(list(wanted))


def _is_not(frame: Frame, operand: str, wanted: tuple[Any, ...]) -> Logic:
    return ~_is(frame, operand, wanted)


def _fault(frame: Frame, field: str, names: tuple[str, ...]) -> Logic:
    typed = frame[field]
    return Logic.of(typed.has_fault(*names), typed.state != State.ABSENT)


def _includes(frame: Frame, operand: str, wanted: tuple[str, ...]) -> Logic:
    facet = frame.facet(operand)
    pattern = "(^|,)(" + "|".join(_quote(code) for code in wanted) + ")(,|$)"
    return Logic.of(
        _search(facet.values.dictionary_encode(), lambda texts: _fits(texts, pattern)), facet.known
    )


def _among(frame: Frame, operand: str, choice: Operand) -> Logic:
    one, several = frame.facet(operand), frame.facet(choice.name)
    # ",a,|,a,b,": what stands before the bar must stand again behind it.
    pairs = pc.binary_join_element_wise(",", one.values, ",|,", several.values, ",", "")
    return Logic.of(_search(pairs.dictionary_encode(), _repeated), one.known & several.known)


def _repeated(texts: pa.Array) -> Mask:
    halves = (text.partition("|") for text in texts.to_pylist())
    return np.array([first in second for first, _, second in halves], np.bool_)


def _contains(frame: Frame, field: str, wanted: tuple[str, ...] | WordList) -> Logic:
    if isinstance(wanted, WordList):
        listed = words(wanted.name)
        return _in_text(frame, field, listed.found)
    pattern = "|".join(_quote(word) for word in wanted)
    return _matches(frame, field, pattern)


def _says(frame: Frame, field: str, wanted: WordList) -> Logic:
    return _in_text(frame, field, lambda texts: said_of(texts, wanted.of, words(wanted.name)))


def _matches(frame: Frame, field: str, pattern: str) -> Logic:
    return _in_text(frame, field, lambda texts: _fits(texts, pattern))


def _in_text(frame: Frame, field: str, found: Callable[[pa.Array], Mask]) -> Logic:
    return Logic.of(_search(frame.squeezed_encoded(field), found), frame[field].state != State.ABSENT)


def _search(texts: pa.DictionaryArray, found: Callable[[pa.Array], Mask]) -> Mask:
    """``found`` over the distinct texts, spread over the rows."""
    hit: Mask = found(texts.dictionary)[texts.indices.to_numpy(zero_copy_only=False)]
    return hit


def _fits(texts: pa.Array, pattern: str) -> Mask:
    return np.asarray(pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False), np.bool_)


def _quote(word: str) -> str:
    return "".join("\\" + c if c in r"\.+*?()[]{}|^$" else c for c in word)


def _comparing(holds: Callable[[Any, Any], Any]) -> Evaluator:
    def run(frame: Frame, operand: str, value: Value) -> Logic:
        left = frame.facet(operand)
        right = _value(frame, value, left)
        if left.is_text:
            equal = pc.equal(left.values, right.values).to_numpy(zero_copy_only=False)
            return Logic.of(np.asarray(equal if holds is np.equal else ~equal), left.known & right.known)
        return Logic.of(np.asarray(holds(left.values, right.values)), left.known & right.known)

    return run


def _value(frame: Frame, value: Value, left: Facet) -> Facet:
    """The right side for every record, of the type of the left."""
    n = len(frame)
    if value.operand is not None:
        facet = frame.facet(value.operand.name)
        known, numbers = facet.known, facet.values
    else:
        known = np.ones(n, np.bool_)
        constant = frame.context.as_of if value.as_of else value.constant
        if left.is_text:
            return Facet(pa.array([constant]).take(pa.array(np.zeros(n, np.int32))), known)
        if isinstance(constant, date):
            constant = days.day_number(constant)
        numbers = np.broadcast_to(np.asarray(constant), (n,))
    if value.months:
        numbers = days.add_months(numbers, value.months)
    if value.days:
        numbers = np.where(known, numbers + value.days, numbers)
    return Facet(numbers, known, left.is_day)


EVALUATORS: Mapping[str, Evaluator] = {
    "filled": _filled,
    "state": _state,
    "known": _known,
    "column": _column,
    "is": _is,
    "is_not": _is_not,
    "includes": _includes,
    "among": _among,
    "fault": _fault,
    "eq": _comparing(np.equal),
    "ne": _comparing(np.not_equal),
    "lt": _comparing(np.less),
    "le": _comparing(np.less_equal),
    "gt": _comparing(np.greater),
    "ge": _comparing(np.greater_equal),
    "same_as": _comparing(np.equal),
    "differs_from": _comparing(np.not_equal),
    "contains": _contains,
    "says": _says,
    "matches": _matches,
}
