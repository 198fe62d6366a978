"""Bytes of a text file → text: the encoding found by trial, never guessed where a trial can tell."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

import numpy as np

from lbt_audit.model.record import dataclass

_MARKS = (  # UTF-32 before UTF-16: its little-endian mark begins with the other's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SHARE = 200  # one bad sequence in so many characters beyond ASCII is damage, more is another encoding
_MARKED_SHARE = 4  # where a mark says UTF-8
_HEAD = 1 << 16
_SAMPLE = 1 << 17
_COMMON = {"gb18030": ("gb2312", 0xA1, 0xD7), "cp950": ("big5", 0xA1, 0xC6)}
"""Charset and lead bytes of the punctuation and the characters in common use: a text read by the wrong
one of the two is full of others."""
_HALF = 0.5  # common characters of strings that are Chinese at all
_SURE, _BETTER = 0.9, 0.1  # shares of common characters; by the second Big5 must be better than GB18030


@dataclass(frozen=True)
class Decoded:
    """``bad_lines`` (1-based) hold bytes that are no text in ``encoding``, shown as U+FFFD.

    ``cut``: the bytes end in the middle of a character, which is left out of ``text``.
    """

    text: str
    encoding: str
    bad_lines: tuple[int, ...] = ()
    cut: bool = False


def decode(data: bytes) -> Decoded:
    """Mark, UTF-32 and UTF-16 by their NULs, then UTF-8, GB18030 and Big5 by trial; what is none of
    them is the one with the fewest bad bytes. A UTF-8 mark is put before GBK text too: bytes decide."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lossy(data[len(mark) :], encoding)
    marked = data.startswith(codecs.BOM_UTF8)
    if marked:
        data = data[len(codecs.BOM_UTF8) :]
    wide = None if marked else wide_order(data[:_HEAD])
    return _lossy(data, wide) if wide else _by_trial(data, _MARKED_SHARE if marked else _SHARE)


def decode_head(head: bytes) -> str | None:
    """The first bytes of a file as text in which ASCII can be looked for; None where they are no text."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    wide = wide_order(head)
    if wide:
        return head.decode(wide, "replace")
    if b"\x00" in head:  # fields of fixed width are filled up with NULs, files padded with them
        head = head.replace(b"\x00", b"")
        if not head.strip() or any(head.count(c) for c in _CONTROLS):
            return None
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def wide_order(head: bytes) -> str | None:
    """UTF-32 or UTF-16 without a mark, by where its NULs stand; None where it is neither."""
    head = head.rstrip(b"\x00\x1a")  # files are filled up with them
    zeros = [head[k::4].count(0) for k in range(4)]
    quarter = len(head) // 4
    for order, (top, next_, low) in {"le": (3, 2, 0), "be": (0, 1, 3)}.items():
        if zeros[top] >= quarter > 0 and zeros[next_] * 10 >= quarter * 9 and zeros[low] * 5 <= quarter:
            return f"utf-32-{order}"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    more, less = max(even, odd), min(even, odd)
    # Chinese text has few ASCII characters, yet separators, digits and line breaks are among them.
    if more == 0 or less * 20 > more or more * 50 < len(head):
        return None
    order = "utf-16-be" if even > odd else "utf-16-le"
    return order if b"\n" not in head or "\n" in (head + b"\x00").decode(order, "replace") else None


def chinese(data: bytes) -> Decoded | None:
    """GB18030 or Big5, whichever reads all of ``data`` and makes common characters of it."""
    as_gb = _strict(data, "gb18030")
    share = _common(data, "gb18030")
    if as_gb is not None and share > _SURE:
        return as_gb
    as_big5 = _strict(data, "cp950")
    if as_big5 is None or (as_gb is not None and _common(data, "cp950") < share + _BETTER):
        return as_gb
    return as_big5


def chinese_strings(strings: Sequence[bytes]) -> str | None:
    """The encoding of strings that are cut out of a binary file: "gb18030", "cp950" (Big5) or None."""
    best: tuple[float, str] | None = None
    for encoding in _COMMON:
        whole = [s for s in strings if _strict(s, encoding) is not None]
        share = _common(b"\n".join(whole), encoding) * len(whole) / max(len(strings), 1)
        if share > _HALF and (best is None or share > best[0] + _BETTER):
            best = share, encoding
    return best[1] if best else None


def _by_trial(data: bytes, share: int) -> Decoded:
    found = _strict(data, "utf-8")
    if found is not None:
        return found
    as_utf8 = _lossy(data, "utf-8")
    beyond = sum(1 for c in as_utf8.text if c > "\x7f") if len(data) < _HEAD else _beyond(data)
    if as_utf8.text.count("\ufffd") * share <= beyond:
        return as_utf8
    return chinese(data) or min((_lossy(data, "gb18030"), as_utf8), key=lambda d: d.text.count("\ufffd"))


def _strict(data: bytes, encoding: str) -> Decoded | None:
    """None where bytes are no text; half a character at the very end is only left out."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError:
        return None
    return Decoded(text, encoding, cut=bool(decoder.getstate()[0]))


def _common(data: bytes, encoding: str) -> float:
    """Share of characters in common use among those beyond ASCII."""
    charset, first, last = _COMMON[encoding]
    text = data[:_SAMPLE].decode(encoding, "ignore")
    beyond = "".join(c for c in text if c > "\x7f")
    coded = np.frombuffer(beyond.encode(charset, "ignore"), np.uint8)[::2]
    return float(((coded >= first) & (coded <= last)).sum()) / max(len(beyond), 1)


def _lossy(data: bytes, encoding: str) -> Decoded:
    strict = _strict(data, encoding)
    if strict is not None:
        return strict
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


_CONTROLS = tuple(bytes([c]) for c in range(1, 32) if c not in (9, 10, 11, 12, 13, 26))
