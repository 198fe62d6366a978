"""``lbt-audit rules``: the catalogue, one rule explained, self-tests, lint."""

from __future__ import annotations

from typing import Annotated

import typer

from lbt_audit.cli import arguments
from lbt_audit.cli.language import both, spoken
from lbt_audit.cli.options import CODES, ConfigOption, argument

rules_app = typer.Typer(no_args_is_help=True, help=both("规则目录", "The catalogue of rules"))


def _codes(incomplete: str) -> list[str]:
    from lbt_audit.cli.ruling import heads

    return [h.code for h in heads(None) if h.code.startswith(incomplete.upper())]


_SomeCodes = Annotated[
    list[str] | None,
    argument(
        "规则代码或前缀（默认：全部）", "Codes or prefixes (default: all)", CODES, autocompletion=_codes
    ),
]


@rules_app.command("list", help=both("列出全部规则。", "List all rules."))
def list_(codes: _SomeCodes = None, config: ConfigOption = None) -> int:
    from lbt_audit.cli.ruling import list_rules

    return list_rules(arguments.codes(codes), config, spoken())


@rules_app.command(
    "show",
    help=both(
        "说明一条规则：内容、依据、整改要求和示例。", "Explain a rule: its basis, its fix and examples."
    ),
)
def show(
    code: Annotated[
        str,
        argument("规则代码", "Code of the rule", both("代码", "CODE"), autocompletion=_codes),
    ],
    config: ConfigOption = None,
) -> int:
    from lbt_audit.cli.ruling import show_rule

    return show_rule(code.strip().upper(), config, spoken())


@rules_app.command("test", help=both("运行规则自带的正反示例。", "Run the examples every rule carries."))
def test(codes: _SomeCodes = None, config: ConfigOption = None) -> int:
    from lbt_audit.cli.ruling import test_rules

    return test_rules(arguments.codes(codes), config, spoken())


@rules_app.command("lint", help=both("检查规则文件的写法。", "Check how the rule files are written."))
def lint(config: ConfigOption = None) -> int:
    from lbt_audit.cli.ruling import lint_rules

    return lint_rules(config, spoken())
