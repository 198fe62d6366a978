"""``lbt-audit init`` and ``lbt-audit sample``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lbt_audit.cli import exits
from lbt_audit.cli.errors import UsageError
from lbt_audit.cli.language import both, spoken
from lbt_audit.cli.options import LangOption
from lbt_audit.model.text import Text


def init(
    folder: Annotated[
        Path,
        typer.Argument(metavar=both("文件夹", "DIR"), help=both("默认：当前文件夹", "Default: this folder")),
    ] = Path(),
    lang: LangOption = None,
) -> int:
    from lbt_audit.config.example import example

    path = folder / "lbt-audit.toml"
    if path.exists():
        raise UsageError(f"{path} 已存在，不覆盖", f"{path} is there already; not overwritten")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(example(spoken()), encoding="utf-8")
    typer.echo(Text(f"已写 {path}，请按本县情况修改", f"wrote {path}; adapt it to your county")[spoken()])
    return exits.OK


def sample(
    folder: Annotated[
        Path, typer.Argument(metavar=both("文件夹", "DIR"), help=both("新文件夹", "A new folder"))
    ],
    periods: Annotated[
        bool,
        typer.Option(
            "--periods",
            help=both(
                "连同以后两个月的报送和各单位的回复", "With the two months after, and the units' replies"
            ),
        ),
    ] = False,
    lang: LangOption = None,
) -> int:
    from lbt_audit.cli.sampling import PERIODS, copy_sample

    count = copy_sample(folder, periods)
    first = folder / PERIODS[0][1] if periods else folder
    ledger = " --ledger ledger.db" if periods else ""
    typer.echo(
        Text(
            f"已把示例县的 {count} 个文件（全部虚构）复制到 {folder}\n下一步：lbt-audit check {first}{ledger}",
            f"copied {count} files of the sample county (all invented) to {folder}\n"
            f"next: lbt-audit check {first}{ledger}",
        )[spoken()]
    )
    return exits.OK


init.__doc__ = both(
    "写一份县级配置文件 lbt-audit.toml 的样例。", "Write an example county file lbt-audit.toml."
)
sample.__doc__ = both(
    "复制示例县（虚构，含已知问题）。", "Copy the sample county (invented, with known defects) to a folder."
)
