"""Writes ``docs/checks.md``: every kind of check as its declaration says, and the rules that use it; and the table of
operators in ``docs/rule-language.md``.

python docs/write_checks.py
"""

from __future__ import annotations

import inspect
import types
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from lbt_audit.checks.base import Check
from lbt_audit.checks.files.membership import Pattern
from lbt_audit.checks.files.sheets import TopicName
from lbt_audit.checks.groups.keys import NAMED
from lbt_audit.checks.groups.params import CountBounds, DayName, KeyName, TextName
from lbt_audit.checks.records.rows import NumberName
from lbt_audit.checks.registry import checks
from lbt_audit.engine.rules.load import load_all
from lbt_audit.rulebook import params as given
from lbt_audit.rulebook.operators import OPERATORS
from lbt_audit.rulebook.params import Params

PAGE = Path(__file__).parent / "checks.md"
RULES_PAGE = Path(__file__).parent / "rule-language.md"
_START, _END = "<!-- operators -->", "<!-- /operators -->"
ROOMS = {
    "records": "One record",
    "groups": "Records of one list",
    "links": "Records of several lists",
    "files": "Files and sheets",
    "statistics": "Figures of statistics tables",
    "history": "The history of issues",
}
WORDS = {
    given.Condition: "condition",
    given.AnyCondition: "condition on records of other kinds of table too",
    given.FieldName: "field",
    given.AnyFieldName: "field of any table",
    given.OperandName: "operand",
    given.TableKind: "kind of table",
    given.ValueKindName: "kind of value",
    given.FaultName: "fault",
    given.MarkName: "what stands outside the records",
    given.BothTexts: "text in both languages",
    given.SeverityName: "severity",
    given.StateName: "state of a value",
    KeyName: "key",
    DayName: "operand that is a day",
    TextName: "operand that is a text",
    NumberName: "field of ID numbers",
    CountBounds: "bounds",
    TopicName: "topic",
    Pattern: "pattern",
}
INTRODUCTION = """\
# Kinds of check

*This page is written from the declarations in `src/lbt_audit/checks` by `python docs/write_checks.py`.*

A rule names its kind of check under `check:` and gives it parameters beside it, so that what is particular to the rule
(fields, thresholds, grades of severity, words) stands in its YAML. [rule-language.md](rule-language.md) says what a
condition, a field and an operand are, and how the rest of a rule is written. Of the {count} kinds, {single} serve a single rule.
"""


def page(rules: Mapping[str, Any]) -> str:
    """The whole page; ``rules`` by code."""
    kinds = checks()
    users = {name: [code for code, rule in rules.items() if rule.check == name] for name in kinds}
    single = sum(len(codes) == 1 for codes in users.values())
    shapes = Counter(shape for check in kinds.values() for shape in dict.fromkeys(_shapes(check.params)))
    common = sorted((shape for shape, count in shapes.items() if count > 1), key=lambda shape: shape.__name__)
    parts = [INTRODUCTION.format(count=len(kinds), single=single)]
    for room, title in ROOMS.items():
        here = sorted(n for n, check in kinds.items() if _room(check) == room)
        parts += [f"## {title}\n", *(_section(kinds[name], users[name], common) for name in here)]
    parts += [
        "## Keys\n",
        "Records can be grouped by an operand, by the first known of several (`a|b`), or by one of:\n",
    ]
    parts += [f"- `{name}`: {key.meaning}" for name, key in NAMED.items()]
    parts += ["\n## Shapes of several kinds\n", *("\n".join(_shape(shape)) for shape in common)]
    return "\n".join(parts)


def _room(check: Check[Any]) -> str:
    run = check.on_frame or check.on_book
    assert run is not None
    return run.__module__.removeprefix("lbt_audit.checks.").partition(".")[0]


def _section(check: Check[Any], codes: list[str], common: list[type[Params]]) -> str:
    lines = [f"### `{check.name}`", "", _paragraph(check.on_frame or check.on_book), ""]
    lines += [f"Used by {', '.join(codes) or 'no rule'}.", ""]
    if check.for_each:
        lines += ["May be written once for several persons (`for_each`).", ""]
    lines += _table(check.params)
    for shape in dict.fromkeys(_shapes(check.params)):
        lines += [] if shape in common else _shape(shape)
    words = {key: word.says for key, word in check.words.items()}
    for title, entries in (("In messages", check.details), ("Under `words`", words)):
        if entries:
            lines += [f"{title}: " + "; ".join(f"`{k}` {says}" for k, says in entries.items()) + ".", ""]
    return "\n".join(lines)


def _paragraph(thing: Any) -> str:
    return " ".join(inspect.cleandoc(thing.__doc__ or "").split()).replace("``", "`")


def _shape(model: type[Params]) -> list[str]:
    return [f"*{model.__name__}*" + (f": {_paragraph(model)}" if model.__doc__ else ""), "", *_table(model)]


def _table(model: type[Params] | None) -> list[str]:
    """Parameters of a model, but for those of another it extends."""
    if model is None or not model.model_fields:
        return []
    hints = get_type_hints(model, include_extras=True)
    extended = next((base for base in model.__mro__[1:] if base in set(_shapes(model))), None)
    rows = ["| Parameter | Takes | Meaning |", "|---|---|---|"]
    for name, field in model.model_fields.items():
        if extended is not None and name in extended.model_fields:
            continue
        key = f"`{field.alias or name}`" + ("" if field.is_required() else _default(field.default))
        rows.append(
            f"| {key} | {_words(hints[name])} | {(field.description or '').replace('|', chr(92) + '|')} |"
        )
    more = [f"And those of *{extended.__name__}*.", ""] if extended is not None else []
    return [*rows, "", *more]


def _default(value: Any) -> str:
    shown = isinstance(value, int | float | str) and not isinstance(value, bool) and value not in ("", 0)
    return f" ({value})" if shown else " (optional)"


def _words(hint: Any) -> str:
    """What YAML holds."""
    for known, word in WORDS.items():
        if hint is known or hint == known:
            return word
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _words(arguments[0])
    if origin is Literal:
        return " or ".join(f"`{a}`" for a in arguments)
    if origin in (Union, types.UnionType):
        return " or ".join(_words(a) for a in arguments if a is not types.NoneType)
    if origin is tuple:
        return f"list of {_words(arguments[0])}"
    if origin is not None and issubclass(origin, Mapping):
        return f"{_words(arguments[0])} → {_words(arguments[1])}"
    if isinstance(hint, type) and issubclass(hint, Params):
        return f"*{hint.__name__}*"
    return {int: "whole number", float: "number", str: "text", bool: "`true` or `false`"}.get(hint, str(hint))


def _shapes(model: type[Params] | None) -> Iterator[type[Params]]:
    """Models the parameters are made of, each before those it is made of itself."""
    for hint in get_type_hints(model, include_extras=True).values() if model is not None else ():
        for part in _parts(hint):
            if isinstance(part, type) and issubclass(part, Params):
                yield part
                yield from _shapes(part)


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    for argument in get_args(hint):
        yield from _parts(argument)


def write() -> str:
    """The page of the shipped rules."""
    return page(load_all()[0].rules)


def with_operators(text: str) -> str:
    """The page on the rule language, with its table of operators as they are declared."""
    rows = [
        f"| `{o.name}:` | {o.takes} | {o.holds} | {o.unknown} |".replace(
            "`true` / `false`", "`true`, `false`"
        )
        for o in OPERATORS.values()
    ]
    table = ["| Operator | Takes | Holds where | Unknown where |", "|---|---|---|---|", *rows]
    before, _, rest = text.partition(f"{_START}\n")
    return "\n".join([before + _START, *table, _END + rest.partition(_END)[2]])


if __name__ == "__main__":
    PAGE.write_text(write(), encoding="utf-8")
    RULES_PAGE.write_text(with_operators(RULES_PAGE.read_text(encoding="utf-8")), encoding="utf-8")
