"""Bytes of a text file → text: the encoding found by trial, never guessed where a trial can tell."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SHARE = 200  # one bad sequence in so many characters beyond ASCII is damage, more is another encoding


@dataclass(frozen=True)
class Decoded:
    """``bad_lines`` (1-based) hold bytes that are no text in ``encoding``, shown as U+FFFD."""

    text: str
    encoding: str
    bad_lines: tuple[int, ...] = ()


def decode(data: bytes) -> Decoded:
    """BOM, UTF-16 by its NULs, UTF-8, GB18030; what is neither is the one with fewer bad bytes."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lossy(data[len(mark) :], encoding)
    wide = wide_order(data[:65536])
    if wide:
        return _lossy(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    as_utf8 = _lossy(data, "utf-8")
    beyond = sum(1 for c in as_utf8.text if c > "\x7f") if len(data) < 1 << 16 else _beyond(data)
    spoilt = as_utf8.text.count("\ufffd")
    if spoilt * _SHARE <= beyond:
        return as_utf8
    try:
        return Decoded(data.decode("gb18030"), "gb18030")
    except UnicodeDecodeError:
        as_gb = _lossy(data, "gb18030")
    return min((as_gb, as_utf8), key=lambda d: d.text.count("\ufffd"))


def wide_order(head: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: NULs stand on one side only."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    more, less = max(even, odd), min(even, odd)
    # Chinese text has few ASCII characters, yet separators, digits and line breaks are among them.
    if more == 0 or less * 20 > more or more * 50 < len(head):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _lossy(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    had = "\ufffd".encode(encoding) in data
    lines = [] if had else [n for n, line in enumerate(text.split("\n"), 1) if "\ufffd" in line]
    if had:
        lines = _lines_of_errors(data, encoding)
    return Decoded(text, encoding, tuple(lines))


def _lines_of_errors(data: bytes, encoding: str) -> list[int]:
    """Line numbers of undecodable bytes, where U+FFFD itself is in the text too."""
    places: list[int] = []

    def note(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        places.append(error.start)
        return "\ufffd", error.end

    codecs.register_error("lbt-audit-note", note)
    data.decode(encoding, "lbt-audit-note")
    lines: list[int] = []
    line, at = 1, 0
    for place in places:
        line += data.count(b"\n", at, place)
        at = place
        if not lines or lines[-1] != line:
            lines.append(line)
    return lines


def _beyond(data: bytes) -> int:
    """Characters beyond ASCII in UTF-8, about: a third of their bytes."""
    return (len(data) - len(data.decode("ascii", "ignore"))) // 3
