"""What a rule gives its kind of check: a model each kind declares, and the types its fields are made of.

Names are held against the vocabulary given as validation context; without one (a model made in code) only
shapes are checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainValidator, ValidationInfo

from lbt_audit.model.cell import State
from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text
from lbt_audit.rulebook.condition import Condition as ConditionTree
from lbt_audit.rulebook.condition import read_condition
from lbt_audit.rulebook.flaw import Flaw, unknown
from lbt_audit.rulebook.operators import STATES
from lbt_audit.rulebook.vocabulary import Vocabulary

SEVERITIES = {severity.key: severity for severity in reversed(Severity)}


@dataclass(frozen=True)
class Word:
    """A text a kind of check asks the rule for, under ``words``: what it says, and the placeholders it may hold."""

    says: str
    holds: tuple[str, ...] = ()
    required: bool = True


class Params(BaseModel):
    """Base of the parameters of a kind of check. Values are what YAML holds, never coerced: ``5`` is no text and
    ``"5"`` no number; lists arrive as tuples; ``{param: name}`` has been replaced by the parameter's value."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)

    def own_details(self) -> Mapping[str, str]:
        """Placeholders of messages that follow from the parameters, beside those the kind of check declares."""
        return {}

    def own_words(self) -> Mapping[str, Word]:
        """Texts asked for because of the parameters, beside those the kind of check declares."""
        return {}


Look = Callable[[Vocabulary, str], Any]


def _named(look: Look) -> Any:
    """A name that ``look`` finds in the vocabulary; the value stays the name."""

    def validate(name: str, info: ValidationInfo) -> str:
        if isinstance(info.context, Vocabulary):
            look(info.context, name)
        return name

    return AfterValidator(validate)


def _one_of(options: Mapping[str, Any], zh: str, en: str) -> Any:
    def validate(value: Any) -> Any:
        if value in options.values() and not isinstance(value, str):
            return value  # made in code
        if value not in options:
            raise unknown(zh, en, value, options)
        return options[value]

    return PlainValidator(validate)


def _is_in(options: Callable[[Vocabulary], Iterable[str]], zh: str, en: str) -> Look:
    def look(vocabulary: Vocabulary, name: str) -> None:
        known = options(vocabulary)
        if name not in known:
            raise unknown(zh, en, name, known)

    return look


def _condition(everywhere: bool) -> Any:
    def validate(value: Any, info: ValidationInfo) -> ConditionTree:
        if isinstance(value, ConditionTree):
            return value
        vocabulary = info.context
        assert isinstance(vocabulary, Vocabulary)
        return read_condition(value, vocabulary.everywhere() if everywhere else vocabulary)

    return PlainValidator(validate)


def both_texts(value: Any) -> Text:
    if isinstance(value, Text):
        return value
    if not isinstance(value, Mapping) or set(value) != {"zh", "en"}:
        raise Flaw("须有中文和英文（zh、en）", "zh and en are needed, and nothing else")
    if not all(isinstance(text, str) and text.strip() for text in value.values()):
        raise Flaw("中文和英文都不能为空", "neither zh nor en may be empty")
    return Text(value["zh"], value["en"])


Condition = Annotated[ConditionTree, _condition(everywhere=False)]
"""A condition on records of the rule's tables."""
AnyCondition = Annotated[ConditionTree, _condition(everywhere=True)]
"""A condition on records of other kinds of table, too."""
FieldName = Annotated[str, _named(Vocabulary.field)]
"""A field of at least one of the rule's tables."""
AnyFieldName = Annotated[str, _named(_is_in(lambda v: v.fields, "字段", "field"))]
"""A field, whatever tables the rule is about."""
OperandName = Annotated[str, _named(Vocabulary.operand)]
"""A field, ``field.part`` or derived fact, as ``Frame.facet`` takes it."""
AnyOperandName = Annotated[str, _named(lambda vocabulary, name: vocabulary.everywhere().operand(name))]
"""The same of whatever kind of table."""
TableKind = Annotated[str, _named(Vocabulary.table)]
"""A kind of table, as ``roster``."""
RegisterName = Annotated[str, _named(Vocabulary.register)]
"""A kind of table, as ``roster``, or last period's, as ``previous.roster``."""
ValueKindName = Annotated[str, _named(_is_in(lambda v: v.kinds, "值的类型", "kind of value"))]
"""A kind of value, as ``citizen_id``."""
FaultName = Annotated[str, _named(Vocabulary.fault)]
"""A fault that values of some kind can have."""
ParamName = Annotated[str, _named(_is_in(lambda v: v.params, "参数", "parameter"))]
"""A parameter of the profiles."""
WordListName = Annotated[str, _named(_is_in(lambda v: v.words, "词表", "word list"))]
"""A list of ``rules/words.yaml``."""
MarkName = Annotated[str, _named(_is_in(lambda v: v.marks, "表外项目", "mark"))]
"""What can stand outside the records of a sheet (填报日期), as ``fill_date``."""
BothTexts = Annotated[Text, PlainValidator(both_texts)]
"""A text in Chinese and English."""
SeverityName = Annotated[Severity, _one_of(SEVERITIES, "这种等级", "severity")]
"""``error``, ``warning`` or ``notice``."""
StateName = Annotated[State, _one_of(STATES, "这种状态", "state")]
"""``blank``, ``placeholder``, ``dash``, ``faulty`` or ``ok``."""
