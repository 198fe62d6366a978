"""Folder and file names made of what units are called: safe on every system, all different."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lbt_audit.model.regex import regex
from lbt_audit.model.text import Lang
from lbt_audit.reports.words import NOBODY

_FORBIDDEN = regex(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]+')
_RESERVED = regex(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_MOST_BYTES = 180  # of UTF-8, so that a suffix still fits into the 255 a file system allows


def safe_name(text: str, lang: Lang = "zh") -> str:
    """``text`` as one part of a path: no separators, reserved words, dots or blanks at either end."""
    name = " ".join(_FORBIDDEN.sub("_", text).split()).strip(". ")
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1].rstrip(". ")
    if not name.strip("_"):
        return NOBODY[lang]
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def safe_names(texts: Iterable[str], lang: Lang = "zh") -> list[str]:
    """``safe_name`` of each, told apart by numbers where two would be the same on any system."""
    taken: set[str] = set()
    names = []
    for text in texts:
        name, number = safe_name(text, lang), 1
        candidate = name
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{name} ({number})"
        taken.add(candidate.casefold())
        names.append(candidate)
    return names
