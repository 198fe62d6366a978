"""The files handed in, read and understood."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatch

from lbt_audit.engine.request import Request, Watcher
from lbt_audit.intake.extract import extract_tables
from lbt_audit.intake.files.find import find_files
from lbt_audit.intake.read import read_files
from lbt_audit.intake.table import Submission
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.units import Units


def submissions(
    request: Request, dictionary: Dictionary, units: Units, year: int | None, watcher: Watcher
) -> Iterator[Submission]:
    """What ``request.paths`` hold, file by file. ``year``: of days written without one."""
    files = find_files(request.paths, leave_out=request.exclude)
    watcher.found(len(files))
    for result in read_files(files, jobs=request.jobs or os.cpu_count() or 1, on_done=watcher.read):
        path = result.file.relative
        if result.reason is not None:
            yield Submission(
                path, result.sha256, result.status, result.reason, dict(result.detail), notes=result.notes
            )
            continue
        kinds = [(glob, kind) for glob, kind in request.kinds if fnmatch(path, glob)]
        yield extract_tables(path, result.sha256, result.grids, dictionary, units, kinds, result.notes, year)
