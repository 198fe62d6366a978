"""``python -m tests.benchmarks.matching.ours ROSTERS.pickle LINKS.json``: links two rosters and says what it took."""

from __future__ import annotations

import json
import pickle
import sys
import time
from pathlib import Path

from tests.benchmarks.matching.peak import Peak

from lbt_audit.matching import Level, link


def main() -> None:
    source, out = map(Path, sys.argv[1:])
    left, right = (roster.people() for roster in pickle.loads(source.read_bytes()))
    peak = Peak()
    start = time.perf_counter()
    links = link(left, right)
    seconds = time.perf_counter() - start
    sure = links.verdict >= 2
    found = {
        "seconds": seconds, "megabytes": peak.megabytes(),
        "pairs": list(zip(links.left[sure].tolist(), links.right[sure].tolist(), strict=True)),
        "levels": [Level(level).key for level in links.level[sure].tolist()],
    }  # fmt: skip
    out.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
