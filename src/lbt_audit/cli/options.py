"""Options several commands share, and how options become a command."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_type_hints

import typer

from lbt_audit.cli.language import both
from lbt_audit.model.run import Mask

T = TypeVar("T")
FILE, FOLDER, DATE, CODES = (
    both("文件", "FILE"), both("文件夹", "DIR"), both("日期", "DATE"), both("代码", "CODES"),
)  # fmt: skip


def option(*names: str, zh: str, en: str, metavar: str | None = None, **more: Any) -> Any:
    """An option of typer, its help in both languages."""
    return typer.Option(*names, help=both(zh, en), metavar=metavar, show_default=False, **more)


def argument(zh: str, en: str, metavar: str, **more: Any) -> Any:
    """An argument of typer, its help in both languages."""
    return typer.Argument(help=both(zh, en), metavar=metavar, show_default=False, **more)


def command(options: type[T], run: Callable[[T], int]) -> Callable[..., int]:
    """``run`` as typer wants it: with a parameter for every field of the dataclass ``options``."""

    def call(**given: Any) -> int:
        return run(options(**given))

    hints = get_type_hints(options, include_extras=True)
    parameters = []
    for field in fields(options):  # type: ignore[arg-type]
        default = inspect.Parameter.empty if field.default is MISSING else field.default
        parameters.append(
            inspect.Parameter(
                field.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hints[field.name]
            )
        )
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = hints
    return call


ConfigOption = Annotated[
    Path | None,
    option(
        "--config",
        metavar=FILE,
        zh="县级配置文件（默认：第一个路径所在或上级文件夹中最近的 lbt-audit.toml）",
        en="County file (default: nearest lbt-audit.toml at or above the first path)",
    ),
]
ProfileOption = Annotated[
    str | None,
    option("--profile", metavar=both("名称", "NAME"), zh="口径配置，如 six_month_2024", en="Policy profile"),
]
KindOption = Annotated[
    list[str] | None,
    option(
        "--kind",
        metavar=both("通配=表类", "GLOB=KIND"),
        zh="表头认不出时指定表类，如 '*/名单*.xlsx=roster'；可重复",
        en="Say what a file is where its headers don't, e.g. '*/list*.xlsx=roster'; repeatable",
    ),
]
MaskOption = Annotated[
    Mask | None,
    option(
        "--mask",
        metavar="partial|full|none",
        zh="姓名、证号脱敏（默认 partial）",
        en="Masking of names and numbers (default partial)",
    ),
]
VerboseOption = Annotated[
    bool, option("-v", "--verbose", zh="显示全部行和运行日志", en="Show every line, and a log on stderr")
]
SampleOption = Annotated[
    int,
    option(
        "--sample",
        min=0,
        metavar="N",
        zh="现场抽查名单的条数（按风险加权）",
        en="Issues to draw for spot checks, weighted by risk",
    ),
]
SeedOption = Annotated[
    str | None,
    option(
        "--seed",
        metavar=both("种子", "SEED"),
        zh="抽查种子，同一种子得到同一名单（默认：统计截止日）",
        en="The same seed draws the same list (default: the day of the data)",
    ),
]
