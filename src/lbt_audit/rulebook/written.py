"""Rules, profiles and sources as they are written: the keys there are, and what each holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, RootModel, ValidationInfo

from lbt_audit.model.rule import Basis, Responsible
from lbt_audit.model.text import Text
from lbt_audit.rulebook.condition import Condition, read_condition
from lbt_audit.rulebook.example import Examples
from lbt_audit.rulebook.flaw import Flaw, unknown
from lbt_audit.rulebook.params import BothTexts, FieldName, Params, SeverityName, TableKind, both_texts
from lbt_audit.rulebook.vocabulary import Vocabulary

Deadline = Literal["D0", "D3", "D5", "D10", "DF", "DM"]


def _basis(key: Any, info: ValidationInfo) -> Basis:
    vocabulary = info.context
    sources: Mapping[str, Basis] = vocabulary.sources if isinstance(vocabulary, Vocabulary) else {}
    if key not in sources:
        raise unknown("依据（sources.yaml）", "basis in sources.yaml", key, sources)
    return sources[key]


def _plain(text: Text) -> Text:
    """Only messages are filled in."""
    if "{" in text.zh + text.en:
        raise Flaw("这里不能用占位符 {…}", "no placeholders {…} can stand here")
    return text


def stand_ins(value: Any) -> Mapping[str, Mapping[str, str]]:
    """``[father, mother]`` is short for ``{father: {p: father}, mother: {p: mother}}``: what each placeholder stands for."""
    if isinstance(value, tuple):
        value = {name: {} for name in value} if all(isinstance(v, str) for v in value) else value
    if not isinstance(value, Mapping) or not value:
        raise Flaw("应为名称列表", "must be a list of names")
    for name, stands_for in value.items():
        if not isinstance(stands_for, Mapping) or not all(isinstance(v, str) for v in stands_for.values()):
            raise Flaw("应为占位符与其内容", "must say what each placeholder stands for", (name,))
    return {name: {"p": name, **stands_for} for name, stands_for in value.items()}


PlainTexts = Annotated[Text, PlainValidator(lambda value: _plain(both_texts(value)))]


def _needed(name: str, info: ValidationInfo) -> str:
    if isinstance(info.context, Vocabulary) and name not in info.context.fields:
        info.context.table(name)
    return name


Needed = Annotated[str, AfterValidator(_needed)]
"""A kind of table, or a column of the rule's own."""


def _safety(value: Any, info: ValidationInfo) -> bool | Condition:
    if isinstance(value, bool):
        return value
    if not isinstance(value, Mapping):
        raise Flaw("应为 true、false 或条件", "must be true, false or a condition")
    assert isinstance(info.context, Vocabulary)
    return read_condition(value, info.context)


def _known_code(code: str, info: ValidationInfo) -> str:
    known = info.context.codes if isinstance(info.context, Vocabulary) else ()
    if known and code not in known:
        raise unknown("规则", "rule", code, known)
    return code


class WrittenRule(Params):
    """What every rule holds, whatever its kind of check; ``docs/rule-language.md`` describes it."""

    code: Annotated[str, Field(pattern=r"^[A-Z][0-9]{2,3}$")]
    title: PlainTexts
    severity: SeverityName
    tables: tuple[TableKind, ...]
    needs: tuple[Needed, ...] = ()
    check: str
    points_at: tuple[FieldName, ...]
    message: BothTexts
    fix: PlainTexts
    basis: Annotated[tuple[Annotated[Basis, PlainValidator(_basis)], ...], Field(min_length=1)]
    responsible: Responsible
    deadline: Deadline
    examples: Examples
    decision: PlainTexts | None = None
    priority: Annotated[int, Field(ge=1)] = 1
    follows: tuple[Annotated[str, AfterValidator(_known_code)], ...] = ()
    safety: Annotated[bool | Condition, PlainValidator(_safety)] = False
    for_each: Annotated[Mapping[str, Mapping[str, str]], BeforeValidator(stand_ins)] = {}
    words: Mapping[str, BothTexts] = {}


KEYS = tuple(WrittenRule.model_fields)
CHANGEABLE = ("severity", "responsible", "deadline")
"""What a profile may change of any rule; beside these, the parameters of its check."""


class WrittenProfile(Params):
    """What differs by place and year."""

    title: BothTexts
    extends: str | None = None
    params: Mapping[str, Any] = {}
    choices: Mapping[str, tuple[str, ...]] = {}
    drop: tuple[str, ...] = ()
    rules: Mapping[str, Mapping[str, Any]] = {}


class NamedParam(Params):
    """What a parameter is called, what its words mean, and rules that follow it without naming it."""

    zh: str
    en: str
    values: Mapping[str, BothTexts] = {}
    rules: tuple[str, ...] = ()


class NamedParams(RootModel[Mapping[str, NamedParam]]):
    """``rules/params.yaml``."""


class Source(Params):
    """A document rules rest on, or an article of it."""

    document: BothTexts
    number: str | None = None
    article: str | None = None
    date: str | None = None


class Sources(RootModel[Mapping[str, Source]]):
    """``rules/sources.yaml``."""
