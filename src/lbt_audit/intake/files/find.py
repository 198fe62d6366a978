"""Which files were submitted: folders walked, everything that is no submission left out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lbt_audit.model.errors import AuditError
from lbt_audit.model.text import Text


@dataclass(frozen=True)
class InputFile:
    """A submitted file. ``relative`` is its path below the audited folder, with "/", fit for showing."""

    relative: str
    path: Path


class MissingInputError(AuditError, FileNotFoundError):
    """A path that was asked for does not exist."""

    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(Text(f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}"))
        self.path = path


def find_files(
    paths: Sequence[Path], *, output: Path | None = None, leave_out: Sequence[Path] = ()
) -> list[InputFile]:
    """All files below ``paths``, sorted by relative path, each once.

    What stands in a folder and is no file (a broken link, a pipe, a folder that does not open) is among
    them, so that reading it says so. Left out: lock files of Excel and WPS (``~$``, ``.~``), dot files
    and folders, ``output`` and ``leave_out`` with everything below them. Archives are listed; reading
    them says what to do.
    """
    skipped = {_real(p) for p in (*leave_out, *([output] if output else []))}
    for path in paths:
        if not path.exists():
            raise MissingInputError(path)
    base = _base(paths)
    found: dict[str, InputFile] = {}
    for path in paths:
        for file in _walk(path, skipped) if path.is_dir() else [path]:
            real = _real(file)
            if real not in skipped:
                found.setdefault(real, InputFile(_relative(file, base), file))
    return sorted(found.values(), key=lambda f: f.relative)


def _walk(folder: Path, skipped: set[str]) -> Iterator[Path]:
    seen: set[str] = set()  # folders by real path: links may lead back up
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        real = _real(current)
        if real in seen or real in skipped:
            continue
        seen.add(real)
        try:
            entries = sorted(os.scandir(current), key=lambda e: e.name)
        except OSError:
            yield current
            continue
        for entry in entries:
            if entry.name.startswith((".", "~$")):
                continue
            path = current / entry.name
            if _is(entry.is_dir):
                waiting.append(path)
            else:
                yield path


def _is(question: object) -> bool:
    try:
        return bool(question())  # type: ignore[operator]
    except OSError:
        return False


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _base(paths: Sequence[Path]) -> str:
    """The folder relative paths start from: the one folder given, else what all paths share."""
    folders = [_plain(p if p.is_dir() else p.parent) for p in paths]
    if not folders:
        return ""
    try:
        return os.path.commonpath(folders)
    except ValueError:  # different drives
        return ""


def _plain(path: Path) -> str:
    """Absolute, ".." worked out; links stay as they are named."""
    return os.path.normpath(path.absolute())


def _relative(file: Path, base: str) -> str:
    whole = _plain(file)
    relative = os.path.relpath(whole, base) if base else whole
    return _shown(relative.replace(os.sep, "/"))


def _shown(name: str) -> str:
    """A file name in no valid UTF-8 (unpacked from an archive made on Chinese Windows) as text."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogateescape") if _escaped(name) else name.encode("utf-8", "replace")
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "replace")
    return name


def _escaped(name: str) -> bool:
    return all(not "\ud800" <= c <= "\udfff" or "\udc80" <= c <= "\udcff" for c in name)
