"""Conditions of rule files: a closed vocabulary over fields, three-valued, never ``eval``.

``all``, ``any`` and ``not`` combine; ``unless`` is true wherever its condition is not known to be true —
the one way to let an unknown pass, for exceptions a record would have to state (``unless: {remark: …}``
holds in a file without remarks, ``not`` does not). Everything else is ``operand: {operator: value}``. The operators
are the entries of ``OPERATORS``; ``docs/rules.md`` describes each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames import days
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Logic
from lbt_audit.model.cell import State
from lbt_audit.rulebook import condition as written
from lbt_audit.values.kind import NO_DATE

_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": np.equal,
    "ne": np.not_equal,
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
}
_STATES = {s.name.lower(): s for s in State if s is not State.ABSENT}


class ConditionError(ValueError):
    """A condition that is not in the vocabulary."""


@dataclass(frozen=True)
class Condition:
    """A compiled condition."""

    evaluate: Callable[[Frame], Logic]
    operands: frozenset[str]
    params: frozenset[str]

    def __call__(self, frame: Frame) -> Logic:
        return self.evaluate(frame)


def compile_condition(spec: Any) -> Condition:
    """Compile what a rule file holds under ``when``. Raises ConditionError on anything unknown."""
    operands = frozenset(_operands(spec))
    params = frozenset(_params(spec))
    return Condition(_compile(spec), operands, params)


def substitute(spec: Any, values: Mapping[str, str]) -> Any:
    """``spec`` with ``{name}`` replaced in every key and text, for rules with ``for_each``."""
    if isinstance(spec, str):
        for name, value in values.items():
            spec = spec.replace("{" + name + "}", value)
        return spec
    if isinstance(spec, Mapping):
        return {substitute(k, values): substitute(v, values) for k, v in spec.items()}
    if isinstance(spec, list | tuple):
        return type(spec)(substitute(v, values) for v in spec)
    return spec


def resolve(value: Any, params: Mapping[str, Any]) -> Any:
    """A threshold: itself, or the parameter ``{param: name}`` names."""
    if isinstance(value, Mapping) and set(value) == {"param"}:
        if value["param"] not in params:
            raise ConditionError(f"unknown parameter {value['param']!r}")
        return params[value["param"]]
    return value


def _compile(spec: Any) -> Callable[[Frame], Logic]:
    if not isinstance(spec, Mapping) or not spec:
        raise ConditionError(f"a condition must be a mapping, not {spec!r}")
    parts = [_clause(key, value) for key, value in spec.items()]
    if len(parts) == 1:
        return parts[0]
    return lambda frame: Logic.all((p(frame) for p in parts), len(frame))


def _clause(key: str, value: Any) -> Callable[[Frame], Logic]:
    if key in ("all", "any"):
        if not isinstance(value, list | tuple) or not value:
            raise ConditionError(f"{key!r} takes a list of conditions")
        parts = [_compile(v) for v in value]
        join = Logic.all if key == "all" else Logic.any
        return lambda frame: join((p(frame) for p in parts), len(frame))
    if key == "not":
        inner = _compile(value)
        return lambda frame: ~inner(frame)
    if key == "unless":
        excused = _compile(value)

        def passes(frame: Frame) -> Logic:
            true = excused(frame).true
            return Logic(~true, true)

        return passes
    if not isinstance(value, Mapping) or not value:
        raise ConditionError(f"{key}: expected operators, got {value!r}")
    tests = [_test(key, op, v) for op, v in value.items()]
    if len(tests) == 1:
        return tests[0]
    return lambda frame: Logic.all((t(frame) for t in tests), len(frame))


def _test(operand: str, op: str, value: Any) -> Callable[[Frame], Logic]:
    if op in _COMPARISONS:
        return lambda frame: _compare(frame, operand, op, value)
    try:
        make = OPERATORS[op]
    except KeyError:
        raise ConditionError(f"{operand}: unknown operator {op!r}") from None
    return make(operand, value)


def _filled(operand: str, value: Any) -> Callable[[Frame], Logic]:
    if not isinstance(value, bool):
        raise ConditionError(f"{operand}: filled takes true or false")

    def run(frame: Frame) -> Logic:
        state = frame[operand].state
        there = Logic.of(state >= State.FAULTY, state != State.ABSENT)
        return there if value else ~there

    return run


def _state(operand: str, value: Any) -> Callable[[Frame], Logic]:
    names = [value] if isinstance(value, str) else list(value)
    unknown = [n for n in names if n not in _STATES]
    if unknown:
        raise ConditionError(f"{operand}: unknown state {unknown[0]!r} (one of {', '.join(_STATES)})")
    wanted = np.array([_STATES[n] for n in names], np.uint8)

    def run(frame: Frame) -> Logic:
        state = frame[operand].state
        return Logic.of(np.isin(state, wanted), state != State.ABSENT)

    return run


def _known(operand: str, value: Any) -> Callable[[Frame], Logic]:
    def run(frame: Frame) -> Logic:
        known = frame.facet(operand).known
        return Logic(known, ~known) if value else Logic(~known, known)

    return run


def _column(operand: str, value: Any) -> Callable[[Frame], Logic]:
    def run(frame: Frame) -> Logic:
        has = frame.has(operand)
        everywhere = np.ones(len(frame), np.bool_)
        return Logic.of(has == bool(value), everywhere)

    return run


def _is(operand: str, value: Any) -> Callable[[Frame], Logic]:
    wanted = list(value) if isinstance(value, list | tuple) else [value]
    return lambda frame: frame.facet(operand).isin(wanted)


def _is_not(operand: str, value: Any) -> Callable[[Frame], Logic]:
    same = _is(operand, value)
    return lambda frame: ~same(frame)


def _fault(operand: str, value: Any) -> Callable[[Frame], Logic]:
    names = [value] if isinstance(value, str) else list(value)

    def run(frame: Frame) -> Logic:
        typed = frame[operand]
        return Logic.of(typed.has_fault(*names), typed.state != State.ABSENT)

    return run


def _includes(operand: str, value: Any) -> Callable[[Frame], Logic]:
    wanted = [value] if isinstance(value, str) else list(value)
    pattern = "(^|,)(" + "|".join(wanted) + ")(,|$)"

    def run(frame: Frame) -> Logic:
        facet = frame.facet(operand)
        return Logic.of(_search(facet.values, pattern), facet.known)

    return run


def _contains(operand: str, value: Any) -> Callable[[Frame], Logic]:
    words = [value] if isinstance(value, str) else list(value)
    return _matches(operand, "|".join(_quote(w) for w in words))


def _matches(operand: str, value: Any) -> Callable[[Frame], Logic]:
    pattern = str(value)
    try:
        pc.match_substring_regex(pa.array([""]), pattern)
    except pa.ArrowInvalid as error:
        raise ConditionError(f"{operand}: bad pattern {pattern!r}: {error}") from None

    def run(frame: Frame) -> Logic:
        state = frame[operand].state
        return Logic.of(_search(frame.squeezed(operand), pattern), state != State.ABSENT)

    return run


def _same_as(operand: str, value: Any) -> Callable[[Frame], Logic]:
    return lambda frame: _compare(frame, operand, "eq", {"field": value})


def _differs_from(operand: str, value: Any) -> Callable[[Frame], Logic]:
    return lambda frame: _compare(frame, operand, "ne", {"field": value})


OPERATORS: dict[str, Callable[[str, Any], Callable[[Frame], Logic]]] = {
    "filled": _filled,
    "state": _state,
    "known": _known,
    "column": _column,
    "is": _is,
    "is_not": _is_not,
    "fault": _fault,
    "includes": _includes,
    "contains": _contains,
    "matches": _matches,
    "same_as": _same_as,
    "differs_from": _differs_from,
}
REFERENCES = ("same_as", "differs_from")


def _compare(frame: Frame, operand: str, op: str, value: Any) -> Logic:
    left = frame.facet(operand)
    right = _value(frame, value, left)
    if left.is_text:
        equal = pc.equal(left.values, right.values).to_numpy(zero_copy_only=False)
        if op not in ("eq", "ne"):
            raise ConditionError(f"{operand}: texts are compared with eq and ne only")
        holds = equal if op == "eq" else ~equal
    else:
        holds = _COMPARISONS[op](left.values, right.values)
    return Logic.of(np.asarray(holds), left.known & right.known)


def _value(frame: Frame, value: Any, left: Facet) -> Facet:
    n = len(frame)
    everywhere = np.ones(n, np.bool_)
    if not isinstance(value, Mapping):
        return _constant(value, left, everywhere)
    if "field" in value:
        base = frame.facet(value["field"])
    elif "as_of" in value:
        base = Facet(np.full(n, frame.context.as_of, np.int32), everywhere, True)
    else:
        base = _constant(resolve({"param": value["param"]}, frame.params), left, everywhere)
    for key in ("plus_days", "plus_months", "plus_years"):
        if key in value:
            step = int(resolve(value[key], frame.params))
            if key == "plus_days" or not base.is_day:
                shifted = np.where(base.known, base.values + step, base.values)
            else:
                shifted = days.add_months(base.values, step * (12 if key == "plus_years" else 1))
            base = Facet(shifted, base.known, base.is_day)
    return base


def _constant(value: Any, left: Facet, everywhere: np.ndarray) -> Facet:
    n = len(everywhere)
    if left.is_text:
        return Facet(pa.array([str(value)]).take(pa.array(np.zeros(n, np.int32))), everywhere)
    if left.is_day and isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, date):
        value = days.day_number(value)
    return Facet(np.broadcast_to(np.asarray(value), (n,)), everywhere & (value != NO_DATE), left.is_day)


def _search(values: Any, pattern: str) -> np.ndarray:
    encoded = pc.dictionary_encode(values)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    hit = pc.match_substring_regex(encoded.dictionary, pattern).to_numpy(zero_copy_only=False)
    found: np.ndarray = np.asarray(hit, np.bool_)[encoded.indices.to_numpy(zero_copy_only=False)]
    return found


def _quote(word: str) -> str:
    return "".join("\\" + c if c in r"\.+*?()[]{}|^$" else c for c in word)


def _operands(spec: Any) -> Iterator[str]:
    if isinstance(spec, list | tuple):
        for part in spec:
            yield from _operands(part)
    elif isinstance(spec, Mapping):
        for key, value in spec.items():
            if key in ("all", "any", "not", "unless"):
                yield from _operands(value)
                continue
            yield key
            if isinstance(value, Mapping):
                for op, target in value.items():
                    if op in REFERENCES:
                        yield target
                    elif isinstance(target, Mapping) and "field" in target:
                        yield target["field"]


def _params(spec: Any) -> Iterator[str]:
    if isinstance(spec, list | tuple):
        for part in spec:
            yield from _params(part)
    elif isinstance(spec, Mapping):
        for key, value in spec.items():
            if key == "param":
                yield value
            else:
                yield from _params(value)


def evaluate(condition: written.Condition, frame: Frame) -> Logic:
    """Truth of ``condition`` for every record of ``frame``."""
    return compile_condition(condition.spec)(frame)
