"""What every .docx keeps to: text that XML can hold, and an archive without a clock."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from lbt_audit.model.regex import regex

_ILLEGAL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """``text`` with U+FFFD for what XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def pack(parts: Iterable[tuple[str, bytes]], out: BinaryIO) -> None:
    """All ``parts`` under their names, dated 1980-01-01: the same parts give the same bytes."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, data)
