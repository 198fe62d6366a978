"""The budgets of a whole ``check``: start-up, against pandas just reading the file, cost of findings."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.process import cost
from tests.benchmarks.registers import write_roster

ROWS = 50_000
COUNTY = """county = "青禾县"
as_of = 2026-10-31
extra_areas = ["529901"]
[units.townships]
"白石镇" = ["珠岩村", "大坪村"]
"清水乡" = ["河边村"]
[[units.schools]]
name = "白石镇中心小学"
township = "白石镇"
[[units.schools]]
name = "清水乡中心小学"
township = "清水乡"
"""
READ = "import sys, pandas; pandas.read_excel(sys.argv[1], engine='calamine', header=None, dtype=str)"


def tool(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "lbt_audit", *arguments]


def start_up() -> None:
    print("Start-up (budget: under 0.3 s and under 10 × python -c pass)")
    bare = cost([sys.executable, "-c", "pass"], 7)
    print(f"  python -c pass      {bare}")
    for arguments in (["--help"], ["--version"], ["rules", "list"]):
        one = cost(tool(*arguments), 7)
        print(f"  {' '.join(arguments):18}  {one}   = {one.seconds / bare.seconds:.1f} ×")


def small_file() -> None:
    print("check of one file of 60 rows (budget: ≤ 2 × pandas reading it, processor time of all processes)")
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder, "small.xlsx"), Path(folder, "out")
        Path(folder, "lbt-audit.toml").write_text(COUNTY, encoding="utf-8")
        write_roster(path, 60)
        read = cost(
            [
                sys.executable,
                "-c",
                "import sys, pandas; pandas.read_excel(sys.argv[1], engine='calamine')",
                str(path),
            ],
            7,
        )
        print(f"  pandas read_excel     {read}")
        for what, more in (("no documents", ["--no-documents"]), ("all documents", ["--out", str(out)])):
            ours = cost(tool("check", str(path), "--fail-on", "never", *more), 7)
            print(f"  check, {what:13}  {ours}   = {ours.processor / read.processor:.2f} × processor, "
                  f"{ours.seconds / read.seconds:.2f} × wall")  # fmt: skip


def whole_check() -> None:
    with tempfile.TemporaryDirectory() as folder:
        clean, broken = Path(folder, "clean.xlsx"), Path(folder, "broken.xlsx")
        Path(folder, "lbt-audit.toml").write_text(COUNTY, encoding="utf-8")
        write_roster(clean, ROWS)
        write_roster(broken, ROWS, broken=True)
        out = ["--out", str(Path(folder, "out")), "--fail-on", "never"]
        print(
            f"check of {ROWS:,} rows × 45 columns, all rules, all documents (budget: ≤ 2 × pandas, memory ≤ 3 ×)"
        )
        read = cost([sys.executable, "-c", READ, str(clean)])
        print(f"  pandas read_excel   {read}")
        ours = cost(tool("check", str(clean), *out))
        print(f"  check, clean file   {ours}   = {ours.seconds / read.seconds:.2f} × time, "
              f"{ours.megabytes / read.megabytes:.2f} × memory")  # fmt: skip
        print("Cost of findings: every row with ten (budget: ≤ 3 × the clean file)")
        full = cost(tool("check", str(broken), *out), 1)
        print(f"  check, broken file  {full}   = {full.seconds / ours.seconds:.2f} ×")


if __name__ == "__main__":
    start_up()
    small_file()
    whole_check()
