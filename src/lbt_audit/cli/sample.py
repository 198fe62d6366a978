"""``lbt-audit sample``."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from lbt_audit.cli import exits
from lbt_audit.cli.errors import UsageError
from lbt_audit.cli.language import spoken
from lbt_audit.cli.options import FOLDER, argument, option
from lbt_audit.model.text import Text
from lbt_audit.resources import data_dir

# Folders of ``sample_data`` and where they go in the sample of several periods; the first holds the submitted files
_PERIODS = (
    ("qinghe", "2026-10"),
    ("replies", "replies"),
    ("periods/2026-11", "2026-11"),
    ("periods/2026-12", "2026-12"),
)


def sample(
    folder: Annotated[Path, argument("新文件夹", "A new folder", FOLDER)],
    periods: Annotated[
        bool,
        option(
            "--periods",
            zh="连同以后两个月的报送和各单位的回复",
            en="With the two months after, and the units' replies",
        ),
    ] = False,
) -> int:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} 已存在且不为空", f"{folder} exists and is not empty")
    submitted, month = _PERIODS[0]
    for name, target in _PERIODS if periods else ((submitted, ""),):
        shutil.copytree(data_dir("sample_data") / name, folder / target, dirs_exist_ok=True)
    count = sum(path.is_file() for path in folder.rglob("*"))
    first = folder / month if periods else folder
    ledger = " --ledger ledger.db" if periods else ""
    typer.echo(
        Text(
            f"已把示例县的 {count} 个文件（全部虚构）复制到 {folder}\n下一步：lbt-audit check {first}{ledger}",
            f"copied {count} files of the sample county (all invented) to {folder}\n"
            f"next: lbt-audit check {first}{ledger}",
        )[spoken()]
    )
    return exits.OK
