"""A job in a process of its own, so that the desk goes on whatever becomes of it."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import PurePath
from typing import Any, Generic, TypeVar

from lbt_audit.desk.checks.job import CheckJob, FormJob, RepairJob, Step
from lbt_audit.model.errors import AuditError
from lbt_audit.model.text import Text

R = TypeVar("R")
_DIED = Text(
    "核查程序中途被系统结束（内存不足时会这样），文件都还在；请关闭其他程序后再核查一次，仍不行的请移除最大的文件或分批核查",
    "the check was ended from outside (as the system does when memory is short); the files are still here. Close other programs "
    "and check again; if that does not help, remove the largest file or check in portions",
)


@cache
def prepared() -> Any:
    """What processes are started by. Where the system can, they are forks of one that has loaded all it takes to check (a
    fork of the desk itself, which has threads, might never wake up); it is started by the first call, and ends with the
    desk. It listens at an address among the temporary files, which the system may find too long."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing.forkserver import ensure_running

        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["lbt_audit.desk.checks.tasks"])
        with contextlib.suppress(OSError):
            ensure_running()
            return context
    return multiprocessing.get_context("spawn")


class Work(Generic[R]):
    """``done`` is called once it ended by itself; ``result`` is then what it came to, or None and ``trouble`` says why."""

    def __init__(self, job: CheckJob | RepairJob | FormJob, done: Callable[[Work[R]], None]) -> None:
        self.job = job
        self.step = Step()
        self.files: set[str] = set()  # done so far
        self.result: R | None = None
        self.trouble: Text | None = None
        self.ended = threading.Event()
        self._done = done
        self._stopped = False
        processes = prepared()
        self._ours, theirs = processes.Pipe(duplex=False)
        self.process = processes.Process(target=_run, args=(theirs, job), daemon=True)
        self.process.start()
        theirs.close()
        threading.Thread(target=self._listen, daemon=True).start()

    def stop(self) -> None:
        """End it; nobody is told."""
        self._stopped = True
        with contextlib.suppress(OSError, ValueError):
            self.process.kill()
        self.ended.wait(5)

    def _listen(self) -> None:
        try:
            while not isinstance(said := self._ours.recv(), _End):
                self.step = said
                self.files.add(said.file)
            self.result, self.trouble = said.result, said.trouble
        except Exception:  # it died, or wrote half a word when it did
            self.trouble = _DIED
        self._ours.close()
        self.process.join()
        if not self._stopped:
            self._done(self)
        self.ended.set()


class _End:
    def __init__(self, result: Any = None, trouble: Text | None = None) -> None:
        self.result, self.trouble = result, trouble


def _run(pipe: Any, job: object) -> None:
    """The process itself."""
    import os
    import signal

    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches all processes of a terminal; the desk ends this one
    if hasattr(os, "umask"):
        os.umask(0o077)
    try:
        from lbt_audit.desk.checks.tasks import TASKS

        end = _End(TASKS[type(job)](job, pipe.send))
    except AuditError as error:
        end = _End(trouble=error.text)
    except Exception as error:  # its text may hold a child's data
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__}, {PurePath(frame.filename).name}:{frame.lineno}"
        end = _End(
            trouble=Text(
                f"内部错误（{where}），没有完成，请报告此问题",
                f"internal error ({where}); nothing came of it, please report it",
            )
        )
    with contextlib.suppress(OSError):
        pipe.send(end)
