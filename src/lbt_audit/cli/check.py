"""``lbt-audit check``: the audit."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lbt_audit.cli.codes import split_codes
from lbt_audit.cli.language import both, spoken
from lbt_audit.cli.options import ConfigOption, LangOption


class Format(StrEnum):
    text = "text"
    concise = "concise"
    json = "json"
    jsonl = "jsonl"
    junit = "junit"
    sarif = "sarif"
    github = "github"
    markdown = "markdown"


class FailOn(StrEnum):
    error = "error"
    warning = "warning"
    notice = "notice"
    never = "never"


class Masking(StrEnum):
    partial = "partial"
    full = "full"
    none = "none"


_CODES = both("代码", "CODES")
_FILE = both("文件", "FILE")


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar=both("路径", "PATHS"),
            help=both(
                "要核查的文件或文件夹（默认：当前文件夹）",
                "Files and folders to audit (default: this folder)",
            ),
        ),
    ] = None,
    config: ConfigOption = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar=both("日期", "DATE"),
            help=both(
                "统计截止日，如 2026-10-31（默认：县级配置；再次：文件中最新填报日期；最后：今天）",
                "The day the data are to be true for, e.g. 2026-10-31 (default: the county file; else the newest "
                "filling date in the files; else today)",
            ),
        ),
    ] = None,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar=both("文件夹", "DIR"),
            help=both("文档写到哪里（默认 lbt-report/）", "Where the documents go (default lbt-report/)"),
        ),
    ] = Path("lbt-report"),
    formats: Annotated[
        list[Format] | None,
        typer.Option(
            "--format",
            metavar="text|concise|json|jsonl|junit|sarif|github|markdown",
            help=both(
                "标准输出的格式（默认 text）；可重复，第 n 个与第 n 个 --output-file 配对，没有配对的写到标准输出",
                "Format on stdout (default text); repeatable: the nth goes to the nth --output-file, one without a "
                "file to stdout",
            ),
        ),
    ] = None,
    output_files: Annotated[
        list[Path] | None,
        typer.Option(
            "--output-file",
            metavar=_FILE,
            help=both(
                "对应 --format 的输出文件，- 为标准输出",
                "File of the --format in the same place; - is stdout",
            ),
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar=_CODES,
            help=both(
                "只用这些规则，可写前缀，逗号分隔，如 B,D01", "Only these rules; prefixes work, e.g. B,D01"
            ),
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar=_CODES, help=both("不用这些规则", "Leave these rules out")),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            metavar=both("名称", "NAME"),
            help=both("口径配置，如 six_month_2024", "Policy profile"),
        ),
    ] = None,
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar=both("通配=表类", "GLOB=KIND"),
            help=both(
                "表头认不出时指定表类，如 '*/名单*.xlsx=roster'；可重复",
                "Say what a file is where its headers don't, e.g. '*/list*.xlsx=roster'; repeatable",
            ),
        ),
    ] = None,
    fail_on: Annotated[
        FailOn,
        typer.Option(
            "--fail-on",
            metavar="error|warning|notice|never",
            help=both(
                "达到何种等级时退出码为 1（默认 error）",
                "Severity from which the exit code is 1 (default error)",
            ),
        ),
    ] = FailOn.error,
    mask: Annotated[
        Masking | None,
        typer.Option(
            "--mask",
            metavar="partial|full|none",
            help=both("姓名、证号脱敏（默认 partial）", "Masking of names and numbers (default partial)"),
        ),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            min=0,
            metavar="N",
            help=both("同时读取的文件数（默认：处理器数）", "Files read at once (default: one per core)"),
        ),
    ] = 0,
    no_documents: Annotated[
        bool, typer.Option("--no-documents", help=both("不生成文档", "Write no documents"))
    ] = False,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help=both("只显示总数", "Show only the totals"))
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "-v", "--verbose", help=both("显示全部行和运行日志", "Show every line, and a log on stderr")
        ),
    ] = False,
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
            kinds=tuple(kinds or ()),
            fail_on=str(fail_on),
            mask=str(mask) if mask is not None else None,
            jobs=jobs,
            quiet=quiet,
            verbose=verbose,
            lang=spoken(),
        )
    )


check.__doc__ = both(
    "核查文件，生成问题清单。\n\n退出码：0 没有达到 --fail-on 的问题；1 有问题；2 用法或配置有误；3 核查不完整；130 中断。",
    "Audit files and write the list of issues.\n\nExit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong "
    "usage or configuration; 3 the audit is incomplete; 130 interrupted.",
)
