"""Small integers for texts and for combinations of them: what grouping works on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def encode(arrays: Sequence[pa.Array]) -> tuple[pa.Array, np.ndarray]:
    """(distinct texts, position of every text among them as int64), the arrays one after the other."""
    joined = arrays[0] if len(arrays) == 1 else pa.concat_arrays(list(arrays))
    encoded = pc.dictionary_encode(joined)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    return encoded.dictionary, encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def text_codes(*arrays: pa.Array) -> np.ndarray:
    """Code of every text, int64: equal texts have equal codes, the arrays one after the other."""
    return encode(arrays)[1]


def dense(values: np.ndarray) -> np.ndarray:
    """Codes from 0 without gaps, in order of appearance (int64), by counting or hashing rather than sorting."""
    n = len(values)
    if n and values.dtype.kind in "iu" and int(values.min()) >= 0 and int(values.max()) < 4 * n + 1024:
        first = np.zeros(int(values.max()) + 1, np.int64)
        first[values[::-1]] = np.arange(n - 1, -1, -1)  # the last to be written is the first to appear
        at = first[values]
        opens = np.zeros(n, np.bool_)
        opens[at] = True
        return np.asarray((np.cumsum(opens) - 1)[at], np.int64)
    encoded = pc.dictionary_encode(pa.array(values))
    return np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)


def combine(*codes: np.ndarray) -> np.ndarray:
    """One code per combination of codes (each ≥ 0), int64, from 0 without gaps."""
    result = np.zeros(len(codes[0]), np.int64)
    if not len(result):
        return result
    size = 1
    for part in codes:
        width = int(part.max()) + 1
        if size * width >= 2**62:
            result = dense(result)
            size = int(result.max()) + 1
        result = result * width + part
        size *= width
    return dense(result)
