"""Text set in columns of a fixed width, Chinese characters taking two."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """Columns ``text`` takes on a terminal: wide East Asian characters count two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def pad(text: str, columns: int) -> str:
    """``text`` filled with blanks to ``columns``."""
    return text + " " * max(0, columns - width(text))


_NO_START = set("，。、；：！？）】》”’」』％…,.;:!?)]}%")


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most ``columns``: broken at blanks and beside wide characters, as Chinese is set."""
    lines: list[str] = []
    line, used, chance = "", 0, 0  # ``chance``: where the line may be broken
    for char in text:
        size = width(char)
        if used + size > columns and line:
            if char != " " and 0 < chance < len(line):
                lines.append(line[:chance].rstrip())
                line = line[chance:].lstrip()
                if width(line) + size > columns:  # closing marks fill the line: better one at its start
                    lines.append(line)
                    line = ""
            else:
                lines.append(line.rstrip())
                line = ""
            used, chance = width(line), 0
        if char == " " and not line:
            continue
        if line and char not in _NO_START and (size == 2 or width(line[-1]) == 2 or line[-1] == " "):
            chance = len(line)
        line += char
        used += size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines
