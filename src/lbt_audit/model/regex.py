"""Regular expressions that are compiled when first used: of the five hundred of this program few are asked in one run,
and compiling all of them takes a tenth of a second."""

from __future__ import annotations

import re
from typing import Any, AnyStr, Final, cast

_METHODS: Final = (
    "match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn", "pattern", "flags", "groups", "groupindex",
)  # fmt: skip


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As ``re.compile``; what ``text`` lacks is told at first use. Not for the functions of ``re`` itself."""
    return cast("re.Pattern[AnyStr]", _Later(text, flags))


class _Later:
    """Has no attribute of a pattern until it is asked for one; then it has all, and costs what a pattern does."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return self.__dict__[name]
