"""``make bench``: all benchmarks; name some of ``NAMES`` to run these only."""

from __future__ import annotations

import sys

from tests.benchmarks import audit, copies, documents, forms, selections, statistics, visits
from tests.benchmarks.folder import folder
from tests.benchmarks.peers import beside

NAMES = (
    "audit",
    "start",
    "folder",
    "copies",
    "documents",
    "forms",
    "statistics",
    "visits",
    "selections",
    "peers",
    "scaling",
    "page",
    "matching",
)

if __name__ == "__main__":
    wanted = sys.argv[1:] or NAMES
    if "audit" in wanted:
        audit.whole_check()
    if "start" in wanted:
        audit.start_up()
        audit.small_file()
    if "folder" in wanted:
        folder()
    if "copies" in wanted:
        copies.copies()
    if "documents" in wanted:
        documents.documents()
        documents.writers()
    if "forms" in wanted:
        forms.forms()
    if "statistics" in wanted:
        statistics.recount()
    if "visits" in wanted:
        visits.visits()
    if "selections" in wanted:
        selections.selections()
    if "peers" in wanted:
        beside.peers()
    if "scaling" in wanted:
        beside.scaling()
    if "page" in wanted:
        from tests.benchmarks.page import page

        page()
    if "province" in wanted:
        from tests.benchmarks.province import province

        province(*map(float, wanted[1:]))
    if "matching" in wanted:
        from tests.benchmarks.matching.__main__ import main

        main()
        main(["--speed"])
