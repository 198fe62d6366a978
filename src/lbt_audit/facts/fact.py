"""What a derived fact is: a name, the type of its values, how it follows from a register, and what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Literal

from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text

FactType = Literal["truth", "day", "number", "code", "codes", "text"]
PARENTS = {"father": Text("父亲", "the father"), "mother": Text("母亲", "the mother")}


def other(parent: str) -> str:
    return "mother" if parent == "father" else "father"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something concluded from several cells of a record, for all records of a frame at once.

    ``type`` is that of the facet's values: truth (bool, three-valued), day (int32 since 1970-01-01), number
    (whole), code (text, one of ``values``), codes (several, joined by commas), text. ``meaning``: one line for who
    writes or reads a rule; ``words``: how messages call the codes.
    """

    name: str
    type: FactType
    derive: Derivation
    meaning: Text
    values: tuple[str, ...] = ()
    words: Mapping[str, Text] = field(default_factory=dict)

    def __call__(self, frame: Frame) -> Facet:
        return self.derive(frame)


def of_each_parent(
    name: str,
    type_: FactType,
    derive: Callable[[str], Derivation],
    zh: str,
    en: str,
    values: tuple[str, ...] = (),
) -> tuple[Fact, ...]:
    """The fact ``name`` (with ``{p}`` for the parent) of the father and of the mother; so in the meanings."""
    return tuple(
        Fact(name.format(p=p), type_, derive(p), Text(zh.format(p=who.zh), en.format(p=who.en)), values)
        for p, who in PARENTS.items()
    )
