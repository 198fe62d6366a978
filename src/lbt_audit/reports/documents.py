"""The documents of an audit that are for the auditing office itself: the issue list and the report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.files.write import Document

if TYPE_CHECKING:
    from lbt_audit.reports.page.figures.trend import Standing


def audit_documents(
    audit: Audit,
    out_dir: Path,
    root: Path | None = None,
    standings: Iterable[Standing] = (),
    copies: Mapping[str, str] = MappingProxyType({}),
) -> list[Document]:
    """The issue list, the page and the report, the longest to write first.

    ``root`` is the audited folder; places in issue list and page are linked to it. ``standings``: what a ledger tells
    of the audits before; ``copies``: path of a submission → its annotated copy below ``out_dir``.
    """
    from lbt_audit.reports.formats import json
    from lbt_audit.reports.page.page import FILE_NAME, write_page
    from lbt_audit.reports.workbook.book import file_name, write_workbook

    base = link_base(root, out_dir)
    return [
        (file_name(audit.run.lang), lambda out: write_workbook(audit, out, base)),
        (FILE_NAME[audit.run.lang], lambda out: write_page(audit, out, base, standings, copies)),
        ("report.json", lambda out: json.write(audit, out)),
    ]


def inputs_of(audit: Audit, root: Path) -> list[Path]:
    """The files handed in, none of which may be overwritten. What is no spreadsheet at all may be: it may
    be the last audit's output."""
    return [
        root / (s.file or s.path)
        for s in audit.submissions
        if s.reason not in ("not_a_spreadsheet", "own_document")
    ]


def link_base(root: Path | None, out_dir: Path) -> str | None:
    """The way from ``out_dir`` to ``root`` as links need it (``../``); None where there is none."""
    if root is None:
        return None
    try:
        way = Path(os.path.relpath(root.absolute(), out_dir.absolute())).as_posix()
    except ValueError:  # another drive
        return None
    return "" if way == "." else f"{way}/"
