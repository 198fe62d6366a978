"""The commands, put together for one language."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from lbt_audit.cli import desk, explain_match, fix, template
from lbt_audit.cli.check.options import CheckOptions, RecheckOptions, WatchOptions
from lbt_audit.cli.help import localise
from lbt_audit.cli.init.command import HELP as INIT
from lbt_audit.cli.init.command import init
from lbt_audit.cli.language import both
from lbt_audit.cli.ledger import ledger_app
from lbt_audit.cli.options import command, option
from lbt_audit.cli.rules import rules_app
from lbt_audit.cli.sample import sample
from lbt_audit.model.text import Lang


def _version(asked: bool) -> None:
    if asked:
        from lbt_audit import __version__

        typer.echo(f"lbt-audit {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, option("--version", callback=_version, is_eager=True, zh="显示版本", en="Show the version")
    ] = False,
    lang: Annotated[
        Literal["zh", "en"] | None,
        option(
            "--lang",
            metavar="zh|en",
            zh="语言（也可用环境变量 LBT_AUDIT_LANG）",
            en="Language (also LBT_AUDIT_LANG)",
        ),
    ] = None,
) -> None:
    """``lang`` is known before the arguments are parsed; it is taken here so that it may be given."""


def _check(options: CheckOptions) -> int:
    from lbt_audit.cli.check.run import run

    return run(options)


def _check_or_watch(options: WatchOptions) -> int:
    if not options.watch:
        return _check(options)
    from lbt_audit.cli.check.watch import watch

    return watch(options)


def build(lang: Lang) -> Any:
    """The command line as a click command, its help in ``lang``."""
    app = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=both(
            "农村留守儿童登记数据核查：检查花名册、台账、学籍等表格，列出问题、依据、责任单位和整改时限。不联网。",
            "Audit registration spreadsheets of rural left-behind children: lists issues with their basis, who "
            "must correct them and by when. Works offline.",
        ),
    )
    app.callback()(_root)
    app.command(
        "check",
        help=both(
            "核查文件，生成问题清单。\n\n退出码：0 没有达到 --fail-on 的问题；1 有问题；2 用法或配置有误；3 核查不完整；"
            "130 中断。",
            "Audit files and write the list of issues.\n\nExit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong "
            "usage or configuration; 3 the audit is incomplete; 130 interrupted.",
        ),
    )(command(WatchOptions, _check_or_watch))
    app.command(
        "recheck",
        help=both(
            "对照整改台账复查：哪些已销号、未整改、逾期、反弹、虚报整改，并生成复查报告、督办通知和抽查名单。\n\n"
            "退出码同 check。",
            "Audit against the ledger: what is closed, open, overdue, back again or falsely reported as done; writes the "
            "report, reminders and a list for spot checks.\n\nExit codes as for check.",
        ),
    )(command(RecheckOptions, _check))
    app.command("explain-match", help=explain_match.HELP)(explain_match.explain_match)
    app.command("fix", help=fix.HELP)(fix.fix)
    app.command("template", help=template.HELP)(template.template)
    app.command("desk", help=desk.HELP)(desk.desk)
    app.add_typer(ledger_app, name="ledger")
    app.add_typer(rules_app, name="rules")
    app.command("init", help=INIT)(init)
    app.command(
        "sample",
        help=both(
            "复制示例县（虚构，含已知问题）。",
            "Copy the sample county (invented, with known defects) to a folder.",
        ),
    )(sample)
    root = typer.main.get_command(app)
    (language,) = (p for p in root.params if p.name == "lang")
    language.expose_value = False
    localise(root, lang, language)
    return root
