"""How two citizen numbers agree."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import pyarrow as pa

from lbt_audit.matching.people.encoding import Encoded
from lbt_audit.matching.weights import Weights


class Identity(IntEnum):
    """Agreement of two ID numbers."""

    UNKNOWN = 0
    EQUAL = 1
    EQUAL_INVALID = 2
    DIGITS15 = 3  # all that a number cell has left of one of them
    SLIP = 4  # one character, or two neighbours exchanged: put right, the invalid one is the other
    SLIP_INVALID = 5  # the same, but both are invalid
    TWO_SLIPS = 6
    DIFFERS = 7  # and one of them invalid
    TWIN = 8  # both valid, born on one day in one place: two children
    BOTH_VALID = 9  # both valid and different
    TORN = 10  # different, and one is somebody else's: its row's birth date contradicts it, or another name has it


def compare_ids(e: Encoded, i: np.ndarray, j: np.ndarray, w: Weights) -> tuple[np.ndarray, np.ndarray]:
    """Codes (``Identity``) and bits of pairs of rows."""
    left, right = e.left, e.right
    a, b = left.id_text[i], right.id_text[j]
    va, vb = left.id_valid[i], right.id_valid[j]
    known = (a >= 0) & (b >= 0)
    code = np.where(known, Identity.DIFFERS, Identity.UNKNOWN).astype(np.uint8)
    same = known & (a == b)
    code[same] = np.where(va[same] & vb[same], Identity.EQUAL, Identity.EQUAL_INVALID)
    rest = np.flatnonzero(known & ~same)
    if len(rest):
        code[rest] = _different(e, i[rest], j[rest])
        foreign = left.witness.foreign[i[rest]] | right.witness.foreign[j[rest]]
        foreign |= left.borrowed[i[rest]] | right.borrowed[j[rest]]
        code[rest[foreign & (code[rest] >= Identity.DIFFERS)]] = Identity.TORN
    by_code = np.array(
        [
            0, w.id_equal, w.id_equal_invalid, w.id_digits15, w.id_slip, w.id_slip, w.id_two_slips,
            w.id_differs, w.id_twin, w.id_both_valid_differ, w.id_torn,
        ],
        np.float32,
    )  # fmt: skip
    bits = by_code[code]
    if same.any():
        shared = e.id_bearers
        much = same & (shared[a] >= w.id_shared_from)
        bits = np.where(much, bits - 3 * np.log2(np.maximum(shared[a], 1)), bits).astype(np.float32)
    return code, bits


def _different(e: Encoded, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    left, right = e.left, e.right
    x, y = left.id_digits[i], right.id_digits[j]
    formed = (x >= 0) & (y >= 0)
    valid = left.id_valid[i] & right.id_valid[j]
    lost = (left.digits15[i] | right.digits15[j]) & formed
    slips = np.full(len(i), 9, np.int64)
    index = np.flatnonzero(formed & ~valid)
    if len(index):
        slips[index] = _slips(x[index], y[index], left.id_check[i[index]], right.id_check[j[index]])
    odd = np.flatnonzero(~formed & ~valid)
    if len(odd):
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import cpdist

        texts = [
            e.id_texts.take(pa.array(n)).to_pylist() for n in (left.id_text[i[odd]], right.id_text[j[odd]])
        ]
        far = cpdist(texts[0], texts[1], scorer=OSA.distance, dtype=np.int32)
        # Fragments of a number agree too easily to mean anything.
        whole = np.array([min(len(p), len(q)) >= 15 for p, q in zip(*texts, strict=True)])
        slips[odd] = np.where(whole, far, 9)
    sound = left.id_valid[i] | right.id_valid[j]
    code = np.select(
        [(slips <= 1) & sound, slips <= 1, slips == 2],
        [Identity.SLIP, Identity.SLIP_INVALID, Identity.TWO_SLIPS],
        Identity.DIFFERS,
    )
    code = np.where(lost & (x // 100 == y // 100), Identity.DIGITS15, code)
    valid &= code != Identity.DIGITS15
    twin = valid & (x // 1000 == y // 1000)
    code = np.where(valid, np.where(twin, Identity.TWIN, Identity.BOTH_VALID), code)
    return code.astype(np.uint8)


def _slips(x: np.ndarray, y: np.ndarray, check_x: np.ndarray, check_y: np.ndarray) -> np.ndarray:
    """Differing characters of two 18-character numbers, two neighbours exchanged counting as one slip."""
    powers = 10 ** np.arange(16, -1, -1, dtype=np.int64)
    p = np.concatenate([x[:, None] // powers % 10 + 48, check_x[:, None].astype(np.int64)], axis=1)
    q = np.concatenate([y[:, None] // powers % 10 + 48, check_y[:, None].astype(np.int64)], axis=1)
    differs = p != q
    count = differs.sum(axis=1)
    crossed = differs[:, :-1] & (p[:, :-1] == q[:, 1:]) & (p[:, 1:] == q[:, :-1])
    count -= crossed.any(axis=1) & (count >= 2)
    return np.asarray(count, np.int64)
