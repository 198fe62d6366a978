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


def combine(*codes: np.ndarray) -> np.ndarray:
    """One int64 code per combination of codes (each ≥ 0), dense from 0."""
    result = np.zeros(len(codes[0]), np.int64)
    for part in codes:
        if not len(part):
            return result
        _, result = np.unique(result * (int(part.max()) + 1) + part, return_inverse=True)
    return result.astype(np.int64)
