"""A file of the county's own, read: an ordinary file, of a size that somebody may have written."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final

from lbt_audit.model.errors import ConfigError
from lbt_audit.model.regex import regex
from lbt_audit.model.trouble import os_trouble

MOST: Final = 1 << 20
"""Bytes of a text written by hand; the largest file of rules has a tenth."""
CONTROL: Final = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""Characters that stand in no text."""


def read_bytes(path: Path, name: str, most: int = MOST) -> bytes:
    """What ``path`` holds. Raises ConfigError, of the file ``name``, for devices and pipes, which have no end, for
    what is larger than ``most`` bytes, and for what cannot be read."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ConfigError.at(name, 0, "是文件夹，不是文件", "is a folder, not a file")
        if not stat.S_ISREG(status.st_mode):
            zh, en = "不是普通文件（设备、管道或套接字）", "is no ordinary file (a device, pipe or socket)"
            raise ConfigError.at(name, 0, zh, en)
        if status.st_size > most:
            zh = f"文件过大（{status.st_size / MOST:.0f} MB，最多 {most // MOST} MB）"
            en = f"is too large ({status.st_size / MOST:.0f} MB, at most {most // MOST} MB)"
            raise ConfigError.at(name, 0, zh, en)
        with path.open("rb") as file:
            return file.read(most)  # and no more, should it have grown
    except OSError as error:
        why = os_trouble(error)
        raise ConfigError.at(name, 0, f"无法读取：{why.zh}", f"cannot be read: {why.en}") from error


def read_text(path: Path, name: str) -> str:
    """The text of ``path``, UTF-8 with or without a mark at its beginning, every line break ``\\n``. Raises
    ConfigError as ``read_bytes`` does, and naming the line where it is no such text."""
    data = read_bytes(path, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        zh, en = "不是 UTF-8 编码，请另存为 UTF-8", "not UTF-8; save the file as UTF-8"
        raise ConfigError.at(name, line, zh, en) from error
    text = text.replace("\r\n", "\n")
    if strange := CONTROL.search(text):
        line = text.count("\n", 0, strange.start()) + 1
        code = f"U+{ord(strange[0]):04X}"
        raise ConfigError.at(
            name, line, f"含有控制字符（{code}），不是文本文件", f"holds {code}, which is no text"
        )
    return text
