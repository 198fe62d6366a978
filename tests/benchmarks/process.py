"""Whole processes measured from outside: wall and processor time and peak memory, the median of several runs."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """``seconds``: median wall time; ``processor``: median processor time of the process and all it started;
    ``megabytes``: highest memory of the process tree, seen in the last run."""

    seconds: float
    processor: float
    megabytes: float
    runs: tuple[float, ...]

    def __str__(self) -> str:
        runs = ", ".join(f"{r:.2f}" for r in self.runs)
        return f"{self.seconds:7.2f} s  {self.processor:7.2f} s of processor  {self.megabytes:7.0f} MB   (runs {runs})"


def cost(command: Sequence[str], runs: int = 3, *, warmup: int = 1, codes: Sequence[int] = (0, 1)) -> Cost:
    """Run ``command`` several times. Raises RuntimeError where it ends with another code than ``codes``.

    Memory is sampled in the last run only, so that looking at it does not slow the others.
    """
    seconds, processor, peak = [], [], 0.0
    # Modules compiled once, as an installed package has them.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for i in range(warmup + runs):
        start, before = time.perf_counter(), _spent()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
        )
        if i == warmup + runs - 1:
            while process.poll() is None:
                peak = max(peak, _tree_megabytes(process.pid))
                time.sleep(0.03)
        process.wait()
        took = time.perf_counter() - start
        if process.returncode not in codes:
            error = process.stderr.read().decode(errors="replace") if process.stderr else ""
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{error[-2000:]}")
        if i >= warmup:
            seconds.append(took)
            processor.append(_spent() - before)
    return Cost(statistics.median(seconds), statistics.median(processor), peak, tuple(seconds))


def _spent() -> float:
    """Processor time of all processes that ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _tree_megabytes(root: int) -> float:
    """Resident memory of a process and all it started, shared pages counted once (Linux: PSS)."""
    total = 0.0
    for pid in _tree(root):
        try:
            with Path(f"/proc/{pid}/smaps_rollup").open(encoding="ascii") as file:
                total += next(int(line.split()[1]) for line in file if line.startswith("Pss:")) / 1024
        except (OSError, StopIteration, ValueError):
            continue
    return total


def _tree(root: int) -> list[int]:
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        for task in _tasks(pid):
            try:
                with (task / "children").open(encoding="ascii") as file:
                    todo += [int(c) for c in file.read().split()]
            except (OSError, ValueError):
                continue
    return found


def _tasks(pid: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return []
