"""Schema files as YAML with the line of every key, so that lint can name it.

``yes``, ``no``, ``01`` and dates stay text, as YAML 1.2 has it: headers and codes are text.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from lbt_audit.model.text import Text

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SchemaError(ValueError):
    """A schema file that cannot be used; ``problems`` are (file:line, what) pairs."""

    def __init__(self, problems: list[tuple[str, Text]]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{where}: {what.en}" for where, what in problems))


class Located(dict[str, Any]):
    """A mapping that knows the 1-based line of each of its keys (``lines``) and its own (``line``)."""

    line: int = 0
    lines: dict[str, int]


class _Loader(_Base):  # type: ignore[misc]
    pass


def _mapping(loader: Any, node: Any) -> Located:
    result = Located()
    result.line = node.start_mark.line + 1
    result.lines = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node))
        if key in result:
            raise yaml.constructor.ConstructorError(None, None, f"duplicate key {key!r}", key_node.start_mark)
        result[key] = loader.construct_object(value_node, deep=True)
        result.lines[key] = key_node.start_mark.line + 1
    return result


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_KEPT = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] in _KEPT]
    for first, pairs in _Base.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9]\d*)$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9]\d*)\.\d+$"), list("-0123456789")
)


def load_located(path: Path) -> Located:
    """The mapping in ``path``. Raises SchemaError where it is none."""
    try:
        with path.open(encoding="utf-8") as file:
            data = yaml.load(file, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise SchemaError(
            [(f"{path.name}:{line}", Text(f"YAML 语法错误：{error.problem}", str(error.problem)))]
        ) from None
    if not isinstance(data, Located):
        raise SchemaError([(f"{path.name}:1", Text("应为键值结构", "a mapping is expected"))])
    return data
