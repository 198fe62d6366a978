"""``lbt-audit init`` and ``lbt-audit sample``."""

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


def init(
    folder: Annotated[Path, argument("默认：当前文件夹", "Default: this folder", FOLDER)] = Path(),
) -> int:
    from lbt_audit.config.example import COUNTY, example
    from lbt_audit.config.keys import make_key

    path = folder / "lbt-audit.toml"
    if path.exists():
        raise UsageError(f"{path} 已存在，不覆盖", f"{path} is there already; not overwritten")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(example(spoken()), encoding="utf-8")
    typer.echo(Text(f"已写 {path}，请按本县情况修改", f"wrote {path}; adapt it to your county")[spoken()])
    key = make_key(COUNTY, [folder])
    if key is not None:
        told = Text(
            f"问题编号的密钥保存在 {key}（按县名存放，改县名后首次核查时另建）；不要随材料交出",
            f"the key of the issue numbers is kept in {key} (by the name of the county: after a change of name the first "
            "audit makes another); never hand it on with the files",
        )
        typer.echo(told[spoken()])
    return exits.OK


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
