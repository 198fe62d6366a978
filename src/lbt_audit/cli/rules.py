"""``lbt-audit rules``: the catalogue, one rule explained, self-tests, lint."""

from __future__ import annotations

from typing import Annotated

import typer

from lbt_audit.cli.codes import split_codes
from lbt_audit.cli.helping import Command, Group
from lbt_audit.cli.language import both, spoken
from lbt_audit.cli.options import ConfigOption, LangOption

rules_app = typer.Typer(cls=Group, no_args_is_help=True, help=both("规则目录", "The catalogue of rules"))


@rules_app.callback()
def _rules(lang: LangOption = None) -> None:
    pass


def _codes(incomplete: str) -> list[str]:
    from lbt_audit.cli.ruling import heads

    return [h.code for h in heads(None) if h.code.startswith(incomplete.upper())]


_SomeCodes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=both("代码", "CODES"),
        help=both("规则代码或前缀（默认：全部）", "Codes or prefixes (default: all)"),
        autocompletion=_codes,
    ),
]


@rules_app.command("list", cls=Command, help=both("列出全部规则。", "List all rules."))
def list_(codes: _SomeCodes = None, config: ConfigOption = None, lang: LangOption = None) -> int:
    from lbt_audit.cli.ruling import list_rules

    return list_rules(split_codes(codes), config, spoken())


@rules_app.command(
    "show",
    cls=Command,
    help=both(
        "说明一条规则：内容、依据、整改要求和示例。", "Explain a rule: its basis, its fix and examples."
    ),
)
def show(
    code: Annotated[
        str,
        typer.Argument(
            metavar=both("代码", "CODE"), help=both("规则代码", "Code of the rule"), autocompletion=_codes
        ),
    ],
    config: ConfigOption = None,
    lang: LangOption = None,
) -> int:
    from lbt_audit.cli.ruling import show_rule

    return show_rule(code.strip().upper(), config, spoken())


@rules_app.command(
    "test", cls=Command, help=both("运行规则自带的正反示例。", "Run the examples every rule carries.")
)
def test(codes: _SomeCodes = None, config: ConfigOption = None, lang: LangOption = None) -> int:
    from lbt_audit.cli.ruling import test_rules

    return test_rules(split_codes(codes), config, spoken())


@rules_app.command(
    "lint", cls=Command, help=both("检查规则文件的写法。", "Check how the rule files are written.")
)
def lint(config: ConfigOption = None, lang: LangOption = None) -> int:
    from lbt_audit.cli.ruling import lint_rules

    return lint_rules(config, spoken())
