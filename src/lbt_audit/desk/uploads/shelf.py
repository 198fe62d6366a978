"""The files that lie on the desk, in a folder of their own."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath

from lbt_audit.desk.uploads.limits import UploadError, UploadLimits
from lbt_audit.desk.uploads.names import replaced_by, shelved
from lbt_audit.model.private import make_folder, temporary_file
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.model.trouble import os_trouble


@dataclass(frozen=True)
class Shelved:
    """A file on the desk: its path below ``Shelf.folder``, bytes, since which generation it lies there, and the file it
    took the place of, if any."""

    path: str
    size: int
    generation: int
    replaced: str | None = None


class Shelf:
    """``generation`` rises with every change. ``incoming`` holds what has not arrived whole."""

    def __init__(self, folder: Path, incoming: Path, limits: UploadLimits | None = None) -> None:
        self.folder, self.incoming = folder, incoming
        self.limits = limits or UploadLimits()
        self.generation = 0
        self.files: dict[str, Shelved] = {}
        self._lock = threading.Lock()
        for made in (folder, incoming):
            make_folder(made)

    async def take(self, name: str, chunks: AsyncIterator[bytes], announced: int | None) -> Shelved | None:
        """Put a file called ``name`` on the shelf as it arrives; ``announced`` bytes of it are to come. None for what is
        passed over. Raises UploadError for what is too much, and where it cannot be kept."""
        path = shelved(name)
        if path is None:
            return None
        if announced is not None and announced > self.limits.file:
            raise self.limits.too_large(path, announced)
        self._admit(path, announced or 0)
        try:
            handle, arriving = temporary_file(self.incoming)
            try:
                with os.fdopen(handle, "wb") as file:
                    size = 0
                    async for chunk in chunks:
                        size += len(chunk)
                        if size > self.limits.file:
                            raise self.limits.too_large(path)
                        file.write(chunk)
                return self._place(arriving, path, size)
            finally:
                arriving.unlink(missing_ok=True)
        except OSError as error:
            raise _untaken(path, error) from error

    def put(self, path: str, content: Path) -> None:
        """Put ``content`` in the place of the file at ``path``, which keeps its name but for the ending."""
        target = str(PurePosixPath(path).with_suffix(content.suffix))
        self.remove(path)
        self._place(content, target, content.stat().st_size)

    def remove(self, path: str) -> None:
        """Take a file away; one that is not there is not missed."""
        with self._lock:
            if self.files.pop(path, None) is not None:
                (self.folder / path).unlink(missing_ok=True)
                self.generation += 1

    def clear(self) -> None:
        with self._lock:
            self.files.clear()
            self.generation += 1
            shutil.rmtree(self.folder, ignore_errors=True)
            make_folder(self.folder)

    def _admit(self, path: str, size: int) -> str | None:
        """The file ``path`` takes the place of. Raises UploadError where there is no room."""
        replaced = replaced_by(path, self.files)
        if replaced is None and len(self.files) >= self.limits.files:
            raise self.limits.too_many(path)
        freed = self.files[replaced].size if replaced else 0
        if sum(f.size for f in self.files.values()) - freed + size > self.limits.total:
            raise self.limits.too_much(path)
        return replaced

    def _place(self, content: Path, path: str, size: int) -> Shelved:
        with self._lock:
            replaced = self._admit(path, size)
            if replaced is not None:
                path = str(PurePosixPath(replaced).with_suffix(PurePosixPath(path).suffix))
                del self.files[replaced]
                (self.folder / replaced).unlink(missing_ok=True)
            target = self.folder / path
            make_folder(target.parent)
            content.replace(target)
            self.generation += 1
            self.files[path] = Shelved(path, size, self.generation, replaced)
            return self.files[path]


def _untaken(path: str, error: OSError) -> UploadError:
    why = os_trouble(error)
    return UploadError(Text(f"{path}：没有收下，{why.zh}", f"{path}: not taken, {why.en}"))
