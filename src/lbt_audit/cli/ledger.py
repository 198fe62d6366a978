"""``lbt-audit ledger``: the rectification register."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

import typer

from lbt_audit.cli import arguments, exits
from lbt_audit.cli.errors import complain
from lbt_audit.cli.language import both, spoken
from lbt_audit.cli.options import CODES, DATE, FILE, SampleOption, SeedOption, VerboseOption, argument, option
from lbt_audit.model.text import Text

if TYPE_CHECKING:
    import sqlite3

    from lbt_audit.ledger.replies.sheet import Refusal
    from lbt_audit.ledger.state.recheck import Recheck

ledger_app = typer.Typer(
    no_args_is_help=True, help=both("整改台账：状态、历史、回复、豁免、导出。", "The rectification register.")
)
_LedgerOption = Annotated[Path, option("--ledger", metavar=FILE, zh="整改台账文件", en="The ledger")]
_DayOption = Annotated[
    str | None,
    option(
        "--as-of",
        metavar=DATE,
        zh="按哪一天计算（默认：最近一次核查的统计截止日）",
        en="As of which day (default: that of the newest audit)",
    ),
]
_ISSUE = argument(
    "台账编号（清溪镇-2610-012），或问题编号、其开头几位",
    "Number (清溪镇-2610-012), or the issue's fingerprint or its beginning",
    both("问题编号", "ISSUE"),
)
_IssueArgument = Annotated[str, _ISSUE]


@ledger_app.command(
    help=both(
        "各单位整改情况；指定单位、状态、规则或时限的，逐条列出；写明一个问题编号的，显示这一条及其经过。",
        "How the issues of every unit stand; those of one unit, status, rule or deadline one by one; or one issue and "
        "everything that happened to it.",
    )
)
def status(
    ledger: _LedgerOption,
    issue: Annotated[str | None, _ISSUE] = None,
    as_of: _DayOption = None,
    unit: Annotated[
        list[str] | None,
        option(
            "--unit",
            metavar=both("单位", "UNIT"),
            zh="只列这个责任单位的问题；可重复",
            en="Only issues this unit answers for; repeatable",
        ),
    ] = None,
    state: Annotated[
        list[str] | None,
        option(
            "--status",
            metavar=both("状态", "STATUS"),
            zh="只列这种状态的问题：新增、未整改、已报待核、虚报整改、反弹、逾期、豁免、已销号；可重复",
            en="Only issues that stand so: new, open, claimed, false_closing, relapsed, overdue, waived, closed; "
            "repeatable",
        ),
    ] = None,
    rule: Annotated[
        list[str] | None,
        option(
            "--rule",
            metavar=CODES,
            zh="只列这些规则的问题，可写前缀，如 B,D01",
            en="Only issues of these rules; prefixes work, e.g. B,D01",
        ),
    ] = None,
    due_by: Annotated[
        str | None,
        option(
            "--due-by",
            metavar=DATE,
            zh="只列整改时限在这一天（含当日）以前的问题",
            en="Only issues due on this day or before",
        ),
    ] = None,
    sample: SampleOption = 0,
    seed: SeedOption = None,
    verbose: VerboseOption = False,
) -> int:
    from lbt_audit.ledger.database.store import LedgerUsageError, open_ledger
    from lbt_audit.ledger.state.choice import Choice
    from lbt_audit.ledger.state.inspection import inspect
    from lbt_audit.notices.recheck.chosen import ChosenScreen
    from lbt_audit.notices.recheck.screen import RecheckScreen
    from lbt_audit.reports.screen.screen import console_for

    choice = Choice(tuple(unit or ()), tuple(state or ()), arguments.codes(rule), _day(due_by, "--due-by"))
    if issue is not None and choice:
        raise LedgerUsageError(
            Text("写了问题编号，不再写其他条件", "with one issue named, no other choice can be made")
        )
    with open_ledger(ledger, create=False, write=False) as connection:
        if issue is not None:
            typer.echo("\n".join(_story(connection, issue, inspect(connection, _day(as_of)).recheck)))
            return exits.OK
        inspection = inspect(connection, _day(as_of), sample=sample, seed=seed)
    console, lang = console_for(sys.stdout), spoken()
    if choice:
        recheck = inspection.recheck
        ChosenScreen(recheck, choice.of(recheck), console, whole=verbose, lang=lang).print()
    else:
        RecheckScreen(inspection, None, console, whole=verbose, lang=lang).print()
    return exits.OK


@ledger_app.command(help=both("一个问题从发现到销号的经过。", "Everything that happened to one issue."))
def history(issue: _IssueArgument, ledger: _LedgerOption) -> int:
    from lbt_audit.ledger.database.store import open_ledger

    with open_ledger(ledger, create=False, write=False) as connection:
        typer.echo("\n".join(_story(connection, issue)))
    return exits.OK


def _story(connection: sqlite3.Connection, issue: str, recheck: Recheck | None = None) -> list[str]:
    from lbt_audit.ledger.state.summary import history
    from lbt_audit.ledger.waivers import find_issue
    from lbt_audit.notices.recheck.screen import history_lines

    fingerprint = find_issue(connection, issue)
    row = connection.execute("SELECT * FROM issue WHERE fingerprint = ?", (fingerprint,)).fetchone()
    return history_lines(row, history(connection, fingerprint), spoken(), recheck)


@ledger_app.command(
    help=both(
        "收回各单位填好的整改回复表（xlsx、xls、csv）。\n\n退出码：0 全部收下；1 有退回的行或缺项；2 用法有误；3 台账无法写入。",
        "Take in the reply workbooks (xlsx, xls, csv).\n\nExit codes: 0 all taken; 1 rows refused or incomplete; 2 wrong "
        "usage; 3 the ledger cannot be written.",
    )
)
def reply(
    files: Annotated[
        list[Path],
        argument("回复表或其所在文件夹", "Reply workbooks, or folders of them", both("文件", "FILES")),
    ],
    ledger: _LedgerOption,
    on: Annotated[
        str | None,
        option("--on", metavar=DATE, zh="收到日期（默认：今天）", en="The day they came in (default: today)"),
    ] = None,
) -> int:
    from lbt_audit.ledger.database.store import open_ledger
    from lbt_audit.ledger.replies.answering import answering
    from lbt_audit.ledger.replies.collect import collect
    from lbt_audit.notices.reply.screen import reply_lines

    lang = spoken()

    def line(refusal: Refusal) -> str:
        return f"{refusal.place}{Text('：', ': ')[lang]}{refusal.text[lang]}"

    arguments.existing(files)
    with open_ledger(ledger, create=False) as connection:
        day = _day(on, "--on") or _today(connection)
        collected = collect(connection, files, day, exclude=[ledger])
        waiting = answering(connection, day)
    for refusal in collected.refusals:
        complain(line(refusal), lang)
    for remark in collected.remarks:
        complain(Text("注意：", "note: ")[lang] + line(remark), lang, label=False)
    typer.echo("\n".join(reply_lines(collected, waiting, lang)))
    return exits.FINDINGS if collected.refusals or collected.incomplete else exits.OK


@ledger_app.command(
    help=both("豁免一个问题到某日（含当日）。", "Set an issue aside until a day (inclusive).")
)
def waive(
    issue: _IssueArgument,
    ledger: _LedgerOption,
    reason: Annotated[str, option("--reason", metavar=both("理由", "TEXT"), zh="理由", en="Why")],
    approved_by: Annotated[
        str, option("--approved-by", metavar=both("姓名", "NAME"), zh="批准人", en="Who approved it")
    ],
    until: Annotated[
        str, option("--until", metavar=DATE, zh="最后一天（含当日）", en="The last day, inclusive")
    ],
    on: Annotated[
        str | None,
        option("--on", metavar=DATE, zh="批准日期（默认：今天）", en="Granted on (default: today)"),
    ] = None,
) -> int:
    from lbt_audit.ledger.database.store import open_ledger
    from lbt_audit.ledger.waivers import Waiver, grant

    last = arguments.day(until, "--until")
    with open_ledger(ledger, create=False) as connection:
        waiver = Waiver(issue, reason, approved_by, last)
        fingerprint = grant(connection, waiver, _day(on, "--on") or _today(connection))
    done = Text(
        f"问题 {fingerprint} 豁免至 {last}（含当日）", f"{fingerprint} waived until {last} (inclusive)"
    )
    typer.echo(done[spoken()])
    return exits.OK


@ledger_app.command(help=both("导出台账。", "Export the register."))
def export(
    ledger: _LedgerOption,
    to: Annotated[
        Literal["xlsx", "csv", "json"],
        option("--format", metavar="xlsx|csv|json", zh="格式（默认 xlsx）", en="Format (default xlsx)"),
    ] = "xlsx",
    output: Annotated[
        Path | None,
        option(
            "--output-file",
            metavar=FILE,
            zh="输出文件（默认：xlsx 为 整改台账.xlsx，csv、json 为标准输出；- 为标准输出）",
            en="Where to (default: register.xlsx for xlsx, else stdout; - is stdout)",
        ),
    ] = None,
    as_of: _DayOption = None,
) -> int:
    from lbt_audit.cli.streams import binary_stdout
    from lbt_audit.ledger.database.store import open_ledger
    from lbt_audit.ledger.state.inspection import inspect
    from lbt_audit.notices.register.export import write_csv, write_json
    from lbt_audit.notices.register.workbook import FILE_NAME, write_register
    from lbt_audit.reports.files.write import replacing

    lang = spoken()
    with open_ledger(ledger, create=False, write=False) as connection:
        inspection = inspect(connection, _day(as_of))
    renders: dict[str, Callable[[BinaryIO], None]] = {
        "xlsx": lambda out: write_register(inspection, lang, out),
        "csv": lambda out: write_csv(inspection, lang, out),
        "json": lambda out: write_json(inspection, out),
    }
    if output is None and to == "xlsx":
        output = Path(FILE_NAME[lang])
    if output is None or str(output) == "-":
        out = binary_stdout(for_people=to == "csv")
        renders[to](out)
        out.flush()
        return exits.OK
    with replacing(output, [ledger]) as (file, written):
        renders[to](file)
    if (note := written[0].note) is not None:
        complain(note[lang], lang, label=False)
    sys.stderr.write(f"{Text('已生成：', 'written: ')[lang]}{written[0].path}\n")
    return exits.OK


def _day(text: str | None, option: str = "--as-of") -> date | None:
    return arguments.day(text, option) if text else None


def _today(connection: sqlite3.Connection) -> date:
    """Today, or the day of the newest audit where that is later (a county may audit ahead)."""
    newest = connection.execute("SELECT max(as_of) FROM audit").fetchone()[0]
    return max(date.today(), date.fromisoformat(newest)) if newest else date.today()
