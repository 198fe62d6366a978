"""The files handed in, read and understood."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from fnmatch import fnmatch

from lbt_audit.engine.patience import OutOfTimeError, Patience
from lbt_audit.engine.request import Request, Watcher
from lbt_audit.intake.extract import extract_tables
from lbt_audit.intake.files.documents import Companions
from lbt_audit.intake.files.find import find_files
from lbt_audit.intake.read import read_files
from lbt_audit.intake.scans import KIND as SCANS
from lbt_audit.intake.scans import scanned, scans
from lbt_audit.intake.table import Submission
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.units import Units

log = logging.getLogger(__name__)


def submissions(
    request: Request, dictionary: Dictionary, units: Units, year: int | None, watcher: Watcher
) -> Iterator[Submission]:
    """What ``request.paths`` hold, file by file. ``year``: of days written without one."""
    files = find_files(request.paths, leave_out=request.exclude)
    patience = Patience()
    directory = scans(f.relative for f in files) if SCANS in dictionary.kinds else {}
    beside = Companions(f.relative for f in files)
    files = [f for f in files if request.holds(f.relative)]
    watcher.found(len(files))
    jobs = request.jobs or os.cpu_count() or 1
    for result in read_files(files, jobs=jobs, on_done=watcher.read, companions=beside):
        path, sha256 = result.file.relative, result.sha256
        if result.reason is not None and path in directory:
            yield scanned(path, sha256, directory[path], dictionary.kinds[SCANS], units)
            continue
        if result.reason is not None:
            detail = dict(result.detail)
            yield Submission(path, sha256, result.status, result.reason, detail, notes=result.notes)
            continue
        rows = sum(len(grid.row_numbers) for grid in result.grids)
        kinds = [(glob, kind) for glob, kind in request.kinds if fnmatch(path, glob)]
        try:
            with patience.for_rows(rows):
                found = extract_tables(
                    path, sha256, result.grids, dictionary, units, kinds, result.notes, year
                )
        except Exception as error:  # the other files are not to suffer for it
            log.debug("%s: %s", path, type(error).__name__)
            reason = "stalled" if isinstance(error, OutOfTimeError) else "crashed"
            found = Submission(path, sha256, "unreadable", reason, notes=result.notes)
        yield found
