"""Where a flaw stands: from the way down a value to file and line."""

from __future__ import annotations

from pathlib import Path as File
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from lbt_audit.config.located import Located, LocatedList, load_mapping
from lbt_audit.model.errors import Problem
from lbt_audit.resources import shown
from lbt_audit.rulebook.complaints import flaws_of
from lbt_audit.rulebook.flaw import Path

M = TypeVar("M", bound=BaseModel)


class Place(NamedTuple):
    file: str
    line: int


def walk(data: Any, path: Path) -> tuple[Path, int]:
    """The way through ``data`` as it is written, and the line it leads to. Steps that are not written are passed
    over (the long form of a short example), ``{p}`` stands for any text."""
    line, taken = int(getattr(data, "line", 1)), list[str | int]()
    for step in path:
        if isinstance(data, Located):
            key = next((k for k in data if k == step or _stands_for(k, step)), None)
            if key is None:
                continue
            line, data = data.lines[key], data[key]
            taken.append(key)
        elif isinstance(data, LocatedList) and isinstance(step, int) and step < len(data):
            line, data = data.lines[step], data[step]
            taken.append(step)
        elif isinstance(data, LocatedList) or (isinstance(data, dict) and step not in data):
            continue
        elif isinstance(data, dict | list):  # put together in code, with parts that were written
            inner: Any = data
            data = inner[step]
            line = int(getattr(data, "line", line))
    return tuple(taken), line


def _stands_for(key: str, step: str | int) -> bool:
    start, brace, _ = key.partition("{")
    end = key.rpartition("}")[2]
    return bool(brace) and isinstance(step, str) and step.startswith(start) and step.endswith(end)


def tuples(value: Any) -> Any:
    """Lists as tuples, which is what models take: they cannot be changed."""
    if isinstance(value, dict):
        return {key: tuples(item) for key, item in value.items()}
    return tuple(tuples(item) for item in value) if isinstance(value, list) else value


def read_model(file: File, model: type[M]) -> tuple[M | None, Located, list[Problem]]:
    """What ``file`` holds as ``model``, or None and everything wrong. Raises ConfigError where it is no YAML."""
    data = load_mapping(file)
    try:
        return model.model_validate(tuples(data)), data, []
    except ValidationError as error:
        problems = [Problem(shown(file), walk(data, f.path)[1], f.text) for f in flaws_of(error, model)]
        return None, data, problems
