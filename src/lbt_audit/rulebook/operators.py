"""The operators of conditions: what each may be said of, what it takes, and when it holds.

``docs/rule-language.md`` lists them from here; ``frames.condition`` says how each is worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lbt_audit.model.cell import State
from lbt_audit.model.record import dataclass
from lbt_audit.rulebook.flaw import Flaw, unknown
from lbt_audit.rulebook.values import TYPE_WORDS, Value, read_constant, read_operand, read_value
from lbt_audit.rulebook.vocabulary import TEXT, Operand, TypeName, Vocabulary

STATES = {state.name.lower(): state for state in State if state is not State.ABSENT}

SAID_OF = ("nobody", "father", "mother", "child", "carer")
"""Of whom something can be said (``frames.clauses``)."""

Reader = Callable[[Operand, Any, Vocabulary], Any]
"""(operand, what YAML holds, vocabulary) → what the evaluator takes. Raises Flaw."""


@dataclass(frozen=True)
class WordList:
    """A list of ``rules/words.yaml``."""

    name: str
    of: str = ""  # of whom it is said, beside nobody in particular; "" = of anybody


@dataclass(frozen=True)
class Operator:
    """``of``: types of operand it may be said of; None = of a field as a whole. ``takes``, ``holds`` and
    ``unknown`` are the columns of the table in ``docs/rule-language.md``."""

    name: str
    read: Reader
    takes: str
    holds: str
    unknown: str
    of: tuple[TypeName, ...] | None = None

    def value(self, operand: Operand, raw: Any, vocabulary: Vocabulary) -> Any:
        """``raw`` understood. Raises Flaw where it does not fit the operator or the operand."""
        if self.of is None and operand.field is None:
            raise Flaw(
                f"{self.name} 只能用于整个字段，“{operand.name}”不是",
                f"{self.name} is said of a field as a whole, which {operand.name} is not",
            )
        if self.of is not None and operand.type.name not in self.of:
            zh, en = TYPE_WORDS[operand.type.name]
            raise Flaw(
                f"“{operand.name}”是{zh}，不能用 {self.name}",
                f"{self.name} cannot be said of {operand.name}, which is {en}",
            )
        return self.read(operand, raw, vocabulary)


def _several(raw: Any, read: Callable[[Any], Any]) -> tuple[Any, ...]:
    """One of something, or a list of it."""
    if not isinstance(raw, list | tuple):
        return (read(raw),)
    if not raw:
        raise Flaw("列表不能为空", "the list is empty")
    result = []
    for number, item in enumerate(raw):
        try:
            result.append(read(item))
        except Flaw as flaw:
            raise flaw.below(number) from None
    return tuple(result)


def _truth(operand: Operand, raw: Any, vocabulary: Vocabulary) -> bool:
    if not isinstance(raw, bool):
        raise Flaw(f"应为 true 或 false，不能是“{raw}”", f"takes true or false, not {raw!r}")
    return raw


def _states(operand: Operand, raw: Any, vocabulary: Vocabulary) -> tuple[State, ...]:
    def one(name: Any) -> State:
        if name not in STATES:
            raise unknown("这种状态", "state", name, STATES)
        return STATES[name]

    return _several(raw, one)


def _options(operand: Operand, raw: Any, vocabulary: Vocabulary) -> tuple[Any, ...]:
    """Codes, texts or numbers; true or false of what is true or false."""
    if operand.type.name == "truth":
        return (_truth(operand, raw, vocabulary),)
    if isinstance(raw, bool):
        zh = "“是”“否”写作 {is: 'yes'}、{is: 'no'}" if "yes" in operand.type.options else "应为代码"
        raise Flaw(
            zh,
            f"{raw} is no code"
            + ("; write {is: 'yes'} or {is: 'no'}" if "yes" in operand.type.options else ""),
        )
    return _several(raw, lambda item: read_constant(item, operand.type))


def _faults(operand: Operand, raw: Any, vocabulary: Vocabulary) -> tuple[str, ...]:
    assert operand.field is not None
    known = operand.field.faults

    def one(name: Any) -> str:
        if name not in known:
            raise unknown(f"“{operand.name}”的这种毛病", f"fault of {operand.name}", name, known)
        return str(name)

    return _several(raw, one)


def _value(operand: Operand, raw: Any, vocabulary: Vocabulary) -> Value:
    return read_value(raw, operand.type, vocabulary)


def _other(operand: Operand, raw: Any, vocabulary: Vocabulary) -> Value:
    return Value(operand=read_operand(raw, operand.type, vocabulary))


def _choice(operand: Operand, raw: Any, vocabulary: Vocabulary) -> Operand:
    """A multiple choice."""
    if not isinstance(raw, str):
        raise Flaw("应为字段名", "the name of a field is needed")
    other = vocabulary.operand(raw)
    if other.type.name != "codes":
        zh, en = TYPE_WORDS[other.type.name]
        raise Flaw(f"“{raw}”是{zh}，不是多选栏目", f"{raw} is {en}, no multiple choice")
    return other


def _words(operand: Operand, raw: Any, vocabulary: Vocabulary) -> tuple[str, ...] | WordList:
    if not isinstance(raw, Mapping):
        return _several(raw, lambda word: _filled(read_constant(word, TEXT)))
    if set(raw) != {"words"}:
        raise Flaw("应为词语、词语列表或 {words: 词表名}", "takes words or {words: name of a list}")
    if raw["words"] not in vocabulary.words:
        raise unknown("词表", "word list", raw["words"], vocabulary.words).below("words")
    return WordList(raw["words"])


def _said(operand: Operand, raw: Any, vocabulary: Vocabulary) -> WordList:
    if not isinstance(raw, Mapping) or set(raw) != {"words", "of"}:
        raise Flaw(
            "应为 {words: 词表名, of: 说的是谁}", "takes {words: name of a list, of: whom it is said of}"
        )
    if raw["words"] not in vocabulary.words:
        raise unknown("词表", "word list", raw["words"], vocabulary.words).below("words")
    if raw["of"] not in SAID_OF:
        raise unknown("这种人", "person", raw["of"], SAID_OF).below("of")
    return WordList(raw["words"], raw["of"])


def _filled(word: Any) -> str:
    if not word:
        raise Flaw("词语不能为空", "a word is empty")
    return str(word)


def _pattern(operand: Operand, raw: Any, vocabulary: Vocabulary) -> str:
    import pyarrow as pa
    import pyarrow.compute as pc

    pattern = _filled(read_constant(raw, TEXT))
    try:
        anything = pc.match_substring_regex(pa.array([""]), pattern)[0].as_py()
    except pa.ArrowInvalid as error:
        why = str(error).removeprefix("Invalid regular expression: ")
        raise Flaw(f"不是有效的 RE2 表达式：{why}", f"is no RE2 pattern: {why}") from None
    if anything:
        raise Flaw("表达式匹配空文本，任何内容都会命中", "the pattern fits the empty text, and so everything")
    return pattern


_ANY: tuple[TypeName, ...] = ("text", "number", "day", "truth", "code", "codes")
_CODED: tuple[TypeName, ...] = ("code", "text", "truth", "number")
_EQUAL: tuple[TypeName, ...] = ("number", "day", "text", "code")
_ORDERED: tuple[TypeName, ...] = ("number", "day")
_YES_NO, _WORDS = "`true` / `false`", "a word or a list, or `{words: NAME}`"
_ANY_STATE = "`blank`, `placeholder`, `dash`, `faulty`, `ok`, or a list"
_NO_COLUMN, _NOT_RIGHT, _EITHER = "no such column", "the value is not right", "either side is unknown"

OPERATORS: Mapping[str, Operator] = {
    o.name: o
    for o in (
        Operator("filled", _truth, _YES_NO, "something is written that is no placeholder (nothing is)", _NO_COLUMN),
        Operator("state", _states, _ANY_STATE, "the value is in one of these states", _NO_COLUMN),
        Operator("known", _truth, _YES_NO, "something can be said (nothing can)", "never", _ANY),
        Operator("column", _truth, _YES_NO, "the file has (lacks) the column", "never"),
        Operator("is", _options, "a code or a list; `true` / `false` of a fact", "the value is one of them", _NOT_RIGHT, _CODED),
        Operator("is_not", _options, "a code or a list", "the value is none of them", _NOT_RIGHT, _CODED),
        Operator("includes", _options, "a code or a list", "a multiple choice names one of them", _NOT_RIGHT, ("codes",)),
        Operator("among", _choice, "an operand", "it is one of the codes a multiple choice names", _EITHER, ("code", "text")),
        Operator("fault", _faults, "a name or a list", "the value's parser found one of these faults", _NO_COLUMN),
        Operator("eq", _value, "a value", "the two are equal", _EITHER, _EQUAL),
        Operator("ne", _value, "a value", "the two differ", _EITHER, _EQUAL),
        Operator("lt", _value, "a value", "it is smaller, or earlier", _EITHER, _ORDERED),
        Operator("le", _value, "a value", "it is not greater, or not later", _EITHER, _ORDERED),
        Operator("gt", _value, "a value", "it is greater, or later", _EITHER, _ORDERED),
        Operator("ge", _value, "a value", "it is not smaller, or not earlier", _EITHER, _ORDERED),
        Operator("same_as", _other, "an operand", "the two are equal", _EITHER, _EQUAL),
        Operator("differs_from", _other, "an operand", "the two differ", _EITHER, _EQUAL),
        Operator("contains", _words, _WORDS, "the text, without blanks, holds one of them", _NO_COLUMN),
        Operator("says", _said, "`{words: NAME, of: child}` (`father`, `mother`, `carer`, `nobody`)",
                 "one of the list is said of that person or of nobody in particular: not denied, doubted or taken back",
                 _NO_COLUMN),
        Operator("matches", _pattern, "an RE2 pattern", "the text, without blanks, fits", _NO_COLUMN),
    )
}  # fmt: skip
