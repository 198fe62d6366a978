"""The budgets of documents: all of 50,000 issues against reading the input, and the workbook's own writer against
XlsxWriter."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.audit import COUNTY, READ, ROWS, tool
from tests.benchmarks.process import cost
from tests.benchmarks.registers import write_roster

_PAIRS = 5


def documents() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "slips.xlsx"
        write_roster(path, ROWS, slips=True)
        print(
            f"All documents of {ROWS:,} issues in {ROWS:,} rows (budget: less than pandas takes to read the file)"
        )
        read = cost([sys.executable, "-c", READ, str(path)])
        print(f"  pandas read_excel          {read}")
        for county in (False, True):
            if county:
                (folder / "lbt-audit.toml").write_text(COUNTY, encoding="utf-8")
            check = tool(
                "check", str(path), "--county", "青禾县", "--fail-on", "never", "--out", str(folder / "out")
            )
            bare, whole = cost([*check, "--no-documents"]), cost(check)
            took = whole.seconds - bare.seconds
            print(f"  check, no documents        {bare}")
            print(f"  check, {'a county file ' if county else 'no county file'}      {whole}   documents "
                  f"{took:.2f} s = {took / read.seconds:.2f} ×")  # fmt: skip


def writers() -> None:
    """Processor time, because the documents of a check are written two at a time."""
    print(
        "check of 450 rows with 5,400 issues, its workbooks by the own writer and by XlsxWriter, processor time"
    )
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "broken.xlsx")
        write_roster(path, 450, broken=True)
        for county in (False, True):
            if county:
                path.with_name("lbt-audit.toml").write_text(COUNTY, encoding="utf-8")
            spent: dict[str, list[float]] = {"own": [], "xlsxwriter": []}
            for _ in range(_PAIRS):
                for writer, seconds in spent.items():
                    seconds.append(_processor_time(writer, path, Path(name, writer)))
            own, other = (statistics.median(seconds) for seconds in spent.values())
            runs = "; ".join(", ".join(f"{s:.2f}" for s in seconds) for seconds in spent.values())
            what = "a county's folders" if county else "the list alone   "
            print(
                f"  {what}  own {own:.2f} s, XlsxWriter {other:.2f} s = {other / own:.2f} ×   (runs {runs})"
            )


def _processor_time(writer: str, path: Path, out: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    arguments = ["check", str(path), "--out", str(out), "--fail-on", "never", "-q"]
    command = [sys.executable, "-m", "tests.benchmarks.xlsxwriter_book", writer, *arguments]
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    documents()
    writers()
