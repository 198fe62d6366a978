"""Copying the sample county out of the package."""

from __future__ import annotations

import shutil
from pathlib import Path

from lbt_audit.cli.errors import UsageError
from lbt_audit.resources import data_dir

SAMPLE = "qinghe"  # the folder of ``sample_data`` that holds the submitted files


def copy_sample(folder: Path) -> int:
    """Copy the sample county to ``folder``, which must be new or empty; gives the number of files."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} 已存在且不为空", f"{folder} exists and is not empty")
    source = data_dir("sample_data") / SAMPLE
    if not source.is_dir():
        raise FileNotFoundError(2, "sample data missing", SAMPLE)
    shutil.copytree(source, folder, dirs_exist_ok=True)
    return sum(path.is_file() for path in folder.rglob("*"))
