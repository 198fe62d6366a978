"""Small integers for texts and for combinations of them: what grouping works on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def text_codes(arrays: Sequence[pa.Array]) -> tuple[int, np.ndarray]:
    """(number of distinct texts, code of every text, int64), the arrays one after the other."""
    joined = arrays[0] if len(arrays) == 1 else pa.chunked_array(list(arrays))
    encoded = pc.dictionary_encode(joined)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    return len(encoded.dictionary), encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def combine(*codes: np.ndarray) -> np.ndarray:
    """One int64 code per combination of codes (each ≥ 0), dense from 0."""
    result = np.zeros(len(codes[0]), np.int64)
    for part in codes:
        if not len(part):
            return result
        _, result = np.unique(result * (int(part.max()) + 1) + part, return_inverse=True)
    return result.astype(np.int64)
