"""When files were saved: what stands on the disk beside what stood there before the last audit.

Events of the system only say when to look: what is compared are the files an audit would read, so that neither its own
documents nor lock files nor a folder on a share that tells nothing make a difference.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from lbt_audit.model.record import dataclass

State = tuple[int, int, int]
Snapshot = Mapping[Path, State | None]
"""Every file that would be read → (size, time, number) of it; None of a path that was asked for and is not there."""

_WAKE = 2000  # ms after which one looks, whatever the system tells
_REST = 300  # ms without events that end a burst of them
_TRIES, _PAUSE = 5, 0.4  # to read what is being written, and s between them


@dataclass(frozen=True)
class Saves:
    """The files below ``paths``, without ``leave_out``."""

    paths: Sequence[Path]
    leave_out: Sequence[Path]

    def now(self) -> Snapshot:
        """What stands there."""
        from lbt_audit.intake.files.find import find_files

        there = [path for path in self.paths if path.exists()]
        found = find_files(there, leave_out=self.leave_out)
        states = {file.path: _state(file.path) for file in found if file.reason is None}
        return {path: state for path, state in states.items() if state is not None} | {
            path: None for path in self.paths if path not in there
        }

    def next(self, known: Snapshot, tell: Callable[[Sequence[Path]], None]) -> Snapshot:
        """Waits until the files are no longer as they are ``known``, and can be read. ``tell`` is told, once, of those that
        still cannot be read, or are gone, after a few tries."""
        told: list[tuple[Path, bool]] = []
        while True:
            self._wait(known)
            now, unready = self._settled(known)
            if now == known:
                continue
            if not unready:
                return now
            if told != (told := [(path, path.exists()) for path in unready]):
                tell(unready)

    def _wait(self, known: Snapshot) -> None:
        for _ in self._wakes():
            if self.now() != known:
                return

    def _wakes(self) -> Iterator[None]:
        """Once at once, then whenever something happens there or some time has passed."""
        from watchfiles import watch

        yield
        folders = {path if path.is_dir() else path.parent for path in self.paths}
        try:
            for _ in watch(
                *folders,
                watch_filter=None,
                step=_REST,
                rust_timeout=_WAKE,
                yield_on_timeout=True,
                recursive=any(path.is_dir() for path in self.paths),
                ignore_permission_denied=True,
            ):
                yield
        except OSError:  # a folder that is gone, a share that is not connected
            while True:
                time.sleep(_WAKE / 1000)
                yield

    def _settled(self, known: Snapshot) -> tuple[Snapshot, list[Path]]:
        """What stands there once nothing is written any more, and what cannot be read nevertheless."""
        now = self.now()
        unready: list[Path] = []
        for _ in range(_TRIES):
            time.sleep(_PAUSE)
            before, now = now, self.now()
            unready = [path for path in sorted(now) if now[path] != known.get(path) and not _whole(path)]
            gone = known.keys() - now.keys()
            if before == now and not unready and not gone:
                break
        return now, unready


def _state(path: Path) -> State | None:
    try:
        status = path.stat()
    except OSError:  # between two names
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def _whole(path: Path) -> bool:
    """Whether a file can be opened and has its end: a package is known by it."""
    try:
        with path.open("rb") as file:
            start = file.read(2)
            return bool(start) and (start != b"PK" or zipfile.is_zipfile(file))
    except OSError:
        return False
