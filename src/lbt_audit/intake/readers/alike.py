"""Parts that many files have in common, looked at once: forms come by the thousand, alike in all but their cells."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")
_KEPT = 32  # what so many parts say,
_SMALL = 1 << 17  # none of them with more bytes


def once(read: Callable[..., T]) -> Callable[..., T]:
    """``read``, a function of the bytes of a part, that remembers what it gave for small ones. Nobody may change it."""
    kept = lru_cache(_KEPT)(read)

    @wraps(read)
    def remembering(data: bytes, /, *more: Hashable) -> T:
        return (kept if len(data) < _SMALL else read)(data, *more)

    return remembering
