"""What a rule gives its kind of check: a model each kind declares, and the types its fields are made of."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator

from lbt_audit.model.cell import State
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text
from lbt_audit.rulebook.condition import Condition as _Condition

STATES = {state.name.lower(): state for state in State if state is not State.ABSENT}


class Params(BaseModel):
    """Base of the parameters of a kind of check. Values are what YAML holds, never coerced: ``5`` is no text and
    ``"5"`` no number; lists arrive as tuples; ``{param: name}`` has been replaced by the parameter's value."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)


def _text(value: Any) -> Text:
    if not isinstance(value, dict) or set(value) != {"zh", "en"}:
        raise ValueError("zh and en are needed")
    return Text.of(value)


def _severity(value: Any) -> Severity:
    if value not in [s.key for s in Severity]:
        raise ValueError(f"one of {', '.join(s.key for s in Severity)}")
    return Severity.of(value)


def _state(value: Any) -> State:
    if value not in STATES:
        raise ValueError(f"one of {', '.join(STATES)}")
    return STATES[value]


Condition = Annotated[_Condition, PlainValidator(_Condition.of)]
FieldName = Annotated[str, Field()]
"""A field of at least one of the rule's tables."""
AnyFieldName = Annotated[str, Field()]
"""A field of the header dictionary, whatever tables the rule is about."""
OperandName = Annotated[str, Field()]
"""A field, ``field.facet`` or derived fact, as ``Frame.facet`` takes it."""
TableKind = Annotated[str, Field()]
"""A kind of table, as ``roster``."""
ValueKindName = Annotated[str, Field()]
"""A kind of value, as ``citizen_id``."""
FaultName = Annotated[str, Field()]
"""A fault some kind of value can have."""
BothTexts = Annotated[Text, PlainValidator(_text)]
"""A text in Chinese and English."""
SeverityName = Annotated[Severity, PlainValidator(_severity)]
"""``error``, ``warning`` or ``notice``."""
StateName = Annotated[State, PlainValidator(_state)]
"""``blank``, ``placeholder``, ``dash``, ``faulty`` or ``ok``."""
