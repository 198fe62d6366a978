"""Records of one group whose days lie too close together."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from lbt_audit.checks.base import Check
from lbt_audit.checks.groups.entries import Entries
from lbt_audit.checks.groups.keys import can_tell
from lbt_audit.checks.groups.labels import components
from lbt_audit.checks.groups.params import DayName, Keys
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.pointing import present
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.model.rule import Rule
from lbt_audit.rulebook.params import Params

_AHEAD = 3  # twins stand between siblings in the order of days: so many records are looked ahead


class Intervals(Params):
    by: Keys = Field(description="key, or several keys: records joined by any of them belong together")
    earliest: DayName = Field(description="first possible day of a record")
    latest: DayName = Field(
        description="last possible day; records with more than one possible day are left out"
    )
    same: Keys = Field((), description="two records that agree in one of these are one thing entered twice")
    more_than: int = Field(ge=0, description="days from which on it is found")
    less_than: int = Field(ge=1, description="days up to which it is found")


def run(rule: Rule[Intervals], frame: Frame, book: Book) -> RowHits | None:
    """Two records that belong together and whose days lie more than a few and less than so many days apart: two
    births of one mother within seven months. One issue per pair; of several records of the later day (twins) one
    pair is told."""
    p = rule.params
    if not any(all(can_tell(frame, name) for name in key.of) for key in p.by):
        return None
    entries = Entries(frame, book, 1)
    labels = components([entries.label([key]) for key in p.by], len(frame))
    earliest, latest = frame.facet(p.earliest), frame.facet(p.latest)
    exact = earliest.known & latest.known & (earliest.values == latest.values)
    same = [entries.label([key]) for key in p.same]
    told_apart = np.logical_or.reduce([lab >= 0 for lab in same]) if same else np.ones(len(frame), np.bool_)
    rows = np.flatnonzero((labels >= 0) & exact & told_apart)
    day = np.asarray(earliest.values)[rows].astype(np.int64)
    order = np.lexsort((rows, day, labels[rows]))
    rows, day = rows[order], day[order]
    pairs = [np.zeros((0, 3), np.int64)]
    for step in range(1, _AHEAD + 1):
        a, b, gap = rows[:-step], rows[step:], day[step:] - day[:-step]
        one = np.logical_or.reduce(
            [np.zeros(len(a), np.bool_), *((lab[a] == lab[b]) & (lab[a] >= 0) for lab in same)]
        )
        hit = (labels[a] == labels[b]) & (gap > p.more_than) & (gap < p.less_than) & ~one
        pairs.append(np.stack([a[hit], b[hit], gap[hit]], axis=1))
    found = np.concatenate(pairs)
    found = found[np.lexsort((found[:, 1], found[:, 0]))]
    _, once = np.unique(np.stack([labels[found[:, 0]], found[:, 2]]), axis=1, return_index=True)
    found = found[np.sort(once)]
    row = found[:, :2].reshape(-1).astype(np.int32)
    return RowHits(
        row=row,
        issue=np.repeat(np.arange(len(found), dtype=np.int32), 2),
        points={field: np.ones(len(row), np.bool_) for field in present(frame, rule.points_at)},
        details={"days": found[:, 2].astype(str).tolist()},
        checked=len(rows),
    )


CHECK = Check(
    name="intervals",
    params=Intervals,
    crosses="county",
    details={"days": "days between the two"},
    on_frame=run,
)
