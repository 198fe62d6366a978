"""The fast way through a worksheet: cells located and decoded by vector operations on its bytes.

Works on what spreadsheet programs write. Anything else in the markup (prefixes, comments, CDATA,
cells without address) raises `UnusualError`, and the sheet is read by the slower parser; single odd cells
(rich inline text, unknown attributes) are handed to that parser one by one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from lbt_audit.intake.readers.cells import MAX_COLUMN, MAX_ROW
from lbt_audit.intake.readers.raw_cells import BOOL, ERROR, INLINE, ISO, NUMBER, SHARED, STRING, RawCells
from lbt_audit.intake.readers.xlsx.escapes import unescaped
from lbt_audit.intake.readers.xlsx.swar import PADDING, leading_int, word_of, word_view

_LT, _GT, _QUOTE, _BLANK, _SLASH = 60, 62, 34, 32, 47
_AFTER_NAME = np.array([_BLANK, 9, 10, _GT, _SLASH], np.uint8)  # line breaks come as LF
_TAIL = 8  # tokens looked at after a cell's own
_REFERENCE = word_of(b'r="')
_STYLE = word_of(b's="')
_TYPE = word_of(b't="')
_TYPES = [(word_of(t + b'"'), code, len(t) + 1) for t, code in (
    (b"s", SHARED), (b"n", NUMBER), (b"str", STRING), (b"b", BOOL), (b"e", ERROR), (b"d", ISO))]  # fmt: skip
_INLINE = word_of(b"inlineSt")
_T_SPACE = b'<t xml:space="preserve">'
_T_WORDS = [word_of(_T_SPACE[k : k + 8])[1] for k in (0, 8, 16)]
_SLOW_SHARE = 0.2

Odd = Callable[[bytes], RawCells]


class UnusualError(Exception):
    """Markup the fast way does not know."""


def scan_rows(data: bytes, slow: Odd) -> RawCells | None:
    """The cells of whole rows; ``slow`` parses single cells that need more than this. None: no cells.

    ``data`` ends after a whole row.
    """
    if b"<!" in data or b"<?" in data:
        raise UnusualError
    buffer = np.frombuffer(data + bytes(PADDING), np.uint8)
    words = word_view(buffer)
    lt = np.flatnonzero(buffer == _LT)
    name, after = buffer[lt + 1], buffer[lt + 2]
    cell = np.flatnonzero(name == 99)
    cell = cell[np.isin(after[cell], _AFTER_NAME)]
    if not len(cell):
        _check_empty(name)
        return None
    end = np.full(_TAIL, len(data), lt.dtype)
    lt = np.concatenate((lt, end))
    name = np.concatenate((name, np.zeros(_TAIL, np.uint8)))
    start = lt[cell]
    column, row, style, type_, fine, at = _attributes(buffer, words, start)
    n1 = name[cell + 1]
    filled = (n1 == 118) | (n1 == 102) | (n1 == 105)  # v, f, is
    blank = ((n1 == 99) | (n1 == _SLASH)) & fine
    formula, given = n1 == 102, n1 == 118
    opens, closes, found = _values(buffer, words, lt, name, cell, n1, given)
    # The tag must end where the next begins: white space between tags is for the other parser.
    fine &= filled & found & (buffer[at] == _GT) & (at + 1 == lt[cell + 1])
    shared = np.full(len(cell), -1, np.int32)
    is_shared = fine & (type_ == SHARED)
    if is_shared.any():
        number, digits = leading_int(words[opens[is_shared]])
        whole = (digits == (closes - opens)[is_shared]) & (digits < 8) & (digits > 0)
        shared[is_shared] = np.where(whole, number, -1)
        odd_ones = np.flatnonzero(is_shared)[~whole]
        fine[odd_ones] = False
    inside = (row >= 1) & (row <= MAX_ROW) & (column < MAX_COLUMN)
    fine &= inside
    others = np.flatnonzero(~fine & ~blank)
    raw = RawCells(
        row[fine], column[fine], type_[fine], style[fine], shared[fine], formula[fine], given[fine],
        _texts(data, opens, closes, fine & (type_ != SHARED)),
    )  # fmt: skip
    if not len(others):
        return raw
    if len(others) > _SLOW_SHARE * len(cell) and len(others) > 1000:
        raise UnusualError
    return RawCells.join(raw, slow(_slices(data, start, others)))


def _check_empty(name: np.ndarray) -> None:
    """Without cells there may be rows only; a prefix (<x:c>) would hide them."""
    if not np.isin(name, (114, _SLASH)).all():
        raise UnusualError


def _attributes(buffer: np.ndarray, words: np.ndarray, start: np.ndarray) -> tuple[np.ndarray, ...]:
    """(column, row, style, type, understood, position where the tag's attributes end) of cell tags."""
    n = len(start)
    word = words[start + 3]
    fine = (word & _REFERENCE[0]) == _REFERENCE[1]
    if not fine.all():
        raise UnusualError  # cells placed by their order alone
    word = words[start + 6]
    column = (word & np.uint64(0xFF)).astype(np.int32) - 64
    fine = (column >= 1) & (column <= 26)
    letters = np.ones(n, np.uint8)
    more = fine
    for k in (1, 2):
        letter = ((word >> np.uint64(8 * k)) & np.uint64(0xFF)).astype(np.int32) - 64
        more = more & (letter >= 1) & (letter <= 26)
        if not more.any():
            break
        column = np.where(more, column * 26 + letter, column)
        letters += more
    at = start + 6 + letters
    row, digits = leading_int(words[at])
    at = at + digits
    fine &= (digits > 0) & (digits < 8) & (buffer[at] == _QUOTE)
    at += 1
    style = np.zeros(n, np.int32)
    type_ = np.full(n, NUMBER, np.uint8)
    active = np.flatnonzero(fine & (buffer[at] == _BLANK))
    for _ in range(3):
        if not len(active):
            break
        active = _attribute(buffer, words, at, active, style, type_, fine)
    fine &= (buffer[at] == _GT) | (buffer[at] == _SLASH)
    return column - 1, row, style, type_, fine, at


def _attribute(
    buffer: np.ndarray,
    words: np.ndarray,
    at: np.ndarray,
    active: np.ndarray,
    style: np.ndarray,
    type_: np.ndarray,
    fine: np.ndarray,
) -> np.ndarray:
    """Reads the next attribute of the ``active`` cells; → those that have one more."""
    here = at[active]
    word = words[here + 1]
    is_style = (word & _STYLE[0]) == _STYLE[1]
    is_type = (word & _TYPE[0]) == _TYPE[1]
    known = is_style | is_type
    if is_style.any():
        which = active if is_style.all() else active[is_style]
        number, digits = leading_int(words[at[which] + 4])
        fine[which] &= (digits > 0) & (digits < 8)
        style[which] = number
        at[which] += 5 + digits
    if is_type.any():
        which = active if is_type.all() else active[is_type]
        word = words[at[which] + 4]
        code = np.full(len(which), 255, np.uint8)
        width = np.zeros(len(which), np.int64)
        for (mask, value), meaning, size in _TYPES:
            hit = (word & mask) == value
            code[hit], width[hit] = meaning, size
        hit = word == _INLINE[1]
        code[hit], width[hit] = INLINE, 10
        known[is_type] &= code != 255
        type_[which] = np.where(code == 255, NUMBER, code)
        at[which] += 4 + width
    fine[active] &= known & (buffer[at[active] - 1] == _QUOTE)
    rest: np.ndarray = active[fine[active] & (buffer[at[active]] == _BLANK)]
    return rest


def _values(
    buffer: np.ndarray,
    words: np.ndarray,
    lt: np.ndarray,
    name: np.ndarray,
    cell: np.ndarray,
    n1: np.ndarray,
    given: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(begin, end, understood) of the value of every cell; sets ``given`` for formulas with a value."""
    first = lt[cell + 1]
    opens, closes = first + 3, lt[cell + 2]
    found = (n1 == 118) & (buffer[first + 2] == _GT) & (name[cell + 2] == _SLASH) & (name[cell + 3] == _SLASH)
    at = np.flatnonzero(n1 == 105)
    if len(at):
        token = cell[at]
        t = lt[token + 2]
        good = (name[token + 2] == 116) & (buffer[t + 2] == _GT)
        size = np.full(len(at), 3)
        kept = np.flatnonzero(~good)
        if len(kept):
            kept = kept[np.logical_and.reduce([words[t[kept] + 8 * k] == w for k, w in enumerate(_T_WORDS)])]
            size[kept], good[kept] = len(_T_SPACE), True
        for k in (3, 4, 5):
            good &= name[token + k] == _SLASH
        opens[at], closes[at] = t + size, lt[token + 3]
        found[at] = good & (closes[at] >= opens[at])
    at = np.flatnonzero(n1 == 102)
    if len(at):
        token = cell[at]
        # <f>…</f> or <f/>, then <v>…</v> or nothing
        step = np.where((name[token + 2] == _SLASH) & (buffer[lt[token + 2] + 2] == 102), 3, 2)
        v = token + step
        has = (
            (name[v] == 118) & (buffer[lt[v] + 2] == _GT) & (name[v + 1] == _SLASH) & (name[v + 2] == _SLASH)
        )
        none = (name[v] == _SLASH) & (buffer[lt[v] + 2] == 99)
        opens[at] = np.where(has, lt[v] + 3, lt[v])
        closes[at] = np.where(has, lt[v + 1], lt[v])
        given[at] = has
        found[at] = has | none
    return opens, closes, found


def _texts(data: bytes, opens: np.ndarray, closes: np.ndarray, which: np.ndarray) -> pa.Array:
    """The values as strings: every second string of an array laid over the markup itself."""
    count = int(which.sum())
    if not count:
        return pa.array([], pa.string())
    offsets = np.empty(2 * count, np.int32)
    offsets[0::2], offsets[1::2] = opens[which], closes[which]
    laid = pa.StringArray.from_buffers(2 * count - 1, pa.py_buffer(offsets), pa.py_buffer(data))
    texts = laid.take(pa.array(np.arange(0, 2 * count - 1, 2)))
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        raise UnusualError from None  # no UTF-8: the other parser says what is wrong
    return unescaped(texts, b"&" in data, b"_x" in data)


def _slices(data: bytes, start: np.ndarray, which: np.ndarray) -> bytes:
    """The markup of single cells."""
    ends = np.append(start[1:], len(data))
    parts = []
    for i in which.tolist():
        part = data[start[i] : ends[i]]
        cut = part.find(b"</row")
        parts.append(part if cut < 0 else part[:cut])
    return b"".join(parts)
