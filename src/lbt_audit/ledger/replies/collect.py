"""Returned reply workbooks, from their files into the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from lbt_audit.engine.reading.framing import make_context
from lbt_audit.intake.files.find import find_files
from lbt_audit.intake.read import read_files
from lbt_audit.intake.reasons import reason_text
from lbt_audit.ledger.replies.answering import Collected
from lbt_audit.ledger.replies.entry import enter
from lbt_audit.ledger.replies.sheet import Refusal, Returned, read_replies
from lbt_audit.model.home import HomeArea


def collect(
    connection: sqlite3.Connection, paths: Sequence[Path], on: date, exclude: Sequence[Path] = ()
) -> Collected:
    """Read the workbooks at ``paths`` (files and folders) and enter what they answer. A file that cannot
    be read is refused like a row that cannot be taken."""
    files: list[Returned] = []
    context = make_context(on, HomeArea())
    for result in read_files(find_files(paths, leave_out=exclude, own_documents=True)):
        path = result.file.relative
        if result.status == "ignored" and result.file.path not in paths:
            continue  # something else in a folder of replies
        if result.reason is not None:
            reason = reason_text(result.reason, result.detail)
            files.append(Returned(path, refusals=[Refusal(path, reason)]))
        else:
            files.append(read_replies(path, result.grids, on, context))
    return enter(connection, files, on)
