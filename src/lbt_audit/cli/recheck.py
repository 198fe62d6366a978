"""``lbt-audit recheck``: was it corrected?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lbt_audit.cli.codes import split_codes
from lbt_audit.cli.language import both, spoken
from lbt_audit.cli.options import (
    AsOfOption,
    ConfigOption,
    CountyOption,
    FailOn,
    FailOnOption,
    Format,
    FormatOption,
    IgnoreOption,
    JobsOption,
    KindOption,
    LangOption,
    MaskOption,
    NoDocumentsOption,
    OutOption,
    OutputFileOption,
    PathsArgument,
    ProfileOption,
    QuietOption,
    SampleOption,
    SeedOption,
    SelectOption,
    VerboseOption,
)


def recheck(
    ledger: Annotated[
        Path,
        typer.Option(
            "--ledger",
            metavar=both("文件", "FILE"),
            help=both("整改台账文件（须已由 check --ledger 建立）", "The ledger made by check --ledger"),
        ),
    ],
    paths: PathsArgument = None,
    sample: SampleOption = 0,
    seed: SeedOption = None,
    config: ConfigOption = None,
    as_of: AsOfOption = None,
    out: OutOption = Path("lbt-report"),
    formats: FormatOption = None,
    output_files: OutputFileOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    profile: ProfileOption = None,
    county: CountyOption = None,
    kinds: KindOption = None,
    fail_on: FailOnOption = FailOn.error,
    mask: MaskOption = None,
    jobs: JobsOption = 0,
    no_documents: NoDocumentsOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    lang: LangOption = None,
) -> int:
    from lbt_audit.cli.checking import Asked, Rechecking, run_check

    return run_check(
        Asked(
            paths=tuple(paths or [Path()]),
            config=config,
            as_of=as_of,
            out=None if no_documents else out,
            formats=tuple(str(f) for f in formats or [Format.text]),
            output_files=tuple(output_files or ()),
            select=split_codes(select),
            ignore=split_codes(ignore),
            profile=profile,
            county=county,
            kinds=tuple(kinds or ()),
            fail_on=str(fail_on),
            mask=str(mask) if mask is not None else None,
            jobs=jobs,
            quiet=quiet,
            verbose=verbose,
            lang=spoken(),
            ledger=ledger,
            recheck=Rechecking(sample, seed),
        )
    )


recheck.__doc__ = both(
    "对照整改台账复查：哪些已销号、未整改、逾期、反弹、虚报整改，并生成复查报告、督办通知和抽查名单。\n\n退出码同 check。",
    "Audit against the ledger: what is closed, open, overdue, back again or falsely reported as done; writes the report, "
    "reminders and a list for spot checks.\n\nExit codes as for check.",
)
