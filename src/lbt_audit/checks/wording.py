"""Several reasons for one issue, each combination worded once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lbt_audit.frames.logic import Mask
from lbt_audit.model.text import Text, listed


class Reasons:
    """Which of up to 62 ``words`` hold for each of ``n`` rows."""

    def __init__(self, n: int, words: Sequence[Text]) -> None:
        self._bits = np.zeros(n, np.int64)
        self._words = tuple(words)

    def add(self, number: int, rows: Mask) -> None:
        """Reason ``number`` holds for ``rows`` (bool)."""
        self._bits[rows] |= 1 << number

    @property
    def found(self) -> Mask:
        return np.asarray(self._bits != 0)

    def words(self, rows: np.ndarray) -> list[Text]:
        """The reasons of ``rows`` (positions), joined, in the order they were declared."""
        distinct, back = np.unique(self._bits[rows], return_inverse=True)
        texts = [
            listed(dict.fromkeys(w for i, w in enumerate(self._words) if bits >> i & 1))
            for bits in distinct.tolist()
        ]
        return [texts[i] for i in back.tolist()]
