"""``make bench``: all benchmarks; name some of audit, forms, statistics, visits, matching to run these only."""

from __future__ import annotations

import sys

from tests.benchmarks import audit, forms, statistics, visits

if __name__ == "__main__":
    wanted = sys.argv[1:] or ["audit", "forms", "statistics", "visits", "matching"]
    if "audit" in wanted:
        audit.start_up()
        audit.whole_check()
    if "forms" in wanted:
        forms.forms()
    if "statistics" in wanted:
        statistics.recount()
    if "visits" in wanted:
        visits.visits()
    if "matching" in wanted:
        from tests.benchmarks.matching.__main__ import main

        main()
