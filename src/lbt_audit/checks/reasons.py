"""Several reasons for one issue, each combination worded once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from lbt_audit.frames.days import iso
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text, clauses, listed


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
            _joined(list(dict.fromkeys(w for i, w in enumerate(self._words) if bits >> i & 1)))
            for bits in distinct.tolist()
        ]
        return [texts[i] for i in back.tolist()]


def _joined(words: Sequence[Text]) -> Text:
    """Words one after the other; where one of them is a sentence with commas of its own, as clauses."""
    return (
        clauses(words) if any("，" in w.zh or "、" in w.zh or ", " in w.en for w in words) else listed(words)
    )


class Shown:
    """What placeholders in the words of a reason stand for, row by row: ``{lo}`` for the facet ``lo`` of a value."""

    _NAMES = regex(r"\{(\w+)\}")

    def __init__(self) -> None:
        self._values: defaultdict[int, defaultdict[str, dict[str, None]]] = defaultdict(
            lambda: defaultdict(dict)
        )

    def add(self, words: Text, frame: Frame, field: str, rows: Mask) -> None:
        """``words`` are said of ``field`` in ``rows`` (bool)."""
        for name in self._NAMES.findall(words.zh):
            facet = frame.facet(f"{field}.{name}")
            at = np.flatnonzero(rows & facet.known)
            values = iso(facet.values[at]) if facet.is_day else pa.array(facet.values).take(pa.array(at))
            for row, value in zip(at.tolist(), values.to_pylist(), strict=True):
                self._values[row][name][str(value)] = None

    def fill(self, texts: list[Text], rows: np.ndarray) -> list[Text]:
        """``texts``, those of ``rows`` (positions), with their placeholders filled in."""
        if not self._values:
            return texts
        return [self._filled(text, row) for text, row in zip(texts, rows.tolist(), strict=True)]

    def _filled(self, text: Text, row: int) -> Text:
        for name, values in self._values[row].items() if row in self._values else ():
            zh, en = "、".join(values), ", ".join(values)
            text = Text(text.zh.replace(f"{{{name}}}", zh), text.en.replace(f"{{{name}}}", en))
        return text
