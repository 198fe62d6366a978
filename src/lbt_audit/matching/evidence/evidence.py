"""What speaks for and against two rows being one child: codes and bits per field."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import numpy as np

from lbt_audit.model.record import dataclass


class Agreement(IntEnum):
    """Two values of a field that is the same or not."""

    UNKNOWN = 0
    SAME = 1
    SLIP = 2  # names of adults only
    DIFFERS = 3
    SURNAME = 4  # guardians only: one is not named, but called by the other's surname
    NEAR = 5  # names of adults a character apart: a slip of the pen as often as another person


FIELDS: Final = (
    "name", "id_no", "birth", "sex", "father", "mother", "guardian", "phone", "village", "township",
    "school", "grade", "class_name", "xueji_no",
)  # fmt: skip
NOTES: Final = ("spelt", "birth_by", "sex_by", "kin", "last")
"""Codes that say how the evidence came about, without bits of their own."""
HOUSEHOLD: Final = (
    "father",
    "mother",
    "guardian",
    "phone",
    "village",
    "township",
    "school",
    "grade",
    "class_name",
)


@dataclass
class Evidence:
    """One row per pair: codes (uint8) and bits (float32) by field, and what they come to.

    ``codes``: ``name`` is a ``Level``, ``id_no`` an ``Identity``, ``birth`` a ``Birth``, the rest ``Agreement``;
    ``spelt``: ``name``, where that is ``EXCHANGED`` the ``Level`` of the child's own names;
    ``birth_by``: 1 where an ID number gave a date its row's column does not;
    ``sex_by``: 1 where the sex of one row stands in its ID number only;
    ``last``: 1 where nobody else of the household is left without a counterpart on either side;
    ``kin``: 1 where one child's surname is that of a parent in the other's row.
    ``bits["household"]`` is the capped sum of the household fields.
    """

    left: np.ndarray
    right: np.ndarray
    codes: dict[str, np.ndarray]
    bits: dict[str, np.ndarray]
    position: np.ndarray
    former: np.ndarray
    score: np.ndarray

    def take(self, index: np.ndarray) -> Evidence:
        """Some of the pairs (positions or mask)."""
        return Evidence(
            self.left[index],
            self.right[index],
            {k: v[index] for k, v in self.codes.items()},
            {k: v[index] for k, v in self.bits.items()},
            self.position[index],
            self.former[index],
            self.score[index],
        )


def join(parts: list[Evidence]) -> Evidence:
    """Pairs of several parts, one after the other."""
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    return Evidence(
        np.concatenate([p.left for p in parts]),
        np.concatenate([p.right for p in parts]),
        {k: np.concatenate([p.codes[k] for p in parts]) for k in first.codes},
        {k: np.concatenate([p.bits[k] for p in parts]) for k in first.bits},
        np.concatenate([p.position for p in parts]),
        np.concatenate([p.former for p in parts]),
        np.concatenate([p.score for p in parts]),
    )
