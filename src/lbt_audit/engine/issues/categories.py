"""Words as small integers, for dictionary columns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import field

import numpy as np
import pyarrow as pa

from lbt_audit.model.record import dataclass


@dataclass
class Vocabulary:
    """Words as small integers; -1 is null."""

    words: list[str] = field(default_factory=list)
    _index: dict[str, int] = field(default_factory=dict)

    def code(self, word: str | None) -> int:
        if word is None:
            return -1
        if word not in self._index:
            self._index[word] = len(self.words)
            self.words.append(word)
        return self._index[word]

    def array(self, codes: np.ndarray) -> pa.DictionaryArray:
        indices = pa.array(codes.astype(np.int32), mask=codes < 0)
        return pa.DictionaryArray.from_arrays(indices, pa.array(self.words or [""], pa.string()))


Vocabularies = defaultdict[str, Vocabulary]  # one per column


def vocabularies() -> Vocabularies:
    return defaultdict(Vocabulary)
