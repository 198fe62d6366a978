"""Which language to speak: ``--lang``, else ``LBT_AUDIT_LANG``, else the locale, else Chinese."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextvars import ContextVar

from lbt_audit.model.text import Lang

_SPOKEN: ContextVar[Lang] = ContextVar("_SPOKEN", default="zh")
VARIABLE = "LBT_AUDIT_LANG"
_SEPARATOR = "\x1f"  # between the two languages of a help text


def choose(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Lang:
    """The language of help and messages, known before the arguments are parsed."""
    asked = _asked(arguments) or environment.get(VARIABLE, "")
    if asked[:2].lower() in ("zh", "en"):
        return "en" if asked[:2].lower() == "en" else "zh"
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")
        if value:
            return "en" if value.lower().startswith("en") else "zh"
    return _windows() or "zh"


def _asked(arguments: Sequence[str]) -> str:
    found = ""
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            found = argument.partition("=")[2]
        elif argument == "--lang" and number + 1 < len(arguments):
            found = arguments[number + 1]
    return found


def _windows() -> Lang | None:
    """Windows says its language nowhere in the environment."""
    if os.name != "nt":
        return None
    import locale

    name = (locale.getlocale()[0] or "").lower()
    return "en" if name.startswith("en") else None


def both(zh: str, en: str) -> str:
    """A help text in both languages; ``pick`` chooses once the language is known."""
    return f"{zh}{_SEPARATOR}{en}"


def pick(text: str, lang: Lang) -> str:
    """The part of ``text`` in ``lang``."""
    zh, found, en = text.partition(_SEPARATOR)
    return (en if lang == "en" else zh) if found else text


def speak(lang: Lang) -> None:
    """From here on commands answer in ``lang``."""
    _SPOKEN.set(lang)


def spoken() -> Lang:
    """The language chosen for this run; commands take ``--lang`` only so that it is theirs to give."""
    return _SPOKEN.get()
