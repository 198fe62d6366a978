"""The process that reads files: everything a file can do to its reader ends here.

Started by `fence` with the limits as its argument; takes jobs on standard input and answers on
standard output. Nothing a library prints can get into the answers.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import signal
import sys

from lbt_audit.intake.files.limits import Limits


def main() -> None:
    """Serve until standard input closes."""
    limits = Limits(**json.loads(sys.argv[1]))
    _ignore_interrupts()
    answers = os.fdopen(os.dup(1), "wb", 1 << 20)
    jobs = os.fdopen(os.dup(0), "rb")
    _silence()
    from lbt_audit.intake.fence.alone import WithoutPandas

    sys.meta_path.insert(0, WithoutPandas())
    from lbt_audit.intake.fence.wire import receive_job, send_result
    from lbt_audit.intake.readers.file import read_file

    _restrict(limits)
    while True:
        try:
            file = receive_job(jobs)
        except EOFError:
            return
        with contextlib.suppress(OSError):
            _alarm(limits.time_for(file.path.stat().st_size) * 1.5 + 10)
        result = read_file(file, limits)
        try:
            send_result(answers, result)
        except BrokenPipeError:
            os._exit(0)


def arguments(limits: Limits) -> str:
    """What `main` expects as its argument."""
    return json.dumps(dataclasses.asdict(limits))


def _ignore_interrupts() -> None:
    """Ctrl-C is for the audit itself, which then ends its readers."""
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _silence() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)


def _alarm(seconds: float) -> None:
    """An end even where the audit was killed and nobody watches the time."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _restrict(limits: Limits) -> None:
    """Limits on memory and core dumps, where the system has them."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        allowed = limits.memory if most == resource.RLIM_INFINITY else min(limits.memory, most)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, most))
