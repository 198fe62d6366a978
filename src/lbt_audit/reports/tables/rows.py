"""Issues one by one, for the small formats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow.compute as pc

from lbt_audit.engine.audit import Audit
from lbt_audit.model.location import Location
from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity
from lbt_audit.reports.tables.places import location_offsets, subset
from lbt_audit.reports.text.columns import one

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


@dataclass(frozen=True)
class Cause:
    """The issue another one follows from, as the small formats name it."""

    fingerprint: str
    rule: str
    title: str
    place: Location | None

    def __str__(self) -> str:
        return " ".join(filter(None, (self.rule, self.title, str(self.place or ""))))


def causes_of(audit: Audit) -> Mapping[str, Cause]:
    """Fingerprint → every issue that others follow from."""
    names = one(audit.issues["fingerprint"])
    wanted = pc.drop_null(one(audit.issues["follows"])).unique()
    at = np.flatnonzero(pc.is_in(names, value_set=wanted).to_numpy(zero_copy_only=False))
    found = {}
    for issue, places in issues(subset(audit, at)):
        first = places[0] if places else None
        found[issue["fingerprint"]] = Cause(issue["fingerprint"], issue["rule"], issue["title"], first)
    return found


def place_text(places: list[Location]) -> str:
    """The first place, and how many more there are."""
    if not places:
        return ""
    more = f" (+{len(places) - 1})" if len(places) > 1 else ""
    return f"{places[0]}{more}"
