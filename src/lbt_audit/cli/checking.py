"""What ``check`` does with its arguments: a request, an audit, outputs, an exit code."""

from __future__ import annotations

import logging
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lbt_audit.cli import exits, outputs
from lbt_audit.cli.errors import UsageError
from lbt_audit.cli.own_files import own_files, refuse_folder
from lbt_audit.cli.progress import Watching
from lbt_audit.model.run import Mask
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang

if TYPE_CHECKING:
    from lbt_audit.config.county import County
    from lbt_audit.engine.audit import Audit
    from lbt_audit.notices.write import Inspection

_DATE = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$")
_YEARS = range(2000, 2100)  # of the day the data are to be true for
_MASKS: dict[str, Mask] = {"partial": "partial", "full": "full", "none": "none"}


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
    county: str | None
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
        if asked.out is not None:
            from lbt_audit.notices.placeholders import check_templates

            check_templates(county, asked.lang)
        from lbt_audit.engine.request import Request
        from lbt_audit.engine.run import audit

        request = Request(
            paths=asked.paths,
            county=county,
            as_of=as_of,
            profile=asked.profile,
            own_county=asked.county,
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
        failed, documents = outputs.write_documents(asked, result, request.root, county, inspection)
        failed |= outputs.write_files(asked, result, targets, request.root, inspection)
    outputs.print_report(asked, result, targets, documents, inspection)
    if failed or any(run.status == "crashed" for run in result.rules):
        return exits.INCOMPLETE
    found = reaches(result, asked.fail_on) or (
        asked.recheck is not None and outstanding(inspection, asked.fail_on)
    )
    return exits.FINDINGS if found else exits.OK


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
    """``GLOB=KIND``; whether there is such a kind only the schemas can say."""
    glob, found, kind = text.rpartition("=")
    if not found or not glob or not kind:
        raise UsageError(f"--kind 应为 通配=表类，读到 {text}", f"--kind must be GLOB=KIND, got {text}")
    return glob, kind


def reaches(audit: Audit, fail_on: str) -> bool:
    """Whether an issue is at or above ``fail_on``; waived ones do not count."""
    if fail_on == "never" or audit.issues.num_rows == 0:
        return False
    import pyarrow.compute as pc

    grave = pc.greater_equal(audit.issues["severity"], int(Severity.of(fail_on)))
    waived = pc.equal(pc.fill_null(audit.issues["status"].cast("string"), ""), "waived")
    return bool(pc.any(pc.and_not(grave, waived)).as_py())


def outstanding(inspection: Inspection | None, fail_on: str) -> bool:
    """Whether the ledger holds an issue at or above ``fail_on`` that is neither closed nor waived: one whose file
    was not handed in again is still there, though this audit did not see it."""
    if inspection is None or fail_on == "never":
        return False
    least = int(Severity.of(fail_on))
    return any(
        item.row["severity"] >= least and item.status not in ("closed", "waived")
        for item in inspection.recheck.items
    )


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
    more = asked.recheck or Rechecking(0, None)
    seed = more.seed or audit.run.as_of.isoformat()
    picks = entered.recheck.sample(more.sample, seed)
    return entered.audit, Inspection(entered.recheck, entered.known, entered.trend, picks, seed)
