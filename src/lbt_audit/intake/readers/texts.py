"""Columns of text as Arrow arrays: what every reader needs to make and mend them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.cell import LONGEST
from lbt_audit.model.regex import regex

_SURROGATE = regex("[\ud800-\udfff]")


def blank_column(rows: int) -> pa.Array:
    """A column of ``rows`` blank texts."""
    return pa.StringArray.from_buffers(rows, pa.py_buffer(np.zeros(rows + 1, np.int32)), pa.py_buffer(b""))


def blank(texts: pa.Array) -> np.ndarray:
    """Which texts are empty or nothing but white space."""
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    found: np.ndarray = np.diff(offsets) == 0
    data = texts.buffers()[2]
    if data is None or not data.size or not len(texts):
        return found
    raw = np.frombuffer(data, np.uint8)
    first = raw[np.minimum(offsets[:-1], len(raw) - 1)]
    # White space begins with a control or blank, NBSP (C2), U+2000… (E2) or U+3000 (E3).
    maybe = np.flatnonzero(~found & ((first <= 32) | (first == 0xC2) | (first == 0xE2) | (first == 0xE3)))
    if len(maybe):
        space = pc.utf8_is_space(texts.take(pa.array(maybe)))
        found[maybe] = space.to_numpy(zero_copy_only=False)
    return found


def put(texts: pa.Array, changes: list[tuple[np.ndarray, pa.Array]]) -> pa.Array:
    """``texts`` with those at given positions replaced."""
    if not changes:
        return texts
    where = np.arange(len(texts))
    start = len(texts)
    for at, values in changes:
        where[at] = start + np.arange(len(at))
        start += len(values)
    return pa.concat_arrays([texts, *(v for _, v in changes)]).take(pa.array(where))


def longer(texts: pa.Array, size: int) -> np.ndarray:
    """Positions of the texts with more than ``size`` characters."""
    data = texts.buffers()[2]
    if data is None or data.size <= size:  # all of them together are shorter
        return np.zeros(0, np.int64)
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    at = np.flatnonzero(np.diff(offsets) > size)  # bytes, of which a character has at least one
    if len(at):
        at = at[pc.utf8_length(texts.take(pa.array(at))).to_numpy(zero_copy_only=False) > size]
    return at


def shortened(texts: pa.Array, size: int) -> pa.Array:
    """``texts`` with no more than the first ``size`` characters of each."""
    at = longer(texts, size)
    return (
        put(texts, [(at, pc.utf8_slice_codeunits(texts.take(pa.array(at)), 0, size))]) if len(at) else texts
    )


def storable(text: str) -> str:
    """Lone surrogates cannot stand in UTF-8; each becomes U+FFFD. Of what is too long one character too many is kept."""
    text = text[: LONGEST + 1]
    if text.isascii() or _SURROGATE.search(text) is None:
        return text
    return _SURROGATE.sub("\ufffd", text)
