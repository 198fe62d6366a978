"""``--format concise``: ``file:sheet!cell code message``, one line per issue; the code of what it follows from."""

from __future__ import annotations

from typing import BinaryIO

import pyarrow.compute as pc

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.tables.places import first_locations, places
from lbt_audit.reports.text.columns import join, one, plain
from lbt_audit.reports.text.safe import harmless_in_logs, terminal_column


def write(audit: Audit, out: BinaryIO) -> None:
    if audit.issues.num_rows == 0:
        return
    where = places(first_locations(audit))
    rules, lang = plain(audit.issues["rule"]), audit.run.lang
    cause = rules.take(pc.index_in(one(audit.issues["follows"]), one(audit.issues["fingerprint"])))
    before, after = ("（由", "引起）") if lang == "zh" else (" (follows from ", ")")
    follows = pc.fill_null(pc.binary_join_element_wise(before, cause, after, ""), "")
    lines = join(where, " ", rules, " ", plain(audit.issues["message"]), follows)
    lines = join(harmless_in_logs(terminal_column(lines)), "\n")
    out.writelines(
        "".join(lines.slice(start, 10_000).to_pylist()).encode() for start in range(0, len(lines), 10_000)
    )
