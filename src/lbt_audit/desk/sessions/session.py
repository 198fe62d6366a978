"""What one browser has on the desk: its files, its settings, its checks."""

from __future__ import annotations

import shutil
import time
from dataclasses import field
from pathlib import Path

from lbt_audit.desk.checks.job import CheckJob, RepairJob, Settings
from lbt_audit.desk.checks.outcome import Outcome, Repaired
from lbt_audit.desk.checks.work import Work
from lbt_audit.desk.uploads.shelf import Shelf
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.reports.tables.changes import Changes, Course


@dataclass
class Session:
    """``folder`` is its own, below the desk's. ``secret``: what issues are known by from check to check.

    ``outcome``: of the last check that came to its end; ``baseline``: of the last one over other files than that, which
    it is compared with. ``trouble``: why the last one came to none."""

    folder: Path
    settings: Settings
    secret: str = field(repr=False)
    seen: float = field(default_factory=time.monotonic)
    checks: int = 0
    work: Work[Outcome] | None = None
    outcome: Outcome | None = None
    baseline: Outcome | None = None
    repairing: Work[Repaired] | None = None
    repaired: Repaired | None = None
    trouble: Text | None = None

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.folder / "files", self.folder / "incoming")

    @property
    def running(self) -> bool:
        return self.work is not None or self.repairing is not None

    @property
    def changes(self) -> Changes | None:
        """What has changed since the check before the files were corrected."""
        if self.outcome is None or self.baseline is None:
            return None
        course = Course()
        course.take_items(self.baseline.issues, self.baseline.paths)
        return course.take_items(self.outcome.issues, self.outcome.paths)

    @property
    def stale(self) -> bool:
        """Whether files have changed since the last check."""
        return self.outcome is not None and self.outcome.generation != self.shelf.generation

    def check(self) -> None:
        """Start a check; one that is under way is given up."""
        self.stop()
        self.checks += 1
        self.trouble = None
        out = self.folder / f"check-{self.checks}"
        self.work = Work(
            CheckJob(self.shelf.folder, out, self.checks, self.shelf.generation, self.settings, self.secret),
            self._checked,
        )

    def repair(self) -> None:
        """Start repairing the files the last check has read."""
        self.stop()
        self.trouble = None
        self._forget_repairs()
        out = self.folder / f"repaired-{self.shelf.generation}-{self.checks}"
        names = self.outcome.audited if self.outcome else ()
        self.repairing = Work(RepairJob(self.shelf.folder, out, names, self.settings), self._mended)

    def use_repaired(self) -> None:
        """Put the repaired copies in the place of their originals."""
        repaired, self.repaired = self.repaired, None
        if repaired is not None:
            for file in repaired.files:
                if file.copy and file.path in self.shelf.files:
                    self.shelf.put(file.path, repaired.folder / file.copy)
            shutil.rmtree(repaired.folder, ignore_errors=True)

    def stop(self) -> None:
        """Give up what is under way."""
        work, repairing = self.work, self.repairing
        self.work = self.repairing = None
        for running in (work, repairing):
            if running is not None:
                running.stop()
                shutil.rmtree(running.job.out, ignore_errors=True)

    def set(self, settings: Settings) -> None:
        """Take other settings; a county file that was dropped here goes with the ones before."""
        old = self.settings.county
        if old is not None and old != settings.county and self.folder in old.parents:
            old.unlink(missing_ok=True)
        self.settings = settings

    def clear(self) -> None:
        """Remove all files and what was made of them."""
        self.stop()
        for outcome in (self.outcome, self.baseline):
            if outcome is not None:
                shutil.rmtree(outcome.folder, ignore_errors=True)
        self._forget_repairs()
        self.outcome = self.baseline = self.trouble = None
        self.shelf.clear()

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _checked(self, work: Work[Outcome]) -> None:
        if work is not self.work:
            return
        self.work = None
        self.trouble = work.trouble
        if work.result is None:
            shutil.rmtree(work.job.out, ignore_errors=True)
            return
        old = self.outcome
        if old is not None and old.generation != work.result.generation:
            self._put_away(self.baseline)
            self.baseline = old
        else:
            self._put_away(old)
        self.outcome = work.result
        self._forget_repairs()

    def _mended(self, work: Work[Repaired]) -> None:
        if work is self.repairing:
            self.repairing, self.trouble, self.repaired = None, work.trouble, work.result

    def _put_away(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            shutil.rmtree(outcome.folder, ignore_errors=True)

    def _forget_repairs(self) -> None:
        if self.repaired is not None:
            shutil.rmtree(self.repaired.folder, ignore_errors=True)
            self.repaired = None
