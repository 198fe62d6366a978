"""What ends a run with a message instead of a traceback."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from lbt_audit.model.record import dataclass
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


_MOST = 200  # problems told one by one
_LONGEST = 500  # characters of one


def _shortened(message: str) -> str:
    return message if len(message) <= _LONGEST else message[:_LONGEST] + "…"


class AuditError(Exception):
    """A run that cannot go on: ``text`` says why and what to do; ``exit_code`` is that of the command."""

    exit_code: ClassVar[int] = 3

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(f"{text.zh} / {text.en}")


class ConfigError(AuditError, ValueError):
    """Everything wrong with a configuration file, not only the first thing: one line per problem."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        zh, en = (
            "\n".join(_shortened(p.message(lang)) for p in self.problems[:_MOST]) for lang in ("zh", "en")
        )
        if more := len(self.problems) - _MOST if len(self.problems) > _MOST else 0:
            zh, en = f"{zh}\n另有 {more} 处", f"{en}\nand {more} more"
        super().__init__(Text(zh, en))

    @classmethod
    def at(cls, file: str, line: int, zh: str, en: str) -> ConfigError:
        return cls([Problem(file, line, Text(zh, en))])
