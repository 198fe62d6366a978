"""A province: 21 counties of 50,000 registered children and 262,000 pupils, linked as one.

python -m tests.benchmarks.matching.province make DIR
/usr/bin/time -v python -m tests.benchmarks.matching.province link DIR
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

COUNTIES = 21


def make(folder: Path) -> None:
    """Two CSV files, county by county; towns carry the county's letter."""
    from tests.benchmarks.matching.rosters import register_and_school

    folder.mkdir(parents=True, exist_ok=True)
    writers: dict[str, Any] = {}
    for county in range(COUNTIES):
        pair = register_and_school(
            50_000, 262_000, 100 + county, county * 10_000_000, chr(0x4E00 + 100 + county)
        )
        for name, roster in zip(("register", "school"), pair, strict=True):
            table = pa.table(
                {
                    **{c: pa.array(v, pa.string()) for c, v in roster.columns.items()},
                    "birth_lo": pa.array(roster.lo, pa.int32()), "birth_hi": pa.array(roster.hi, pa.int32()),
                    "sex": pa.array(roster.sex, pa.int8()), "truth": roster.truth, "household": roster.household,
                }
            )  # fmt: skip
            if name not in writers:
                writers[name] = pacsv.CSVWriter(str(folder / f"{name}.csv"), table.schema)
            writers[name].write_table(table)
        print(county, flush=True)
    for writer in writers.values():
        writer.close()


def read(path: Path) -> tuple[Any, np.ndarray]:
    """(people, truth) of one file."""
    from lbt_audit.matching import People

    with path.open(encoding="utf-8") as file:
        header = file.readline().replace('"', "").strip().split(",")
    numbered = {"birth_lo": pa.int32(), "birth_hi": pa.int32(), "sex": pa.int8()}
    texts = [c for c in header if c not in (*numbered, "truth", "household")]
    types = dict.fromkeys(texts, pa.string()) | numbered
    options = pacsv.ConvertOptions(column_types=types, strings_can_be_null=True)
    table = pacsv.read_csv(path, convert_options=options)
    # Villages of a name stand in many townships.
    place = pc.binary_join_element_wise(table["township"], table["village"], "")
    text = {c: table[c].combine_chunks() for c in texts if c not in ("phone", "village")}
    numbers = {c: table[c].combine_chunks().to_numpy() for c in numbered}
    phone = table["phone"].combine_chunks()
    return People(**text, **numbers, phones=(phone,), village=place.combine_chunks()), table[
        "truth"
    ].to_numpy()


def link_province(folder: Path) -> None:
    """Links both files and prints time and correctness."""
    from lbt_audit.matching import link

    start = time.perf_counter()
    left, truth_left = read(folder / "register.csv")
    right, truth_right = read(folder / "school.csv")
    print(f"read {len(left):,} × {len(right):,} rows in {time.perf_counter() - start:.1f} s", flush=True)
    start = time.perf_counter()
    links = link(left, right)
    seconds = time.perf_counter() - start
    sure = links.verdict >= 2
    hit = truth_left[links.left[sure]] == truth_right[links.right[sure]]
    keys, counts = np.unique(truth_right, return_counts=True)
    at = np.clip(np.searchsorted(keys, truth_left), 0, len(keys) - 1)
    pairs = int(np.where(keys[at] == truth_left, counts[at], 0).sum())
    precision, recall = float(hit.mean()), float(hit.sum()) / pairs
    print(
        f"linked in {seconds:.1f} s: {seconds / (len(left) + len(right)) * 1e6:.2f} µs a row; {links.candidates:,} candidates"
    )
    print(f"links {int(sure.sum()):,} of {pairs:,} pairs; precision {precision:.5f} recall {recall:.5f}")
    print(f"F1 {2 * precision * recall / (precision + recall):.5f}; skipped key values {len(links.skipped)}")


if __name__ == "__main__":
    {"make": make, "link": link_province}[sys.argv[1]](Path(sys.argv[2]))
