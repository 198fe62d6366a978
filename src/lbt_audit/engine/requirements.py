"""The conditions under which fields are required, held against the vocabulary of rules.

``schemas`` cannot do it: conditions are compiled over frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lbt_audit.config.located import Located, load_mapping
from lbt_audit.facts import FACTS
from lbt_audit.frames.condition import ConditionError, compile_condition
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.text import Text
from lbt_audit.schemas.problems import Problems


def check_requirements(dictionary: Dictionary, files: Iterable[Path]) -> None:
    """Raises ConfigError listing everything wrong with the conditions in these schema files."""
    problems = [p for path in files for p in _problems(dictionary, path)]
    if problems:
        raise ConfigError(problems)


def _problems(dictionary: Dictionary, path: Path) -> list[Problem]:
    problems = Problems(path.name)
    required = load_mapping(path).get("required")
    if isinstance(required, Located):
        columns = dictionary.kinds[path.stem].columns
        for field, when in required.items():
            for text, word, options in _faults(when, columns):
                problems.unknown(required.lines[field], text, word, options)
    return problems.found


def _faults(when: Any, columns: Mapping[str, Any]) -> Iterator[tuple[Text, str, Iterable[str]]]:
    if not when:
        return
    try:
        operands = compile_condition(when).operands
    except ConditionError as error:
        yield Text("条件有误：{}", "bad condition: {}"), str(error), ()
        return
    for operand in sorted(operands):
        if operand not in FACTS and operand.partition(".")[0] not in columns:
            yield Text("没有字段“{}”", "no such field {!r}"), operand, [*columns, *FACTS]
