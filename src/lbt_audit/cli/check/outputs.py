"""What an audit is turned into: documents, formats in files, the screen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lbt_audit.cli.check.options import CheckOptions, RecheckOptions
from lbt_audit.cli.errors import UsageError, complain
from lbt_audit.cli.streams import binary_stdout
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Lang, Text

if TYPE_CHECKING:
    from lbt_audit.config.county import County
    from lbt_audit.engine.audit import Audit
    from lbt_audit.ledger.state.inspection import Inspection

_FAILURES = 5  # documents named one by one that could not be written
_BINARY = "parquet"
_FOR_PEOPLE = {"concise", "markdown", "github"}
Target = tuple[str, Path | None]  # a format and its file; None = stdout


def targets(formats: Sequence[str], files: Sequence[Path]) -> list[Target]:
    """Formats with their files; stdout takes one format only."""
    if len(files) > len(formats):
        raise UsageError(
            "--output-file 比 --format 多：每个输出文件要有对应的格式",
            "more --output-file than --format: every output file needs its format",
        )
    named = [None if str(file) == "-" else file for file in files]
    paired = list(zip(formats, [*named, *[None] * (len(formats) - len(files))], strict=True))
    if sum(file is None for _, file in paired) > 1:
        raise UsageError(
            "标准输出只能有一种格式，其余请用 --output-file 指定文件",
            "stdout takes one format; give the others an --output-file",
        )
    if sys.stdout is not None and sys.stdout.isatty() and (_BINARY, None) in paired:
        raise UsageError(
            "parquet 不是文本，请用 --output-file 指定文件", "parquet is no text: give it an --output-file"
        )
    return paired


@dataclass
class Outputs:
    """What ``options`` ask for of ``audit``, ``wanted`` as they pair it; ``documents`` is what to tell was written."""

    options: CheckOptions
    audit: Audit
    root: Path
    wanted: Sequence[Target]
    inspection: Inspection | None
    documents: list[str] = field(default_factory=list)

    @property
    def lang(self) -> Lang:
        return self.audit.run.lang

    def write_documents(self, county: County | None) -> bool:
        """Write the documents; gives whether one failed."""
        folder = self.options.folder
        if folder is None:
            return False
        from lbt_audit.notices.documents import county_documents, unit_documents
        from lbt_audit.notices.units.recipients import Recipients
        from lbt_audit.notices.written import without_letters, written_lines
        from lbt_audit.reports.annotated.copies import FOLDER, annotated_copies
        from lbt_audit.reports.annotated.originals import Originals
        from lbt_audit.reports.documents import audit_documents, inputs_of
        from lbt_audit.reports.files.write import write_all

        originals = Originals(self.root, self.audit.submissions)
        annotated = annotated_copies(self.audit, originals, folder=folder / FOLDER[self.lang])
        recipients = Recipients.of(county, self.options.notices)
        recheck = self.inspection.recheck if self.inspection is not None else None
        copies = {copy.path: f"{FOLDER[self.lang]}/{copy.name}" for copy in annotated.copies}
        standings = self.inspection.trend if self.inspection is not None else ()
        documents = [  # all known to be usable before one is written
            *audit_documents(self.audit, folder, self.root, standings, copies),
            *((copies[copy.path], copy.render) for copy in annotated.copies),
            *unit_documents(self.audit, recipients, county, recheck, originals),
            *county_documents(self.audit, recipients, county, self.inspection),
        ]
        written, failed, cleared = write_all(folder, documents, inputs_of(self.audit, self.root))
        for note in [*annotated.notes, *(document.note for document in written), *cleared.notes]:
            self._note(note)
        if (n := cleared.removed) and not self.options.quiet:
            self._note(
                Text(
                    f"已移除以前生成、本次不再需要的 {n} 个文件",
                    f"removed {n} outdated files of an earlier audit",
                )
            )
        for error in failed[:_FAILURES]:
            complain(error.text[self.lang], self.lang)
        if (more := len(failed) - _FAILURES) > 0:
            rest = Text(f"另有 {more} 个文档也没有写成", f"{more} more documents could not be written")
            complain(rest[self.lang], self.lang)
        names = [document.path.relative_to(folder) for document in written]
        self.documents = written_lines(names, folder, self.lang)
        if not self.options.quiet and self.options.notices is not False:
            self._note(without_letters(self.audit, recipients))
        return bool(failed)

    def write_files(self) -> bool:
        """Write the formats that go to files; gives whether one failed."""
        from lbt_audit.engine.patience import OutOfTimeError, Patience
        from lbt_audit.reports.documents import inputs_of
        from lbt_audit.reports.files.write import OutputError, write_document

        files: list[tuple[Callable[[BinaryIO], None], Path]] = [
            (partial(self._render, name), path) for name, path in self.wanted if path is not None
        ]
        if self.options.links is not None:
            from lbt_audit.reports.formats.links_csv import write_links

            files.append((partial(write_links, self.audit), self.options.links))
        failed = False
        rows = sum(len(table) for submission in self.audit.submissions for table in submission.tables)
        patience = Patience()
        for render, path in files:
            try:
                with patience.for_rows(rows + self.audit.issues.num_rows):
                    self._note(write_document(path, render, inputs_of(self.audit, self.root)).note)
            except (OutputError, OutOfTimeError) as error:
                name = f"{path.name}：" if isinstance(error, OutOfTimeError) else ""
                complain(f"{name}{error.text[self.lang]}", self.lang)
                failed = True
        return failed

    def print_report(self) -> None:
        """What goes to stdout."""
        name = next((name for name, path in self.wanted if path is None), None)
        if name == "text":
            self._print_text()
            return
        if name is not None:
            out = binary_stdout(for_people=name in _FOR_PEOPLE)
            self._render(name, out)
            out.flush()
        if self.documents and not self.options.quiet:
            label = Text("已生成：", "written: ")[self.lang]
            sys.stderr.write(label + Text("；", "; ")[self.lang].join(self.documents) + "\n")

    def _print_text(self) -> None:
        from lbt_audit.notices.recheck.screen import RecheckScreen
        from lbt_audit.reports.screen.screen import Screen, console_for
        from lbt_audit.reports.screen.summary import TerminalReport

        console, whole = console_for(sys.stdout), self.options.verbose
        report: Screen
        if isinstance(self.options, RecheckOptions) and self.inspection is not None:
            report = RecheckScreen(
                self.inspection, self.audit.run, console, self.documents, whole=whole, lang=self.lang
            )
        else:
            report = TerminalReport(self.audit, console, self.documents, whole=whole, waivers=self._waivers())
        if self.options.quiet:
            report.total()
        else:
            report.print()

    def _render(self, name: str, out: BinaryIO) -> None:
        if name != "text":
            from lbt_audit.reports.formats import render

            render(name, self.audit, out)
            return
        import io

        from lbt_audit.reports.screen.screen import console_for
        from lbt_audit.reports.screen.summary import TerminalReport

        text = io.StringIO()
        TerminalReport(self.audit, console_for(text, width=100), whole=True, waivers=self._waivers()).print()
        out.write(text.getvalue().encode("utf-8", "replace"))

    def _waivers(self) -> list[str]:
        """What the ledger has to say of waivers, if it has any."""
        if self.inspection is None:
            return []
        from lbt_audit.notices.recheck.state import has_waivers, waiver_lines

        recheck = self.inspection.recheck
        return waiver_lines(recheck, self.lang) if has_waivers(recheck) else []

    def _note(self, note: Text | None) -> None:
        if note is not None:
            complain(note[self.lang], self.lang, label=False)
