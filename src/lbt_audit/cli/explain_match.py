"""``lbt-audit explain-match``: why records are, or are not, taken for one child."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lbt_audit.cli.language import both, spoken
from lbt_audit.cli.options import ConfigOption, KindOption, LangOption, MaskOption, ProfileOption

_Who = Annotated[
    str,
    typer.Argument(
        metavar=both("儿童", "CHILD"),
        help=both(
            "儿童姓名、身份证号，或记录位置 文件:工作表!行号（CSV 为 文件!行号）",
            "A child's name or ID number, or a record as FILE:SHEET!ROW (FILE!ROW of a CSV)",
        ),
    ),
]
_With = Annotated[
    str | None,
    typer.Argument(
        metavar=both("[另一条记录]", "[OTHER]"),
        help=both("与之比对的记录（文件:工作表!行号）", "The record to hold it against (FILE:SHEET!ROW)"),
    ),
]
_In = Annotated[
    list[Path] | None,
    typer.Option(
        "--in",
        metavar=both("文件夹", "PATH"),
        help=both(
            "要读取的文件或文件夹（默认当前文件夹）；可重复",
            "Files and folders to read (default: here); repeatable",
        ),
    ),
]


def explain_match(
    who: _Who,
    other: _With = None,
    paths: _In = None,
    config: ConfigOption = None,
    profile: ProfileOption = None,
    kinds: KindOption = None,
    mask: MaskOption = None,
    lang: LangOption = None,
) -> int:
    from lbt_audit.cli.explaining import Question, run_explain

    return run_explain(
        Question(
            who,
            other,
            tuple(paths or [Path()]),
            config,
            profile,
            tuple(kinds or ()),
            str(mask) if mask else None,
            spoken(),
        )
    )


explain_match.__doc__ = both(
    "说明一名儿童（或两条记录）为什么认定或不认定为同一人：相符和不符的依据。\n\n"
    "退出码：0 找到；1 没有这名儿童或这条记录；2 用法或配置有误。",
    "Say why the records of a child (or two records) are, or are not, taken for one child.\n\n"
    "Exit codes: 0 found; 1 no such child or record; 2 wrong usage or configuration.",
)
