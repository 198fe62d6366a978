"""Text that exists in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from lbt_audit.model.record import dataclass

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


NONE = Text("无", "none")


def listed(parts: Iterable[Text | str]) -> Text:
    """Texts one after the other; ``NONE`` if there are none."""
    items = [part if isinstance(part, Text) else Text(part, part) for part in parts]
    return Text("、".join(t.zh for t in items), ", ".join(t.en for t in items)) if items else NONE


def quoted(parts: Iterable[str]) -> Text:
    """Raw texts of a file, each on one line and in quotation marks."""
    return listed(f"“{' '.join(part.split())}”" for part in parts)


def clauses(parts: Iterable[Text]) -> Text:
    """Clauses of one sentence."""
    items = list(parts)
    return Text("；".join(t.zh for t in items), "; ".join(t.en for t in items))


def filled(template: Text, values: Mapping[str, Text | str]) -> Text:
    """``template`` with its placeholders filled; one without a value is left out."""
    zh = _Blank({k: v.zh if isinstance(v, Text) else v for k, v in values.items()})
    en = _Blank({k: v.en if isinstance(v, Text) else v for k, v in values.items()})
    return Text(template.zh.format_map(zh), template.en.format_map(en))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
