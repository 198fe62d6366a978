"""``--format github``: annotations of a workflow run."""

from __future__ import annotations

from typing import BinaryIO

from lbt_audit.engine.audit import Audit
from lbt_audit.model.severity import Severity
from lbt_audit.reports.tables.rows import issues, place_text
from lbt_audit.reports.text.safe import terminal

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def write(audit: Audit, out: BinaryIO) -> None:
    for issue, places in issues(audit):
        parts = []
        if places:
            parts.append(f"file={_property(places[0].path)}")
            if places[0].row is not None:
                parts.append(f"line={places[0].row}")
        title = f"{issue['rule']} {issue['title']}"
        parts.append(f"title={_property(title)}")
        text = f"{place_text(places)} {issue['message']}"
        line = f"::{_LEVEL[issue['severity']]} {','.join(parts)}::{_data(text)}\n"
        out.write(line.encode("utf-8", "replace"))


def _data(text: str) -> str:
    return terminal(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
