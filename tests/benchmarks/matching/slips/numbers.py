"""Slips in ID numbers."""

from __future__ import annotations

import random


def id_slip(number: str, rng: random.Random) -> str:
    """A mistyped, truncated or damaged number."""
    r = rng.random()
    if r < 0.45:
        k = rng.randrange(17)
        return number[:k] + rng.choice([d for d in "0123456789" if d != number[k]]) + number[k + 1 :]
    if r < 0.7:
        for _ in range(30):
            k = rng.randrange(16)
            if number[k] != number[k + 1]:
                return number[:k] + number[k + 1] + number[k] + number[k + 2 :]
        return number
    if r < 0.85:
        return number[:15] + "000"
    if r < 0.93:
        k = rng.randrange(17)
        return number[:k] + number[k + 1 :]
    out = number
    for k in rng.sample(range(6, 17), 2):
        out = out[:k] + rng.choice([d for d in "0123456789" if d != out[k]]) + out[k + 1 :]
    return out
