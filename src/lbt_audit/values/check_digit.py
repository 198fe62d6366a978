"""The check character of citizen numbers (GB 11643-1999, MOD 11-2)."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK: Final = "10X98765432"  # indexed by the weighted sum modulo 11


def expected_check(body: str) -> str:
    """The check character for 17 ASCII digits."""
    return CHECK[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def is_form18(text: str) -> bool:
    """Whether the text is 17 ASCII digits and a digit or X."""
    return len(text) == 18 and text.isascii() and text[:17].isdigit() and text[17] in "0123456789X"


def has_valid_check(text: str) -> bool:
    """Whether 18 characters of the right form end in the right check character."""
    return is_form18(text) and expected_check(text[:17]) == text[17]
