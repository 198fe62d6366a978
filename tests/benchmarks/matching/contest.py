"""The same rosters through lbt-audit and its peers in one run, each tool in a process of its own."""

from __future__ import annotations

import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from tests.benchmarks.matching import measure
from tests.benchmarks.matching.rosters import NO_DATE, Roster, register_and_school, village_and_register

OURS = "lbt-audit"
PEERS = ("exact name+birth", "recordlinkage", "splink", "splink all fields")
MAKERS = {"register": register_and_school, "village": village_and_register}
RUNS = 3
KEPT = ("name", "id_no", "father", "mother", "village", "phone")


def contest(kind: str, n: int, m: int, seed: int, tools: Sequence[str] = (OURS, *PEERS)) -> dict[str, Any]:
    """Run every tool on rosters of ``n`` and ``m`` rows and print a line for each; by tool, its figures."""
    pair = MAKERS[kind](n, m, seed)
    truth = measure.true_pairs(*pair)
    rows = [len(r.truth) for r in pair]
    print(f"\n{kind}: {rows[0]:,} × {rows[1]:,} rows, {len(truth):,} true pairs, seed {seed}")
    print(
        f"{'':19}{'F1':>8}{'precision':>11}{'recall':>8}{'seconds':>9}{'MB':>7}{'twins':>7}{'namesakes':>11}"
    )
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, roster in zip(("left", "right"), pair, strict=True):
            pq.write_table(table(roster), Path(folder, f"{name}.parquet"))
        Path(folder, "rosters.pickle").write_bytes(pickle.dumps(pair))
        for tool in tools:
            found = _median(tool, Path(folder))
            if isinstance(found, str):
                print(f"{tool:19}failed: {found}")
                continue
            pairs = {(i, j) for i, j in found["pairs"]}
            r = found | measure.measure(*pair, pairs, truth)
            r["twins"] = measure.twins_joined(*pair, pairs)
            r["namesakes"] = measure.namesakes_joined(*pair, pairs)
            results[tool] = r
            print(f"{tool:19}{r['f1']:8.4f}{r['precision']:11.4f}{r['recall']:8.4f}{r['seconds']:9.2f}"
                  f"{r['megabytes']:7.0f}{r['twins']:7}{r['namesakes']:11}", flush=True)  # fmt: skip
    _compare(results)
    if OURS in results:
        _kinds(pair, results[OURS], truth)
    return results


def table(roster: Roster) -> pa.Table:
    """The roster as the peers get it: texts only, names without blanks and dots, dates known to the day."""
    text = {c: pa.array(roster.columns[c], pa.string()) for c in KEPT}
    name = text["name"] = pc.replace_substring_regex(text["name"], r"[\s·•・.]", "")
    exact = [a == b and a != NO_DATE for a, b in zip(roster.lo, roster.hi, strict=True)]
    days = pa.array(np.where(exact, roster.lo, 0), pa.int32()).cast(pa.date32()).cast(pa.string())
    text["birth"] = pc.if_else(pa.array(exact), days, pa.scalar(None, pa.string()))
    text["sex"] = pa.array([str(s) for s in roster.sex])
    for key, start, stop in (("surname", 0, 1), ("first", 1, 2), ("last", -1, None)):
        text[key] = pc.utf8_slice_codeunits(name, start, stop)
    return pa.table({"unique_id": pa.array(range(len(name))), **text})


def _median(tool: str, folder: Path) -> dict[str, Any] | str:
    """What ``_run`` gives, with the median time of several runs."""
    runs = [_run(tool, folder) for _ in range(RUNS)]
    if any(isinstance(run, str) for run in runs):
        return next(run for run in runs if isinstance(run, str))
    found = [run for run in runs if not isinstance(run, str)]
    return found[0] | {"seconds": statistics.median(run["seconds"] for run in found)}


def _run(tool: str, folder: Path) -> dict[str, Any] | str:
    """The links of one tool with time and memory, or the last line of its complaint."""
    out = folder / "links.json"
    out.unlink(missing_ok=True)
    if tool == OURS:
        command = [
            sys.executable,
            "-m",
            "tests.benchmarks.matching.ours",
            str(folder / "rosters.pickle"),
            str(out),
        ]
    else:
        peers = Path(__file__).with_name("peers.py")
        python = os.environ.get("PEERS_PYTHON", sys.executable)
        command = [
            python,
            str(peers),
            tool,
            *(str(folder / f"{s}.parquet") for s in ("left", "right")),
            str(out),
        ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def _compare(results: dict[str, Any]) -> None:
    for peer in ("splink", "splink all fields", "recordlinkage"):
        if OURS in results and peer in results:
            ratio = results[peer]["seconds"] / results[OURS]["seconds"]
            print(f"  {ratio:5.1f} × as fast as {peer}")


def _kinds(pair: tuple[Roster, Roster], ours: dict[str, Any], truth: set[tuple[int, int]]) -> None:
    """How often the kind of difference was named rightly, and recall and precision behind each kind."""
    levels = {(i, j): level for (i, j), level in zip(map(tuple, ours["pairs"]), ours["levels"], strict=True)}
    named = measure.kinds_right(*pair, levels, truth)
    print(
        f"  kind of difference named rightly: {named['share']:.2%}; wrongly joined: {ours['false'] or 'none'}"
    )
    print(f"  {'':14}{'recall':>8}{'named':>12}")
    for kind, recall in ours["recall_by_kind"].items():
        print(f"  {kind:14}{recall:8.3f}{named['by_kind'].get(kind, ''):>12}")
