"""Text that exists in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One message in both languages; ``text["zh"]`` picks one."""

    zh: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    @classmethod
    def of(cls, value: Mapping[str, str]) -> Text:
        """Build from ``{"zh": …, "en": …}``."""
        return cls(value["zh"], value["en"])


_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth")


def ordinal(number: int) -> Text:
    """第2 / second."""
    return Text(f"第{number}", _ORDINALS[number] if number < len(_ORDINALS) else f"{number}th")
