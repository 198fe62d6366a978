"""Reading alone, the same twenty checks in other tools, and how time grows with rows: processor time in one run.

``TABLES_PYTHON`` names the interpreter of the other tools' environment (``make bench`` makes it)."""

from __future__ import annotations

import csv
import math
import os
import tempfile
from pathlib import Path

import numpy as np
from tests.benchmarks.audit import COUNTY, tool
from tests.benchmarks.process import Cost, cost
from tests.benchmarks.registers import columns
from tests.benchmarks.selections import write_csv

READERS = ("pandas", "polars")
TOOLS = (
    "pandera_pandas", "pandera_polars", "pointblank", "great_expectations", "frictionless", "dataframely", "duckdb",
)  # fmt: skip
ROWS, PAIRS = 50_000, 3
SIZES = (12_500, 25_000, 50_000, 100_000, 200_000)
RULES = "B01,B02,B03,B05,B06,B08,B11,C01,C02,C03,C04,C05,C06,C07,C08,C09,C10,C11,C13,C14"
"""``RULES``: twenty of ours about single cells; some say what no other tool here can (check characters, areas)."""


def write_flat(path: Path, n: int) -> None:
    """The rows alone, under one line of headers, as the other tools want them."""
    data = columns(n)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(
            [f"{group.removesuffix('基本情况').removesuffix('情况')}_{leaf}" for group, leaf in data]
        )
        out.writerows(zip(*(np.broadcast_to(v, n).tolist() for v in data.values()), strict=True))


def peers() -> None:
    """Print what reading and the twenty checks cost in each tool, against pandas' reading."""
    python = os.environ.get("TABLES_PYTHON")
    if python is None:
        print("TABLES_PYTHON names no interpreter: the other tools are left out")
        return
    with tempfile.TemporaryDirectory() as folder:
        flat, file = Path(folder, "flat.csv"), Path(folder, "花名册.csv")
        Path(folder, "lbt-audit.toml").write_text(COUNTY, encoding="utf-8")
        write_flat(flat, ROWS)
        write_csv(file, ROWS)
        script = str(Path(__file__).with_name("tools.py"))
        base = cost([python, script, "pandas", str(flat)], PAIRS)
        print(f"{ROWS:,} rows × 44 columns, .csv: processor time against pandas reading them")

        def line(name: str, one: Cost) -> None:
            print(f"  {name:24}{one}   = {one.processor / base.processor:.2f} ×")

        line("pandas reads", base)
        for name in READERS[1:]:
            line(f"{name} reads", cost([python, script, name, str(flat)], PAIRS))
        for name in TOOLS:
            line(name, cost([python, script, name, str(flat)], PAIRS))
        bare = ["check", str(file), "--no-documents", "--fail-on", "never", "-q"]
        line("lbt-audit, 20 rules", cost(tool(*bare, "--select", RULES), PAIRS))
        line("lbt-audit, all rules", cost(tool(*bare), PAIRS))


def scaling() -> None:
    """Print how processor time grows from 12,500 to 200,000 rows (budget: exponent ≤ 1.05)."""
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "花名册.csv")
        Path(folder, "lbt-audit.toml").write_text(COUNTY, encoding="utf-8")
        print("check by all rules, .csv × 45 columns, no documents")
        for rows in (60, *SIZES):
            write_csv(file, rows)
            one = cost(tool("check", str(file), "--no-documents", "--fail-on", "never", "-q"), PAIRS)
            spent.append(one.processor)
            print(f"  {rows:7,} rows  {one}")
    start, *grown = spent
    slope, _ = np.polyfit(np.log(SIZES), np.log(np.array(grown) - start), 1)
    last = math.log2((grown[-1] - start) / (grown[-2] - start))
    print(f"  exponent beyond what 60 rows cost: {slope:.3f}; of the last doubling {last:.3f}")


if __name__ == "__main__":
    peers()
    scaling()
