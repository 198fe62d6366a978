"""The private folder of a desk: there while it is open, and gone however it ends."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from lbt_audit.model.private import make_file

PREFIX: Final = "lbt-desk-"
_LOCK: Final = ".in-use"  # held open and locked as long as the desk lives
_YOUNG: Final = 60.0  # s in which a folder may not have its lock yet


class PrivateFolder:
    """A new folder, 0700, among the system's temporary ones. Close it, or leave its ``with``: everything in it is removed;
    also at the end of the process. What a process that was killed has left is removed by the next one."""

    def __init__(self) -> None:
        sweep()
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
        make_file(self.path / _LOCK)
        self._lock: IO[bytes] | None = (self.path / _LOCK).open("r+b")
        _take(self._lock)
        atexit.register(self.close)

    def __enter__(self) -> PrivateFolder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def folder(self, name: str) -> Path:
        """A new folder in it."""
        made = self.path / name
        made.mkdir(mode=0o700)
        return made

    def close(self) -> None:
        """Remove it with all it holds. What another program holds open (Windows) stays for the next ``sweep``."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
            _remove(self.path)
            atexit.unregister(self.close)


def sweep() -> None:
    """Remove the folders of desks of this user that ended without doing so."""
    with contextlib.suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            with contextlib.suppress(OSError):
                if _is_ours(folder) and not _is_held(folder):
                    _remove(folder)


def _is_ours(folder: Path) -> bool:
    status = folder.lstat()
    owner = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return owner and folder.is_dir() and not folder.is_symlink()


def _is_held(folder: Path) -> bool:
    try:
        with (folder / _LOCK).open("r+b") as lock:
            return not _take(lock)
    except FileNotFoundError:
        return time.time() - folder.stat().st_mtime < _YOUNG
    except PermissionError:
        return True


def _take(lock: IO[bytes]) -> bool:
    """Lock an open file for as long as it is open; False where another process has done so."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _remove(folder: Path) -> None:
    for _ in range(3):  # a process that was told to stop may still write its last line
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)
