"""The county's own forms (``schemas`` of the county file): which columns its registers have, and which
must be filled.

A file is named after the kind of register it is about (``roster.yaml``) and holds, under ``metadata``,
those of ``template``, ``required`` and ``instead`` that differ from the built-in form; they replace it key
by key, in the format of the built-in files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lbt_audit.config.located import Located, load_mapping
from lbt_audit.facts import FACTS
from lbt_audit.frames.condition import ConditionError, compile_condition
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.nearest import did_you_mean
from lbt_audit.model.text import Text
from lbt_audit.schemas.tables import TableSchema, asked_unless

KEYS = ("template", "required", "instead")


def with_own_forms(tables: Mapping[str, TableSchema], files: Iterable[Path]) -> dict[str, TableSchema]:
    """``tables`` with the county's own forms. ConfigError lists everything wrong with them."""
    result, problems = dict(tables), []
    for path in files:
        data = load_mapping(path)
        found = list(_problems(path, data, tables))
        problems += found
        if not found:
            result[path.stem] = _changed(tables[path.stem], data["metadata"])
    if problems:
        raise ConfigError(problems)
    return result


def _changed(schema: TableSchema, own: Mapping[str, Any]) -> TableSchema:
    instead = schema.instead
    if "instead" in own:
        instead = {field: tuple(others) for field, others in (own["instead"] or {}).items()}
    required = schema.required
    if "required" in own:
        asked = (own["required"] or {}).items()
        required = {field: asked_unless(when, instead.get(field, ())) for field, when in asked}
    return replace(
        schema,
        template=tuple(own["template"] or ()) if "template" in own else schema.template,
        required=required,
        instead=instead,
    )


def _problems(path: Path, data: Located, tables: Mapping[str, TableSchema]) -> Iterator[Problem]:
    def at(line: int, zh: str, en: str) -> Problem:
        return Problem(path.name, line, Text(zh, en))

    if path.stem not in tables:
        near = did_you_mean(path.stem, tables)
        yield at(
            0,
            f"文件名应为表类，没有“{path.stem}”这种表{near.zh}",
            f"the file is named after a kind of register; there is no {path.stem!r}{near.en}",
        )
        return
    for key in data:
        if key != "metadata":
            yield at(
                data.lines[key], f"只能有 metadata，读到“{key}”", f"only metadata may stand here, not {key!r}"
            )
    own = data.get("metadata")
    if not isinstance(own, Located):
        yield at(data.line, "缺少 metadata", "metadata is missing")
        return
    columns = tables[path.stem].columns
    for key, value in own.items():
        if key not in KEYS:
            near = did_you_mean(key, KEYS)
            yield at(own.lines[key], f"未知的键“{key}”{near.zh}", f"unknown key {key!r}{near.en}")
        else:
            for field in value or ():
                if field not in columns:
                    near = did_you_mean(field, columns)
                    line = value.lines[field] if isinstance(value, Located) else own.lines[key]
                    yield at(line, f"没有字段“{field}”{near.zh}", f"no such field {field!r}{near.en}")
    required = own.get("required")
    if isinstance(required, Located):
        for field, when in required.items():
            for zh, en in _condition(when, columns):
                yield at(required.lines[field], zh, en)


def _condition(when: Any, columns: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not when:
        return
    try:
        operands = compile_condition(when).operands
    except ConditionError as error:
        yield f"条件有误：{error}", f"bad condition: {error}"
        return
    for operand in sorted(operands):
        if operand not in FACTS and operand.partition(".")[0] not in columns:
            near = did_you_mean(operand, columns)
            yield f"没有字段“{operand}”{near.zh}", f"no such field {operand!r}{near.en}"
