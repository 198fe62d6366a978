"""``--format jsonl``: one issue a line, as in ``issues`` of the JSON report."""

from __future__ import annotations

from typing import BinaryIO

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.formats.json_text import issue_objects
from lbt_audit.reports.text.columns import join
from lbt_audit.reports.text.json import characters


def write(audit: Audit, out: BinaryIO) -> None:
    out.writelines(characters(join(objects, "\n")) for objects in issue_objects(audit))
