"""``lbt-audit check``: the audit."""

from __future__ import annotations

from pathlib import Path

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
    LedgerOption,
    LinksOption,
    MaskOption,
    NoDocumentsOption,
    OutOption,
    OutputFileOption,
    PathsArgument,
    ProfileOption,
    QuietOption,
    SelectOption,
    VerboseOption,
)


def check(
    paths: PathsArgument = None,
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
    ledger: LedgerOption = None,
    links: LinksOption = None,
    lang: LangOption = None,
) -> int:
    from lbt_audit.cli.checking import Asked, run_check

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
            links=links,
        )
    )


check.__doc__ = both(
    "核查文件，生成问题清单。\n\n退出码：0 没有达到 --fail-on 的问题；1 有问题；2 用法或配置有误；3 核查不完整；130 中断。",
    "Audit files and write the list of issues.\n\nExit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong "
    "usage or configuration; 3 the audit is incomplete; 130 interrupted.",
)
