"""``--format concise``: ``file:sheet!cell code message``, one line per issue."""

from __future__ import annotations

from typing import BinaryIO

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.tables.places import first_locations, places
from lbt_audit.reports.text.columns import join, plain
from lbt_audit.reports.text.safe import harmless_in_logs, terminal_column


def write(audit: Audit, out: BinaryIO) -> None:
    if audit.issues.num_rows == 0:
        return
    where = places(first_locations(audit))
    lines = join(where, " ", plain(audit.issues["rule"]), " ", plain(audit.issues["message"]))
    lines = join(harmless_in_logs(terminal_column(lines)), "\n")
    out.writelines(
        "".join(lines.slice(start, 10_000).to_pylist()).encode() for start in range(0, len(lines), 10_000)
    )
