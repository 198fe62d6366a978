"""Issues one by one, for the small formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lbt_audit.engine.audit import Audit
from lbt_audit.model.location import Location
from lbt_audit.model.severity import Severity
from lbt_audit.reports.tables.places import location_offsets

_CHUNK = 10_000


def issues(audit: Audit) -> Iterator[tuple[dict[str, Any], list[Location]]]:
    """Every issue (columns of ISSUE_SCHEMA; ``severity`` a Severity) with its places."""
    offsets = location_offsets(audit)
    for start in range(0, audit.issues.num_rows, _CHUNK):
        stop = min(start + _CHUNK, audit.issues.num_rows)
        first, last = int(offsets[start]), int(offsets[stop])
        places = audit.locations.slice(first, last - first).drop_columns(["issue"]).to_pylist()
        for number, issue in enumerate(audit.issues.slice(start, stop - start).to_pylist(), start):
            issue["severity"] = Severity(issue["severity"])
            here = places[int(offsets[number]) - first : int(offsets[number + 1]) - first]
            yield issue, [Location(**place) for place in here]


def place_text(places: list[Location]) -> str:
    """The first place, and how many more there are."""
    if not places:
        return ""
    more = f" (+{len(places) - 1})" if len(places) > 1 else ""
    return f"{places[0]}{more}"
