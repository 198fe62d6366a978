"""Configuration that cannot be used, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lbt_audit.model.text import Lang, Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a configuration file; ``line`` 0 = the file as a whole."""

    file: str
    line: int
    text: Text

    def message(self, lang: Lang) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.text[lang]}"


class ConfigError(ValueError):
    """Everything wrong with a configuration file, not only the first thing."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.message("en"))

    @classmethod
    def at(cls, file: str, line: int, zh: str, en: str) -> ConfigError:
        return cls([Problem(file, line, Text(zh, en))])

    def message(self, lang: Lang) -> str:
        """One line per problem."""
        return "\n".join(p.message(lang) for p in self.problems)
