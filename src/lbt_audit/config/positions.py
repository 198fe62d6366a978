"""The line every key of a TOML document stands on; ``tomllib`` gives values only.

Only documents ``tomllib`` has accepted come here, so the scanner may trust the syntax.
"""

from __future__ import annotations

from collections.abc import Iterator

Path = tuple[str | int, ...]


class Positions:
    """Lines (1-based) by path: ``("units", "schools", 0, "name")``."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {(): 1}
        self._text = text
        self._counts: dict[Path, int] = {}
        self._scan()

    def line(self, path: Path) -> int:
        """Line of ``path``, or of the nearest thing around it that has one."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _scan(self) -> None:
        text, i, line = self._text, 0, 1
        table: Path = ()
        while i < len(text):
            char = text[i]
            if char == "\n":
                line += 1
                i += 1
            elif char in " \t\r":
                i += 1
            elif char == "#":
                i = _line_end(text, i)
            elif char == "[":
                table, i = self._header(i, line)
            else:
                i, line = self._entry(i, line, table)

    def _header(self, i: int, line: int) -> tuple[Path, int]:
        array = self._text.startswith("[[", i)
        keys, i = _keys(self._text, i + (2 if array else 1), "]")
        path: Path = ()
        for depth, key in enumerate(keys):
            path = (*path, key)
            last = depth == len(keys) - 1
            if last and array:
                number = self._counts.get(path, 0)
                self._counts[path] = number + 1
                self._lines.setdefault(path, line)
                path = (*path, number)
            elif path in self._counts:
                path = (*path, self._counts[path] - 1)
            self._lines.setdefault(path, line)
        return path, i + (2 if array else 1)

    def _entry(self, i: int, line: int, table: Path) -> tuple[int, int]:
        keys, i = _keys(self._text, i, "=")
        path = table
        for key in keys:
            path = (*path, key)
            self._lines.setdefault(path, line)
        return self._value(i + 1, line, path)

    def _value(self, i: int, line: int, path: Path) -> tuple[int, int]:
        """Skip one value from ``i``, noting the lines inside arrays and inline tables."""
        text = self._text
        i, line = _blank(text, i, line)
        if text[i] in "\"'":
            end = _string_end(text, i)
            return end, line + text.count("\n", i, end)
        if text[i] == "[":
            i, line = _blank(text, i + 1, line)
            number = 0
            while text[i] != "]":
                self._lines.setdefault((*path, number), line)
                i, line = self._value(i, line, (*path, number))
                i, line = _blank(text, i, line)
                if text[i] == ",":
                    i, line = _blank(text, i + 1, line)
                number += 1
            return i + 1, line
        if text[i] == "{":
            i, line = _blank(text, i + 1, line)
            while text[i] != "}":
                i, line = self._entry(i, line, path)
                i, line = _blank(text, i, line)
                if text[i] == ",":
                    i, line = _blank(text, i + 1, line)
            return i + 1, line
        while i < len(text) and text[i] not in ",]}#\n":
            i += 1
        return i, line


def _line_end(text: str, i: int) -> int:
    end = text.find("\n", i)
    return len(text) if end < 0 else end


def _blank(text: str, i: int, line: int) -> tuple[int, int]:
    """Past blanks, line breaks and comments."""
    while i < len(text):
        if text[i] == "\n":
            line += 1
        elif text[i] == "#":
            i = _line_end(text, i)
            continue
        elif text[i] not in " \t\r":
            break
        i += 1
    return i, line


def _keys(text: str, i: int, stop: str) -> tuple[list[str], int]:
    """A dotted key from ``i`` up to ``stop``: its parts and where ``stop`` stands."""
    parts: list[str] = []
    bare = ""
    while text[i] != stop:
        if text[i] in "\"'":
            end = _string_end(text, i)
            parts.append(_unquote(text[i:end]))
            i = end
            continue
        if text[i] == ".":
            if bare:
                parts.append(bare)
            bare = ""
        elif text[i] not in " \t":
            bare += text[i]
        i += 1
    if bare:
        parts.append(bare)
    return parts, i


def _unquote(literal: str) -> str:
    import tomllib

    return str(tomllib.loads(f"v = {literal}")["v"])


def _string_end(text: str, i: int) -> int:
    """Position after the string that starts at ``i``."""
    quote = text[i]
    if text.startswith(quote * 3, i):
        end = i + 3
        while not text.startswith(quote * 3, end):
            end += 2 if text[end] == "\\" and quote == '"' else 1
        end += 3
        while end < len(text) and text[end] == quote:  # up to two quotes may end the content
            end += 1
        return end
    end = i + 1
    while text[end] != quote:
        end += 2 if text[end] == "\\" and quote == '"' else 1
    return end + 1


def walk(value: object, path: Path = ()) -> Iterator[Path]:
    """Every path of a parsed document."""
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from walk(item, (*path, number))
