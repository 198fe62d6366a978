"""YAML whose mappings know the line they stand on, so that lint can name it.

``yes``, ``no`` and ``01`` stay text (YAML 1.2 behaviour): rule files speak about codes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Located(dict[str, Any]):
    """A mapping with the 1-based ``line`` it starts on and the lines of its keys."""

    line: int = 0
    key_lines: dict[str, int]


class _Loader(_Base):  # type: ignore[misc]
    pass


def _mapping(loader: Any, node: Any) -> Located:
    result = Located()
    result.line = node.start_mark.line + 1
    result.key_lines = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in result:
            raise yaml.constructor.ConstructorError(None, None, f"duplicate key {key!r}", key_node.start_mark)
        result[key] = loader.construct_object(value_node, deep=True)
        result.key_lines[key] = key_node.start_mark.line + 1
    return result


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if not tag.endswith((":bool", ":int", ":float", ":timestamp"))
    ]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$"), list("-0123456789")
)


def load(path: Path) -> Any:
    """The document in ``path``. Raises ``yaml.YAMLError`` (with a mark) where it is none."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_Loader)
