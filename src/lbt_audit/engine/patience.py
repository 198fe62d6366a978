"""An end to what takes too long: limits of processor time for files and rules, one after the other.

Readers work in processes of their own (``intake/fence``). What follows runs here, in time proportional to what is
written; should some file or some rule once need far more than that, it is told and the rest of the audit goes on.
"""

from __future__ import annotations

import _thread
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from lbt_audit.model.errors import AuditError
from lbt_audit.model.text import Text

T = TypeVar("T")

SECONDS: Final = 60.0  # for any piece of work, however small
SECONDS_PER_ROW: Final = 0.005  # besides, for each row it is about: fifty times what the slowest takes
_LEAST: Final = 1 / 16  # of the time it should have
_SIGNAL: Final = getattr(signal, "SIGPROF", signal.SIGTERM)


class OutOfTimeError(AuditError):
    """A piece of work took longer than it may. Where nothing goes on without it, the audit ends so."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "处理用时超过限度，核查未完成；请把文件分批核查，并报告此问题",
                "processing took too long and the audit is incomplete; audit the files in parts, and please report this",
            )
        )


class Patience:
    """Time for pieces of work. One that runs out of it leaves those after it half as long, as what held it up
    often holds them up too: a hundred of them do not wait a hundred times."""

    def __init__(self) -> None:
        self._share = 1.0
        self.given_up: list[Text] = []
        """What was done without, for the warnings of the report."""

    @contextmanager
    def for_rows(self, rows: int) -> Iterator[None]:
        """Raises OutOfTimeError in a body that takes too much processor time for ``rows`` rows."""
        try:
            with at_most((SECONDS + rows * SECONDS_PER_ROW) * self._share):
                yield
        except OutOfTimeError:
            self._share = max(self._share / 2, _LEAST)
            raise

    def tried(self, what: Text, rows: int, work: Callable[[], T], otherwise: T) -> T:
        """What ``work`` gives; ``otherwise`` where it takes too long for ``rows`` rows, which is told of ``what``."""
        try:
            with self.for_rows(rows):
                return work()
        except OutOfTimeError:
            self.given_up.append(
                Text(
                    f"{what.zh}用时过长，已略过，核查不完整；请报告此问题",
                    f"{what.en}: took too long and was left out, so that the audit is incomplete; please report this",
                )
            )
            return otherwise


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises OutOfTimeError in the body after ``seconds`` of this process's time on processors.

    Only the main thread hears signals: there is no limit where another one audits, as a program that calls the
    API may do.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    running = True

    def stop(*_: object) -> None:
        if running:
            raise OutOfTimeError

    before = signal.signal(_SIGNAL, stop)
    try:
        with _alarm(seconds) if hasattr(signal, "setitimer") else _watch(seconds):
            yield
    finally:
        running = False
        signal.signal(_SIGNAL, before)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """The system's own timer, which is heard inside a search for a pattern too."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


@contextmanager
def _watch(seconds: float) -> Iterator[None]:
    """The same for Windows, which has no such timer, by a thread that looks at the clock."""
    done = threading.Event()

    def watch() -> None:
        end = time.process_time() + seconds
        while (left := end - time.process_time()) > 0:
            if done.wait(left):
                return
        if not done.is_set():
            _thread.interrupt_main(_SIGNAL)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        done.set()
