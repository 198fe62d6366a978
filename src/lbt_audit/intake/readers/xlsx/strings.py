"""Shared strings: plain entries by vector operations on the bytes, the others one by one."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from lbt_audit.intake.readers.texts import put
from lbt_audit.intake.readers.xlsx.escapes import unescaped
from lbt_audit.intake.readers.xlsx.parse import StringsParser
from lbt_audit.intake.readers.xlsx.scan import UnusualError
from lbt_audit.intake.readers.xlsx.sheet import CHUNK, Opener
from lbt_audit.intake.readers.xlsx.swar import PADDING, word_of, word_view
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.model.regex import regex

_ENCODING = regex(rb"""encoding\s*=\s*["']([\w.-]+)["']""")
_SI = word_of(b"<si><t>")
_SI_SPACE = b'<si><t xml:space="preserve">'
_SPACE_WORDS = [word_of(_SI_SPACE[k : k + 8]) for k in (0, 8, 16)] + [word_of(_SI_SPACE[24:])]
_TAIL = 4
_PLAIN = regex(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')


def read_strings(opener: Opener, *, thorough: bool = False) -> pa.Array:
    """All texts in order: rich text joined, phonetic hints left out, escapes resolved."""
    if not thorough:
        try:
            return _scan(opener)
        except (UnusualError, IndexError):
            pass
    strings = StringsParser()
    part = opener()
    try:
        while data := part.read(CHUNK):
            strings.feed(data)
        strings.close()
    except expat.ExpatError as error:
        raise RefusedError("damaged", error=str(error)) from None
    return pa.array(strings.texts, pa.string())


def read_few(data: bytes) -> pa.Array | None:
    """The texts of a small part that holds nothing but plain ones; None where it holds anything else."""
    at = data.find(b"<sst")
    close, end = data.find(b">", at), data.rfind(b"</sst")
    if at < 0 or not at < close < end or not _is_plain(data[:at]) or b"\r" in data[at:]:
        return None
    parts = _PLAIN.split(data[close + 1 : end])
    if any(parts[::2]):
        return None
    try:
        texts = pa.array([part.decode() for part in parts[1::2]], pa.string())
    except UnicodeDecodeError:
        return None  # no UTF-8: the other parser says what is wrong
    return unescaped(texts, b"&" in data, b"_x" in data)


def _scan(opener: Opener) -> pa.Array:
    parts = [_entries(data) for data in _blocks(opener)]
    return pa.concat_arrays(parts) if parts else pa.array([], pa.string())


def _blocks(opener: Opener) -> Iterator[bytes]:
    """Runs of whole <si> elements."""
    part = opener()
    rest = b""
    begun = ended = False
    while data := part.read(CHUNK):
        rest += data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data
        if not begun:
            at = rest.find(b"<sst")
            close = rest.find(b">", at)
            if at < 0 or close < 0:
                if len(rest) > 4 * CHUNK:
                    raise UnusualError
                continue
            if not _is_plain(rest[:at]):
                raise UnusualError
            if rest[close - 1 : close] == b"/":
                return
            rest, begun = rest[close + 1 :], True
        cut = rest.rfind(b"</si>") + 5
        if cut >= 5:
            yield rest[:cut]
            rest = rest[cut:]
    if b"</sst" in rest:
        ended = True
    if not (begun and ended) or b"<si" in rest:
        raise UnusualError


def _is_plain(head: bytes) -> bool:
    """Whether what stands before the texts is in UTF-8 and nothing unusual."""
    encoding = _ENCODING.search(head[:200])
    return b"<!" not in head and (encoding is None or encoding.group(1).lower() in (b"utf-8", b"utf8"))


def _entries(data: bytes) -> pa.Array:
    if b"<!" in data or b"<?" in data:
        raise UnusualError
    buffer = np.frombuffer(data + bytes(PADDING), np.uint8)
    words = word_view(buffer)
    lt = np.flatnonzero(buffer == 60)
    name = np.concatenate((buffer[lt + 1], np.zeros(_TAIL, np.uint8)))
    after = np.concatenate((buffer[lt + 2], np.zeros(_TAIL, np.uint8)))
    lt = np.concatenate((lt, np.full(_TAIL, len(data), lt.dtype)))
    # Every entry: <si>, <si/> or <si with attributes; <s…> of rich text's <strike/>, <sz/> differ.
    entry = np.flatnonzero((name == 115) & (after == 105))
    if not len(entry):
        raise UnusualError
    start = lt[entry]
    bare = (words[start] & _SI[0]) == _SI[1]
    size = np.full(len(entry), 7)
    kept = np.flatnonzero(~bare)
    if len(kept):
        same = np.logical_and.reduce(
            [(words[start[kept] + 8 * k] & m) == v for k, (m, v) in enumerate(_SPACE_WORDS)]
        )
        size[kept[same]] = len(_SI_SPACE)
        bare[kept[same]] = True
    plain = bare & (name[entry + 2] == 47) & (name[entry + 3] == 47) & (after[entry + 3] == 115)
    opens = np.where(plain, start + size, start)
    closes = np.where(plain, lt[entry + 2], start)
    offsets = np.empty(2 * len(entry), np.int32)
    offsets[0::2], offsets[1::2] = opens, closes
    laid = pa.StringArray.from_buffers(2 * len(entry) - 1, pa.py_buffer(offsets), pa.py_buffer(data))
    texts = laid.take(pa.array(np.arange(0, 2 * len(entry) - 1, 2)))
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        raise UnusualError from None
    texts = unescaped(texts, b"&" in data, b"_x" in data)
    others = np.flatnonzero(~plain)
    if not len(others):
        return texts
    return put(texts, [(others, _slow(data, start, others))])


def _slow(data: bytes, start: np.ndarray, which: np.ndarray) -> pa.Array:
    strings = StringsParser()
    ends = np.append(start[1:], len(data))
    try:
        strings.feed(b"<sst>" + b"".join(data[start[i] : ends[i]] for i in which.tolist()) + b"</sst>")
        strings.close()
    except expat.ExpatError:
        raise UnusualError from None
    if len(strings.texts) != len(which):
        raise UnusualError
    return pa.array(strings.texts, pa.string())
