"""A divided audit on this machine: one step after the other, each in a process of its own, so that no more memory is
needed than the largest of them takes."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from lbt_audit.engine.audit import Audit
from lbt_audit.engine.request import Watcher
from lbt_audit.model.text import Text
from lbt_audit.partitions.merge import merged
from lbt_audit.partitions.plan import OTHER_FILES, Plan
from lbt_audit.partitions.steps import PLAN, Step
from lbt_audit.partitions.stored.shelf import Shelf

log = logging.getLogger(__name__)

STEP: Final = "--step-of-audit"
"""First argument of the one-folder program where it is to run one step (``packaging/start.py``)."""
_BOOT: Final = "import sys; sys.path[:] = {path!r}; from lbt_audit.partitions.local import main; main()"
Runner = Callable[[Path, Step], None]
"""Runs a step on the shelf in a folder; raises where it cannot be run to its end."""
Engine = Callable[[Plan, Path, Watcher], dict[Text, str]]
"""Runs all steps of a plan on the shelf in a folder; gives what did not end well, and why."""


def divided(plan: Plan, watcher: Watcher, engine: Engine, scratch: Path | None = None) -> Audit:
    """The audit of ``plan``, its steps run by ``engine``. ``scratch``: where the private folder is made and removed again,
    by default among the system's temporary files."""
    with private_folder(scratch) as folder:
        shelf = Shelf(folder)
        shelf.write(PLAN, plan)
        return merged(shelf, plan, engine(plan, folder, watcher))


def one_by_one(run: Runner) -> Engine:
    """One step after the other, each by ``run``; a county in which one fails is left, and the others go on."""

    def engine(plan: Plan, folder: Path, watcher: Watcher) -> dict[Text, str]:
        failures: dict[Text, str] = {}
        lost: set[int] = set()
        steps = list(steps_of(plan))
        for done, step in enumerate(steps):
            crosses = step.name == "exchange"
            if crosses or step.world not in lost:
                try:
                    run(folder, step)
                except Exception as error:
                    failures[told(plan, step)] = why(error)
                    lost |= set() if crosses else {step.world}
            watcher.part(told(plan, step), done + 1, len(steps))
        return failures

    return engine


def steps_of(plan: Plan) -> Iterator[Step]:
    """All steps in an order in which each finds what it needs."""
    for number, world in enumerate(plan.worlds):
        if len(world.parts) > 1:  # else whoever needs it first reads it
            yield from (Step("take_in", number, part) for part in range(len(world.parts)))
        if len(plan.worlds) > 1:
            yield Step("survey", number)
    if len(plan.worlds) > 1:
        yield Step("exchange")
    yield from (Step("conclude", number) for number in range(len(plan.worlds)))


def told(plan: Plan, step: Step) -> Text:
    """What a step is about, for who reads of it."""
    world = plan.worlds[step.world]
    if step.name == "exchange":
        return Text("跨县比对", "records of several counties")
    part = world.parts[step.part] if step.name == "take_in" else None
    name = Text(world.name, world.name) if world.name else OTHER_FILES
    return Text(f"{name.zh}/{part}", f"{name.en}/{part}") if part else name


def why(error: Exception) -> str:
    """Kind and place of a failure; never its text, which may hold a child's data."""
    if isinstance(error, StepFailedError):
        return str(error)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({trace.tb_frame.f_code.co_name}:{trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}{where}"


class StepFailedError(Exception):
    """A step that ended badly in its own process; the text says how, and nothing of what was read."""


def here(folder: Path, step: Step) -> None:
    """Run a step in this process."""
    step.run(folder)


def in_child(folder: Path, step: Step) -> None:
    """Run a step in a process of its own. Raises StepFailedError."""
    frozen = getattr(sys, "frozen", False)
    start = [STEP] if frozen else ["-c", _BOOT.format(path=sys.path)]
    command = [sys.executable, *start, str(folder), step.name, str(step.world), str(step.part)]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    )
    if done.returncode != 0:
        said = done.stdout.decode("utf-8", "replace").strip().splitlines()
        raise StepFailedError(said[-1] if said else f"exit {done.returncode}")


def main() -> None:
    """One step: ``FOLDER NAME WORLD PART``."""
    folder, name, world, part = sys.argv[1:]
    try:
        Step(name, int(world), int(part)).run(Path(folder))
    except Exception as error:
        log.debug("%s", why(error))
        sys.stdout.write(f"{why(error)}\n")
        sys.stdout.flush()
        os._exit(1)


@contextmanager
def private_folder(scratch: Path | None) -> Iterator[Path]:
    """A folder nobody else may read (0700), removed at the end with all it holds."""
    folder = Path(tempfile.mkdtemp(prefix=".lbt-", suffix=".parts", dir=scratch))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
