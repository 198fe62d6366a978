"""Files and folders nobody but their owner may read, as far as the system knows such a thing (Windows: what the folder
above allows)."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_BEGIN: Final = ".lbt-"
_END: Final = ".tmp"
_OLD = 3600.0  # s after which nobody is writing a temporary file any more


def make_folder(folder: Path) -> None:
    """``folder`` and those above it that are missing, 0700; one that is there stays as it is. Raises OSError."""
    for missing in reversed([p for p in (folder, *folder.parents) if not p.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(exist_ok=True)  # complains of a file in the way


def make_file(path: Path) -> None:
    """An empty file at ``path``, 0600, unless one is there. Raises OSError."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def temporary_file(folder: Path) -> tuple[int, Path]:
    """Descriptor and path of a new file in ``folder``, 0600. Raises OSError."""
    handle, name = tempfile.mkstemp(_END, _BEGIN, folder)
    return handle, Path(name)


def sweep(folders: Iterable[Path]) -> None:
    """Remove from ``folders`` the temporary files of runs that were killed."""
    before = time.time() - _OLD
    for folder in folders:
        with contextlib.suppress(OSError):
            for path in folder.glob(f"{_BEGIN}*{_END}"):
                with contextlib.suppress(OSError):
                    if path.is_file() and not path.is_symlink() and path.stat().st_mtime < before:
                        path.unlink()
