"""A rule of the catalogue and what became of it in one audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Generic, Literal

from typing_extensions import TypeVar

from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text

Responsible = Literal["submitter", "township", "school", "village", "local", "county"]
RuleStatus = Literal["ran", "skipped", "crashed"]
P = TypeVar("P", default=Any)


@dataclass(frozen=True)
class Basis:
    """A source a rule rests on: a policy document or standard, with article and date."""

    key: str
    document: Text
    article: str | None = None
    date: str | None = None
    number: str | None = None  # 文号

    def cite(self, lang: Lang) -> str:
        """One line a reader can look up: document, number, article."""
        blank = "" if lang == "zh" else " "
        number = "" if not self.number else f"（{self.number}）" if lang == "zh" else f" ({self.number})"
        return f"{self.document[lang]}{number}{blank}{self.article or ''}".rstrip()


@dataclass(frozen=True)
class Rule(Generic[P]):
    """One entry of ``rules/*.yaml``, linted.

    ``params`` are what its kind of check takes (an instance of the model the kind declares), ``words`` the texts
    it asks for. A rule with ``for_each`` is written once for several persons: ``variants`` holds it once for each,
    ``{p}`` replaced; its own ``params`` are those of the first.
    """

    code: str
    title: Text
    severity: Severity
    tables: tuple[str, ...]
    check: str
    params: P
    points_at: tuple[str, ...]
    message: Text
    fix: Text
    basis: tuple[Basis, ...]
    responsible: Responsible
    deadline: str
    examples: Mapping[str, Any]
    decision: Text | None = None  # how a vague point of the catalogue was decided, and why
    priority: int = 1
    source: str = ""  # rule file and line
    words: Mapping[str, Text] = field(default_factory=dict)
    variants: Mapping[str, Rule[P]] = field(default_factory=dict)
    needs: tuple[
        str, ...
    ] = ()  # registers of which one must have been handed in, and on which its issues rest
    follows: tuple[
        str, ...
    ] = ()  # rules whose issues about the same fact explain this rule's, the likeliest first
    safety: Any = (
        False  # a child is not looked after: told before everything else; or the condition under which it is
    )

    @property
    def each(self) -> Mapping[str, Rule[P]]:
        """Person → the rule as it stands for that person; {"": the rule} without ``for_each``."""
        return self.variants or {"": self}


@dataclass(frozen=True)
class RuleRun:
    """How a rule fared: CDISC CORE's four outcomes, with counts."""

    rule: Rule
    status: RuleStatus
    reason: str | None = None  # key of engine reason texts for skipped; exception text for crashed
    rows_checked: int = 0
    unverifiable: int = 0  # rows for which the condition is neither true nor false
    issues: int = 0
    seconds: float = 0.0  # it took
    lacks: tuple[Text, ...] = ()  # titles of the kinds of register a skipped rule would need
