"""The text of a YAML file → what it holds, with the line of every key.

``yes``, ``no``, ``01`` and dates stay text, as YAML 1.2 has it: headers and codes are text.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from lbt_audit.config.located.tree import Located, LocatedList
from lbt_audit.model.errors import ConfigError


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


def _sequence(loader: Any, node: Any) -> LocatedList:
    result = LocatedList(loader.construct_object(item, deep=True) for item in node.value)
    result.lines = [item.start_mark.line + 1 for item in node.value]
    return result


def located_loader(base: Any) -> Any:
    """A loader class after PyYAML's ``base``, in C or in Python; both read the same."""
    kept = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
    loader: Any = type("LocatedLoader", (base,), {})
    loader.yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] in kept]
        for first, pairs in base.yaml_implicit_resolvers.items()
    }
    loader.add_constructor("tag:yaml.org,2002:map", _mapping)
    loader.add_constructor("tag:yaml.org,2002:seq", _sequence)
    for tag, pattern, first in (
        ("bool", r"^(?:true|false)$", "tf"),
        ("int", r"^-?(?:0|[1-9]\d{0,17})$", "-0123456789"),  # what is longer is no number of anything
        ("float", r"^-?(?:0|[1-9]\d{0,17})\.\d{1,17}$", "-0123456789"),
    ):
        loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))
    return loader


_DEEPEST = 40
_MOST = (
    100_000  # parts of a file, those that stand more than once counted as often; rules/E.yaml has some 9,000
)
_Loader = located_loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def parsed(text: str, name: str) -> Any:
    """What ``text`` of the file ``name`` holds. Raises ConfigError where it is no YAML."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _refuse_excess(node, name)
        return loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        problem = error.problem or str(error)
        raise ConfigError.at(name, line, f"YAML 语法错误：{problem}", f"not valid YAML: {problem}") from None
    finally:
        loader.dispose()


def _refuse_excess(root: Any, name: str) -> None:
    """Raises ConfigError where parts are nested beyond all use, or aliases (``*x``) stand for more than anybody wrote."""
    known: dict[int, tuple[int, int]] = {}  # mapping or list → what it holds all told, and how deep
    inside: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting[-1]
        size, depth, new = _of_text(node), 1, []
        for part in _parts(node):
            if isinstance(part, yaml.ScalarNode):
                size, depth = size + _of_text(part), max(depth, 2)
            elif held := known.get(id(part)):
                size, depth = size + held[0], max(depth, held[1] + 1)
            else:
                new.append(part)
        if new and id(node) not in inside:
            inside.add(id(node))
            if any(id(part) in inside for part in new):
                raise _told(node, name, "自己包含自己", "holds itself")
            if len(inside) > _DEEPEST:
                raise _told(node, name, "嵌套过深", "nested too deeply")
            waiting += new
            continue
        waiting.pop()
        inside.discard(id(node))
        if depth > _DEEPEST:
            raise _told(node, name, "嵌套过深", "nested too deeply")
        if size > _MOST:
            raise _told(node, name, "内容过多（引用展开后）", "holds too much once its aliases are followed")
        known[id(node)] = size, depth


def _of_text(node: Any) -> int:
    return 1 + len(node.value) // 100 if isinstance(node, yaml.ScalarNode) else 1


def _parts(node: Any) -> list[Any]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _told(node: Any, name: str, zh: str, en: str) -> ConfigError:
    return ConfigError.at(name, node.start_mark.line + 1, zh, en)
