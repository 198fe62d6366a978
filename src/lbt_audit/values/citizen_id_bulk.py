"""Citizen numbers by the hundred thousand: the check digit over a byte view, no Python per value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.values.area import area_mask
from lbt_audit.values.calendar import day_numbers, valid_days
from lbt_audit.values.check_digit import CHECK, WEIGHTS
from lbt_audit.values.kind import NO_DATE, Context

_CHECK_BYTES = np.frombuffer(CHECK.encode(), np.uint8)
_WEIGHTS = np.array(WEIGHTS, np.float32)
_CHECK_TEXTS = pa.array(list(CHECK))
_CARDS = pa.array(["resident", "hk_mo_tw_permit"])
_PLACES = 10 ** np.arange(5, -1, -1, dtype=np.int64)
# Bits by position in ``citizen_id.FAULTS``.
_CHECK_DIGIT, _BIRTH_SEGMENT, _BIRTH_FUTURE, _AREA_UNKNOWN = 3, 5, 6, 7


def fixed_width(values: pa.Array, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the values of just so many UTF-8 bytes, and those bytes (n × width, uint8)."""
    at = np.flatnonzero(pc.equal(pc.binary_length(values), width).to_numpy(zero_copy_only=False))
    chosen = values if len(at) == len(values) else values.take(pa.array(at))
    if not len(chosen):
        return at, np.zeros((0, width), np.uint8)
    offsets = np.frombuffer(chosen.buffers()[1], np.int32)
    begin = int(offsets[chosen.offset])
    data = np.frombuffer(chosen.buffers()[2], np.uint8, count=len(chosen) * width, offset=begin)
    return at, data.reshape(len(chosen), width)


def check_fits(raw: np.ndarray) -> np.ndarray:
    """Rows (bool) of n × 18 bytes, 17 of them ASCII digits, that end in the right check character."""
    result: np.ndarray = _CHECK_BYTES[_remainders(raw - np.uint8(48))] == raw[:, 17]
    return result


def _remainders(digits: np.ndarray) -> np.ndarray:
    # Float32 holds the weighted sums (at most 1,089) exactly, and its product is the fast one.
    result: np.ndarray = (digits[:, :17].astype(np.float32) @ _WEIGHTS).astype(np.int64) % 11
    return result


def bulk_citizen_ids(
    values: pa.Array, context: Context
) -> tuple[np.ndarray, np.ndarray, Sequence[Any]] | None:
    """Values of the plain form ``\\d{17}[\\dX]``; all but those the parser has to look at closer.

    Left to the parser: lost precision and foreign permits.
    """
    at, raw = fixed_width(values, 18)
    if not len(at):
        return None
    digits = raw - np.uint8(48)  # wraps for anything below "0"
    formed = (digits[:, :17] <= 9).all(axis=1) & ((digits[:, 17] <= 9) | (raw[:, 17] == ord("X")))
    formed &= raw[:, 0] != ord("9")
    at, raw, digits = at[formed], raw[formed], digits[formed]
    if not len(at):
        return None
    remainder = _remainders(digits)
    fits = _CHECK_BYTES[remainder] == raw[:, 17]
    area = digits[:, :6].astype(np.int64) @ _PLACES
    year = digits[:, 6:10].astype(np.int64) @ _PLACES[2:]
    month = digits[:, 10].astype(np.int64) * 10 + digits[:, 11]
    day = digits[:, 12].astype(np.int64) * 10 + digits[:, 13]
    dated = valid_days(year, month, day) & (year >= 1900)
    birth = np.where(dated, day_numbers(year, month, day), NO_DATE)
    future = dated & (birth > context.as_of)
    strange = ~area_mask(context.extra_areas)[area]
    bits = (
        (~fits).astype(np.uint32) << np.uint32(_CHECK_DIGIT)
        | (~dated).astype(np.uint32) << np.uint32(_BIRTH_SEGMENT)
        | future.astype(np.uint32) << np.uint32(_BIRTH_FUTURE)
        | strange.astype(np.uint32) << np.uint32(_AREA_UNKNOWN)
    )
    lost = ~fits & (raw[:, 15:] == ord("0")).all(axis=1)
    ours = ~lost
    n = len(values)
    empty = pa.repeat("", n)
    handled = np.zeros(n, np.bool_)
    handled[at[ours]] = True
    all_bits = np.zeros(n, np.uint32)
    all_bits[at] = bits
    special = np.isin(area // 10_000, (81, 82, 83))
    arrays = (
        values,
        _spread(n, at, birth, np.int32),
        _spread(n, at, 2 - digits[:, 16].astype(np.int32) % 2, np.int32),
        _spread_texts(n, at, *_area_texts(area)),
        _spread(n, at, fits & dated & ~future, np.bool_),
        empty,
        _spread_texts(n, at, _CHECK_TEXTS, remainder),
        _spread_texts(n, at, _CARDS, special),
        np.zeros(n, np.bool_),
        empty,
    )
    return handled, all_bits, arrays


def _area_texts(area: np.ndarray) -> tuple[pa.Array, np.ndarray]:
    distinct, where = np.unique(area, return_inverse=True)
    return pa.array([f"{a:06d}" for a in distinct.tolist()], pa.string()), where


def _spread_texts(n: int, at: np.ndarray, texts: pa.Array, which: np.ndarray) -> pa.Array:
    """``texts`` of number ``which`` at these positions; elsewhere the first, of which nobody asks."""
    return texts.take(pa.array(_spread(n, at, which, np.int64)))


def _spread(n: int, at: np.ndarray, values: np.ndarray, dtype: Any) -> np.ndarray:
    spread = np.zeros(n, dtype)
    spread[at] = values
    return spread
