"""What a rule may speak of: the fields, facts, codes, faults, parameters and kinds of check there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field, replace
from functools import cached_property
from typing import Any, Literal, Protocol

from lbt_audit.model.kind import PREVIOUS
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Basis
from lbt_audit.rulebook.flaw import Flaw, unknown

TypeName = Literal["text", "number", "day", "truth", "code", "codes"]


@dataclass(frozen=True)
class ValueType:
    """What an operand's values are. ``options``: the codes there can be, empty = any text; ``called``: the words
    they go by in registers (男 → male), which rules do not use."""

    name: TypeName
    options: tuple[str, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


TEXT, NUMBER, DAY, TRUTH = ValueType("text"), ValueType("number"), ValueType("day"), ValueType("truth")


@dataclass(frozen=True)
class KnownField:
    """A field of the registers: its kind of value, what it is compared as, what else is known of it, and what
    can be wrong with it."""

    kind: str
    type: ValueType
    parts: Mapping[str, ValueType]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Operand:
    """What a condition speaks of: a field, a part of it (``id_no.birth``) or a derived fact (``father.dead``).

    ``name`` is as ``Frame.facet`` takes it; ``field`` is set where it is a field as a whole, whose cells can be
    looked at.
    """

    name: str
    type: ValueType
    field: KnownField | None = None


class KindOfCheck(Protocol):
    """What the language asks of a kind of check; ``checks.base.Check`` says what each part means."""

    name: str
    params: type[Any]
    details: Mapping[str, str]
    words: Mapping[str, Any]
    about: str
    for_each: bool


@dataclass(frozen=True)
class Vocabulary:
    """``tables``: kind of table → its fields, None = the rule's own do not matter. ``kinds``: kind of value → its
    faults. ``facts``: derived facts. ``marks``: what can stand outside the records of a sheet (填报单位).
    ``words``: word lists. ``codes``: all rules. ``params``: parameters with the values they have. ``sources``: documents.
    ``about`` names the kinds of table a rule is about; fields are then known only if one of them has it. ``apart``:
    kinds that ``tables: all`` leaves alone.
    """

    fields: Mapping[str, KnownField]
    tables: Mapping[str, Collection[str]]
    kinds: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, ValueType]
    marks: Collection[str] = ()
    words: Collection[str] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, Basis] = field(default_factory=dict)
    checks: Mapping[str, KindOfCheck] = field(default_factory=dict)
    codes: Collection[str] = ()
    about: tuple[str, ...] = ()
    apart: Collection[str] = ()

    def only(self, tables: tuple[str, ...]) -> Vocabulary:
        """As a rule about these kinds of table may use it."""
        return replace(self, about=tuple(t for t in tables if t in self.tables))

    def everywhere(self) -> Vocabulary:
        """Fields of whatever table."""
        return replace(self, about=())

    def field(self, name: str) -> KnownField:
        """Raises Flaw where there is no such field, or none of the tables has it."""
        found = self.fields.get(name)
        if found is None:
            raise unknown("字段", "field", name, self.here)
        if self.about and name not in self.here:
            raise unknown("这一栏目（所列各表都没有）", "column in the tables named", name, self.here)
        return found

    @cached_property
    def here(self) -> Collection[str]:
        """The fields of the tables the rule is about."""
        if not self.about:
            return self.fields
        return {name for table in self.about for name in self.tables[table]}

    def operand(self, name: str) -> Operand:
        """Raises Flaw with the nearest word."""
        if name in self.facts:
            return Operand(name, self.facts[name])
        first, dot, part = name.partition(".")
        if first not in self.fields:
            raise unknown("字段", "field", name, [*self.here, *self.facts])
        known = self.field(first)
        if not dot:
            return Operand(name, known.type, known)
        if part not in known.parts:
            facts = [f.partition(".")[2] for f in self.facts if f.startswith(f"{first}.")]
            raise unknown(f"“{first}”的这一项", f"part of {first}", part, [*known.parts, *facts])
        return Operand(name, known.parts[part])

    def table(self, name: str) -> str:
        if name == "all":
            raise Flaw("“all”不加方括号：tables: all", "no brackets around all: tables: all")
        if name not in self.tables:
            raise unknown("这种表", "kind of table", name, self.tables)
        return name

    def register(self, name: str) -> str:
        """A kind of table, or one of last period (``previous.roster``)."""
        self.table(name.removeprefix(PREVIOUS))
        return name

    def fault(self, name: str) -> str:
        """A fault that values of some kind can have."""
        faults = {fault for kind in self.kinds.values() for fault in kind}
        if name not in faults:
            raise unknown("这种毛病", "fault", name, faults)
        return name
