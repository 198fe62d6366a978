"""Files are read in processes of their own: one that crashes, hangs or swells takes only itself down."""

from __future__ import annotations

import contextlib
import math
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import IO

from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.files.limits import MB, Limits
from lbt_audit.intake.readers.result import ReadResult

_RENEW = 256 * MB  # bytes of files after which a reader is replaced, so that its memory comes back
_AHEAD = 64 * MB  # bytes of files that may be read before their turn
_AHEAD_FILES = 64
_TOGETHER = 8  # small files a reader is given at once, so that it need not wait for the next
_SMALL = MB  # bytes of these
_LOOK = 0.5  # seconds between looks at the clock
_FROM_OUTSIDE = {-1, -2, -3, -9, -15}
"""Ends of a reader that it does not bring about itself (SIGHUP, SIGINT, SIGQUIT, SIGKILL, SIGTERM): somebody sent
them, or the system, which ends a process so when memory is short."""


class Fence:
    """A pool of reading processes; use as a context manager, which ends them."""

    def __init__(self, jobs: int, limits: Limits) -> None:
        self.jobs = max(1, jobs)
        self.limits = limits
        self._lock = threading.Condition()
        self._readers: set[_Reader] = set()
        self._stopped = False

    def __enter__(self) -> Fence:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._stopped = True
            for reader in self._readers:
                reader.kill()
            self._lock.notify_all()

    def read(self, files: Sequence[InputFile]) -> Iterator[ReadResult]:
        """A result for every file, in order. Reads ahead, but not without bound."""
        queue = _Queue(files, self._lock)
        threads = [
            threading.Thread(target=self._serve, args=(queue,), daemon=True)
            for _ in range(min(self.jobs, len(files)))
        ]
        for thread in threads:
            thread.start()
        for index in range(len(files)):
            yield queue.wait_for(index)

    def _serve(self, queue: _Queue) -> None:
        reader: _Reader | None = None
        try:
            while indexes := queue.take(lambda: self._stopped):
                try:
                    reader = self._read(reader, indexes, queue)
                except (OSError, RuntimeError) as error:  # no process or thread to be had: none can be read
                    queue.fail(error)
                    return
        finally:
            self._drop(reader)

    def _read(self, reader: _Reader | None, indexes: list[int], queue: _Queue) -> _Reader | None:
        """Puts a result for every file; one that ends its reader is read by a new one, and so are those after it."""
        while indexes:
            if reader is None or reader.worn:
                self._drop(reader)
                reader = self._start()
            try:
                for result, fresh in reader.read([queue.files[i] for i in indexes]):
                    gone = result.reason in ("crashed", "memory", "killed")
                    if gone and not (fresh or self._stopped):
                        # Perhaps an earlier file left the process in this state: once more in a new one.
                        reader.alive = False
                        break
                    queue.put(indexes.pop(0), result)
            except (OSError, RuntimeError):
                raise
            except Exception as error:
                reader.alive = False
                at = indexes.pop(0)
                queue.put(
                    at, ReadResult(queue.files[at], reason="crashed", detail={"error": type(error).__name__})
                )
        return reader

    def _start(self) -> _Reader:
        reader = _Reader(self.limits)
        with self._lock:
            self._readers.add(reader)
            if self._stopped:
                reader.kill()
        return reader

    def _drop(self, reader: _Reader | None) -> None:
        if reader is not None:
            with self._lock:
                self._readers.discard(reader)
            reader.close()


class _Queue:
    """Hands out files in order and takes results back; nobody runs too far ahead of the consumer."""

    def __init__(self, files: Sequence[InputFile], lock: threading.Condition) -> None:
        self.files = files
        self._lock = lock
        self._next = 0
        self._wanted = 0
        self._sizes: dict[int, int] = {}
        self._results: dict[int, ReadResult] = {}
        self._failed: Exception | None = None

    def take(self, stopped: Callable[[], bool]) -> list[int]:
        """The next files, several where they are small; none where all are taken."""
        with self._lock:
            while True:
                if self._next >= len(self.files) or stopped():
                    return []
                if self._next == self._wanted or self._ahead():
                    break
                self._lock.wait()
            taken = [self._take()]
            while (
                self._next < len(self.files)
                and len(taken) < _TOGETHER
                and sum(self._sizes[i] for i in taken) < _SMALL
                and self._ahead()
            ):
                taken.append(self._take())
            return taken

    def _ahead(self) -> bool:
        return self._next < self._wanted + _AHEAD_FILES and sum(self._sizes.values()) < _AHEAD

    def _take(self) -> int:
        index = self._next
        self._next += 1
        self._sizes[index] = _size(self.files[index])
        return index

    def put(self, index: int, result: ReadResult) -> None:
        with self._lock:
            self._results[index] = result
            self._lock.notify_all()

    def fail(self, error: Exception) -> None:
        """Nothing more can be read; whoever waits gets to know why."""
        with self._lock:
            self._failed = error
            self._lock.notify_all()

    def wait_for(self, index: int) -> ReadResult:
        with self._lock:
            self._wanted = index
            self._lock.notify_all()
            while index not in self._results:
                if self._failed is not None:
                    raise self._failed
                self._lock.wait(0.5)  # wakes now and then so that Ctrl-C is heard on every system
            self._sizes.pop(index, None)
            self._wanted = index + 1
            self._lock.notify_all()
            return self._results.pop(index)


class _Reader:
    """One reading process."""

    def __init__(self, limits: Limits) -> None:
        from lbt_audit.intake.fence.start import command
        from lbt_audit.intake.fence.worker import arguments

        self.limits = limits
        self.alive = True
        self._done = self._files = 0
        self._due = math.inf  # when the file being read has taken too long
        self._late, self._closed = threading.Event(), threading.Event()
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            command(arguments(limits)),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            bufsize=1 << 20, env=environment, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        threading.Thread(target=self._watch, daemon=True).start()

    @property
    def worn(self) -> bool:
        return not self.alive or self._done > _RENEW

    def read(self, files: Sequence[InputFile]) -> Iterator[tuple[ReadResult, bool]]:
        """Results and whether each is of the first file the process read; the last one is of the file that ended it
        (then ``alive`` is False)."""
        from lbt_audit.intake.fence.wire import receive_result, send_job

        with contextlib.suppress(OSError):  # told of the first file
            for file in files:
                send_job(_pipe(self._process.stdin), file)  # type: ignore[arg-type]
        for file in files:
            size = _size(file)
            seconds = self.limits.time_for(size)
            fresh = not self._files
            self._due = time.monotonic() + seconds
            try:
                result = receive_result(_pipe(self._process.stdout), file)  # type: ignore[arg-type]
                self.alive = not self._late.is_set()
            except Exception:
                self.alive = False
                result = self._obituary(file, seconds)
            self._due = math.inf
            self._done += size
            self._files += 1
            yield result, fresh
            if not self.alive:
                return

    def _watch(self) -> None:
        """Ends the process when a file takes too long."""
        while not self._closed.wait(max(0.01, min(self._due - time.monotonic(), _LOOK))):
            if time.monotonic() > self._due:
                self._late.set()
                self.kill()
                return

    def _obituary(self, file: InputFile, seconds: float) -> ReadResult:
        """Why the process is gone."""
        try:
            code = self._process.wait(1)
        except subprocess.TimeoutExpired:  # alive, but talking nonsense
            self.kill()
            self._process.wait()
            code = 0
        result = ReadResult(file, sha256=_sha256(file))
        if self._late.is_set():
            return result.refused("timeout", seconds=str(round(seconds)))
        if code in _FROM_OUTSIDE:
            return result.refused("killed")
        return result.refused("crashed", code=str(code))

    def kill(self) -> None:
        with contextlib.suppress(OSError):
            self._process.kill()

    def close(self) -> None:
        """End the process: politely by closing its input, at once if it does not listen."""
        self._closed.set()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError, ValueError):
                if stream is not None:
                    stream.close()
        try:
            self._process.wait(0.2 if self.alive else 0)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _size(file: InputFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def _sha256(file: InputFile) -> str:
    import hashlib

    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
