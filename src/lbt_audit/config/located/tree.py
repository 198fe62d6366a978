"""What a YAML file holds, with lines; and as text that is read back sooner than the file."""

from __future__ import annotations

import json
from typing import Any, Final

_MAPPING: Final = "{}"
_LIST: Final = "[]"


class Located(dict[str, Any]):
    """A mapping that knows the 1-based line of each of its keys (``lines``) and its own (``line``)."""

    line: int = 0
    lines: dict[str, int]


class LocatedList(list[Any]):
    """A list that knows the 1-based line of each of its items."""

    lines: list[int]


def packed(tree: Any) -> str:
    """``tree`` as JSON: a mapping's first entry are its lines, a list is an object of lines and items. Raises TypeError for
    values that JSON has not, which no file of ours holds."""
    return json.dumps(_packed(tree), ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Any:
    """The tree that ``packed`` made ``text`` of. Raises ValueError, TypeError, IndexError or KeyError for other texts."""
    return json.loads(text, object_pairs_hook=_unpacked)


def _packed(value: Any) -> Any:
    if isinstance(value, Located):
        lines = [value.line, *value.lines.values()]
        return {_MAPPING: lines} | {f" {key}": _packed(item) for key, item in value.items()}
    if isinstance(value, LocatedList):
        return {_LIST: value.lines, "": [_packed(item) for item in value]}
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(type(value).__name__)


def _unpacked(pairs: list[tuple[str, Any]]) -> Located | LocatedList:
    (kind, lines), *entries = pairs
    if kind == _LIST:
        listed = LocatedList(entries[0][1])
        listed.lines = lines
        return listed
    mapping = Located([(key[1:], value) for key, value in entries])
    mapping.line = lines[0]
    mapping.lines = dict(zip(mapping, lines[1:], strict=True))
    return mapping
