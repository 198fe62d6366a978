"""Children of one mother born too soon after one another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lbt_audit.checks import groups as g
from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.people import codes, id_codes, name_codes
from lbt_audit.checks.siblings import families
from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.model.rule import Rule


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per pair of children of one mother whose births lie more than ``from_days`` and less than
    ``to_days`` days apart.

    One mother is one sound ID number, or a family as in ``siblings``. Both births must be known to the day; the
    ID number's counts where it is right. Two entries of one name or one ID number are one child entered twice.
    Details: ``days``.
    """
    n = len(frame)
    ids, by_id = id_codes(frame, "mother_id")
    labels = g.components([g.label([ids], by_id), families(frame, book)], n)
    lo, hi = frame.facet("child.birth_lo"), frame.facet("child.birth_hi")
    exact = lo.known & hi.known & (lo.values == hi.values)
    names, named = name_codes(frame, "child_name")
    rows = np.flatnonzero((labels >= 0) & exact & named)
    day = lo.values[rows].astype(np.int64)
    order = np.lexsort((rows, day, labels[rows]))
    rows, day = rows[order], day[order]
    least, most = int(rule.params["from_days"]), int(rule.params["to_days"])
    pairs: list[np.ndarray] = []
    number = codes(frame, "id_no.norm")
    numbered = frame.facet("id_no.norm").known
    # Twins stand between siblings in the order of births: look a few records ahead.
    for step in (1, 2, 3):
        a, b = rows[:-step], rows[step:]
        gap = day[step:] - day[:-step]
        same = (names[a] == names[b]) | (numbered[a] & numbered[b] & (number[a] == number[b]))
        hit = (labels[a] == labels[b]) & (gap > least) & (gap < most) & ~same
        pairs.append(np.stack([a[hit], b[hit], gap[hit]], axis=1))
    found = np.concatenate(pairs) if pairs else np.zeros((0, 3), np.int64)
    found = found[np.lexsort((found[:, 1], found[:, 0]))]
    # One issue per later child: its twin makes no second one.
    _, once = np.unique(
        labels[found[:, 0]] * (day.max(initial=0) + 1 - day.min(initial=0)) + found[:, 2], return_index=True
    )
    found = found[np.sort(once)]
    row = found[:, :2].reshape(-1)
    issue = np.repeat(np.arange(len(found)), 2)
    points = {
        f: np.ones(len(row), np.bool_) for f in rule.points_at if any(f in t.columns for t in frame.tables)
    }
    hits = RowHits(row.astype(np.int32), issue.astype(np.int32), points, checked=len(rows))
    return replace(hits, details={"days": found[:, 2].astype(str).tolist()})


CHECK = Check(
    name="birth_gap",
    parameters={"from_days": Parameter(int, required=True), "to_days": Parameter(int, required=True)},
    on_frame=run,
)
