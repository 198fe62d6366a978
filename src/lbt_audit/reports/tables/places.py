"""Where the issues of an audit are, all rows at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.text.columns import codes, grouped, join, one, plain, words


def location_offsets(audit: Audit) -> np.ndarray:
    """Where the locations of each issue start; one more than there are issues."""
    counts = np.bincount(one(audit.locations["issue"]).to_numpy(), minlength=audit.issues.num_rows)
    return np.concatenate([[0], np.cumsum(counts)])


def cell_names(locations: Any) -> Any:
    """``F7``, ``F`` (whole column), ``7`` (whole row) or "" (whole sheet or file)."""
    row = pc.fill_null(one(locations["row"]).cast(pa.string()), "")
    return join(plain(locations["column"]), row)


def sheet_names(locations: Any) -> Any:
    """``path:sheet``, or ``path`` where the finding is about the file."""
    return join(plain(locations["path"]), words(locations["sheet"], lambda s: f":{s}", ""))


def places(locations: Any) -> Any:
    """``path:sheet!cell`` of every location."""
    cells = cell_names(locations)
    return join(sheet_names(locations), pc.if_else(pc.equal(cells, ""), "", join("!", cells)))


def places_of_issues(audit: Audit, separator: str) -> Any:
    """Every place of every issue in short: a file is named once for its sheets, a sheet once for its cells."""
    locations = audit.locations
    if locations.num_rows == 0:
        return pa.array([""] * audit.issues.num_rows, pa.string())
    issue = one(locations["issue"]).to_numpy()

    def as_before(column: Any) -> np.ndarray:
        found = codes(column)
        return np.concatenate([[False], found[1:] == found[:-1]])

    same_file = as_before(locations["path"]) & np.concatenate([[False], issue[1:] == issue[:-1]])
    same_sheet = same_file & as_before(locations["sheet"])
    cells, sheets = cell_names(locations), plain(locations["sheet"])
    again = same_sheet & as_before(
        cells.dictionary_encode()
    )  # missing columns may all point at the header row
    in_sheet = pc.if_else(pc.equal(cells, ""), "", join("!", cells))
    short = pc.if_else(pa.array(same_sheet), cells, join(sheets, in_sheet))
    named = pa.array(same_file & pc.not_equal(sheets, "").to_numpy(zero_copy_only=False) | same_sheet)
    texts = pc.if_else(named, short, places(locations)).filter(pa.array(~again))
    counts = np.bincount(issue[~again], minlength=audit.issues.num_rows)
    return grouped(texts, np.concatenate([[0], np.cumsum(counts)]), separator)


def some_places(audit: Audit, separator: str, most: int) -> tuple[list[str], list[int]]:
    """The first ``most`` places of every issue as `places_of_issues` spells them, and how many more there are."""
    offsets = location_offsets(audit)
    counts = np.diff(offsets)
    issue = one(audit.locations["issue"]).to_numpy()
    first = np.arange(len(issue)) - offsets[issue] < most
    few = replace(audit, locations=audit.locations.filter(pa.array(first)))
    return places_of_issues(few, separator).to_pylist(), np.maximum(counts - most, 0).tolist()


def subset(audit: Audit, positions: np.ndarray) -> Audit:
    """The audit with only the issues at ``positions``, in that order."""
    offsets = location_offsets(audit)
    counts = offsets[positions + 1] - offsets[positions]
    take = np.concatenate(
        [np.arange(offsets[p], offsets[p + 1]) for p in positions] or [np.zeros(0, np.int64)]
    )
    numbers = pa.array(np.repeat(np.arange(len(positions)), counts).astype(np.int32))
    locations = audit.locations.take(pa.array(take, pa.int64())).set_column(0, "issue", numbers)
    return replace(audit, issues=audit.issues.take(pa.array(positions)), locations=locations)


def due_first(audit: Audit, positions: np.ndarray) -> np.ndarray:
    """``positions`` of a unit's issues as its list has them: what is to be done on the day it goes out, or should have
    been done, then the others; each by weight."""
    today = pa.scalar(audit.run.issued_on, pa.date32())
    due = pc.fill_null(pc.less_equal(one(audit.issues["deadline"]), today), False)
    late = ~due.to_numpy(zero_copy_only=False)[positions]
    found: np.ndarray = positions[np.argsort(late, kind="stable")]
    return found


def first_locations(audit: Audit) -> pa.Table:
    """The first location of every issue; nulls where an issue has none."""
    offsets = location_offsets(audit)
    first = pa.array(offsets[:-1], mask=offsets[1:] == offsets[:-1])
    return audit.locations.take(first)
