"""What ``check`` does with its arguments: a request, an audit, outputs, an exit code."""

from __future__ import annotations

import logging
import re
import sys
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lbt_audit.cli import exits
from lbt_audit.cli.errors import UsageError, complain
from lbt_audit.cli.own_files import own_files, refuse_folder
from lbt_audit.cli.progress import Watching
from lbt_audit.cli.streams import binary_stdout
from lbt_audit.model.run import Mask
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.words import KINDS

if TYPE_CHECKING:
    from lbt_audit.config.county import County
    from lbt_audit.engine.audit import Audit
    from lbt_audit.notices.write import Inspection

_DATE = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$")
_YEARS = range(2000, 2100)  # of the day the data are to be true for
_MASKS: dict[str, Mask] = {"partial": "partial", "full": "full", "none": "none"}
_FAILURES = 5  # documents named one by one that could not be written
_FOR_PEOPLE = {"concise", "markdown", "github"}


@dataclass(frozen=True)
class Rechecking:
    """What ``recheck`` asks for besides: a list for spot checks of ``sample`` issues."""

    sample: int
    seed: str | None


@dataclass(frozen=True)
class Asked:
    """The command line of ``check`` as parsed."""

    paths: tuple[Path, ...]
    config: Path | None
    as_of: str | None
    out: Path | None
    formats: tuple[str, ...]
    output_files: tuple[Path, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    profile: str | None
    kinds: tuple[str, ...]
    fail_on: str
    mask: str | None
    jobs: int
    quiet: bool
    verbose: bool
    lang: Lang
    ledger: Path | None = None
    links: Path | None = None
    recheck: Rechecking | None = None


def run_check(asked: Asked) -> int:
    """Audit and report; gives the exit code."""
    if asked.verbose:
        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, format="%(name)s: %(message)s")
    targets = pair(asked.formats, asked.output_files)
    as_of = parse_day(asked.as_of) if asked.as_of else None
    kinds = tuple(parse_kind(k) for k in asked.kinds)
    for path in asked.paths:
        if not path.exists():
            raise UsageError(f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}")
    refuse_folder(asked)
    with Watching(asked.lang, enabled=not asked.quiet) as watching:
        county = _county(asked)
        from lbt_audit.engine.request import Request
        from lbt_audit.engine.run import audit

        request = Request(
            paths=asked.paths,
            county=county,
            as_of=as_of,
            profile=asked.profile,
            select=asked.select,
            ignore=asked.ignore,
            kinds=kinds,
            jobs=asked.jobs,
            lang=asked.lang,
            mask=_MASKS[asked.mask or (county.mask if county and county.mask else "partial")],
            exclude=own_files(asked, county),
            links=asked.links is not None,
            children=asked.ledger is not None,
            found=watching.found,
            read=watching.read,
            progress=watching.rule,
        )
        result = audit(request)
        watching.writing()
        inspection = None
        if asked.ledger is not None:
            result, inspection = enter_ledger(asked, result, county)
        failed, documents = _documents(asked, result, request.root, county, inspection)
        failed |= _files(asked, result, targets, request.root)
    _stdout(asked, result, targets, documents, inspection)
    if failed or any(run.status == "crashed" for run in result.rules):
        return exits.INCOMPLETE
    return exits.FINDINGS if reaches(result, asked.fail_on) else exits.OK


def pair(formats: tuple[str, ...], files: tuple[Path, ...]) -> list[tuple[str, Path | None]]:
    """Formats with their files; None = stdout, which takes one format only."""
    if len(files) > len(formats):
        raise UsageError(
            "--output-file 比 --format 多：每个输出文件要有对应的格式",
            "more --output-file than --format: every output file needs its format",
        )
    targets: list[tuple[str, Path | None]] = []
    for number, name in enumerate(formats):
        file = files[number] if number < len(files) and str(files[number]) != "-" else None
        targets.append((name, file))
    if sum(file is None for _, file in targets) > 1:
        raise UsageError(
            "标准输出只能有一种格式，其余请用 --output-file 指定文件",
            "stdout takes one format; give the others an --output-file",
        )
    return targets


def parse_day(text: str, option: str = "--as-of") -> date:
    """A day as people write it: 2026-10-31, 2026.10.31, 2026年10月31日."""
    match = _DATE.match(text.strip())
    try:
        day = date(*map(int, match.groups())) if match else None
    except ValueError:
        day = None
    if day is not None and day.year in _YEARS:
        return day
    if day is not None:
        first, last = _YEARS[0], _YEARS[-1]
        raise UsageError(
            f"{option} 应在 {first} 年至 {last} 年之间：{text}",
            f"{option} must be between {first} and {last}: {text}",
        )
    raise UsageError(
        f"{option} 不是日期：{text}（例：2026-10-31）", f"{option} is no date: {text} (e.g. 2026-10-31)"
    )


def parse_kind(text: str) -> tuple[str, str]:
    """``GLOB=KIND``."""
    glob, found, kind = text.rpartition("=")
    if not found or not glob or kind not in KINDS:
        import difflib

        near = difflib.get_close_matches(kind, KINDS, 1)
        known = near or sorted(KINDS)
        raise UsageError(
            f"--kind 应为 通配=表类，读到 {text}；表类有 {'、'.join(known)}",
            f"--kind must be GLOB=KIND, got {text}; kinds: {', '.join(known)}",
        )
    return glob, kind


def reaches(audit: Audit, fail_on: str) -> bool:
    """Whether an issue is at or above ``fail_on``; waived ones do not count."""
    if fail_on == "never" or audit.issues.num_rows == 0:
        return False
    import pyarrow.compute as pc

    grave = pc.greater_equal(audit.issues["severity"], int(Severity.of(fail_on)))
    waived = pc.equal(pc.fill_null(audit.issues["status"].cast("string"), ""), "waived")
    return bool(pc.any(pc.and_not(grave, waived)).as_py())


def _county(asked: Asked) -> County | None:
    from lbt_audit.config import find_county, load_county

    path = asked.config or find_county(asked.paths[0])
    return load_county(path) if path is not None else None


def enter_ledger(asked: Asked, audit: Audit, county: County | None) -> tuple[Audit, Inspection]:
    """Record the audit; gives it with the ledger's statuses, and what the ledger knows."""
    from lbt_audit.ledger.session import enter
    from lbt_audit.notices.write import Inspection

    assert asked.ledger is not None
    entered = enter(audit, county, asked.ledger, create=asked.recheck is None)
    more = asked.recheck
    picks = entered.recheck.sample(more.sample, more.seed) if more is not None else []
    return entered.audit, Inspection(entered.recheck, entered.known, entered.trend, picks)


def _documents(
    asked: Asked, audit: Audit, root: Path, county: County | None, inspection: Inspection | None
) -> tuple[bool, list[str]]:
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
        done = Text(
            f"已移除以前生成、本次不再需要的 {cleared.removed} 个文件",
            f"{cleared.removed} files of an earlier audit, no longer needed, were removed",
        )
        complain(done[asked.lang], asked.lang, label=False)
    for error in failed[:_FAILURES]:
        complain(error.text[asked.lang], asked.lang)
    if (more := len(failed) - _FAILURES) > 0:
        rest = Text(f"另有 {more} 个文档也没有写成", f"{more} more documents could not be written")
        complain(rest[asked.lang], asked.lang)
    return bool(failed), listed(written, asked.out, asked.lang)


def _files(asked: Asked, audit: Audit, targets: list[tuple[str, Path | None]], root: Path) -> bool:
    """Write the formats that go to files; gives whether one failed."""
    from lbt_audit.reports.write import OutputError, inputs_of, write_document

    failed = False
    inputs = inputs_of(audit, root)
    files = [(partial(_render, name, audit), path) for name, path in targets if path is not None]
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


def _render(name: str, audit: Audit, out: BinaryIO) -> None:
    if name != "text":
        from lbt_audit.reports.formats import render

        render(name, audit, out)
        return
    import io

    from lbt_audit.reports.terminal import TerminalReport, console_for

    text = io.StringIO()
    TerminalReport(audit, console_for(text, width=100), whole=True).print()
    out.write(text.getvalue().encode("utf-8", "replace"))


def _stdout(
    asked: Asked,
    audit: Audit,
    targets: list[tuple[str, Path | None]],
    documents: list[str],
    inspection: Inspection | None,
) -> None:
    name = next((name for name, path in targets if path is None), None)
    if name == "text" and asked.recheck is not None and inspection is not None:
        from lbt_audit.notices.screen import RecheckScreen
        from lbt_audit.reports.terminal import console_for

        screen = RecheckScreen(inspection, audit.run, console_for(sys.stdout), documents, whole=asked.verbose)
        screen.total() if asked.quiet else screen.print()
        return
    if name == "text":
        from lbt_audit.reports.terminal import TerminalReport, console_for

        report = TerminalReport(audit, console_for(sys.stdout), documents, whole=asked.verbose)
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
