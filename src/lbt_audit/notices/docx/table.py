"""A table of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lbt_audit.model.record import dataclass

NO_BREAK: Final = "\u2011"
"""A hyphen at which no line of a cell ends. Word has an element for it: the faces of official documents lack the character."""


@dataclass(frozen=True)
class Table:
    """``widths`` are shares of the text block; ``middle`` are the columns set centred."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    middle: frozenset[int] = frozenset()
    title: str = ""
