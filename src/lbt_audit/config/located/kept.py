"""What parsing the files of this program gave, kept in the user's cache folder: they are the same in every run.

A kept tree is known by the text it was made of and by the code that made it, and is sealed with its own hash: what is of
another version, damaged or another user's is not looked at, and the text is parsed anew. Only the program's own files are
kept, none of a county, and as JSON, which can hold nothing but data.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from lbt_audit.config.located.tree import packed, unpacked
from lbt_audit.model.private import make_folder, sweep, temporary_file

FOLDER_VARIABLE: Final = "LBT_AUDIT_CACHE"
"""Environment: another folder; ``none`` = keep nothing."""
_MOST: Final = 300  # files; this version's are some sixty
_SEAL: Final = 64  # characters


def tree(text: str, parse: Callable[[], Any]) -> Any:
    """What ``parse`` makes of ``text``, from an earlier run where it is kept."""
    place, version = folder(), _version()
    if place is None or not version:
        return parse()
    key = hashlib.sha256(f"{version}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
    path = place / f"{key[:40]}.json"
    with contextlib.suppress(OSError, ValueError, TypeError, LookupError, RecursionError):
        if not _is_ours(path):
            raise ValueError(path)
        said = path.read_text("utf-8")
        if said[:_SEAL] == _seal(key, said[_SEAL:]):
            return unpacked(said[_SEAL:])
    made = parse()
    with contextlib.suppress(OSError, ValueError, TypeError):
        _keep(path, key, packed(made))
    return made


def folder() -> Path | None:
    """Where this user's trees are kept; it need not exist. None = nowhere."""
    named = os.environ.get(FOLDER_VARIABLE, "")
    if named:
        return None if named == "none" else Path(named)
    try:
        from platformdirs import user_cache_path

        return Path(user_cache_path("lbt-audit", appauthor=False), "parsed")
    except (ImportError, RuntimeError):  # an installation without it; a user without a home
        return None


@cache
def _version() -> str:
    """The code that parses: ours and PyYAML's; "" where it cannot be seen."""
    try:
        yaml = find_spec("yaml")
        own = (Path(__file__).with_name(name) for name in ("parse.py", "tree.py"))
        files = [Path(yaml.origin), *own] if yaml is not None and yaml.origin else []
        return hashlib.sha256(b"\n".join(file.read_bytes() for file in files)).hexdigest() if files else ""
    except (OSError, ValueError):
        return ""


def _seal(key: str, said: str) -> str:
    return hashlib.sha256(f"{key}\n{said}".encode()).hexdigest()


def _is_ours(path: Path) -> bool:
    """Whether a file is one that nobody but this user can have written, as far as the system tells."""
    if not hasattr(os, "getuid"):
        return path.is_file()
    return all(
        found.st_uid == os.getuid() and not found.st_mode & 0o022 and kind(found.st_mode)
        for found, kind in ((path.lstat(), stat.S_ISREG), (path.parent.lstat(), stat.S_ISDIR))
    )


def _keep(path: Path, key: str, said: str) -> None:
    make_folder(path.parent)
    sweep([path.parent])
    _clear(path.parent)
    handle, temporary = temporary_file(path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(_seal(key, said) + said)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _clear(place: Path) -> None:
    """Trees of files and versions that are no more, once there are many."""
    files = list(place.glob("*.json"))
    if len(files) > _MOST:
        for file in files:
            with contextlib.suppress(OSError):
                file.unlink()
