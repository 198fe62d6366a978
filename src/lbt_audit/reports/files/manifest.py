"""What an audit wrote into its folder, so that the next one can take away what is out of date.

A reminder of last month to a village that has closed everything since must not lie among those of today.
The manifest is a text file in the folder itself, one line per file (``sha256  path``, as sha256sum has it)
and per folder made (``-  path/``). Every line is added before its file takes its place: a run that is killed
leaves no file behind of which the next one would not know that it is ours.

Only what is exactly as it was written is removed. What somebody has edited or filled in stays.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from dataclasses import field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from lbt_audit.intake.files.find import MANIFEST
from lbt_audit.model.private import make_file, make_folder, temporary_file
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.model.trouble import os_trouble

_LINE = regex(r"([0-9a-f]{64}|-)  (.+)")
_FOLDER = "-"


@dataclass
class Cleared:
    """What became of the files of earlier audits that this one did not write: how many were removed, and
    what has to be told about the others."""

    removed: int = 0
    notes: list[Text] = field(default_factory=list)


class Manifest:
    """The manifest of ``folder``; both need not exist yet. Used by several threads at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / MANIFEST
        self._known: dict[str, set[str]] = {}  # path → digests it may have
        self._folders: set[str] = set()
        self._now: dict[str, str] = {}  # written by this run
        self._open: set[str] = set()  # held open by another program, so written elsewhere
        self._lock = threading.Lock()
        self._read()

    def folders(self) -> list[Path]:
        """The folder, and those that audits made in it."""
        return [self._folder, *(self._folder / name for name in sorted(self._folders))]

    def unchanged(self, path: Path) -> bool | None:
        """Whether ``path`` is as an audit wrote it; None where no audit is known to have written it."""
        digests = self._known.get(self._name(path))
        return None if digests is None else _digest(path) in digests

    def expect(self, path: Path, content: BinaryIO) -> None:
        """``path`` is about to hold ``content``. Raises OSError where that cannot be noted."""
        content.flush()
        digest = _digest_of(content)
        with self._lock:
            self._now[self._name(path)] = digest
            self._append([(digest, self._name(path))])

    def expect_folders(self, path: Path) -> None:
        """The folders above ``path`` that do not exist are about to be made."""
        with self._lock:
            missing = [p for p in path.parents if p.is_relative_to(self._folder) and p != self._folder]
            made = [f"{self._name(p)}/" for p in missing if not p.exists()]
            new = [name for name in made if name not in self._folders]
            self._folders.update(new)
            self._append([(_FOLDER, name) for name in new])

    def moved(self, path: Path, to: Path) -> None:
        """What was expected at ``path`` went to ``to``."""
        with self._lock:
            self._open.add(self._name(path))
            digest = self._now.pop(self._name(path))
            self._now[self._name(to)] = digest
            self._append([(digest, self._name(to))])

    def clear(self) -> Cleared:
        """Remove the files of earlier audits that this one did not write, and folders left empty. To be
        called when everything is written."""
        cleared = Cleared()
        for name in sorted(set(self._known) - set(self._now) - self._open):
            if self._remove(self._folder / name, name, cleared):
                del self._known[name]
        for name in sorted(self._folders, key=len, reverse=True):
            with contextlib.suppress(OSError):
                (self._folder / name).rmdir()
            if not (self._folder / name).exists():
                self._folders.discard(name)
        return cleared

    def close(self) -> None:
        """Write the manifest anew, one line per file. Raises OSError."""
        files = self._known | {name: {digest} for name, digest in self._now.items()}
        lines = [(digest, name) for name, digests in sorted(files.items()) for digest in sorted(digests)]
        lines += [(_FOLDER, name) for name in sorted(self._folders)]
        if not self._folder.is_dir() or not (lines or self._file.exists()):
            return
        handle, temporary = temporary_file(self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write("".join(f"{mark}  {name}\n" for mark, name in lines).encode())
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._file)
        finally:
            temporary.unlink(missing_ok=True)

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            for line in self._file.read_text("utf-8", "replace").splitlines():
                found = _LINE.fullmatch(line)
                if found is None or not _below(found[2]):
                    continue
                if found[1] == _FOLDER:
                    self._folders.add(found[2])
                else:
                    self._known.setdefault(found[2], set()).add(found[1])

    def _append(self, lines: list[tuple[str, str]]) -> None:
        """Each begins on a line of its own, whatever a run that was killed left at the end."""
        if not lines:
            return
        make_folder(self._folder)
        make_file(self._file)
        with self._file.open("ab") as file:
            file.write("".join(f"\n{mark}  {name}\n" for mark, name in lines).encode())

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _remove(self, path: Path, name: str, cleared: Cleared) -> bool:
        """Whether ``path`` is gone."""
        if path.is_symlink() or not path.is_file():
            return not os.path.lexists(path)
        if _digest(path) not in self._known[name]:
            cleared.notes.append(
                Text(
                    f"{name} 是以前生成的，本次不再需要，但已被改动或填写，予以保留；不再使用的请自行移走",
                    f"{name} is of an earlier audit and no longer needed, but has been worked on: it was kept",
                )
            )
            return False
        try:
            path.unlink()
        except OSError as error:
            why = os_trouble(error)
            cleared.notes.append(
                Text(
                    f"{name} 是以前生成的，本次不再需要，但无法删除：{why.zh}",
                    f"{name} is of an earlier audit and no longer needed, but cannot be removed: {why.en}",
                )
            )
            return False
        cleared.removed += 1
        return True


def _below(name: str) -> bool:
    """Whether ``name`` stays inside the folder."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and ":" not in path.parts[0]


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return _digest_of(file)
    except OSError:
        return ""


def _digest_of(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()
