"""A condition of a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Condition:
    """A condition as written; ``frames.condition.evaluate`` holds it against a frame."""

    spec: Mapping[str, Any]

    @classmethod
    def of(cls, value: Any) -> Condition:
        if not isinstance(value, Mapping) or not value:
            raise ValueError("a condition must be a mapping")
        return cls(value)
