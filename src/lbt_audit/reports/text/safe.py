"""Text from submitted files made harmless for where it is shown."""

from __future__ import annotations

import re
from typing import Any

from lbt_audit.model.regex import regex

# ESC and other C0/C1 controls, line and paragraph separators, direction overrides and isolates,
# zero-width characters, byte-order marks, tags, lone surrogates
_HIDDEN = (
    "\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
)
_TERMINAL = regex(f"[{_HIDDEN}\ud800-\udfff]")
_MARKDOWN = regex(r"([\\`*_{}\[\]<>|~&@$]|://|(?<=www)\.)", re.IGNORECASE)
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


def harmless_in_logs(lines: Any) -> Any:
    """Lines that begin with a path, none of which a build server takes for a command: not one that begins with ``::``
    (``::error::``), nor one with ``##[`` or ``##vso[`` anywhere."""
    import pyarrow.compute as pc

    lines = pc.replace_substring_regex(lines, r"^(\s*::)", r"./\1")
    return pc.replace_substring_regex(lines, r"##(\[|vso\[)", r"# #\1")


def _regex(characters: str) -> str:
    """A character class body RE2 accepts (it takes no raw NUL in a pattern)."""
    return "".join(c if c == "-" else f"\\x{{{ord(c):x}}}" for c in characters)


UNSEEN = regex(f"[{_HIDDEN}]")
"""What `terminal` strips; formats with escapes of their own write these characters so."""
UNSEEN_PATTERN = f"[{_regex(_HIDDEN)}]"
"""The same for Arrow."""


def visible(text: str) -> str:
    """What is not seen, or turns the text around it, by its code point; line breaks and tabs stay."""
    return _UNSEEN_BUT_BREAKS.sub(lambda m: f"⟨U+{ord(m.group()):04X}⟩", text)


_UNSEEN_BUT_BREAKS = regex(f"(?![\n\t])[{_HIDDEN}\ud800-\udfff]")


def markdown(text: str) -> str:
    """Characters Markdown (or HTML inside it) would act upon, escaped; one line."""
    return _MARKDOWN.sub(r"\\\1", terminal(text))


def csv_cell(text: str) -> str:
    """A cell of a CSV file meant for people: no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in tuple(_FORMULA_START) else text
