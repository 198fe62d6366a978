"""Annotated copies: a file with 100,000 marked cells, beside the audit of it; and how long LibreOffice takes to open it."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from tests.benchmarks.registers import write_roster

from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit
from lbt_audit.model.secret import Secret
from lbt_audit.reports.annotated.copies import annotated_copies
from lbt_audit.reports.annotated.originals import Originals

ROWS = 10_000


def copies(rows: int = ROWS) -> None:
    """Processor time of this process: the files are read in others."""
    print(f"Annotated copy of {rows:,} rows with ten findings each (budget: less than the audit)")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "broken.xlsx")
        Path(folder, "lbt-audit.toml").write_text('extra_areas = ["529901"]\n', encoding="utf-8")
        write_roster(path, rows, broken=True)
        start = time.process_time()
        result = audit(Request(paths=[Path(folder)], secret=Secret("k" * 32, "kept")))
        audited = time.process_time() - start
        start = time.process_time()
        (copy,) = annotated_copies(result, Originals(Path(folder), result.submissions)).copies
        out = io.BytesIO()
        copy.render(out)
        copied = time.process_time() - start
        print(f"  audit               {audited:.1f} s, {result.issues.num_rows:,} issues")
        print(
            f"  copy                {copied:.1f} s, {len(out.getvalue()) >> 20} MB   = {copied / audited:.2f} ×"
        )
        made = Path(folder, "copy.xlsx")
        made.write_bytes(out.getvalue())
        for name, file in (("handed in", path), ("copy", made)):
            seconds = opened(file, Path(folder))
            print(f"  LibreOffice, {name:9}  {f'{seconds:.0f} s' if seconds else 'not installed'}")


def opened(path: Path, folder: Path) -> float | None:
    """Seconds LibreOffice takes to open a workbook and write its first sheet as text."""
    office = shutil.which("soffice")
    if office is None:
        return None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    start = time.perf_counter()
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "csv",
        "--outdir",
        str(folder / "out"),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    copies()
