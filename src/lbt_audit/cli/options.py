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
