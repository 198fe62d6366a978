"""``python -m tests.benchmarks.matching.ours ROSTERS.pickle LINKS.json``: links two rosters and says what it took."""

from __future__ import annotations

import json
import pickle
import sys
import time
from pathlib import Path

from tests.benchmarks.matching.peers.peak import Peak

from lbt_audit.matching import Level, link


def main() -> None:
    source, out = map(Path, sys.argv[1:])
    left, right = (roster.people() for roster in pickle.loads(source.read_bytes()))
    peak = Peak()
    start, processor = time.perf_counter(), time.process_time()
    links = link(left, right)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    sure = links.verdict >= 2
    probability = getattr(links, "probability", None)
    told = [] if probability is None else probability.round(5).tolist()
    found = {
        "seconds": seconds, "processor": processor, "megabytes": peak.megabytes(),
        "pairs": list(zip(links.left[sure].tolist(), links.right[sure].tolist(), strict=True)),
        "levels": [Level(level).key for level in links.level[sure].tolist()],
        "told": [
            [i, j, p, v]
            for i, j, p, v in zip(
                links.left.tolist(), links.right.tolist(), told or [None] * len(links), links.verdict.tolist(),
                strict=True,
            )
        ],
    }  # fmt: skip
    out.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
