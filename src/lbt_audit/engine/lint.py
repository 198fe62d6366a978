"""Rules are linted before they are used: every message names file, line and remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, get_args

from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.registry import checks
from lbt_audit.engine.catalogue import (
    OPTIONAL_KEYS,
    REQUIRED_KEYS,
    Entry,
    read_basis,
    read_entries,
    rule_files,
)
from lbt_audit.facts import FACTS
from lbt_audit.frames.condition import ConditionError, compile_condition, substitute
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.errors import Problem
from lbt_audit.model.rule import Responsible
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text
from lbt_audit.rulebook.condition import Condition
from lbt_audit.values.registry import KINDS

DEADLINES = ("D0", "D3", "D5", "D10", "DF", "DM")


@dataclass(frozen=True)
class Linter:
    """Holds rules against the dictionary and the kinds of check."""

    folder: Path
    dictionary: Dictionary
    params: Mapping[str, Any]

    def lint(self, extra: Iterable[Path] = ()) -> list[Problem]:
        """Everything wrong with the catalogue, in file order. ConfigError where it is no YAML."""
        basis = read_basis(self.folder)
        seen: dict[str, str] = {}
        problems: list[Problem] = []
        for entry in read_entries(rule_files(self.folder, extra)):
            for key, zh, en in self._entry(entry, basis):
                problems.append(_problem(entry, key, zh, en))
            if entry.code in seen:
                first = seen[entry.code]
                problems.append(
                    _problem(
                        entry, "code", f"规则代码重复，已见于 {first}", f"duplicate code, already at {first}"
                    )
                )
            seen.setdefault(entry.code, f"{entry.path.name}:{entry.line('code')}")
        return problems

    def _entry(self, entry: Entry, basis: Mapping[str, Any]) -> Iterator[tuple[str | None, str, str]]:
        data = entry.data
        missing = [k for k in REQUIRED_KEYS if k not in data]
        for key in missing:
            yield None, f"缺少“{key}”", f"{key!r} is missing"
        if missing:
            return
        check = checks().get(data["check"])
        if check is None:
            near = _near(data["check"], checks())
            yield (
                "check",
                f"没有这种检查：{data['check']}{near.zh}",
                f"no such check: {data['check']}{near.en}",
            )
            return
        yield from self._keys(data, check)
        yield from self._texts(data)
        yield from self._choices(data, basis)
        yield from self._fields(data)
        yield from self._conditions(data, check)
        yield from self._placeholders(data)
        yield from self._examples(data)

    def _keys(self, data: Any, check: Check) -> Iterator[tuple[str, str, str]]:
        known = {*REQUIRED_KEYS, *OPTIONAL_KEYS, *check.parameters}
        if check.params is not None:
            known |= {f.alias or name for name, f in check.params.model_fields.items()}
            known |= {*(["words"] if check.words else []), *(["for_each"] if check.for_each else [])}
        for key in data:
            if key not in known:
                near = _near(key, known)
                yield key, f"未知的键“{key}”{near.zh}", f"unknown key {key!r}{near.en}"
        for name, parameter in check.parameters.items():
            if name not in data:
                if parameter.required:
                    yield "check", f"检查 {check.name} 需要“{name}”", f"check {check.name} needs {name!r}"
            elif not isinstance(data[name], parameter.type) and not _is_param(data[name]):
                yield name, f"“{name}”的类型不对", f"{name!r} is of the wrong type"

    def _texts(self, data: Any) -> Iterator[tuple[str, str, str]]:
        for key in ("title", "message", "fix", "decision"):
            if key not in data:
                continue
            value = data[key]
            whole = isinstance(value, Mapping) and set(value) == {"zh", "en"}
            if not whole or not all(isinstance(v, str) and v.strip() for v in value.values()):
                yield key, f"“{key}”须有中文和英文", f"{key!r} needs zh and en"

    def _choices(self, data: Any, basis: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        options = {
            "severity": [s.key for s in Severity],
            "responsible": list(get_args(Responsible)),
            "deadline": list(DEADLINES),
        }
        for key, allowed in options.items():
            if data[key] not in allowed:
                yield key, f"“{key}”须为 {'、'.join(allowed)}", f"{key!r} must be one of {', '.join(allowed)}"
        if not data["basis"]:
            yield "basis", "没有写明依据", "no basis is given"
        for key in data["basis"] or ():
            if key not in basis:
                near = _near(key, basis)
                yield (
                    "basis",
                    f"依据“{key}”不在 sources.yaml 中{near.zh}",
                    f"basis {key!r} is not in sources.yaml{near.en}",
                )
        for table in data["tables"]:
            if table not in self.dictionary.kinds:
                near = _near(table, self.dictionary.kinds)
                yield "tables", f"没有这种表：{table}{near.zh}", f"no such kind of table: {table}{near.en}"

    def _fields(self, data: Any) -> Iterator[tuple[str, str, str]]:
        for name in data["points_at"] or ():
            for field in _expand(name, data):
                if not self._known(field, data["tables"]):
                    near = _near(field, self.dictionary.fields)
                    yield (
                        "points_at",
                        f"所列表中没有字段“{field}”{near.zh}",
                        f"the tables have no field {field!r}{near.en}",
                    )

    def _conditions(self, data: Any, check: Check) -> Iterator[tuple[str, str, str]]:
        for name, parameter in check.parameters.items():
            if name in data:
                yield from self._parameter(name, parameter, data)
        if check.params is not None:
            for name, field in check.params.model_fields.items():
                if field.annotation in (Condition, Condition | None) and (field.alias or name) in data:
                    yield from self._condition(name, data[field.alias or name], data)

    def _parameter(self, name: str, parameter: Parameter, data: Any) -> Iterator[tuple[str, str, str]]:
        if parameter.holds == "condition":
            yield from self._condition(name, data[name], data)
        elif parameter.holds == "conditions":  # field → condition
            for field, spec in data[name].items():
                for operand in _expand(field, data):
                    yield from self._operand(name, operand, data["tables"])
                yield from self._condition(name, spec, data)
        elif parameter.holds in ("operand", "fields"):
            values = list(data[name]) if isinstance(data[name], list | Mapping) else [data[name]]
            for value in values:
                for operand in _expand(value, data) if isinstance(value, str) else ():
                    yield from self._operand(name, operand, data["tables"])
        if _is_param(data[name]) and data[name]["param"] not in self.params:
            near = _near(data[name]["param"], self.params)
            yield name, f"未知参数{near.zh}", f"unknown parameter {data[name]['param']!r}{near.en}"

    def _condition(self, name: str, spec: Any, data: Any) -> Iterator[tuple[str, str, str]]:
        for who in data.get("for_each") or [""]:
            try:
                condition = compile_condition(substitute(spec, {"p": who}))
            except ConditionError as error:
                yield name, f"条件有误：{error}", f"bad condition: {error}"
                continue
            for operand in sorted(condition.operands):
                yield from self._operand(name, operand, data["tables"])
            for param in sorted(condition.params - set(self.params)):
                near = _near(param, self.params)
                yield name, f"未知参数“{param}”{near.zh}", f"unknown parameter {param!r}{near.en}"

    def _operand(self, key: str, operand: str, tables: list[str]) -> Iterator[tuple[str, str, str]]:
        if operand in FACTS:
            return
        field, _, facet = operand.partition(".")
        if field not in self.dictionary.fields:
            near = _near(operand, [*self.dictionary.fields, *FACTS])
            yield key, f"没有字段“{operand}”{near.zh}", f"no such field {operand!r}{near.en}"
        elif not self._known(field, tables):
            yield key, f"所列表中没有字段“{field}”", f"the tables have no field {field!r}"
        elif facet and facet not in KINDS[self.dictionary.fields[field].kind].facets:
            near = _near(facet, KINDS[self.dictionary.fields[field].kind].facets)
            yield key, f"“{field}”没有“{facet}”这一项{near.zh}", f"{field!r} has no facet {facet!r}{near.en}"

    def _known(self, field: str, tables: list[str]) -> bool:
        if field not in self.dictionary.fields:
            return False
        kinds = [self.dictionary.kinds[t] for t in tables if t in self.dictionary.kinds]
        return not kinds or any(field in s.columns for s in kinds)

    def _placeholders(self, data: Any) -> Iterator[tuple[str, str, str]]:
        sets = []
        for lang in ("zh", "en"):
            try:
                sets.append({name for _, name, _, _ in Formatter().parse(data["message"][lang]) if name})
            except (ValueError, KeyError, TypeError) as error:
                yield "message", f"信息模板有误：{error}", f"bad message template: {error}"
                return
        if sets[0] != sets[1]:
            odd = ", ".join(sorted(sets[0] ^ sets[1]))
            yield "message", f"中英文占位符不一致：{odd}", f"placeholders differ between zh and en: {odd}"

    def _examples(self, data: Any) -> Iterator[tuple[str, str, str]]:
        examples = data["examples"]
        for which in ("found", "silent"):
            if not isinstance(examples, Mapping) or not examples.get(which):
                yield "examples", f"缺少 {which} 示例", f"no example of {which}"


def _problem(entry: Entry, key: str | None, zh: str, en: str) -> Problem:
    return Problem(entry.path.name, entry.line(key), Text(f"{entry.code}：{zh}", f"{entry.code}: {en}"))


def _expand(name: str, data: Any) -> list[str]:
    return [substitute(name, {"p": who}) for who in data.get("for_each") or [""]]


def _is_param(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"param"}


def _near(word: str, options: Iterable[str]) -> Text:
    close = difflib.get_close_matches(str(word), list(options), 1)
    return Text(f"，是否为“{close[0]}”？", f"; did you mean {close[0]!r}?") if close else Text("", "")
