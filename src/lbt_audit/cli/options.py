"""Options several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lbt_audit.cli.language import both


class Language(StrEnum):
    zh = "zh"
    en = "en"


LangOption = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        metavar="zh|en",
        help=both("语言（也可用环境变量 LBT_AUDIT_LANG）", "Language (also LBT_AUDIT_LANG)"),
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar=both("文件", "FILE"),
        help=both(
            "县级配置文件（默认：第一个路径所在或上级文件夹中最近的 lbt-audit.toml）",
            "County file (default: nearest lbt-audit.toml at or above the first path)",
        ),
    ),
]


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

PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar=both("路径", "PATHS"),
        help=both(
            "要核查的文件或文件夹（默认：当前文件夹）",
            "Files and folders to audit (default: this folder)",
        ),
    ),
]
AsOfOption = Annotated[
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
]
OutOption = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar=both("文件夹", "DIR"),
        help=both("文档写到哪里（默认 lbt-report/）", "Where the documents go (default lbt-report/)"),
    ),
]
FormatOption = Annotated[
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
]
OutputFileOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--output-file",
        metavar=_FILE,
        help=both(
            "对应 --format 的输出文件，- 为标准输出",
            "File of the --format in the same place; - is stdout",
        ),
    ),
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar=_CODES,
        help=both(
            "只用这些规则，可写前缀，逗号分隔，如 B,D01", "Only these rules; prefixes work, e.g. B,D01"
        ),
    ),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar=_CODES, help=both("不用这些规则", "Leave these rules out")),
]
ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar=both("名称", "NAME"),
        help=both("口径配置，如 six_month_2024", "Policy profile"),
    ),
]
CountyOption = Annotated[
    str | None,
    typer.Option(
        "--county",
        metavar=both("县名", "NAME"),
        help=both(
            "本县名称，如 青禾县（默认：县级配置；再次：按报送文件推断）",
            "The own county (default: the county file; else as the files show)",
        ),
    ),
]
KindOption = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        metavar=both("通配=表类", "GLOB=KIND"),
        help=both(
            "表头认不出时指定表类，如 '*/名单*.xlsx=roster'；可重复",
            "Say what a file is where its headers don't, e.g. '*/list*.xlsx=roster'; repeatable",
        ),
    ),
]
FailOnOption = Annotated[
    FailOn,
    typer.Option(
        "--fail-on",
        metavar="error|warning|notice|never",
        help=both(
            "达到何种等级时退出码为 1（默认 error）",
            "Severity from which the exit code is 1 (default error)",
        ),
    ),
]
MaskOption = Annotated[
    Masking | None,
    typer.Option(
        "--mask",
        metavar="partial|full|none",
        help=both("姓名、证号脱敏（默认 partial）", "Masking of names and numbers (default partial)"),
    ),
]
JobsOption = Annotated[
    int,
    typer.Option(
        "--jobs",
        min=0,
        metavar="N",
        help=both("同时读取的文件数（默认：处理器数）", "Files read at once (default: one per core)"),
    ),
]
NoDocumentsOption = Annotated[
    bool, typer.Option("--no-documents", help=both("不生成文档", "Write no documents"))
]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help=both("只显示总数", "Show only the totals"))]
VerboseOption = Annotated[
    bool,
    typer.Option(
        "-v", "--verbose", help=both("显示全部行和运行日志", "Show every line, and a log on stderr")
    ),
]
LinksOption = Annotated[
    Path | None,
    typer.Option(
        "--links",
        metavar=both("文件.csv", "FILE.csv"),
        help=both(
            "把各名单之间认定为同一儿童或待核的记录对写成 CSV（不含姓名）",
            "Write every matched or doubtful pair of rows between lists as CSV (no names)",
        ),
    ),
]
LedgerOption = Annotated[
    Path | None,
    typer.Option(
        "--ledger",
        metavar=_FILE,
        help=both(
            "整改台账文件：记入本次核查，标明状态和原定时限",
            "Rectification ledger: record this audit, show statuses and the deadlines first set",
        ),
    ),
]
SampleOption = Annotated[
    int,
    typer.Option(
        "--sample",
        min=0,
        metavar="N",
        help=both("现场抽查名单的条数（按风险加权）", "Issues to draw for spot checks, weighted by risk"),
    ),
]
SeedOption = Annotated[
    str | None,
    typer.Option(
        "--seed",
        metavar=both("种子", "SEED"),
        help=both(
            "抽查种子，同一种子得到同一名单（默认：统计截止日）",
            "The same seed draws the same list (default: the day of the data)",
        ),
    ),
]
