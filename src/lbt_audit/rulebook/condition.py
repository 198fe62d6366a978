"""Conditions as a tree: ``all``, ``any``, ``not``, ``unless``, and tests of one operand each.

Read from what YAML holds, with everything looked up; ``frames.condition`` works them out. They are plain frozen
classes and no pydantic models: ``{operand: {operator: value}}`` is no record with named fields, and which
values may stand there depends on the operand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lbt_audit.model.record import dataclass
from lbt_audit.rulebook.flaw import Flaw, Flaws, Path, unknown
from lbt_audit.rulebook.operators import OPERATORS
from lbt_audit.rulebook.values import Value
from lbt_audit.rulebook.vocabulary import Operand, Vocabulary

COMBINATORS = ("all", "any", "not", "unless")


class Condition:
    """One of the classes below."""

    def operands(self) -> Iterator[Operand]:
        """Every operand it speaks of."""
        raise NotImplementedError


@dataclass(frozen=True)
class _Joined(Condition):
    parts: tuple[Condition, ...]

    def operands(self) -> Iterator[Operand]:
        return (operand for part in self.parts for operand in part.operands())


class AllOf(_Joined):
    """True where all ``parts`` are."""


class AnyOf(_Joined):
    """True where one of ``parts`` is."""


@dataclass(frozen=True)
class _Turned(Condition):
    part: Condition

    def operands(self) -> Iterator[Operand]:
        return self.part.operands()


class Not(_Turned):
    """True where ``part`` is false, unknown where it is unknown."""


class Unless(_Turned):
    """True wherever ``part`` is not known to be true: the one way to let an unknown pass, for exceptions a record
    would have to state."""


@dataclass(frozen=True)
class Test(Condition):
    """``value`` is what the operator's reader made of it (``rulebook.operators``)."""

    operand: Operand
    operator: str
    value: Any

    def operands(self) -> Iterator[Operand]:
        yield self.operand
        if isinstance(self.value, Value) and self.value.operand is not None:
            yield self.value.operand


def read_condition(raw: Any, vocabulary: Vocabulary) -> Condition:
    """The condition ``raw`` says. Raises Flaws with everything wrong in it."""
    reader = _Reader(vocabulary)
    condition = reader.condition(raw, ())
    if condition is None or reader.flaws:
        raise Flaws(reader.flaws)
    return condition


class _Reader:
    """Reads on after a flaw, so that all are told at once; gives None for what could not be read."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.flaws: list[Flaw] = []

    def condition(self, raw: Any, path: Path) -> Condition | None:
        if not isinstance(raw, Mapping) or not raw:
            return self._flaw("条件应为键值结构", "a condition must be a mapping", path)
        return self._all([self._clause(key, value, (*path, key)) for key, value in raw.items()])

    def _clause(self, key: str, value: Any, path: Path) -> Condition | None:
        if key in ("all", "any"):
            if not isinstance(value, list | tuple) or not value:
                return self._flaw(f"{key} 下应为条件列表", f"{key} takes a list of conditions", path)
            parts = [self.condition(part, (*path, i)) for i, part in enumerate(value)]
            return self._joined(parts, AllOf if key == "all" else AnyOf)
        if key in ("not", "unless"):
            part = self.condition(value, path)
            return None if part is None else (Not if key == "not" else Unless)(part)
        try:
            operand = self.vocabulary.operand(key)
        except Flaw as flaw:
            self.flaws.append(flaw.below(*path))
            return None
        if isinstance(value, bool) and operand.type.name == "truth":
            return Test(operand, "is", (value,))
        if not isinstance(value, Mapping) or not value:
            return self._flaw(f"“{key}”后应为 {{运算: 值}}", f"{key} takes {{operator: value}}", path)
        return self._all([self._test(operand, name, raw, (*path, name)) for name, raw in value.items()])

    def _test(self, operand: Operand, name: str, raw: Any, path: Path) -> Condition | None:
        try:
            if name not in OPERATORS:
                raise unknown("运算", "operator", name, OPERATORS)
            return Test(operand, name, OPERATORS[name].value(operand, raw, self.vocabulary))
        except Flaw as flaw:
            self.flaws.append(flaw.below(*path))
            return None

    def _all(self, parts: list[Condition | None]) -> Condition | None:
        return parts[0] if len(parts) == 1 else self._joined(parts, AllOf)

    def _joined(self, parts: list[Condition | None], kind: type[_Joined]) -> Condition | None:
        found = tuple(part for part in parts if part is not None)
        return kind(found) if len(found) == len(parts) else None

    def _flaw(self, zh: str, en: str, path: Path) -> Condition | None:
        self.flaws.append(Flaw(zh, en, path))
        return None
