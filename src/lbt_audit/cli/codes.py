"""Rule codes as people list them."""

from __future__ import annotations


def split_codes(values: list[str] | None) -> tuple[str, ...]:
    """``["b,C01", "D"]`` → codes, upper case."""
    return tuple(
        c.strip().upper() for v in values or [] for c in v.replace("，", ",").split(",") if c.strip()
    )
