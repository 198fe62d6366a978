"""The right side of a test: a constant, another operand, or the audit's day, with some time added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lbt_audit.model.record import dataclass
from lbt_audit.rulebook.flaw import Flaw, unknown
from lbt_audit.rulebook.vocabulary import Operand, ValueType, Vocabulary

STEPS = ("plus_days", "plus_months", "plus_years")
TYPE_WORDS = {
    "text": ("文字", "a text"),
    "number": ("数字", "a number"),
    "day": ("日期", "a day"),
    "truth": ("真假", "true or false"),
    "code": ("代码", "a code"),
    "codes": ("几个代码", "several codes"),
}


@dataclass(frozen=True)
class Value:
    """Exactly one of ``constant`` (number, text or day), ``operand`` and ``as_of`` is given; a day may be moved by
    ``months`` and then ``days``."""

    constant: float | str | date | None = None
    operand: Operand | None = None
    as_of: bool = False
    months: int = 0
    days: int = 0


def read_value(raw: Any, wanted: ValueType, vocabulary: Vocabulary) -> Value:
    """What something of type ``wanted`` is compared with. Raises Flaw."""
    if not isinstance(raw, Mapping):
        return Value(constant=read_constant(raw, wanted))
    for key in raw:
        if key not in ("field", "as_of", *STEPS):
            flaw = unknown("这种写法", "way to give a value", key, ("field", "param", "as_of", *STEPS))
            raise flaw.below(key)
    base = _base(raw, wanted, vocabulary)
    steps = [key for key in STEPS if key in raw]
    for key in steps:
        if wanted.name != "day":
            raise Flaw(f"只有日期才能用 {key}", f"{key} can only be added to a day", (key,))
        if not isinstance(raw[key], int) or isinstance(raw[key], bool):
            raise Flaw(f"{key} 应为整数", f"{key} takes a whole number", (key,))
    months = raw.get("plus_months", 0) + 12 * raw.get("plus_years", 0)
    return Value(base.constant, base.operand, base.as_of, months, raw.get("plus_days", 0))


def _base(raw: Mapping[str, Any], wanted: ValueType, vocabulary: Vocabulary) -> Value:
    if ("field" in raw) == ("as_of" in raw):
        raise Flaw("须写 field 或 as_of 之一", "one of field and as_of is needed")
    if "as_of" in raw:
        if raw["as_of"] is not True:
            raise Flaw("as_of 只能写 true", "as_of takes true", ("as_of",))
        if wanted.name != "day":
            raise Flaw(
                "统计截止日只能与日期相比", "the audit's day can only be compared with a day", ("as_of",)
            )
        return Value(as_of=True)
    try:
        return Value(operand=read_operand(raw["field"], wanted, vocabulary))
    except Flaw as flaw:
        raise flaw.below("field") from None


def read_operand(raw: Any, wanted: ValueType, vocabulary: Vocabulary) -> Operand:
    """An operand that can be compared with something of type ``wanted``."""
    if not isinstance(raw, str):
        raise Flaw("应为字段名", "the name of a field is needed")
    operand = vocabulary.operand(raw)
    if _compared_as(operand.type) != _compared_as(wanted):
        zh, en = TYPE_WORDS[operand.type.name], TYPE_WORDS[wanted.name]
        raise Flaw(
            f"“{raw}”是{zh[0]}，不能与{en[0]}相比", f"{raw} is {zh[1]} and cannot be compared with {en[1]}"
        )
    return operand


def _compared_as(type_: ValueType) -> str:
    return "text" if type_.name == "code" else type_.name


def read_constant(raw: Any, wanted: ValueType) -> float | str | date:
    """A number, text, code or day as YAML holds it. Raises Flaw."""
    if wanted.name == "number":
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            raise Flaw(f"应为数字，不能是“{raw}”", f"a number is needed, not {raw!r}")
        return raw
    if not isinstance(raw, str):
        zh, en = TYPE_WORDS[wanted.name]
        raise Flaw(f"应为{zh}，不能是“{raw}”", f"{en} is needed, not {raw!r}")
    if wanted.name == "day":
        try:
            return date.fromisoformat(raw)
        except ValueError:
            raise Flaw(f"“{raw}”不是日期，应如 2010-03-01", f"{raw!r} is no day; write 2010-03-01") from None
    if wanted.options and raw not in wanted.options:
        if (code := wanted.called.get(raw)) is not None:
            raise Flaw(f"“{raw}”应写作代码“{code}”", f"write the code {code!r} for {raw!r}")
        raise unknown("代码", "code", raw, wanted.options)
    return raw
