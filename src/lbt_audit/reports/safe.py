"""Text from submitted files made harmless for where it is shown."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

# ESC and other C0/C1 controls, line and paragraph separators, direction overrides and isolates,
# zero-width characters, byte-order marks, tags, lone surrogates
_HIDDEN = (
    "\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
)
_TERMINAL = re.compile(f"[{_HIDDEN}\ud800-\udfff]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|~&@$]|://|(?<=www)\.)", re.IGNORECASE)
_FORMULA_START = "=+-@\t\r＝＋－＠"
FORMULA_PATTERN = "^[=+\\-@\t\r＝＋－＠]"


def terminal(text: str) -> str:
    """No escape sequences, direction tricks or invisible characters; line breaks become blanks."""
    text = text.replace("\n", " ").replace("\t", " ")
    return _TERMINAL.sub(lambda m: _shown(m.group()), text)


def _shown(char: str) -> str:
    return f"\\u{ord(char):04x}" if 0xD800 <= ord(char) <= 0xDFFF else ""


def terminal_column(column: Any) -> Any:
    """``terminal`` for a whole string column at once."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(
        pc.replace_substring_regex(column, "[\n\t]", " "), f"[{_regex(_HIDDEN)}]", ""
    )


def _regex(characters: str) -> str:
    """A character class body RE2 accepts (it takes no raw NUL in a pattern)."""
    return "".join(c if c == "-" else f"\\x{{{ord(c):x}}}" for c in characters)


UNSEEN = re.compile(f"[{_HIDDEN}]")
"""What `terminal` strips; formats with escapes of their own write these characters so."""
UNSEEN_PATTERN = f"[{_regex(_HIDDEN)}]"
"""The same for Arrow."""


def markdown(text: str) -> str:
    """Characters Markdown (or HTML inside it) would act upon, escaped; one line."""
    return _MARKDOWN.sub(r"\\\1", terminal(text))


def csv_cell(text: str) -> str:
    """A cell of a CSV file meant for people: no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in tuple(_FORMULA_START) else text


def width(text: str) -> int:
    """Columns ``text`` takes on a terminal: wide East Asian characters count two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def pad(text: str, columns: int) -> str:
    """``text`` filled with blanks to ``columns``."""
    return text + " " * max(0, columns - width(text))


def clip(text: str, columns: int) -> str:
    """``text`` in at most ``columns``, ending in … where it was cut."""
    if width(text) <= columns:
        return text
    used, kept = 0, []
    for char in text:
        used += width(char)
        if used > columns - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"


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
