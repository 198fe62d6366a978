"""What ``check`` and ``recheck`` do: a request, an audit, outputs, an exit code."""

from __future__ import annotations

import gc
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lbt_audit.cli import arguments, exits
from lbt_audit.cli.check.consent import unmasked
from lbt_audit.cli.check.exclusions import exclusions, refuse_folder
from lbt_audit.cli.check.options import CheckOptions, RecheckOptions
from lbt_audit.cli.check.outputs import Outputs, targets
from lbt_audit.cli.errors import UsageError, complain
from lbt_audit.cli.language import spoken
from lbt_audit.cli.progress import ProgressBar
from lbt_audit.intake.fence.alone import arrow_alone
from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity
from lbt_audit.reports.formats import Format

if TYPE_CHECKING:
    from lbt_audit.engine.audit import Audit
    from lbt_audit.ledger.state.inspection import Inspection
    from lbt_audit.model.secret import Secret
    from lbt_audit.partitions.audit import Division


@dataclass(frozen=True)
class Checked:
    """An audit whose documents and files are written. ``code``: the exit code; ``secret``: the key of its issue numbers."""

    audit: Audit
    outputs: Outputs
    code: int
    secret: Secret


def run(options: CheckOptions) -> int:
    """Audit and report; gives the exit code."""
    spare_collections()
    arrow_alone()  # a register without a fault needs no pandas
    done = check(options)
    done.outputs.print_report()
    return done.code


def check(options: CheckOptions, secret: Secret | None = None) -> Checked:
    """Audit, and write what goes to files. ``secret``: the key of an audit before this one, which has told whatever is
    to be known beforehand."""
    if options.verbose:
        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, format="%(name)s: %(message)s")
    wanted = targets(options.formats or [Format.text], options.output_files or ())
    as_of = arguments.day(options.as_of) if options.as_of else None
    issued_on = arguments.day(options.issued_on, "--issued-on") if options.issued_on else None
    kinds = arguments.kinds(options.kinds)
    paths = arguments.existing(options.paths or [Path()])
    refuse_folder(options.folder, paths)
    lang = spoken()
    with ProgressBar(lang, enabled=not options.quiet) as progress:
        county = arguments.county(options.config, paths)
        mask = arguments.mask(options.mask, county)
        if mask == "none" and not options.yes and secret is None:
            unmasked(lang)
        if options.folder is not None and secret is None:
            from lbt_audit.notices.letter.placeholders import check_templates

            for note in check_templates(county, lang):
                complain(note[lang], lang, label=False)
        from lbt_audit.config.keys import find_key
        from lbt_audit.engine.request import Request
        from lbt_audit.partitions.audit import audit

        if secret is None:
            shared = [*paths, *([options.folder] if options.folder is not None else [])]
            secret = find_key(county, options.county, _ledger(options), shared)
            for note in secret.notes:
                complain(note[lang], lang, label=False)
        request = Request(
            paths=paths,
            county=county,
            secret=secret,
            as_of=as_of,
            issued_on=issued_on,
            profile=options.profile,
            county_name=options.county,
            select=arguments.codes(options.select),
            ignore=arguments.codes(options.ignore),
            kinds=kinds,
            jobs=options.jobs,
            lang=lang,
            mask=mask,
            previous=arguments.previous(options.previous, county, paths),
            exclude=exclusions(options, county),
            links=options.links is not None,
            children=options.ledger is not None,
        )
        result = audit(request, progress, _division(options))
        progress.writing()
        inspection = None
        if options.ledger is not None:
            from lbt_audit.ledger.recording.session import enter

            if isinstance(options, RecheckOptions):
                entered = enter(
                    result, county, options.ledger, create=False, sample=options.sample, seed=options.seed
                )
            else:
                entered = enter(result, county, options.ledger)
            result, inspection = entered.audit, entered.inspection
        outputs = Outputs(options, result, request.root, wanted, inspection)
        failed = outputs.write_documents(county)
        failed |= outputs.write_files()
    code = exits.OK
    if failed or result.run.given_up or any(run.status == "crashed" for run in result.rules):
        code = exits.INCOMPLETE
    elif _reaches(result, options.fail_on) or (
        isinstance(options, RecheckOptions) and _outstanding(inspection, options.fail_on)
    ):
        code = exits.FINDINGS
    return Checked(result, outputs, code, request.key)


def _division(options: CheckOptions) -> Division:
    """How the audit is divided, as asked. Raises UsageError for what does not go together."""
    from lbt_audit.partitions.audit import Division

    if options.county and options.partition_by == "county":
        raise UsageError(
            "--county 只说一个县，不与 --partition-by county 同用；各县名称请写在各县文件夹的 lbt-audit.toml",
            "--county names one county and does not go with --partition-by county: name each in the lbt-audit.toml of its "
            "folder",
        )
    folder = options.parts_folder
    if folder is None and options.cluster is not None and not options.cluster.startswith("local"):
        folder = options.out.absolute().parent
    return Division(options.partition_by, options.cluster, folder)


def spare_collections() -> None:
    """Thousands of files are hundreds of thousands of objects, none of them garbage: look for it seldom."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def _ledger(options: CheckOptions) -> Path | None:
    """The ledger the key is for: a recheck makes none."""
    made = options.ledger is not None and (options.ledger.exists() or not isinstance(options, RecheckOptions))
    return options.ledger if made else None


def _reaches(audit: Audit, fail_on: str) -> bool:
    """Whether an issue is at or above ``fail_on``; waived ones do not count."""
    if fail_on == "never" or audit.issues.num_rows == 0:
        return False
    import pyarrow.compute as pc

    grave = pc.greater_equal(audit.issues["severity"], int(Severity.of(fail_on)))
    waived = pc.equal(pc.fill_null(audit.issues["status"].cast("string"), ""), "waived")
    return bool(pc.any(pc.and_not(grave, waived)).as_py())


def _outstanding(inspection: Inspection | None, fail_on: str) -> bool:
    """Whether the ledger holds an issue at or above ``fail_on`` that is neither closed nor waived: one whose file
    was not handed in again is still there, though this audit did not see it."""
    if inspection is None or fail_on == "never":
        return False
    least = int(Severity.of(fail_on))
    return any(
        item.row["severity"] >= least and item.status not in ("closed", "waived")
        for item in inspection.recheck.items
    )
