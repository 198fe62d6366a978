"""Fields and facts as rules may speak of them: which type an operand's values have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from lbt_audit.frames.frame import MAIN_FACET
from lbt_audit.frames.parts import parts_of
from lbt_audit.model.field import Field
from lbt_audit.rulebook.vocabulary import (
    DAY,
    NUMBER,
    TEXT,
    TRUTH,
    KnownField,
    TypeName,
    ValueType,
    Vocabulary,
)
from lbt_audit.values.kind import NO_DATE, ValueKind

_CODED = {"code": "code", "codes": "codes", "yes_no": "code"}


class FactType(Protocol):
    """What a derived fact tells of its values (``facts.Fact``)."""

    @property
    def type(self) -> TypeName: ...
    @property
    def values(self) -> tuple[str, ...]: ...


def make_vocabulary(
    fields: Mapping[str, Field],
    kinds: Mapping[str, ValueKind],
    codes: Mapping[str, Mapping[str, str]],
    tables: Mapping[str, Collection[str]],
    facts: Mapping[str, FactType],
    **rest: Any,
) -> Vocabulary:
    """``codes``: code list → text or alias → code; ``tables``: kind of table → its fields; ``rest``: what else
    ``Vocabulary`` holds."""
    made: dict[tuple[str, str | None], KnownField] = {}
    for f in fields.values():
        if (f.kind, f.codes) not in made:
            known = codes.get(f.codes or ("yes_no" if f.kind == "yes_no" else ""), {})
            made[f.kind, f.codes] = _known(kinds[f.kind], known)
    every = {key: made[f.kind, f.codes] for key, f in fields.items()}
    types = {name: ValueType(fact.type, fact.values) for name, fact in facts.items()}
    faults = {name: kind.faults for name, kind in kinds.items()}
    return Vocabulary(every, tables, faults, types, **rest)


def _known(kind: ValueKind, codes: Mapping[str, str]) -> KnownField:
    parts = dict.fromkeys(parts_of(kind.name), TEXT)
    parts |= {name: _type(name, default, kind, codes) for name, default in kind.facets.items()}
    main = MAIN_FACET.get(kind.name)
    type_ = parts[main] if main is not None else TEXT
    return KnownField(kind.name, type_, parts, kind.faults)


def _type(
    name: str, default: int | float | bool | str, kind: ValueKind, codes: Mapping[str, str]
) -> ValueType:
    if isinstance(default, bool):
        return TRUTH
    if isinstance(default, str):
        if name == "code" and kind.name in _CODED:
            options = tuple(dict.fromkeys(codes.values()))
            return ValueType("codes" if kind.name == "codes" else "code", options, codes)
        called = kind.called if name == "code" else {}
        return ValueType("code", kind.choices[name], called) if name in kind.choices else TEXT
    return DAY if default == NO_DATE else NUMBER


def all_operands(vocabulary: Vocabulary) -> Iterable[str]:
    """Every operand a condition may name."""
    yield from vocabulary.facts
    for name, known in vocabulary.fields.items():
        yield name
        yield from (f"{name}.{part}" for part in known.parts)
