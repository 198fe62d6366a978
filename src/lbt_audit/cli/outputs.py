"""What an audit is turned into: documents, formats in files, the screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lbt_audit.cli.errors import complain
from lbt_audit.cli.streams import binary_stdout
from lbt_audit.model.text import Lang, Text

if TYPE_CHECKING:
    from lbt_audit.cli.checking import Asked
    from lbt_audit.config.county import County
    from lbt_audit.engine.audit import Audit
    from lbt_audit.notices.write import Inspection

_FAILURES = 5  # documents named one by one that could not be written
_FOR_PEOPLE = {"concise", "markdown", "github"}


def write_documents(
    asked: Asked, audit: Audit, root: Path, county: County | None, inspection: Inspection | None
) -> tuple[bool, list[str]]:
    """Write the documents; gives whether one failed, and what to tell was written."""
    if asked.out is None:
        return False, []
    from lbt_audit.notices.write import listed, notice_documents
    from lbt_audit.reports.write import audit_documents, inputs_of, write_all

    documents = [
        *audit_documents(audit, asked.out, root),
        *notice_documents(audit, county, inspection),  # all known to be usable before the first is written
    ]
    written, failed, cleared = write_all(asked.out, documents, inputs_of(audit, root))
    for note in [*(document.note for document in written), *cleared.notes]:
        if note is not None:
            complain(note[asked.lang], asked.lang, label=False)
    if cleared.removed and not asked.quiet:
        n = cleared.removed
        done = Text(
            f"已移除以前生成、本次不再需要的 {n} 个文件", f"removed {n} outdated files of an earlier audit"
        )
        complain(done[asked.lang], asked.lang, label=False)
    for error in failed[:_FAILURES]:
        complain(error.text[asked.lang], asked.lang)
    if (more := len(failed) - _FAILURES) > 0:
        rest = Text(f"另有 {more} 个文档也没有写成", f"{more} more documents could not be written")
        complain(rest[asked.lang], asked.lang)
    return bool(failed), listed(written, asked.out, asked.lang)


def write_files(
    asked: Asked,
    audit: Audit,
    targets: list[tuple[str, Path | None]],
    root: Path,
    inspection: Inspection | None,
) -> bool:
    """Write the formats that go to files; gives whether one failed."""
    from lbt_audit.reports.write import OutputError, inputs_of, write_document

    failed = False
    inputs = inputs_of(audit, root)
    files = [
        (partial(_render, name, audit, _waivers(inspection, asked.lang)), path)
        for name, path in targets
        if path is not None
    ]
    if asked.links is not None:
        from lbt_audit.reports.links_csv import write_links

        files.append((partial(write_links, audit), asked.links))
    for render, path in files:
        try:
            written = write_document(path, render, inputs)
            if written.note is not None:
                complain(written.note[asked.lang], asked.lang, label=False)
        except OutputError as error:
            complain(error.text[asked.lang], asked.lang)
            failed = True
    return failed


def _render(name: str, audit: Audit, waivers: Sequence[str], out: BinaryIO) -> None:
    if name != "text":
        from lbt_audit.reports.formats import render

        render(name, audit, out)
        return
    import io

    from lbt_audit.reports.terminal import TerminalReport, console_for

    text = io.StringIO()
    TerminalReport(audit, console_for(text, width=100), whole=True, waivers=waivers).print()
    out.write(text.getvalue().encode("utf-8", "replace"))


def print_report(
    asked: Asked,
    audit: Audit,
    targets: list[tuple[str, Path | None]],
    documents: list[str],
    inspection: Inspection | None,
) -> None:
    """What goes to stdout."""
    name = next((name for name, path in targets if path is None), None)
    if name == "text" and asked.recheck is not None and inspection is not None:
        from lbt_audit.notices.screen import RecheckScreen
        from lbt_audit.reports.terminal import console_for

        screen = RecheckScreen(inspection, audit.run, console_for(sys.stdout), documents, whole=asked.verbose)
        screen.total() if asked.quiet else screen.print()
        return
    if name == "text":
        from lbt_audit.reports.terminal import TerminalReport, console_for

        waivers = _waivers(inspection, asked.lang)
        report = TerminalReport(
            audit, console_for(sys.stdout), documents, whole=asked.verbose, waivers=waivers
        )
        report.total() if asked.quiet else report.print()
        return
    if name is not None:
        from lbt_audit.reports.formats import render

        out = binary_stdout(for_people=name in _FOR_PEOPLE)
        render(name, audit, out)
        out.flush()
    if documents and not asked.quiet:
        label = Text("已生成：", "written: ")[asked.lang]
        sys.stderr.write(label + ", ".join(documents) + "\n")


def _waivers(inspection: Inspection | None, lang: Lang) -> list[str]:
    """What the ledger has to say of waivers, if it has any."""
    if inspection is None:
        return []
    from lbt_audit.notices.state import has_waivers, waiver_lines

    return waiver_lines(inspection.recheck, lang) if has_waivers(inspection.recheck) else []
