"""What no county file holds and its parser would take for ever over, told by line before it is parsed."""

from __future__ import annotations

import re
from typing import Any, Final

from lbt_audit.config.positions import Path, Positions
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.own_file import CONTROL
from lbt_audit.model.regex import regex

DEEPEST: Final = 20  # brackets in brackets, or parts of a dotted key
_TOKEN = regex(
    r"""\"{3}|'{3}|"(?:\\.|[^"\\\n])*+"?|'[^'\n]*+'?|\#[^\n]*+|[\[\]{}.=,\n]|[0-9](?:_?[0-9]){18,}+"""
)
_END = {
    '"""': regex(r'(?:[^"\\]|\\.|"(?!""))*+"""', re.DOTALL),
    "'''": regex(r"(?:[^']|'(?!''))*+'''"),
}


def refuse_excess(text: str, name: str) -> None:
    """Raises ConfigError for brackets or dotted keys nested beyond all use, and numbers of more than 18 digits."""
    at = depth = dots = 0
    while token := _TOKEN.search(text, at):
        sign, at = token[0], token.end()
        if sign in _END:
            end = _END[sign].match(text, at)
            if end is None:
                return  # never closed, which the parser tells
            at = end.end()
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        elif sign == ".":
            dots += 1
        elif sign in "=,\n":
            dots = 0
        elif sign[0].isdigit():
            raise _told(text, token, name, "数字过大", "the number is too large")
        if max(depth, dots) > DEEPEST:
            raise _told(text, token, name, "嵌套过深", "nested too deeply")


def _told(text: str, token: re.Match[str], name: str, zh: str, en: str) -> ConfigError:
    return ConfigError.at(name, text.count("\n", 0, token.start()) + 1, zh, en)


def refuse_control(value: Any, name: str, positions: Positions, path: Path = ()) -> None:
    """Raises ConfigError for a text that holds a control character, written as an escape (``\\u001b``)."""
    if isinstance(value, dict):
        for key, item in value.items():
            refuse_control(key, name, positions, (*path, key))
            refuse_control(item, name, positions, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            refuse_control(item, name, positions, (*path, number))
    elif isinstance(value, str) and CONTROL.search(value):
        raise ConfigError.at(
            name, positions.line(path), "文字中有控制字符", "a text holds control characters"
        )
