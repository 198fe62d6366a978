"""``lbt-audit ledger``: the rectification register."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lbt_audit.cli.helping import Command, Group
from lbt_audit.cli.language import both, spoken
from lbt_audit.cli.options import LangOption, SampleOption, SeedOption, VerboseOption

ledger_app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    help=both("整改台账：状态、历史、回复、豁免、导出。", "The rectification register."),
)


class Exported(StrEnum):
    xlsx = "xlsx"
    csv = "csv"
    json = "json"


_FILE = both("文件", "FILE")
_DATE = both("日期", "DATE")
_LedgerOption = Annotated[
    Path, typer.Option("--ledger", metavar=_FILE, help=both("整改台账文件", "The ledger"))
]
_DayOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=_DATE,
        help=both(
            "按哪一天计算（默认：最近一次核查的统计截止日）",
            "As of which day (default: that of the newest audit)",
        ),
    ),
]
_IssueArgument = Annotated[
    str,
    typer.Argument(
        metavar=both("问题编号", "ISSUE"), help=both("问题编号或其开头几位", "Number of the issue, or its beginning")
    ),
]  # fmt: skip


@ledger_app.command(
    "status", cls=Command, help=both("各单位整改情况。", "How the issues of every unit stand.")
)
def status(
    ledger: _LedgerOption,
    as_of: _DayOption = None,
    sample: SampleOption = 0,
    seed: SeedOption = None,
    verbose: VerboseOption = False,
    lang: LangOption = None,
) -> int:
    from lbt_audit.cli.keeping import show_status

    return show_status(ledger, as_of, sample, seed, verbose, spoken())


@ledger_app.command(
    "history",
    cls=Command,
    help=both("一个问题从发现到销号的经过。", "Everything that happened to one issue."),
)
def history(issue: _IssueArgument, ledger: _LedgerOption, lang: LangOption = None) -> int:
    from lbt_audit.cli.keeping import show_history

    return show_history(ledger, issue, spoken())


@ledger_app.command(
    "reply",
    cls=Command,
    help=both(
        "收回各单位填好的整改回复表（xlsx、xls、csv）。\n\n退出码：0 全部收下；1 有退回的行或缺项；2 用法有误；3 台账无法写入。",
        "Take in the reply workbooks (xlsx, xls, csv).\n\nExit codes: 0 all taken; 1 rows refused or incomplete; 2 wrong "
        "usage; 3 the ledger cannot be written.",
    ),
)
def reply(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar=both("文件", "FILES"), help=both("回复表或其所在文件夹", "Reply workbooks, or folders of them")
        ),
    ],
    ledger: _LedgerOption,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar=_DATE, help=both("收到日期（默认：今天）", "The day they came in (default: today)")
        ),
    ] = None,
    lang: LangOption = None,
) -> int:  # fmt: skip
    from lbt_audit.cli.keeping import take_replies

    return take_replies(ledger, files, on, spoken())


@ledger_app.command(
    "waive",
    cls=Command,
    help=both("豁免一个问题到某日（含当日）。", "Set an issue aside until a day (inclusive)."),
)
def waive(
    issue: _IssueArgument,
    ledger: _LedgerOption,
    reason: Annotated[str, typer.Option("--reason", metavar=both("理由", "TEXT"), help=both("理由", "Why"))],
    approved_by: Annotated[
        str, typer.Option("--approved-by", metavar=both("姓名", "NAME"), help=both("批准人", "Who approved it"))
    ],
    until: Annotated[
        str, typer.Option("--until", metavar=_DATE, help=both("最后一天（含当日）", "The last day, inclusive"))
    ],
    on: Annotated[
        str | None, typer.Option("--on", metavar=_DATE, help=both("批准日期（默认：今天）", "Granted on (default: today)"))
    ] = None,
    lang: LangOption = None,
) -> int:  # fmt: skip
    from lbt_audit.cli.keeping import grant_waiver

    return grant_waiver(ledger, issue, reason, approved_by, until, on, spoken())


@ledger_app.command("export", cls=Command, help=both("导出台账。", "Export the register."))
def export(
    ledger: _LedgerOption,
    to: Annotated[
        Exported,
        typer.Option("--format", metavar="xlsx|csv|json", help=both("格式（默认 xlsx）", "Format (default xlsx)")),
    ] = Exported.xlsx,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output-file",
            metavar=_FILE,
            help=both(
                "输出文件（默认：xlsx 为 整改台账.xlsx，csv、json 为标准输出；- 为标准输出）",
                "Where to (default: register.xlsx for xlsx, else stdout; - is stdout)",
            ),
        ),
    ] = None,
    as_of: _DayOption = None,
    lang: LangOption = None,
) -> int:  # fmt: skip
    from lbt_audit.cli.keeping import export_register

    return export_register(ledger, str(to), output, as_of, spoken())
