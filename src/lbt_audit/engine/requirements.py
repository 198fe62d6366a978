"""The conditions under which columns are required, held against the vocabulary of rules.

``schemas`` cannot do it: conditions are compiled over frames.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lbt_audit.config.located import load_mapping
from lbt_audit.facts import FACTS
from lbt_audit.frames.condition import ConditionError, compile_condition, substitute
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.text import Text
from lbt_audit.schemas.problems import Problems


def check_requirements(dictionary: Dictionary, files: Iterable[Path]) -> None:
    """Raises ConfigError listing everything wrong with the conditions in these schema files."""
    problems = lint_requirements(dictionary, files)
    if problems:
        raise ConfigError(problems)


def lint_requirements(dictionary: Dictionary, files: Iterable[Path]) -> list[Problem]:
    return [p for path in files for p in _problems(dictionary, path)]


def _problems(dictionary: Dictionary, path: Path) -> list[Problem]:
    problems = Problems(path.name)
    for line, condition, known in _conditions(dictionary, path):
        for text, word in _faults(condition, known):
            problems.unknown(line, text, word, [*known, *FACTS])
    return problems.found


def _conditions(dictionary: Dictionary, path: Path) -> Iterator[tuple[int, Any, Collection[str]]]:
    """(line, condition, fields it may speak of)."""
    data = load_mapping(path)
    group = path.parent.name == "columns"
    for entry in (data if group else data.get("columns") or {}).values():
        for who in entry.get("each") or [""]:
            if "asked" in entry:
                yield entry.lines["asked"], substitute(entry["asked"], {"p": who}), dictionary.fields
    required = None if group else data.get("required")
    if isinstance(required, Mapping):
        for field, when in required.items():
            if when not in (None, True):
                yield data["required"].lines[field], when, dictionary.kinds[path.stem].columns


def _faults(when: Any, known: Collection[str]) -> Iterator[tuple[Text, str]]:
    try:
        operands = compile_condition(when).operands
    except ConditionError as error:
        yield Text("条件有误：{}", "bad condition: {}"), str(error)
        return
    for operand in sorted(operands):
        if operand not in FACTS and operand.partition(".")[0] not in known:
            yield Text("没有字段“{}”", "no such field {!r}"), operand
