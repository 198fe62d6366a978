"""``make bench``: all benchmarks; name some of audit, matching to run these only."""

from __future__ import annotations

import sys

from tests.benchmarks import audit

if __name__ == "__main__":
    wanted = sys.argv[1:] or ["audit", "matching"]
    if "audit" in wanted:
        audit.start_up()
        audit.whole_check()
    if "matching" in wanted:
        from tests.benchmarks.matching.__main__ import main

        main()
