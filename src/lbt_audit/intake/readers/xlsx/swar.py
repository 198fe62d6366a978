"""Eight bytes at a time: integers read out of a byte buffer for millions of positions at once."""

from __future__ import annotations

import numpy as np

PADDING = 64  # bytes that must follow the last position looked at

_U = np.uint64
_ONES, _HIGH = _U(0x0101010101010101), _U(0x8080808080808080)
_SIX, _ZEROS = _U(0x0606060606060606), _U(0x3030303030303030)
_LOW4, _HIGH4 = _U(0x0F0F0F0F0F0F0F0F), _U(0xF0F0F0F0F0F0F0F0)
_ONE, _EIGHT, _THREE = _U(1), _U(8), _U(3)
_M1, _M2, _M3 = _U(0x00FF00FF00FF00FF), _U(0x0000FFFF0000FFFF), _U(0x00000000FFFFFFFF)


def word_view(buffer: np.ndarray) -> np.ndarray:
    """The eight bytes from every position on, as little-endian integers (no copy)."""
    return np.ndarray((len(buffer) - 7,), np.dtype("<u8"), buffer.data, 0, (1,))


def leading_int(words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The decimal number each word begins with: (value int32, number of digits 0–8 as uint8).

    Eight digits may go on beyond the word; callers refuse them.
    """
    # A byte is a digit when its high half is 3 and stays 3 after adding 6 (no carry out of 0–9).
    other = ((words & _HIGH4) ^ _ZEROS) | (((words & ~_HIGH) + _SIX & _HIGH4) ^ _ZEROS)
    # Lowest byte that is no digit: its lowest set bit, counted in bytes.
    below = (other & (~other + _ONE)) - _ONE
    digits = (np.bitwise_count(below) >> np.uint8(3)).astype(np.uint8)
    # Right-align the digits (bytes shifted in are zeros, as are missing digits), then add up pairwise.
    shift = (_EIGHT - digits.astype(_U)) << _THREE
    aligned = np.where(digits == 0, _U(0), (words & _LOW4) << np.minimum(shift, _U(63)))
    aligned = (aligned * _U(10) + (aligned >> _U(8))) & _M1
    aligned = (aligned * _U(100) + (aligned >> _U(16))) & _M2
    aligned = (aligned * _U(10_000) + (aligned >> _U(32))) & _M3
    return aligned.astype(np.int32), digits


def word_of(text: bytes) -> tuple[np.uint64, np.uint64]:
    """(mask, value) by which a word begins with ``text`` (at most eight bytes)."""
    mask = (1 << 8 * len(text)) - 1
    return _U(mask), _U(int.from_bytes(text, "little"))
