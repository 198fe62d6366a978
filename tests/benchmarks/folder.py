"""A county's folder of small files: a whole ``check`` beside pandas reading every file of it in one process."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.audit import tool
from tests.benchmarks.process import cost

from lbt_audit.resources import data_dir

READ = """
import contextlib, sys, warnings
from pathlib import Path
import pandas
warnings.simplefilter("ignore")
for path in sorted(Path(sys.argv[1]).rglob("*.*")):
    with contextlib.suppress(Exception):  # what pandas cannot read costs it nothing
        if path.suffix in (".xlsx", ".xls", ".et", ".ods"):
            pandas.read_excel(path, sheet_name=None, header=None, dtype=str, engine="calamine")
        elif path.suffix == ".csv":
            try:
                pandas.read_csv(path, header=None, dtype=str, encoding="utf-8-sig")
            except UnicodeError:
                pandas.read_csv(path, header=None, dtype=str, encoding="gb18030")
"""


def folder() -> None:
    county = data_dir("sample_data") / "qinghe"
    files = sum(path.is_file() for path in county.rglob("*"))
    print(
        f"check of a county of {files} files (budget: ≤ 3 × pandas reading them, processor time of all processes)"
    )
    read = cost([sys.executable, "-c", READ, str(county)])
    print(f"  pandas reads them     {read}")
    with tempfile.TemporaryDirectory() as out:
        for what, more in (
            ("no documents", ["--no-documents"]),
            ("all documents", ["--out", str(Path(out, "out"))]),
        ):
            ours = cost(tool("check", str(county), "--fail-on", "never", *more))
            print(f"  check, {what:13}  {ours}   = {ours.processor / read.processor:.2f} × processor, "
                  f"{ours.seconds / read.seconds:.2f} × wall")  # fmt: skip
