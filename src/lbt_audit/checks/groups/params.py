"""What a rule about groups of records gives: keys, counts, conditions on the counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, ValidationInfo, model_validator

from lbt_audit.checks.groups.keys import NAMED
from lbt_audit.frames.logic import Mask
from lbt_audit.rulebook.flaw import Flaw, Flaws, Path, unknown
from lbt_audit.rulebook.params import Condition, FieldName, Params, SeverityName, Word
from lbt_audit.rulebook.vocabulary import Operand, Vocabulary
from lbt_audit.values.kind import NO_DATE

_OPERATORS = {
    "eq": np.equal,
    "ne": np.not_equal,
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
}


def _key_name(name: str, info: ValidationInfo) -> str:
    if isinstance(info.context, Vocabulary) and name not in NAMED:
        types = {_kind_of(info.context.operand(one)) for one in name.split("|")}
        if len(types) > 1:
            raise Flaw("“|”两边须为同一类型", "what stands on both sides of “|” must be of one type")
    return name


def _kind_of(operand: Operand) -> str:
    return "text" if operand.type.name in ("code", "codes") else operand.type.name


def _of_type(wanted: str, zh: str, en: str) -> Any:
    def look(name: str, info: ValidationInfo) -> str:
        if isinstance(info.context, Vocabulary) and _kind_of(info.context.operand(name)) != wanted:
            raise Flaw(f"“{name}”不是{zh}", f"{name} is no {en}")
        return name

    return AfterValidator(look)


KeyName = Annotated[str, AfterValidator(_key_name)]
"""An operand, the first known of several (``a|b``), or a key named in ``keys``."""
DayName = Annotated[str, _of_type("day", "日期", "day")]
"""An operand that is a day."""
TextName = Annotated[str, _of_type("text", "文字", "text")]
"""An operand that is a text."""


class Bounds:
    """A condition on the counts of a group: ``{families: {ge: 3}}``, joined by ``all`` and ``any``; the right
    side is a number or another count."""

    def __init__(self, spec: Any) -> None:
        if not isinstance(spec, Mapping) or not spec:
            raise Flaw("应为计数及其条件", "a mapping of counts is needed")
        self.spec = spec
        list(self.names())

    def names(self) -> Iterator[str]:
        """Counts named. Raises Flaw where something is no such condition."""
        for key, value in self.spec.items():
            if key in ("all", "any"):
                for part in value:
                    yield from Bounds(part).names()
                continue
            yield key
            if not isinstance(value, Mapping) or not value:
                raise Flaw("应为 {比较: 数}", "a comparison is needed", (key,))
            for op, limit in value.items():
                if op not in _OPERATORS:
                    raise unknown("比较", "comparison", op, _OPERATORS).below(key)
                if isinstance(limit, str):
                    yield limit
                elif isinstance(limit, bool) or not isinstance(limit, int | float):
                    raise Flaw("应为数字或另一计数", "a number or another count is needed", (key, op))

    def hold(self, counts: Mapping[str, np.ndarray]) -> Mask:
        """Where they hold, given one number per entry for every count; a day nobody knows compares with nothing."""
        parts = []
        for key, value in self.spec.items():
            if key in ("all", "any"):
                join = np.logical_and if key == "all" else np.logical_or
                parts.append(join.reduce([Bounds(part).hold(counts) for part in value]))
                continue
            for op, limit in value.items():
                left, right = counts[key], counts[limit] if isinstance(limit, str) else limit
                known = (left != NO_DATE) & (np.asarray(right) != NO_DATE)
                parts.append(known & _OPERATORS[op](left, right))
        return np.asarray(np.logical_and.reduce(parts))


CountBounds = Annotated[Bounds, PlainValidator(lambda v: v if isinstance(v, Bounds) else Bounds(v))]


class AlikeText(Params):
    """Texts that are the same but for slips, digits, dates and a name."""

    of: FieldName = Field(description="the field they stand in")
    without: FieldName | None = Field(None, description="name left out of the text")
    length: int = Field(ge=1, description="shorter texts are not compared")
    similar: float = Field(gt=0, le=1, description="similarity from which on two texts are one")


class Key(Params):
    """What records must have in common. Written as a list it is ``of``."""

    of: tuple[KeyName, ...] = Field((), description="operands that must all be known and equal")
    text: AlikeText | None = Field(None, description="texts that must be alike")
    alike: tuple[KeyName, ...] = Field((), description="operands that must be equal, known or not")
    filled: int = Field(0, description="of `alike`, so many must be known")
    where: Condition | None = Field(None, description="records that take part")

    @model_validator(mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return {"of": value} if isinstance(value, tuple) else value

    @model_validator(mode="after")
    def _holds_something(self) -> Key:
        if not self.of and not self.alike and self.text is None:
            raise Flaw("须写 of、alike、text 之一", "one of of, alike and text is needed")
        return self


def _keys(value: Any) -> Any:
    one = isinstance(value, Mapping) or (isinstance(value, tuple) and all(isinstance(v, str) for v in value))
    return (value,) if one else value


Keys = Annotated[tuple[Key, ...], BeforeValidator(_keys)]


class Count(Params):
    """What is counted in a group."""

    of: Keys = Field((), description="how many differ in this key (or in all of these keys); records of which none is "
                     "known are left out. Without it records are counted")  # fmt: skip
    where: Condition | None = Field(None, description="records that are counted")
    share: bool = Field(
        False, description="the part of the group's records, from 0 to 1, in place of their number"
    )
    newest: DayName | None = Field(
        None,
        description="the newest day of this operand, in place of a number; to be held against another such",
    )

    @model_validator(mode="after")
    def _one_question(self) -> Count:
        if self.newest and (self.of or self.share):
            raise Flaw("newest 不与 of、share 同用", "newest stands without of and share")
        return self


class Run(Params):
    """Consecutive rows of a sheet that are alike."""

    but: tuple[FieldName, ...] = Field(description="columns in which they may differ")
    filled: int = Field(description="so many cells must be filled")


class Lists(Params):
    """Two sheets that share more than a part of their groups are one list handed in twice: one issue."""

    name: str = Field(description="word for such an issue")
    share: float = Field(description="part of the shorter sheet's rows")
    least: int = Field(description="groups shared at least")


class Chance(Params):
    """Groups that chance explains are passed over."""

    count: str = Field(description="the count held against chance")
    over: DayName = Field(description="chance spreads the records of a sheet over the days between")
    below: float = Field(description="from which probability on a group is found")


class Pattern(Params):
    """One way in which records belong together, and what must not be true of them."""

    name: str = Field("", description="under which of the `words` a group is told in `{what}`")
    by: Keys = Field((), description="key, or several keys: records joined by any of them belong together")
    run: Run | None = Field(None, description="in place of `by`: consecutive rows")
    where: Condition | None = Field(None, description="records that take part")
    unlike: tuple[KeyName, ...] = Field(
        (), description="records that differ in one of these do not belong together"
    )
    near: Mapping[TextName, int] = Field(
        {}, description="operand → in so many characters records may differ from the first"
    )
    counts: Mapping[str, Count] = Field({}, description="name → what is counted; messages may hold the name")
    differ: tuple[FieldName, ...] = Field(
        (), description="fields of which one must say two things, and which are pointed at"
    )
    when: CountBounds | None = Field(None, description="what the counts of a group found are")
    chance: Chance | None = Field(None, description="groups no larger than chance makes them are passed over")
    lists: Lists | None = Field(None, description="sheets that repeat each other make one issue")
    members: Condition | None = Field(None, description="records of the group the issue is about")
    severity: SeverityName | None = Field(None, description="in place of the rule's")
    severity_when: Mapping[SeverityName, CountBounds] = Field(
        {}, description="severity → counts; the first that holds decides"
    )
    points_at: tuple[FieldName, ...] | None = Field(None, description="in place of the rule's")
    known_as: tuple[KeyName, ...] = Field(
        (), description="what identifies the group from audit to audit, of its first record"
    )
    known_by: tuple[FieldName, ...] = Field((), description="the same, of all its records the least")

    @model_validator(mode="after")
    def _counts_are_declared(self) -> Pattern:
        named: list[tuple[str, Path]] = []
        if self.when is not None:
            named += [(name, ("when", name)) for name in self.when.names()]
        for severity, bounds in self.severity_when.items():
            named += [(name, ("severity_when", severity.key, name)) for name in bounds.names()]
        if self.chance is not None:
            named.append((self.chance.count, ("chance", "count")))
        if strangers := [(name, path) for name, path in named if name not in self.counts]:
            raise Flaws(unknown("计数", "count", name, self.counts).below(*path) for name, path in strangers)
        return self


class Groups(Pattern):
    """Records that belong together."""

    patterns: tuple[Pattern, ...] = Field((), description="several patterns, in place of the one")
    joined: bool | tuple[str, ...] = Field(
        False,
        description="groups that share records make one issue, told as the earliest pattern tells it: "
        "those of all patterns, or of the patterns named",
    )

    @model_validator(mode="after")
    def _asks_something(self) -> Groups:
        for pattern in self.every:
            if not pattern.by and pattern.run is None:
                raise Flaw("须写 by 或 run", "by or run is needed")
            if pattern.when is None and not pattern.differ:
                raise Flaw("须写 when 或 differ", "when or differ is needed")
        if isinstance(self.joined, tuple) and (stray := {*self.joined} - {p.name for p in self.every}):
            raise Flaw(
                f"没有名为 {'、'.join(sorted(stray))} 的 patterns", f"no pattern is called {sorted(stray)}"
            )
        return self

    def own_details(self) -> Mapping[str, str]:
        """The counts every pattern has."""
        first, *others = self.every
        return {n: "as declared under `counts`" for n in first.counts if all(n in p.counts for p in others)}

    def own_words(self) -> Mapping[str, Word]:
        named = [(p.name, p) for p in self.every] + [(p.lists.name, p) for p in self.every if p.lists]
        return {name: Word("what is told in `{what}`", tuple(p.counts)) for name, p in named if name}

    @property
    def every(self) -> tuple[Pattern, ...]:
        return self.patterns or (self,)
