"""One pair of rosters through every tool, each in a process of its own."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from tests.benchmarks.matching import measure
from tests.benchmarks.matching.contest.prepare import table
from tests.benchmarks.matching.rosters.pairs import pair
from tests.benchmarks.matching.rosters.roster import Roster
from tests.benchmarks.matching.rosters.variants import Variant

OURS = "lbt-audit"
SPLINK = "splink"
BASELINES = ("exact name+birth", "recordlinkage")
Outcome = dict[str, Any]


def outcomes(
    lists: str, n: int, m: int, variant: Variant, seed: int, tools: Sequence[str]
) -> Iterator[tuple[str, Outcome | str]]:
    """(tool, what came of it: ``measure``'s figures, seconds, megabytes, pairs told), or the tool's last complaint."""
    rosters = pair(lists, n, m, seed, variant)
    truth = measure.true_pairs(*rosters)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "rosters.pickle").write_bytes(pickle.dumps(rosters))
        if set(tools) - {OURS}:
            for side, roster in zip(("left", "right"), rosters, strict=True):
                pq.write_table(table(roster), folder / f"{side}.parquet")
        for tool in tools:
            found = _run(tool, folder)
            yield tool, found if isinstance(found, str) else _judged(rosters, found, truth)


def _judged(rosters: tuple[Roster, Roster], found: Outcome, truth: set[tuple[int, int]]) -> Outcome:
    """The outcome with what it is worth; ``told``: (probability, whether true, whether linked)."""
    pairs = {(i, j) for i, j in found["pairs"]}
    told = [(p, (i, j) in truth, (i, j) in pairs) for i, j, p, *_ in found.get("told", ())]
    outcome = found | measure.measure(*rosters, pairs, truth) | {"told": told}
    outcome["twins"] = measure.twins_joined(*rosters, pairs)
    if "levels" in found:
        levels = {
            (i, j): level for (i, j), level in zip(map(tuple, found["pairs"]), found["levels"], strict=True)
        }
        outcome["named"] = measure.kinds_right(*rosters, levels, truth)["share"]
    return {k: v for k, v in outcome.items() if k not in ("pairs", "levels")}


def _run(tool: str, folder: Path) -> Outcome | str:
    """What the tool found, with time and memory, or the last line of its complaint."""
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
        tools = Path(__file__).parents[1] / "peers" / "tools.py"
        tables = (str(folder / f"{side}.parquet") for side in ("left", "right"))
        command = [os.environ.get("PEERS_PYTHON", sys.executable), str(tools), tool, *tables, str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    found: Outcome = json.loads(out.read_text(encoding="utf-8"))
    return found
