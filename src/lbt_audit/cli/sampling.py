"""Copying the sample county out of the package."""

from __future__ import annotations

import shutil
from pathlib import Path

from lbt_audit.cli.errors import UsageError
from lbt_audit.resources import data_dir

SAMPLE = "qinghe"  # the folder of ``sample_data`` that holds the submitted files
# Folders of ``sample_data`` and where they go in the sample of several periods.
PERIODS = (
    (SAMPLE, "2026-10"),
    ("replies", "replies"),
    ("periods/2026-11", "2026-11"),
    ("periods/2026-12", "2026-12"),
)


def copy_sample(folder: Path, periods: bool = False) -> int:
    """Copy the sample county to ``folder``, which must be new or empty; gives the number of files.

    ``periods``: also what is handed in in the two months after, and the units' replies, each in a
    folder of its own (PERIODS).
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} 已存在且不为空", f"{folder} exists and is not empty")
    root = data_dir("sample_data")
    for name, target in PERIODS if periods else ((SAMPLE, ""),):
        if not (root / name).is_dir():
            raise FileNotFoundError(2, "sample data missing", name)
        shutil.copytree(root / name, folder / target, dirs_exist_ok=True)
    return sum(path.is_file() for path in folder.rglob("*"))
