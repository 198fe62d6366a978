"""A large text table beside pandas, and what it costs to ask for few rules."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import numpy as np
from tests.benchmarks.audit import COUNTY, tool
from tests.benchmarks.process import cost
from tests.benchmarks.registers import GROUPS, columns, write_roster

CSV_ROWS, XLSX_ROWS = 200_000, 50_000
READ_CSV = "import sys, pandas; pandas.read_csv(sys.argv[1], header=None, dtype=str, names=range(45))"
READ_XLSX = "import sys, pandas; pandas.read_excel(sys.argv[1], engine='calamine', header=None, dtype=str)"
SELECTIONS = ("D01", "B01,B02,C01,C02,D01,D02,D03", "ALL")


def write_csv(path: Path, n: int) -> None:
    """A roster of ``n`` rows and 45 columns as programs export it."""
    data = columns(n)
    groups, leaves = ["序号"], [""]
    for group, own in GROUPS:
        groups += [group, *[""] * (len(own) - 1)]
        leaves += own
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(["青禾县白石镇农村留守儿童花名册"])
        out.writerow(["填报单位（盖章）：白石镇人民政府", "", "", "", "", "填报日期：2026年10月25日"])
        out.writerows([groups, leaves])
        lists = [np.broadcast_to(v, n).tolist() for v in data.values()]
        out.writerows([i, *record] for i, record in enumerate(zip(*lists, strict=True), 1))


def selections() -> None:
    """Print what reading takes with pandas, and what checks by few and by all rules take of it (no documents)."""
    for name, rows, write, read in (
        ("花名册.csv", CSV_ROWS, write_csv, READ_CSV),
        ("花名册.xlsx", XLSX_ROWS, write_roster, READ_XLSX),
    ):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, name)
            Path(folder, "lbt-audit.toml").write_text(COUNTY, encoding="utf-8")
            write(file, rows)
            print(f"{rows:,} rows × 45 columns, {file.suffix}: processor time against pandas reading them")
            base = cost([tool()[0], "-c", read, str(file)])
            print(f"  pandas      {base}")
            for chosen in SELECTIONS:
                some = [] if chosen == "ALL" else ["--select", chosen]
                one = cost(tool("check", str(file), "--no-documents", "--fail-on", "never", *some))
                rules = chosen if chosen in ("ALL", "D01") else f"{chosen.count(',') + 1} rules"
                print(f"  {rules:10}  {one}   = {one.processor / base.processor:.2f} ×")


if __name__ == "__main__":
    selections()
