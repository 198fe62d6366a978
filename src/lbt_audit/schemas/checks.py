"""The checks a column can name: how they are written, and what a cell is read as.

A check of ``READINGS`` says what a value must be by the standards of the field; the parser of its kind of value
(``lbt_audit.values``) decides. The others are pandera's own, of the typed value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from lbt_audit.config.located import Located
from lbt_audit.model.text import Text, filled
from lbt_audit.schemas.problems import Problems, line_of

READINGS: Final[Mapping[str, str]] = {
    "person_name": "name",
    "citizen_id": "citizen_id",
    "calendar_date": "date",
    "past_day": "date",
    "mainland_phone": "phone",
    "place": "place",
    "address": "address",
    "code": "code",
    "codes": "codes",
    "yes_no": "yes_no",
    "relation": "relation",
    "ethnic_group": "ethnicity",
    "whole_number": "integer",
    "grade": "grade",
    "school_class": "class_name",
    "pupil_number": "xueji_no",
    "disability_card": "disability_card",
    "text": "text",
}
"""Check → kind of value. (The kinds are not imported: they need pyarrow.)"""

PANDERA: Final[Mapping[str, tuple[str, ...]]] = {
    "in_range": ("min_value", "max_value", "include_min", "include_max"),
    "greater_than": ("min_value",),
    "greater_than_or_equal_to": ("min_value",),
    "less_than": ("max_value",),
    "less_than_or_equal_to": ("max_value",),
    "equal_to": ("value",),
    "not_equal_to": ("value",),
    "isin": ("allowed_values",),
    "notin": ("forbidden_values",),
    "str_length": ("min_value", "max_value"),
    "str_matches": ("pattern",),
    "str_contains": ("pattern",),
    "str_startswith": ("string",),
    "str_endswith": ("string",),
}
"""pandera's own checks → their arguments; a single one may stand by itself."""

_ASKED: Final[Mapping[str, Text]] = {
    "in_range": Text("应在{min_value}至{max_value}之间", "between {min_value} and {max_value} is asked"),
    "greater_than": Text("应大于{min_value}", "more than {min_value} is asked"),
    "greater_than_or_equal_to": Text("应不小于{min_value}", "at least {min_value} is asked"),
    "less_than": Text("应小于{max_value}", "less than {max_value} is asked"),
    "less_than_or_equal_to": Text("应不大于{max_value}", "at most {max_value} is asked"),
    "equal_to": Text("应为{value}", "{value} is asked"),
    "not_equal_to": Text("不应为{value}", "{value} cannot be"),
    "isin": Text("应为{allowed_values}之一", "one of {allowed_values} is asked"),
    "notin": Text("不应为{forbidden_values}", "none of {forbidden_values} can be"),
    "str_length": Text("字数应为{min_value}至{max_value}", "{min_value} to {max_value} characters are asked"),
    "str_matches": Text("不合规定格式{pattern}", "the form asked is {pattern}"),
    "str_contains": Text("应含有{pattern}", "{pattern} must be in it"),
    "str_startswith": Text("应以{string}开头", "must begin with {string}"),
    "str_endswith": Text("应以{string}结尾", "must end with {string}"),
}


def asked(check: str, arguments: Mapping[str, Any]) -> Text:
    """What one of pandera's checks asks of a value, in words; a bound that is not given is …"""
    values = {name: _shown(arguments.get(name)) for name in PANDERA[check]}
    return filled(_ASKED[check], values)


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return "…" if value is None else str(value)


TAKES: Final[Mapping[str, str]] = {"past_day": "past"}
"""Readings that a parser takes in a way of its own → how it is told."""
LISTED: Final = ("code", "codes", "yes_no")
"""Readings that take the name of a code list."""
WITHOUT: Final = "without"


def read_checks(
    written: Any, line: int, lists: Collection[str], problems: Problems, *, kind: str | None = None
) -> dict[str, Any] | None:
    """Checks by name with their arguments (mappings), the reading first; None where they cannot be used.

    ``written`` is the name of one check or a mapping of several. ``lists``: the code lists there are.
    ``kind``: the kind of value already settled; else a reading must be named.
    """
    if isinstance(written, str):
        checks: Mapping[str, Any] = {written: None}
    elif isinstance(written, Located):
        checks = written
    else:
        problems.add(line, "“checks”应为一项检查或键值结构", "'checks' names one check or maps several")
        return None
    before = len(problems.found)
    known = {}
    for name, argument in checks.items():
        at = line_of(written, name, line)
        if name in READINGS:
            known[name] = _reading(name, argument, at, lists, problems)
        elif name in PANDERA:
            known[name] = _argument(name, argument, at, problems)
            _fitting(name, known[name], kind or _kind_of(checks), at, problems)
        else:
            problems.unknown(at, Text("没有这种检查“{}”", "no such check {!r}"), name, [*READINGS, *PANDERA])
    readings = [name for name in known if name in READINGS]
    strange = len(problems.found) > before
    if len(readings) > 1 or (kind is None and not readings and not strange):
        names = "、".join(READINGS), ", ".join(READINGS)
        problems.add(line, f"须且只须写明一种内容：{names[0]}", f"exactly one of {names[1]} is needed")
    elif kind is not None and readings and READINGS[readings[0]] != kind:
        problems.add(
            line, f"这一栏按 {kind} 读取，不能用“{readings[0]}”", f"read as {kind}, so not {readings[0]!r}"
        )
    if len(problems.found) > before:
        return None
    return {name: known[name] for name in sorted(known, key=lambda n: n not in READINGS)}


def _reading(
    name: str, argument: Any, line: int, lists: Collection[str], problems: Problems
) -> dict[str, Any]:
    """``{"list": …, "without": […]}``, either only where it stands."""
    if isinstance(argument, str):
        argument = {"list": argument} if name in LISTED else {WITHOUT: [argument]}
    result = dict(argument or {})
    if name in LISTED:
        result.setdefault("list", "yes_no" if name == "yes_no" else None)
        if result["list"] not in lists:
            problems.unknown(line, Text("没有代码表“{}”", "no such code list {!r}"), result["list"], lists)
    for key in result.keys() - {WITHOUT, "list" if name in LISTED else WITHOUT}:
        problems.unknown(line, Text("未知的键“{}”", "unknown key {!r}"), key, [WITHOUT, "list"])
    if result.get(WITHOUT):
        from lbt_audit.values.registry import KINDS

        faults = KINDS[READINGS[name]].faults
        for fault in result[WITHOUT]:
            if fault not in faults:
                problems.unknown(
                    line,
                    Text(f"“{name}”没有“{{}}”这种错误", f"{name!r} knows no fault {{!r}}"),
                    fault,
                    faults,
                )
    return result


def _argument(name: str, argument: Any, line: int, problems: Problems) -> dict[str, Any]:
    names = PANDERA[name]
    if not isinstance(argument, Mapping):
        argument = {names[0]: argument}
    for key in argument:
        if key not in names:
            problems.unknown(line, Text("未知的键“{}”", "unknown key {!r}"), key, names)
    if argument.get(names[0]) is None and not (name == "str_length" and "max_value" in argument):
        problems.add(line, f"“{name}”缺少“{names[0]}”", f"{name!r} needs {names[0]!r}")
    return dict(argument)


def _kind_of(checks: Mapping[str, Any]) -> str:
    return next((READINGS[name] for name in checks if name in READINGS), "")


_LENGTHS: Final = ("str_length",)


def _fitting(name: str, arguments: Mapping[str, Any], kind: str, line: int, problems: Problems) -> None:
    """Arguments that pandera could not work with: values of another kind than the column's, broken patterns."""
    number = kind in ("integer", "grade") or name in _LENGTHS
    for key, argument in arguments.items():
        if key.startswith("include_") or argument is None:
            continue
        for value in argument if isinstance(argument, list) else [argument]:
            if key == "pattern":
                if why := _no_pattern(value):
                    zh, en = f"“{name}”不是有效的 RE2 表达式：{why}", f"{name!r} is no RE2 pattern: {why}"
                    problems.add(line, zh, en)
            elif kind == "date" and name not in _LENGTHS:
                if not _is_day(value):
                    zh, en = f"“{name}”应为日期，如 2010-03-01", f"{name!r} takes days such as 2010-03-01"
                    problems.add(line, zh, en)
            elif number and not (isinstance(value, int | float) and abs(value) < _LARGEST):
                problems.add(line, f"“{name}”应为数字", f"{name!r} takes numbers")
            elif kind and not number and not isinstance(value, str):
                problems.add(line, f"“{name}”应为文字", f"{name!r} takes texts")


_LARGEST: Final = 2**31


def _is_day(value: Any) -> bool:
    try:
        return date.fromisoformat(value).year in range(1900, 2200)
    except (TypeError, ValueError):
        return False


def _no_pattern(value: Any) -> str:
    """Why ``value`` is no pattern whose search takes time in proportion to the text; "" if it is one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not isinstance(value, str):
        return type(value).__name__
    try:
        pc.match_substring_regex(pa.array([""]), value)
    except pa.ArrowInvalid as error:
        return str(error).removeprefix("Invalid regular expression: ")
    return ""
