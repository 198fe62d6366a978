"""``check --links FILE.csv``: every matched or doubtful pair of rows, for checking and reuse."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.text.safe import csv_cell

HEADER = (
    "left_path", "left_sheet", "left_row", "right_path", "right_sheet", "right_row", "verdict", "probability",
    "difference", "evidence",
)  # fmt: skip


def write_links(audit: Audit, out: BinaryIO) -> None:
    """UTF-8 with a byte-order mark, so that a spreadsheet program shows the Chinese; rows as it numbers them.

    ``verdict``: same, misspelt, doubtful; ``probability``: that both rows are one child, to three places; ``difference``:
    how the names differ (``matching.levels``); no name or number of a child is written.
    """
    text = io.TextIOWrapper(
        out, encoding="utf-8-sig", errors="backslashreplace", newline="", write_through=True
    )
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(HEADER)
        if audit.links is not None:
            for batch in audit.links.pairs(audit.run.lang).to_batches():
                columns = [c.to_pylist() for c in batch.columns]
                for number in (0, 1, 3, 4, 9):
                    safe = {t: csv_cell(t) for t in set(columns[number])}
                    columns[number] = [safe[t] for t in columns[number]]
                writer.writerows(zip(*columns, strict=True))
        text.flush()
    finally:
        text.detach()  # the file is the caller's to close
