"""The commands, put together for one language."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from lbt_audit.cli.check import check
from lbt_audit.cli.explain_match import explain_match
from lbt_audit.cli.helping import Command, Group, localise
from lbt_audit.cli.language import both
from lbt_audit.cli.ledger import ledger_app
from lbt_audit.cli.options import LangOption
from lbt_audit.cli.recheck import recheck
from lbt_audit.cli.rules import rules_app
from lbt_audit.cli.start import init, sample
from lbt_audit.model.text import Lang


def _version(asked: bool) -> None:
    if asked:
        from lbt_audit import __version__

        typer.echo(f"lbt-audit {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=both("显示版本", "Show the version")
        ),
    ] = False,
    lang: LangOption = None,
) -> None:
    pass


def build(lang: Lang) -> Any:
    """The command line as a click command, its help in ``lang``."""
    app = typer.Typer(
        cls=Group,
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
    app.command("check", cls=Command)(check)
    app.command("recheck", cls=Command)(recheck)
    app.command("explain-match", cls=Command)(explain_match)
    app.add_typer(ledger_app, name="ledger")
    app.add_typer(rules_app, name="rules")
    app.command("init", cls=Command)(init)
    app.command("sample", cls=Command)(sample)
    command = typer.main.get_command(app)
    localise(command, lang)
    return command
