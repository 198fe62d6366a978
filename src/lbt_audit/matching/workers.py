"""Two threads where there is enough to do for them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, Final

_FEW: Final = 5_000
"""Rows up to which a job takes no longer than starting a thread and handing it over."""


def workers(rows: int) -> Executor:
    """What jobs on ``rows`` rows are given to: the caller itself where they are few, else two threads. Most jobs leave
    the interpreter free most of the time."""
    return _Here() if rows <= _FEW else ThreadPoolExecutor(2)


class _Here(Executor):
    """Does each job where it is handed in; what it raises goes up at once."""

    def submit(self, job: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(job(*args, **named))
        return done
