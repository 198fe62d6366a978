"""What is wrong with a schema file, gathered so that all of it is told at once, with line and nearest word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Any

from lbt_audit.config.located import Located
from lbt_audit.model.errors import Problem
from lbt_audit.model.nearest import did_you_mean, nearest
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text


@dataclass
class Problems:
    """The problems of one file."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, zh: str, en: str) -> None:
        self.found.append(Problem(self.file, line, Text(zh, en)))

    def unknown(self, line: int, what: Text, word: Any, options: Iterable[str]) -> None:
        """``what`` names no such thing: 没有字段“{}”, no such field {!r}."""
        like = did_you_mean(word, options)
        self.add(line, what.zh.format(word) + like.zh, what.en.format(word) + like.en)

    def keys(self, data: Any, known: Iterable[str], required: Iterable[str] = ()) -> bool:
        """Whether ``data`` is a mapping that has all of ``required``; unknown keys are told."""
        if not isinstance(data, Located):
            self.add(getattr(data, "line", 0), "应为键值结构", "a mapping is expected")
            return False
        known = list(known)
        strange = [key for key in data if key not in known]
        for key in strange:
            self.unknown(data.lines[key], Text("未知的键“{}”", "unknown key {!r}"), key, known)
        missing = [key for key in required if key not in data]
        meant = {nearest(key, known) for key in strange}
        for key in missing:
            if key not in meant:
                self.add(data.line, f"缺少“{key}”", f"{key!r} is missing")
        return not missing

    def choice(self, data: Located, key: str, allowed: Iterable[str]) -> bool:
        """Whether ``data[key]``, where it stands, is one of ``allowed``."""
        if key not in data or data[key] in (allowed := list(allowed)):
            return True
        self.unknown(
            data.lines[key], Text(f"“{key}”不能是“{{}}”", f"{key!r} cannot be {{!r}}"), data[key], allowed
        )
        return False


def line_of(data: Any, key: str, default: int) -> int:
    """The line of ``key`` in ``data``; ``default`` where ``data`` is no mapping that knows."""
    return data.lines.get(key, default) if isinstance(data, Located) else default
